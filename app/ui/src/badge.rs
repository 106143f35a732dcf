//! A short word about a thing: new, full, almost closed.

use leptos::prelude::*;

/// A short word on a soft ground.
#[component]
pub fn Badge(
    /// Whether it is about something that is over.
    #[prop(optional)]
    is_over: bool,
    children: Children,
) -> impl IntoView {
    view! { <span class="badge" class:over=is_over>{children()}</span> }
}
