//! Every public page for search engines, with its sisters in other languages.

use std::io::{self, Read};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::Language;
use flate2::read::GzDecoder;
use hub::{Catalogue, HubState};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use web::PageTable;
use words::paths::Page;

use super::catalogue_answer::{catalogue_etag, from_catalogue};
use super::sitemap_cache::SitemapFile;
use crate::packing::Packing;
use crate::responses::{is_known, marked};
use crate::state::ServerState;

const KIND: &str = "application/xml; charset=utf-8";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// Pages in one file; each stands there once per language, and 50,000 addresses or 50 MB are allowed.
const MOST_PAGES: usize = 10_000;
const GZIP_QUALITY: u32 = 6;

/// The list of that name, when there is one.
fn file_named(name: &str, catalogue: &Catalogue) -> Option<SitemapFile> {
    match name {
        "pages" => Some(SitemapFile::Pages),
        "organisations" => Some(SitemapFile::Organisations),
        "events" => Some(SitemapFile::Events),
        _ => {
            let number: usize = name.strip_prefix("vacancies-")?.parse().ok()?;
            (1..=lists_of_vacancies(catalogue)).contains(&number).then(|| SitemapFile::Vacancies(number - 1))
        }
    }
}

fn lists_of_vacancies(catalogue: &Catalogue) -> usize {
    catalogue.index.len().div_ceil(MOST_PAGES)
}

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
pub(crate) async fn index(State(server): State<ServerState>, headers: HeaderMap) -> Response {
    let catalogue = server.state.catalogue();
    from_catalogue(&server, &headers, &catalogue, KIND, || {
        let parts = lists_of_vacancies(&catalogue);
        let names = ["pages", "organisations", "events"].map(str::to_owned).into_iter();
        let names = names.chain((1..=parts).map(|file| format!("vacancies-{file}")));
        let public_url = &server.state.settings().public_url;
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
pub(crate) async fn file(
    State(server): State<ServerState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let catalogue = server.state.catalogue();
    let Some(file) = file.strip_suffix(".xml").and_then(|name| file_named(name, &catalogue)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = catalogue_etag(&server, &catalogue);
    if is_known(&headers, &etag) {
        return marked(StatusCode::NOT_MODIFIED.into_response(), &etag);
    }
    let of = server.clone();
    let pack =
        move || Packing::Gzip.pack(list(&of.state, &of.pages, &catalogue, file).as_bytes(), GZIP_QUALITY);
    let made = server.sitemaps.find_or_make(&etag, file, pack).await;
    match made.and_then(|packed| answer(packed, &headers)) {
        Ok(response) => marked(response, &etag),
        Err(error) => {
            tracing::error!(%error, "a sitemap could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The list as it is kept, or unpacked for who can't open it.
fn answer(packed: Bytes, headers: &HeaderMap) -> io::Result<Response> {
    let mut response = if Packing::Gzip.is_accepted(headers) {
        let mut response = Response::new(Body::from(packed));
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(Packing::Gzip.name()));
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        response
    } else {
        let mut text = Vec::new();
        GzDecoder::new(packed.as_ref()).read_to_end(&mut text)?;
        Response::new(Body::from(text))
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(KIND));
    Ok(response)
}

fn list(state: &HubState, pages: &PageTable, catalogue: &Catalogue, file: SitemapFile) -> String {
    let listed = pages_of(catalogue, pages, file);
    document("urlset", |writer| listed.iter().try_for_each(|listed| write_page(writer, state, listed)))
}

fn pages_of(catalogue: &Catalogue, pages: &PageTable, file: SitemapFile) -> Vec<Listed> {
    match file {
        SitemapFile::Pages => standing_pages(pages),
        SitemapFile::Organisations => {
            let slugs = catalogue.organisations.iter().map(|stored| stored.slug.clone());
            slugs.map(|slug| Listed::new(Page::Organisation(slug))).collect()
        }
        SitemapFile::Events => {
            catalogue.events.iter().map(|stored| Listed::new(Page::Event(stored.slug()))).collect()
        }
        SitemapFile::Vacancies(before) => {
            let vacancies = catalogue.open_vacancies();
            let cards = vacancies.iter().skip(before * MOST_PAGES).take(MOST_PAGES);
            cards
                .map(|card| Listed { page: Page::Vacancy(card.slug()), changed_on: card.published_on })
                .collect()
        }
    }
}

/// The pages that stand there whatever the hub has.
fn standing_pages(pages: &PageTable) -> Vec<Listed> {
    let listed = pages.rows().iter().filter(|row| row.is_in_sitemap);
    listed.filter_map(|row| row.page.clone()).map(Listed::new).collect()
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
