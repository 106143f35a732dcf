//! The way through a long list.

use super::{Icon, Link};
use leptos::either::Either;
use leptos::prelude::*;

/// Links to the pages of a list; nothing when there is one page.
#[component]
pub fn Pager(
    /// What the links are: "Pagina's".
    #[prop(into)]
    label: String,
    /// The pages to choose from; a gap is a link without an address.
    pages: Vec<Link>,
    /// The page before.
    #[prop(optional_no_strip)]
    previous: Option<Link>,
    /// The page after.
    #[prop(optional_no_strip)]
    next: Option<Link>,
) -> impl IntoView {
    (pages.len() > 1).then(|| {
        let pages = pages.into_iter().map(page_view).collect_view();
        view! {
            <nav class="pager" aria-label=label>
                {previous.map(|link| view! { <a rel="prev" href=link.href>{Icon::Arrow.view()} {link.label}</a> })}
                {pages}
                {next.map(|link| view! { <a rel="next" href=link.href>{link.label} {Icon::Arrow.view()}</a> })}
            </nav>
        }
    })
}

fn page_view(link: Link) -> impl IntoView {
    if link.href.is_empty() {
        return Either::Left(view! { <span>{link.label}</span> });
    }
    let current = link.aria_current();
    Either::Right(view! { <a class="page" href=link.href aria-current=current>{link.label}</a> })
}
