//! Ways to pass a page on.

use super::Icon;
use leptos::prelude::*;

/// A way to pass a page on: a link that needs no script and no other party's code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLink {
    /// Where it leads: `mailto:…`, `https://wa.me/?text=…`.
    pub href: String,
    /// The label: "Mail".
    pub label: String,
    /// Its picture.
    pub icon: Icon,
}

/// A row of [`ShareLink`]s; `children` are buttons that a script adds, such as copy and print.
#[component]
pub fn ShareBar(
    /// The label: "Deel deze vacature".
    #[prop(into)]
    label: String,
    /// The links.
    links: Vec<ShareLink>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|link| {
            view! {
                <a class="button" href=link.href rel="noopener">
                    {link.icon.view()}
                    {link.label}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="share-bar" role="group" aria-label=label>
            {links}
            {children.map(|children| children())}
        </div>
    }
}
