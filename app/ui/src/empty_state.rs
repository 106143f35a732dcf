//! What to say when there is nothing to show.

use super::{Plot, PlotSize};
use leptos::children::TypedChildren;
use leptos::either::Either;
use leptos::prelude::*;

/// A plot, what there is not, and what to do next.
#[component]
pub fn EmptyState<V: IntoView + Send + 'static>(
    /// The name from which the plot is drawn.
    #[prop(into)]
    name: String,
    /// What there is not: "Geen vacatures gevonden".
    #[prop(into)]
    title: String,
    /// Whether it is all there is on the page, so that its title is the page's.
    #[prop(optional)]
    is_page: bool,
    /// The way on: a sentence, links, buttons.
    children: TypedChildren<V>,
) -> impl IntoView {
    let title = if is_page {
        Either::Left(view! { <h1>{title}</h1> })
    } else {
        Either::Right(view! { <h2>{title}</h2> })
    };
    view! {
        <div class="empty-state">
            <Plot name=name size=PlotSize::Large />
            {title}
            {children.into_inner()()}
        </div>
    }
}
