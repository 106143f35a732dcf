//! Text that somebody wrote.

use super::MaybeText;
use leptos::prelude::*;

/// Running text.
#[component]
pub fn Prose(
    /// HTML that the caller has sanitised.
    #[prop(into)]
    html: String,
    /// Its language, when that is another one than the page's.
    #[prop(optional, into)]
    language: MaybeText,
) -> impl IntoView {
    view! { <div class="prose" lang=language.0 inner_html=html></div> }
}
