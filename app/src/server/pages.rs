//! From an address to its page.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::get;
use domain::Language;
use domain::organisations::StoredOrganisation;
use domain::text::slug;
use domain::vacancies::{Facet, StoredVacancy, VacancyFilter, id_in_slug};
use leptos::prelude::provide_context;
use qrcode::QrCode;
use qrcode::render::svg;
use search::PAGE_SIZE;

use super::catalogue::ReadVacancy;
use super::render::Answer;
use super::{Catalogue, HubState, excerpt, structured, to_html};
use crate::about::{
    AboutPage, AboutPageProps, AccessibilityPage, AccessibilityPageProps, PrivacyPage, PrivacyPageProps,
};
use crate::events::{AgendaPage, AgendaPageProps, EventPage, EventPageProps, EventView};
use crate::fault::{FaultPage, FaultPageProps, NotFoundPage, NotFoundPageProps};
use crate::home::{HomePage, HomePageProps, HomeView};
use crate::organisations::{
    OrganisationFilter, OrganisationPage, OrganisationPageProps, OrganisationView, OrganisationsPage,
    OrganisationsPageProps, Shown, page_query,
};
use crate::paths::Page;
use crate::shell::Head;
use crate::texts as t;
use crate::ui::Gallery;
use crate::vacancies::{
    ClosedVacancy, ClosedVacancyProps, SearchAnswer, SearchError, SearchPage, SearchPageProps, SnapshotFiles,
    VacancyPage, VacancyPageProps, VacancyView, search_title,
};

const DESCRIPTION_LENGTH: usize = 155;
/// The longest error of a server function that is looked at, in bytes.
const LONGEST_ERROR: usize = 10_000;
const NEWEST_AT_HOME: usize = 6;
const ORGANISATIONS_AT_HOME: usize = 6;
const EVENTS_AT_HOME: usize = 4;

/// All pages and server functions, without middleware.
pub fn pages(state: HubState) -> Router {
    Router::new()
        .route("/api/{*function}", get(server_functions).post(server_functions))
        .route("/qr/{language}/{file}", get(qr_code))
        .fallback(page)
        .with_state(state)
}

async fn server_functions(State(state): State<HubState>, request: Request) -> Response<Body> {
    let response =
        leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request)
            .await
            .into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    // Leptos answers every error with 500; a question that can't be read is not our fault.
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LONGEST_ERROR).await.unwrap_or_default();
    if serde_json::from_slice(&body).ok() == Some(SearchError::Malformed) {
        parts.status = StatusCode::BAD_REQUEST;
    }
    Response::from_parts(parts, Body::from(body))
}

/// The answer to a search, with names in the reader's language.
pub(crate) fn search(state: &HubState, filter: &VacancyFilter, language: Language) -> SearchAnswer {
    let catalogue = state.catalogue();
    let answer = catalogue.index.search_in(filter, language);
    let excerpts = catalogue.index.excerpts(filter, &answer.hits);
    SearchAnswer { answer, excerpts, today: catalogue.today }
}

async fn page(State(state): State<HubState>, request: Request) -> Response<Body> {
    let request_id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let uri = request.uri();
    let language = language_of(uri.path());
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return error_page(&state, uri.path(), StatusCode::METHOD_NOT_ALLOWED, request_id);
    }
    let Some((page, language)) =
        Page::at(uri.path()).filter(|(_, language)| state.hub().languages.contains(language))
    else {
        return not_found(&state, language);
    };
    let path = page.path(language);
    if path != uri.path() {
        return moved(&with_query(&path, uri));
    }
    match page {
        Page::Home => home(&state, language),
        Page::Vacancies => vacancies(&state, uri, language),
        Page::Vacancy(slug) => match vacancy(&state, &slug, language).await {
            Ok(response) => response,
            Err(fault) => {
                tracing::error!(request_id, %fault, "the database did not give a vacancy");
                error_page(&state, &path, StatusCode::INTERNAL_SERVER_ERROR, request_id)
            }
        },
        Page::Organisations => organisations(&state, uri, language),
        Page::Organisation(slug) => organisation(&state, &slug, uri, language),
        Page::Events => agenda(&state, language),
        Page::Event(slug) => event(&state, &slug, language),
        Page::About => about(&state, language),
        Page::Privacy => privacy(&state, language),
        Page::Accessibility => accessibility(&state, language),
        Page::Style if state.settings().is_development => style(&state, language),
        Page::Style => not_found(&state, language),
    }
}

/// The language that a path begins with.
fn language_of(path: &str) -> Language {
    match path.trim_start_matches('/').split('/').next() {
        Some("de") => Language::German,
        Some("en") => Language::English,
        _ => Language::Dutch,
    }
}

fn with_query(path: &str, uri: &Uri) -> String {
    match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

fn moved(address: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    match HeaderValue::from_str(address) {
        Ok(address) => {
            *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
            response.headers_mut().insert(LOCATION, address);
        }
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

fn head(language: Language, page: Page, title: impl Into<String>, description: impl Into<String>) -> Head {
    Head {
        title: title.into(),
        description: description.into(),
        language,
        page: Some(page),
        query: String::new(),
        is_listed: true,
        structured_data: Vec::new(),
        feed: None,
        picture: structured::picture(None),
    }
}

fn shown(catalogue: &Catalogue, stored: &StoredOrganisation) -> Shown {
    Shown { open_vacancies: catalogue.open_vacancies_of(&stored.slug), stored: stored.clone() }
}

fn home(state: &HubState, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let hub = state.hub().clone();
    let counts = catalogue.index.search(&VacancyFilter::default()).facets;
    let municipalities = counts
        .iter()
        .find(|counts| counts.facet == Facet::Municipality)
        .map_or(0, |counts| counts.values.len());
    // Those with most open vacancies, so that a visitor looks in where there is something to find.
    let mut busiest: Vec<&StoredOrganisation> = catalogue.organisations.iter().collect();
    busiest.sort_by_key(|stored| std::cmp::Reverse(catalogue.open_vacancies_of(&stored.slug)));
    let content = HomeView {
        open_vacancies: catalogue.index.len() as u32,
        organisations: catalogue.organisations.len() as u32,
        events: catalogue.coming_events().count() as u32,
        municipalities: municipalities as u32,
        newest: catalogue.index.newest(NEWEST_AT_HOME),
        shown: busiest
            .into_iter()
            .take(ORGANISATIONS_AT_HOME)
            .map(|stored| shown(&catalogue, stored))
            .collect(),
        coming: catalogue.coming_events().take(EVENTS_AT_HOME).cloned().collect(),
        today: catalogue.today,
    };
    let mut head = head(language, Page::Home, hub.headline.get(language), hub.introduction.get(language));
    head.feed = Some(feed_address("", language));
    Answer::ok(head).render(state, move || HomePage(HomePageProps { content, hub, language }))
}

fn feed_address(query: &str, language: Language) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}.atom{mark}{query}", Page::Vacancies.path(language))
}

fn vacancies(state: &HubState, uri: &Uri, language: Language) -> Response<Body> {
    let filter = VacancyFilter::parse(uri.query().unwrap_or_default());
    let hub = state.hub().clone();
    let found = search(state, &filter, language);
    let description = t::search_description(language, hub.region_name.get(language));
    let mut head = head(language, Page::Vacancies, search_title(&filter, language), description);
    head.query = filter.to_query_string();
    head.feed = Some(feed_address(&filter.with_page(1).to_query_string(), language));
    // A search for nothing is no page for a search engine.
    head.is_listed = found.answer.total > 0;
    let snapshot = state.snapshot().map(|snapshot| (*snapshot).clone());
    let snapshot = snapshot.map(|snapshot| SnapshotFiles { core: snapshot.core, texts: snapshot.texts });
    Answer::ok(head)
        .with_islands()
        .render(state, move || SearchPage(SearchPageProps { hub, filter, found, snapshot, language }))
}

async fn vacancy(state: &HubState, slug: &str, language: Language) -> Result<Response<Body>, store::Error> {
    let Some(id) = id_in_slug(slug) else {
        return Ok(not_found(state, language));
    };
    let catalogue = state.catalogue();
    if let Some(read) = catalogue.find_read(id).filter(|read| read.stored.slug() == slug) {
        return Ok(open_vacancy(state, &catalogue, &read, language));
    }
    let stored = state.store().find_vacancy(id).await?;
    let Some(stored) = stored.filter(|stored| stored.vacancy.state != domain::vacancies::VacancyState::Draft)
    else {
        return Ok(not_found(state, language));
    };
    if stored.slug() != slug {
        return Ok(moved(&Page::Vacancy(stored.slug()).path(language)));
    }
    if stored.vacancy.is_open(catalogue.today) {
        Ok(open_vacancy(state, &catalogue, &catalogue.read(stored), language))
    } else {
        Ok(closed_vacancy(state, stored, language))
    }
}

fn open_vacancy(
    state: &HubState,
    catalogue: &Catalogue,
    read: &ReadVacancy,
    language: Language,
) -> Response<Body> {
    let ReadVacancy { stored, html, similar } = read;
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let organisation = catalogue.find_organisation(&stored.organisation_slug).cloned();
    let page = Page::Vacancy(stored.slug());
    let path = page.path(language);
    let posting = structured::job_posting(stored, organisation.as_ref(), html, &hub, public_url);
    let trail = trail(
        &[(t::nav_vacancies(language), Page::Vacancies), (&stored.vacancy.title, page.clone())],
        language,
        public_url,
    );
    let title = format!("{} · {}", stored.vacancy.title, stored.vacancy.organisation);
    let mut head = head(language, page, title, excerpt(&stored.vacancy.text, DESCRIPTION_LENGTH));
    head.structured_data = vec![posting, trail];
    head.picture = structured::picture(Some(&stored.organisation_slug));
    let content = VacancyView {
        similar: similar.clone(),
        address: format!("{public_url}{path}"),
        today: catalogue.today,
        stored: stored.clone(),
        organisation,
        html: html.clone(),
    };
    Answer::ok(head)
        .with_islands()
        .render(state, move || VacancyPage(VacancyPageProps { content, hub, language }))
}

fn closed_vacancy(state: &HubState, stored: StoredVacancy, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let today = catalogue.today;
    let title = stored.vacancy.title.clone();
    let organisation = stored.vacancy.organisation.clone();
    let head = head(language, Page::Vacancy(stored.slug()), title.clone(), t::closed_title(language));
    let similar = catalogue.similar_to_closed(stored);
    Answer::ok(head).with_status(StatusCode::GONE).render(state, move || {
        ClosedVacancy(ClosedVacancyProps { title, organisation, similar, today, language })
    })
}

/// The way to a page, for search engines.
fn trail(steps: &[(&str, Page)], language: Language, public_url: &str) -> String {
    let home = (t::nav_home(language).to_owned(), Page::Home.path(language));
    let steps = steps.iter().map(|(name, page)| ((*name).to_owned(), page.path(language)));
    structured::breadcrumbs(&std::iter::once(home).chain(steps).collect::<Vec<_>>(), public_url)
}

fn organisations(state: &HubState, uri: &Uri, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let hub = state.hub().clone();
    let query = uri.query().unwrap_or_default();
    let filter = OrganisationFilter::parse(&pairs(query));
    let all = &catalogue.organisations;
    let list: Vec<Shown> = all
        .iter()
        .filter(|stored| filter.wants(stored, &hub.region))
        .map(|stored| shown(&catalogue, stored))
        .collect();
    let sectors = names(all.iter().map(|stored| stored.organisation.sector.as_str()));
    let municipalities = names(
        all.iter()
            .filter_map(|stored| hub.region.find_place(&stored.organisation.place))
            .map(|place| place.municipality.as_str()),
    );
    let description = t::organisations_description(language, hub.region_name.get(language));
    let mut head = head(language, Page::Organisations, t::organisations_heading(language), description);
    head.query = filter.to_query_string();
    head.is_listed = !list.is_empty();
    Answer::ok(head).render(state, move || {
        OrganisationsPage(OrganisationsPageProps {
            filter,
            shown: list,
            sectors,
            municipalities,
            hub,
            language,
        })
    })
}

/// The page of a list that an address asks for; the first when it does not say.
fn asked_page(uri: &Uri) -> u32 {
    let pairs = pairs(uri.query().unwrap_or_default());
    let asked = pairs.iter().find(|(name, _)| name == "pagina").and_then(|(_, page)| page.parse().ok());
    asked.unwrap_or(1).max(1)
}

/// The pairs of an address after the `?`, decoded.
fn pairs(query: &str) -> Vec<(String, String)> {
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(
        &Uri::builder().path_and_query(format!("/?{query}")).build().unwrap_or_default(),
    )
    .map(|pairs| pairs.0)
    .unwrap_or_default()
}

/// Each name once, in order.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_by_key(|name| slug(name));
    names.dedup();
    names
}

fn organisation(state: &HubState, slug: &str, uri: &Uri, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let Some(stored) = catalogue.find_organisation(slug).cloned() else {
        return not_found(state, language);
    };
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let (text, text_language) = stored.organisation.text.get_with_language(language);
    let description = excerpt(text, DESCRIPTION_LENGTH);
    let html = to_html(text);
    let page = Page::Organisation(stored.slug.clone());
    let data = structured::organisation(&stored, &excerpt(text, 1_000), &hub, public_url, language);
    let name = stored.organisation.name.clone();
    let trail = trail(
        &[(t::nav_organisations(language), Page::Organisations), (&name, page.clone())],
        language,
        public_url,
    );
    let vacancies = catalogue.index.of_organisation(&stored.slug);
    let pages = (vacancies.len().div_ceil(PAGE_SIZE) as u32).max(1);
    let here = asked_page(uri).min(pages);
    let mut head = head(language, page, name.clone(), description);
    head.query = page_query(here);
    head.structured_data = vec![data, trail];
    head.picture = structured::picture(Some(&stored.slug));
    let content = OrganisationView {
        vacancies: vacancies.into_iter().skip((here as usize - 1) * PAGE_SIZE).take(PAGE_SIZE).collect(),
        page: here,
        pages,
        events: catalogue
            .coming_events()
            .filter(|event| event.host_slug.as_deref() == Some(&stored.slug))
            .cloned()
            .collect(),
        today: catalogue.today,
        stored,
        html,
        text_language,
    };
    Answer::ok(head).render(state, move || OrganisationPage(OrganisationPageProps { content, hub, language }))
}

fn agenda(state: &HubState, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let hub = state.hub();
    let coming = catalogue.coming_events().cloned().collect();
    let past = catalogue
        .events
        .iter()
        .rev()
        .filter(|stored| stored.event.ends_at.date() < catalogue.today)
        .cloned()
        .collect();
    let description = t::agenda_description(language, hub.region_name.get(language));
    let head = head(language, Page::Events, t::agenda_heading(language), description);
    Answer::ok(head).render(state, move || AgendaPage(AgendaPageProps { coming, past, language }))
}

fn event(state: &HubState, slug: &str, language: Language) -> Response<Body> {
    let catalogue = state.catalogue();
    let Some(stored) = id_in_slug(slug).and_then(|id| catalogue.find_event(id)).cloned() else {
        return not_found(state, language);
    };
    if stored.slug() != slug {
        return moved(&Page::Event(stored.slug()).path(language));
    }
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let description = excerpt(&stored.event.text, DESCRIPTION_LENGTH);
    let page = Page::Event(stored.slug());
    let data = structured::event(&stored, &description, &hub, public_url, language);
    let title = stored.event.title.clone();
    let trail =
        trail(&[(t::nav_events(language), Page::Events), (&title, page.clone())], language, public_url);
    let mut head = head(language, page, title.clone(), description);
    head.structured_data = vec![data, trail];
    head.picture = structured::picture(stored.host_slug.as_deref());
    let content = EventView { html: to_html(&stored.event.text), stored, now: state.now_local() };
    Answer::ok(head).render(state, move || EventPage(EventPageProps { content, hub, language }))
}

fn about(state: &HubState, language: Language) -> Response<Body> {
    let hub = state.hub().clone();
    let (text, text_language) = hub.about.get_with_language(language);
    let html = to_html(text);
    let title = t::about_heading(language, &hub.name);
    let head = head(language, Page::About, title, t::about_description(language, &hub.name));
    Answer::ok(head).render(state, move || AboutPage(AboutPageProps { html, text_language, hub, language }))
}

fn privacy(state: &HubState, language: Language) -> Response<Body> {
    let hub = state.hub().clone();
    let head = head(language, Page::Privacy, t::privacy_heading(language), t::privacy_description(language));
    Answer::ok(head).render(state, move || PrivacyPage(PrivacyPageProps { hub, language }))
}

fn accessibility(state: &HubState, language: Language) -> Response<Body> {
    let hub = state.hub().clone();
    let head = head(
        language,
        Page::Accessibility,
        t::accessibility_heading(language),
        t::accessibility_description(language),
    );
    Answer::ok(head).render(state, move || AccessibilityPage(AccessibilityPageProps { hub, language }))
}

fn style(state: &HubState, language: Language) -> Response<Body> {
    let head = head(language, Page::Style, t::style_title(language), t::style_title(language));
    Answer::ok(head).with_status(StatusCode::OK).render(state, Gallery)
}

fn not_found(state: &HubState, language: Language) -> Response<Body> {
    let hub = state.hub().clone();
    let mut head = head(language, Page::Home, t::not_found_title(language), t::not_found_text(language));
    head.page = None;
    Answer::ok(head)
        .with_status(StatusCode::NOT_FOUND)
        .render(state, move || NotFoundPage(NotFoundPageProps { hub, language }))
}

/// The page for a status that no page has: with the number of the request when the fault is ours.
pub fn error_page(
    state: &HubState,
    path: &str,
    status: StatusCode,
    request_id: Option<String>,
) -> Response<Body> {
    let language = language_of(path);
    let (title, text) = match status {
        StatusCode::NOT_FOUND => return not_found(state, language),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            (t::fault_busy_title(language), t::fault_busy_text(language))
        }
        StatusCode::TOO_MANY_REQUESTS => (t::fault_often_title(language), t::fault_often_text(language)),
        status if status.is_client_error() => (t::fault_bad_title(language), t::fault_bad_text(language)),
        _ => (t::fault_ours_title(language), t::fault_ours_text(language)),
    };
    let hub = state.hub().clone();
    let request_id = request_id.filter(|_| status.is_server_error());
    let mut head = head(language, Page::Home, title, text);
    head.page = None;
    Answer::ok(head)
        .with_status(status)
        .render(state, move || FaultPage(FaultPageProps { title, text, request_id, hub, language }))
}

/// The QR code of a vacancy's address, as a small SVG.
async fn qr_code(
    State(state): State<HubState>,
    Path((language, file)): Path<(String, String)>,
) -> Response<Body> {
    let slug = file.strip_suffix(".svg").filter(|slug| id_in_slug(slug).is_some() && slug.len() <= 100);
    let (Some(language), Some(slug)) = (Language::from_code(&language), slug) else {
        return not_found(&state, Language::Dutch);
    };
    let address = format!("{}{}", state.settings().public_url, Page::Vacancy(slug.to_owned()).path(language));
    let Ok(code) = QrCode::with_error_correction_level(address, qrcode::EcLevel::M) else {
        return not_found(&state, language);
    };
    let picture = code.render::<svg::Color<'_>>().min_dimensions(132, 132).build();
    let mut response = Response::new(Body::from(picture));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
