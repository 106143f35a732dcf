//! Every public page for search engines, with its sisters in other languages.

use std::io;

use app::paths::Page;
use app::server::{Catalogue, HubState};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::Language;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::responses::from_catalogue;
use crate::router::Site;

const KIND: &str = "application/xml; charset=utf-8";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// Pages in one file; each stands there once per language, and 50,000 addresses or 50 MB are allowed.
const MOST_PAGES: usize = 10_000;

/// A page and, when it is known, the day of its last change.
struct Listed {
    page: Page,
    changed_on: Option<NaiveDate>,
}

impl Listed {
    fn new(page: Page) -> Self {
        Self { page, changed_on: None }
    }
}

/// The list of lists.
pub(crate) async fn index(State(site): State<Site>, headers: HeaderMap) -> Response {
    let catalogue = site.state.catalogue();
    from_catalogue(&headers, &catalogue, KIND, || {
        let parts = catalogue.index.len().div_ceil(MOST_PAGES);
        let names = ["pages", "organisations", "events"].map(str::to_owned).into_iter();
        let names = names.chain((1..=parts).map(|part| format!("vacancies-{part}")));
        let public_url = &site.state.settings().public_url;
        document("sitemapindex", |writer| {
            for name in names {
                let address = format!("{public_url}/sitemaps/{name}.xml");
                writer
                    .create_element("sitemap")
                    .write_inner_content(|writer| text(writer, "loc", &address))?;
            }
            Ok(())
        })
    })
}

/// One list.
pub(crate) async fn part(State(site): State<Site>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    let catalogue = site.state.catalogue();
    let Some(pages) = file.strip_suffix(".xml").and_then(|name| pages_of(&catalogue, name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    from_catalogue(&headers, &catalogue, KIND, || {
        document("urlset", |writer| {
            pages.iter().try_for_each(|listed| write_page(writer, &site.state, listed))
        })
    })
}

fn pages_of(catalogue: &Catalogue, name: &str) -> Option<Vec<Listed>> {
    match name {
        "pages" => Some(standing_pages()),
        "organisations" => {
            let slugs = catalogue.organisations.iter().map(|stored| stored.slug.clone());
            Some(slugs.map(|slug| Listed::new(Page::Organisation(slug))).collect())
        }
        "events" => {
            Some(catalogue.events.iter().map(|stored| Listed::new(Page::Event(stored.slug()))).collect())
        }
        _ => {
            let part: usize = name.strip_prefix("vacancies-")?.parse().ok()?;
            let first = part.checked_sub(1)?.checked_mul(MOST_PAGES)?;
            let vacancies = catalogue.open_vacancies();
            let cards = vacancies.get(first..)?.iter().take(MOST_PAGES);
            let listed =
                cards.map(|card| Listed { page: Page::Vacancy(card.slug()), changed_on: card.published_on });
            Some(listed.collect()).filter(|listed: &Vec<Listed>| !listed.is_empty())
        }
    }
}

fn standing_pages() -> Vec<Listed> {
    let pages = [
        Page::Home,
        Page::Vacancies,
        Page::Organisations,
        Page::Events,
        Page::About,
        Page::Privacy,
        Page::Accessibility,
    ];
    pages.into_iter().map(Listed::new).collect()
}

/// A page once per language of the hub, each time with all its sisters.
fn write_page(writer: &mut Writer<Vec<u8>>, state: &HubState, listed: &Listed) -> io::Result<()> {
    let public_url = &state.settings().public_url;
    let languages = &state.hub().languages;
    let address = |language: Language| format!("{public_url}{}", listed.page.path(language));
    for &language in languages {
        writer.create_element("url").write_inner_content(|writer| {
            text(writer, "loc", &address(language))?;
            if let Some(day) = listed.changed_on {
                text(writer, "lastmod", &day.to_string())?;
            }
            for &other in languages {
                alternate(writer, other.code(), &address(other))?;
            }
            languages.first().map_or(Ok(()), |&first| alternate(writer, "x-default", &address(first)))
        })?;
    }
    Ok(())
}

fn alternate(writer: &mut Writer<Vec<u8>>, language: &str, address: &str) -> io::Result<()> {
    let link = writer.create_element("xhtml:link");
    link.with_attributes([("rel", "alternate"), ("hreflang", language), ("href", address)]).write_empty()?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(value))?;
    Ok(())
}

/// A document with one root element; writing to memory can't fail.
fn document(root: &str, content: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> String {
    let mut writer = Writer::new(Vec::new());
    let written =
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).and_then(|()| {
            let root =
                writer.create_element(root).with_attributes([("xmlns", NAMESPACE), ("xmlns:xhtml", XHTML)]);
            root.write_inner_content(content).map(|_| ())
        });
    if let Err(error) = written {
        tracing::error!(%error, "a sitemap could not be written");
    }
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}
