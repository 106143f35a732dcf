//! What is shown only when asked for.

use leptos::prelude::*;

/// A summary that unfolds.
#[component]
pub fn Disclosure(
    /// What is always shown.
    #[prop(into)]
    summary: String,
    /// Whether it is unfolded at first.
    #[prop(optional)]
    open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
