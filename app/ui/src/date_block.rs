//! A date as a leaf of a calendar.

use leptos::prelude::*;

/// A day and its month.
#[component]
pub fn DateBlock(
    /// The date for machines: `2026-11-21`.
    #[prop(into)]
    datetime: String,
    /// The day: "21".
    #[prop(into)]
    day: String,
    /// The month, short: "nov".
    #[prop(into)]
    month: String,
) -> impl IntoView {
    view! {
        <time class="date-block" datetime=datetime>
            <b>{day}</b>
            {month}
        </time>
    }
}
