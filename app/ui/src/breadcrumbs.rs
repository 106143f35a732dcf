//! The way back up.

use super::Link;
use leptos::prelude::*;

/// The pages above this one, from the top.
#[component]
pub fn Breadcrumbs(
    /// The label: "Je bent hier".
    #[prop(into)]
    label: String,
    /// The pages above.
    links: Vec<Link>,
) -> impl IntoView {
    let links = links.into_iter().map(|link| view! { <a href=link.href>{link.label}</a> }).collect_view();
    view! {
        <nav class="breadcrumbs" aria-label=label>
            {links}
        </nav>
    }
}
