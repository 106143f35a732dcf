//! Chips: what a list is narrowed by, each with a way to take it off.

use super::Icon;
use leptos::children::TypedChildren;
use leptos::prelude::*;

/// A row of chips.
#[component]
pub fn ChipList<V: IntoView + Send + 'static>(
    /// The label: "Gekozen filters".
    #[prop(into)]
    label: String,
    children: TypedChildren<V>,
) -> impl IntoView {
    view! {
        <ul class="chips" aria-label=label>
            {children.into_inner()()}
        </ul>
    }
}

/// A filter that is on; a link to the same list without it.
#[component]
pub fn Chip(
    /// The list without this filter.
    #[prop(into)]
    href: String,
    /// The filter: "hbo".
    #[prop(into)]
    label: String,
    /// What the link does, in full: "Verwijder filter hbo".
    #[prop(into)]
    action: String,
) -> impl IntoView {
    view! {
        <li>
            <a class="chip" href=href aria-label=action>
                {label}
                {Icon::Close.view()}
            </a>
        </li>
    }
}
