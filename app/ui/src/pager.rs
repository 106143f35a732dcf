//! The way through a long list.

use super::{Icon, Link};
use leptos::either::Either;
use leptos::prelude::*;

/// Links to the pages of a list; nothing when there is one page.
#[component]
pub fn Pager(
    /// The label: "Pagina's".
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

/// The pages to choose from: the first, the last and those beside this one, with gaps between.
pub fn page_links(here: u32, last: u32, address: impl Fn(u32) -> String) -> Vec<Link> {
    let mut links = Vec::new();
    let mut before = 0;
    for page in (1..=last).filter(|page| *page == 1 || *page == last || page.abs_diff(here) <= 1) {
        if page > before + 1 {
            links.push(Link::new("", "…"));
        }
        links.push(Link::new(address(page), page.to_string()).current(page == here));
        before = page;
    }
    links
}

fn page_view(link: Link) -> impl IntoView {
    if link.href.is_empty() {
        return Either::Left(view! { <span>{link.label}</span> });
    }
    let current = link.aria_current();
    Either::Right(view! { <a class="page" href=link.href aria-current=current>{link.label}</a> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_neighbours_of_a_page_can_be_chosen() {
        let shown = |here, last| {
            let links = page_links(here, last, |page| format!("?pagina={page}"));
            links.iter().map(|link| link.label.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 3), "1 2 3");
        assert_eq!(shown(5, 9), "1 … 4 5 6 … 9");
        let links = page_links(2, 3, |page| format!("?pagina={page}"));
        assert_eq!(
            links.iter().filter(|link| link.is_current).map(|link| link.href.as_str()).collect::<Vec<_>>(),
            ["?pagina=2"]
        );
    }
}
