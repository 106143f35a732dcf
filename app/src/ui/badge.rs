//! A short word about a thing: new, full, almost closed.

use leptos::prelude::*;

/// A short word on a soft ground.
#[component]
pub fn Badge(children: Children) -> impl IntoView {
    view! { <span class="badge">{children()}</span> }
}
