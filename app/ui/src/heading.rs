//! Headings of a page's parts.

use super::{Icon, Link, MaybeText};
use leptos::prelude::*;

/// The heading of a part, with a link to all of it.
#[component]
pub fn SectionHeading(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The heading's id, for `aria-labelledby`.
    #[prop(optional, into)]
    id: MaybeText,
    /// Where all of it is: "Alle vacatures".
    #[prop(optional_no_strip)]
    more: Option<Link>,
) -> impl IntoView {
    view! {
        <div class="section-heading">
            <h2 id=id.0>{title}</h2>
            {more.map(|more| view! { <a href=more.href>{more.label} {Icon::Arrow.view()}</a> })}
        </div>
    }
}
