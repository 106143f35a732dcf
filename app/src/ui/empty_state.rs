//! What to say when there is nothing to show.

use super::{Plot, PlotSize};
use leptos::prelude::*;

/// A plot, what there is not, and what to do next.
#[component]
pub fn EmptyState(
    /// What the plot is drawn from.
    #[prop(into)]
    name: String,
    /// What there is not: "Geen vacatures gevonden".
    #[prop(into)]
    title: String,
    /// Whether it is all there is on the page, so that its title is the page's.
    #[prop(optional)]
    is_page: bool,
    /// What to do next: a sentence, links, buttons.
    children: Children,
) -> impl IntoView {
    let title = if is_page {
        view! { <h1>{title}</h1> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    view! {
        <div class="empty-state">
            <Plot name=name size=PlotSize::Large />
            {title}
            {children()}
        </div>
    }
}
