//! Header and footer of every page.

use super::{Icon, Link, LinkGroup, MaybeText, OrganisationMark, PlotSize};
use leptos::prelude::*;

/// The first link of every page: over the menu, to the `<main id="main">`.
#[component]
pub fn SkipLink(
    /// The label: "Naar de inhoud".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <a class="skip-link" href="#main">{label}</a> }
}

/// The hub's mark, the menu and the languages; on a phone the menu is a popover, without a script.
#[component]
pub fn SiteHeader(
    /// The home page.
    #[prop(into)]
    home: String,
    /// The hub's name; its mark is drawn from it.
    #[prop(into)]
    name: String,
    /// The hub's motto.
    #[prop(optional, into)]
    motto: MaybeText,
    /// The address of the hub's logo, which then stands for its plot.
    #[prop(optional, into)]
    logo: MaybeText,
    /// The label: "Hoofdmenu"; also the text of the button that opens it.
    #[prop(into)]
    menu: String,
    /// The pages of the menu.
    links: Vec<Link>,
    /// The same page in the other languages.
    #[prop(optional)]
    languages: Vec<Link>,
    /// What stays visible on a phone, such as the button to sign in.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let links = links.into_iter().map(menu_link).collect_view();
    let languages = languages.into_iter().map(menu_link).collect_view();
    view! {
        <header class="site-header wrap">
            <a class="brand" href=home>
                <OrganisationMark name=name.clone() logo=logo size=PlotSize::Small />
                <span>{name} {motto.0.map(|motto| view! { <small>{motto}</small> })}</span>
            </a>
            <nav class="menu" id="menu" popover="auto" aria-label=menu.clone()>
                {links}
                {languages}
            </nav>
            {children.map(|children| children())}
            <button class="bare" type="button" popovertarget="menu" aria-label=menu>
                {Icon::Menu.view()}
            </button>
        </header>
    }
}

fn menu_link(link: Link) -> impl IntoView {
    let current = link.aria_current();
    view! {
        <a href=link.href aria-current=current lang=link.language hreflang=link.language>
            {link.label}
        </a>
    }
}

/// What the hub is, and the links that belong on every page.
#[component]
pub fn SiteFooter(
    /// The hub's name; the band is drawn from it.
    #[prop(into)]
    name: String,
    /// The links, in groups.
    groups: Vec<LinkGroup>,
    /// The last lines: who runs the hub, who pays for it.
    children: Children,
) -> impl IntoView {
    let groups = groups
        .into_iter()
        .map(|group| {
            let links =
                group.links.into_iter().map(|link| view! { <li>{menu_link(link)}</li> }).collect_view();
            view! {
                <div>
                    <h2>{group.heading}</h2>
                    <ul>{links}</ul>
                </div>
            }
        })
        .collect_view();
    view! {
        <footer class="site-footer">
            <div class="wrap">
                <div>
                    <h2>{name}</h2>
                    {children()}
                </div>
                {groups}
            </div>
        </footer>
    }
}
