//! The surroundings of every page: document head, header, footer.

use std::sync::Arc;

use domain::Language;
use domain::hub::{Contact, Hub};
use leptos::config::LeptosOptions;
use leptos::html::meta;
use leptos::hydration::AutoReload;
use leptos::prelude::*;

use crate::{Link, LinkGroup, SiteFooter, SiteHeader, SkipLink, static_html};
use words::labels;
use words::paths::Page;
use words::texts as t;

/// What a page says about itself to browsers, search engines and other sites.
#[derive(Clone, Debug)]
pub struct Head {
    /// The title, without the hub's name.
    pub title: String,
    /// One or two sentences for search engines and shared links.
    pub description: String,
    /// The language of the page.
    pub language: Language,
    /// Which page it is; `None` when there is none at this address.
    pub page: Option<Page>,
    /// What follows the `?` in the page's address.
    pub query: String,
    /// Whether search engines may list it.
    pub is_listed: bool,
    /// Data for search engines, as JSON that is safe within a script element.
    pub structured_data: Vec<String>,
    /// The address of the page's Atom feed, when it has one; the JSON feed stands beside it.
    pub feed: Option<String>,
    /// The path of the picture for shared links.
    pub picture: String,
}

/// A page of the menus above and below every page.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// The page.
    pub page: Page,
    /// Its name, in a language.
    pub label: fn(Language) -> &'static str,
    /// The group below the page in which it stands.
    pub group: MenuGroup,
    /// Whether it stands in the menu above the page too.
    pub is_in_header: bool,
}

/// A group of the menu below every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuGroup {
    /// What one looks for: vacancies, organisations, events.
    Find,
    /// What the hub tells of itself.
    Hub,
    /// Where the programme office works: on the start page of its people, not below every page.
    Office,
}

/// Where the page is loaded from and what it loads.
#[derive(Clone, Debug)]
pub struct PageAssets {
    /// Where the world finds the hub, without a slash at the end.
    pub public_url: String,
    /// The address of the style sheet.
    pub css: String,
    /// The style sheet itself, when the page carries it.
    pub style: Option<Arc<str>>,
    /// The style of pages of one's own, when this is one.
    pub own_style: Option<&'static str>,
    /// The script that starts the islands, or nothing for a page without any.
    pub boot: Option<String>,
    /// A small script of the page itself.
    pub script: Option<&'static str>,
    /// Where a development build hears that something changed, and loads the page again.
    pub reload: Option<LeptosOptions>,
    /// The number that scripts and styles of this answer carry.
    pub nonce: String,
}

/// What the first paint does not wait for: the font and the manifest.
///
/// Somebody's first page is drawn in the fallback and gets the font when it stands there; whoever comes from another of
/// our pages, or goes back, has the font, and reads in it. A browser that runs no scripts is told the same in
/// `style/tokens.css`.
const AFTER_PAINT: &str = "\
    if(document.referrer.startsWith(location.origin+'/')||performance.getEntriesByType('navigation')[0]?.type!='navigate')\
    document.documentElement.dataset.font='';\
    const painted=f=>addEventListener('load',()=>new PerformanceObserver((l,o)=>{\
    if(l.getEntriesByName('first-contentful-paint')[0]){o.disconnect();(self.requestIdleCallback??setTimeout)(f)}})\
    .observe({type:'paint',buffered:true}));\
    painted(()=>{document.fonts.load('1em Figtree');\
    document.head.append(Object.assign(document.createElement('link'),{rel:'manifest',href:'/manifest.webmanifest'}))})";

/// The whole document around a page.
#[component]
pub fn Shell(
    /// The head of the page.
    head: Head,
    /// Where it is loaded from.
    site: PageAssets,
    /// The hub.
    hub: Arc<Hub>,
    /// The pages of the menus.
    menu: Arc<[MenuItem]>,
    /// Whether somebody is signed in.
    is_signed_in: bool,
    /// The content of the page, as HTML.
    main: String,
) -> impl IntoView {
    let language = head.language;
    let accent = format!(":root{{--accent-light:{};--accent-dark:{}}}", hub.accent, hub.accent_dark);
    let title = if head.page == Some(Page::Home) {
        format!("{} · {}", hub.name, hub.tagline.get(language))
    } else {
        format!("{} · {}", head.title, hub.name)
    };
    // In the page itself it needs no second way to the server before the first paint.
    let (style, sheet) = match site.style {
        Some(style) => (format!("{accent}{style}"), None),
        None => (accent, Some(view! { <link rel="stylesheet" href=site.css /> })),
    };
    let own_style = site.own_style.map(|style| view! { <style nonce=site.nonce.clone() inner_html=style /> });
    let reload = site.reload.map(|options| view! { <AutoReload options /> });
    let header =
        static_html(view! { <Header head=head.clone() hub=hub.clone() menu=menu.clone() is_signed_in /> });
    let footer = static_html(view! { <Footer language hub=hub.clone() menu=menu.clone() /> });
    let boot = site
        .boot
        .clone()
        .map(|boot| view! { <script type="module" nonce=site.nonce.clone() inner_html=boot /> });
    let script = site.script.map(|script| view! { <script nonce=site.nonce.clone() inner_html=script /> });
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width,initial-scale=1" />
                <style nonce=site.nonce.clone() inner_html=style />
                {sheet}
                {own_style}
                <script nonce=site.nonce.clone() inner_html=AFTER_PAINT />
                <title>{title.clone()}</title>
                <meta name="description" content=head.description.clone() />
                <meta name="theme-color" content="#fbfaf5" media="(prefers-color-scheme:light)" />
                <meta name="theme-color" content="#101613" media="(prefers-color-scheme:dark)" />
                <link rel="icon" href="/icons/icon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
                <Links head=head.clone() public_url=site.public_url.clone() languages=hub.languages.clone() />
                <OpenGraph head=head.clone() title public_url=site.public_url.clone() hub_name=hub.name.clone() />
                {head
                    .structured_data
                    .iter()
                    .map(|data| {
                        view! {
                            <script type="application/ld+json" nonce=site.nonce.clone() inner_html=data.clone() />
                        }
                    })
                    .collect_view()}
                {boot}
                {script}
                {reload}
            </head>
            <body>
                <SkipLink label=t::shell_skip(language) />
                {header}
                <main id="main" tabindex="-1" inner_html=main></main>
                {footer}
            </body>
        </html>
    }
}

/// The same page in other languages, its one true address, its feeds.
#[component]
fn Links(head: Head, public_url: String, languages: Vec<Language>) -> impl IntoView {
    let Some(page) = head.page.clone().filter(|_| head.is_listed) else {
        return static_html(view! { <meta name="robots" content="noindex" /> });
    };
    let mark = if head.query.is_empty() { "" } else { "?" };
    let address = |language: Language| format!("{public_url}{}{mark}{}", page.path(language), head.query);
    let canonical = address(head.language);
    let default = languages.first().copied().unwrap_or(Language::Dutch);
    let default = view! { <link rel="alternate" hreflang="x-default" href=address(default) /> };
    let alternates = languages
        .iter()
        .map(|language| view! { <link rel="alternate" hreflang=language.code() href=address(*language) /> })
        .collect_view();
    let feeds = head.feed.map(|atom| {
        let json = atom.replacen(".atom", ".json", 1);
        view! {
            <link rel="alternate" type="application/atom+xml" title=head.title.clone() href=atom />
            <link rel="alternate" type="application/feed+json" title=head.title.clone() href=json />
        }
    });
    static_html(view! {
        <link rel="canonical" href=canonical />
        {alternates}
        {default}
        {feeds}
    })
}

/// How the page looks when somebody shares it.
#[component]
fn OpenGraph(head: Head, title: String, public_url: String, hub_name: String) -> impl IntoView {
    let locale = match head.language {
        Language::Dutch => "nl_NL",
        Language::German => "de_DE",
        Language::English => "en_GB",
    };
    let address = head.page.as_ref().map(|page| format!("{public_url}{}", page.path(head.language)));
    let fields = [
        ("og:type", Some("website".to_owned())),
        ("og:site_name", Some(hub_name)),
        ("og:title", Some(title)),
        ("og:description", Some(head.description)),
        ("og:locale", Some(locale.to_owned())),
        ("og:url", address),
        ("og:image", Some(format!("{public_url}{}", head.picture))),
        ("og:image:width", Some("1200".to_owned())),
        ("og:image:height", Some("630".to_owned())),
    ];
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| Some(meta().attr("property", name).attr("content", value?)))
        .collect_view();
    view! {
        {fields}
        <meta name="twitter:card" content="summary_large_image" />
    }
}

#[component]
fn Header(head: Head, hub: Arc<Hub>, menu: Arc<[MenuItem]>, is_signed_in: bool) -> impl IntoView {
    let language = head.language;
    let section = head.page.as_ref().map(Page::section);
    let links = menu.iter().filter(|item| item.is_in_header).map(|item| {
        let is_current = section == Some(item.page.section());
        Link::new(item.page.path(language), (item.label)(language)).current(is_current)
    });
    let links = links.collect();
    let here = head.page.clone().unwrap_or(Page::Home);
    let mark = if head.query.is_empty() { "" } else { "?" };
    let languages = hub
        .languages
        .iter()
        .filter(|other| **other != language)
        .map(|other| {
            let address = format!("{}{mark}{}", here.path(*other), head.query);
            Link::new(address, labels::language_name(*other, *other)).in_language(other.code())
        })
        .collect();
    let (page, label) = if is_signed_in {
        (Page::My, t::my_link(language))
    } else {
        (Page::SignIn, t::sign_in_title(language))
    };
    let own = view! { <a class="own" href=page.path(language)>{label}</a> };
    view! {
        <SiteHeader
            home=Page::Home.path(language)
            name=hub.name.clone()
            motto=hub.tagline.get(language)
            logo=hub.logo.as_ref().map(|_| "/logo.svg")
            menu=t::nav_menu(language)
            links
            languages
        >
            {own}
        </SiteHeader>
    }
}

#[component]
fn Footer(language: Language, hub: Arc<Hub>, menu: Arc<[MenuItem]>) -> impl IntoView {
    let group = |group: MenuGroup, heading: &str| {
        let items = menu.iter().filter(|item| item.group == group);
        let links = items.map(|item| Link::new(item.page.path(language), (item.label)(language)));
        LinkGroup { heading: heading.to_owned(), links: links.collect() }
    };
    let groups =
        vec![group(MenuGroup::Find, t::nav_find(language)), group(MenuGroup::Hub, t::nav_hub(language))];
    view! {
        <SiteFooter name=hub.name.clone() groups>
            <p>{hub.tagline.get(language).to_owned()}</p>
            <ContactLines contact=hub.contact.clone() />
        </SiteFooter>
    }
}

/// How to reach the programme office.
#[component]
pub fn ContactLines(
    /// The office's contact data.
    contact: Contact,
) -> impl IntoView {
    let mail = format!("mailto:{}", contact.email);
    let phone = contact.phone.map(|phone| {
        let number: String = phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
        view! { <br /><a href=format!("tel:{number}")>{phone}</a> }
    });
    view! {
        <address>
            {contact.organisation}
            {contact.street.map(|street| view! { <br />{street} })}
            {contact.town.map(|town| view! { <br />{town} })}
            <br />
            <a href=mail>{contact.email}</a>
            {phone}
        </address>
    }
}
