//! Figures.

use leptos::prelude::*;

/// A figure and what it counts; stands in a `<dl class="stats">`.
#[component]
pub fn Stat(
    /// The figure, written as the language does: "1.250".
    #[prop(into)]
    figure: String,
    /// The counted thing: "open vacatures".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="stat">
            <dt>{label}</dt>
            <dd>{figure}</dd>
        </div>
    }
}
