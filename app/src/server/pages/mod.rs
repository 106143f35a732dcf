//! From an address to its page.

mod accounts;
mod alerts;
mod applications;
mod people;
mod public;
mod talents;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use chrono::{DateTime, Utc};
use domain::Language;
use domain::applications::LARGEST_CV;
use domain::vacancies::id_in_slug;
use leptos::prelude::{IntoView, provide_context};
use qrcode::QrCode;
use qrcode::render::svg;
use store::SignedIn;

use super::forms::Form;
use super::render::Answer;
use super::visit::Visit;
use super::{HubState, structured};
use crate::fault::{FaultPage, FaultPageProps, NotFoundPage, NotFoundPageProps};
use crate::paths::{CVS, MY_DATA, Page};
use crate::shell::Head;
use crate::texts as t;
use crate::vacancies::SearchError;

pub use accounts::MAILBOX;
pub use applications::brings_file;
pub(crate) use public::search;
pub(crate) use talents::fitting;

/// The longest error of a server function that is looked at, in bytes.
const LONGEST_ERROR: usize = 10_000;

/// Why a page does not show what was asked for.
pub(super) enum Refusal {
    /// There is no such thing, or not for this person.
    NotFound,
    /// Sign in first.
    SignIn,
    /// Take the second step first.
    SecondStep,
    /// This page takes no forms.
    NoForm,
    /// The database did not do what was asked.
    Store(store::Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            error => Self::Store(error),
        }
    }
}

/// What a page gives to who asks.
type Shown = Result<Response<Body>, Refusal>;

/// All pages and server functions, without middleware.
pub fn pages(state: HubState) -> Router {
    let beside = beside_pages().into_iter();
    beside
        .fold(Router::new(), |router, (path, handler)| router.route(&path, handler))
        .fallback(page)
        .with_state(state)
}

/// The paths of what stands beside the pages: the test of who may see what knows every one.
pub fn paths_beside_pages() -> Vec<String> {
    beside_pages().into_iter().map(|(path, _)| path).collect()
}

/// What has an address of its own and is no page.
fn beside_pages() -> [(String, MethodRouter<HubState>); 4] {
    [
        ("/api/{*function}".to_owned(), get(server_functions).post(server_functions)),
        ("/qr/{language}/{file}".to_owned(), get(qr_code)),
        (format!("{CVS}{{key}}"), get(applications::cv)),
        (MY_DATA.to_owned(), get(accounts::my_data)),
    ]
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

async fn page(State(state): State<HubState>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let language = language_of(parts.uri.path());
    let visit = match Visit::of(&state, &parts, language).await {
        Ok(visit) => visit,
        Err((visit, error)) => return refused(&visit, Refusal::Store(error)),
    };
    let is_form = parts.method == Method::POST;
    if !is_form && !matches!(parts.method, Method::GET | Method::HEAD) {
        return refused(&visit, Refusal::NoForm);
    }
    let known = Page::at(parts.uri.path()).filter(|(_, language)| state.hub().languages.contains(language));
    let Some((page, _)) = known else { return not_found(&visit) };
    let path = page.path(language);
    let shown = if is_form {
        change(&visit, page, Form::read(&parts, body, LARGEST_CV).await).await
    } else if path == parts.uri.path() {
        show(&visit, page).await
    } else {
        Ok(moved(&with_query(&path, &parts.uri)))
    };
    shown.unwrap_or_else(|refusal| refused(&visit, refusal))
}

/// Shows a page.
async fn show(visit: &Visit, page: Page) -> Shown {
    Ok(match page {
        Page::Home => public::home(visit),
        Page::Vacancies => public::vacancies(visit).await?,
        Page::Vacancy(slug) => public::vacancy(visit, &slug).await?,
        Page::Organisations => public::organisations(visit),
        Page::Organisation(slug) => public::organisation(visit, &slug),
        Page::Events => public::agenda(visit),
        Page::Event(slug) => public::event(visit, &slug),
        Page::About => public::about(visit),
        Page::Privacy => public::privacy(visit),
        Page::Accessibility => public::accessibility(visit),
        Page::Style if visit.state.settings().is_development => public::style(visit),
        Page::Style => not_found(visit),
        Page::Apply(slug) => applications::apply_form(visit, &slug).await?,
        Page::Application(key) => applications::application(visit, &key).await?,
        Page::Outcome(link) => applications::outcome(visit, &link).await?,
        Page::Placement(link) => applications::placement(visit, &link).await?,
        Page::Member(slug) => applications::received(visit, &slug).await?,
        Page::Colleagues(slug) => people::colleagues(visit, &slug).await?,
        Page::Staff => people::staff(visit).await?,
        Page::Alerts => alerts::alerts(visit).await?,
        Page::NewAlert => alerts::new_alert(visit),
        Page::AlertsLink(link) => alerts::alerts_by_link(visit, &link).await?,
        Page::SignIn => accounts::sign_in(visit),
        Page::SignInCode => accounts::sign_in_code(visit).await?,
        Page::SignInLink(link) => accounts::sign_in_link(visit, &link).await?,
        Page::SecondStep => accounts::second_step(visit).await?,
        Page::My => accounts::my(visit).await?,
        Page::Profile => talents::profile(visit).await?,
        Page::Saved => talents::saved(visit).await?,
        Page::Account => accounts::account(visit).await?,
        Page::EraseAccount => accounts::erase_form(visit).await?,
    })
}

/// Does what a form of a page asks for.
async fn change(visit: &Visit, page: Page, form: Form) -> Shown {
    match page {
        Page::Apply(slug) => applications::apply(visit, &slug, form).await,
        Page::Application(key) => applications::change_application(visit, &key, form).await,
        Page::Outcome(link) => applications::answer_outcome(visit, &link, form).await,
        Page::Placement(link) => applications::answer_placement(visit, &link, form).await,
        Page::Member(slug) => applications::change_questions(visit, &slug, form).await,
        Page::Colleagues(slug) => people::change_colleagues(visit, &slug, form).await,
        Page::Staff => people::change_staff(visit, form).await,
        Page::Alerts => alerts::change_alerts(visit, form).await,
        Page::NewAlert => alerts::add_alert(visit, form).await,
        Page::AlertsLink(link) => alerts::change_alerts_by_link(visit, &link, form).await,
        Page::SignIn => accounts::ask_sign_in(visit, form).await,
        Page::SignInCode => accounts::enter_code(visit, form).await,
        Page::SignInLink(link) => accounts::press_link(visit, &link).await,
        Page::SecondStep => accounts::enter_second_step(visit, form).await,
        Page::Profile => talents::change_profile(visit, form).await,
        Page::Saved => talents::change_saved(visit, form).await,
        Page::Account => accounts::change_account(visit, form).await,
        Page::EraseAccount => accounts::erase_account(visit, form).await,
        _ => Err(Refusal::NoForm),
    }
}

fn refused(visit: &Visit, refusal: Refusal) -> Response<Body> {
    match refusal {
        Refusal::NotFound => {
            // For somebody else it may be there.
            let mut response = not_found(visit);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Refusal::NoForm => fault(visit, StatusCode::METHOD_NOT_ALLOWED),
        Refusal::SignIn => to_sign_in(visit, &visit.uri.to_string()),
        Refusal::SecondStep => and_then(visit, &Page::SecondStep, &visit.uri.to_string()),
        Refusal::Store(error) => {
            let request_id = &visit.request_id;
            tracing::error!(request_id, %error, "the database did not do what a page asked");
            fault(visit, StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// Asks to sign in, and then to go on to an address.
fn to_sign_in(visit: &Visit, wanted: &str) -> Response<Body> {
    and_then(visit, &Page::SignIn, wanted)
}

/// Shows a page that must come first, and then goes on to an address.
fn and_then(visit: &Visit, page: &Page, wanted: &str) -> Response<Body> {
    let wanted = domain::text::encode(wanted);
    see_other(&format!("{}?naar={wanted}", page.path(visit.language)))
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

/// The page to look at after a form was sent.
fn see_other(address: &str) -> Response<Body> {
    let mut response = moved(address);
    if response.status() == StatusCode::MOVED_PERMANENTLY {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
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

/// Renders a page that is for one person: nobody lists it, and nobody keeps it.
fn own<V: IntoView + 'static>(
    visit: &Visit,
    page: Page,
    title: &str,
    is_wrong: bool,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response<Body> {
    let answer = Answer::ok(head(visit.language, page, title, "")).own();
    if is_wrong { answer.into_wrong().focused().render(visit, view) } else { answer.render(visit, view) }
}

/// Who must be signed in for this page.
fn signed_in(visit: &Visit) -> Result<&SignedIn, Refusal> {
    visit.signed_in.as_ref().ok_or(Refusal::SignIn)
}

/// How long to wait, in whole minutes or seconds, never too short.
fn pause_text(visit: &Visit, next: DateTime<Utc>) -> String {
    let seconds = (next - visit.now()).num_seconds().max(0) as u32 + 1;
    if seconds > 90 {
        t::sign_in_wait_minutes(visit.language, seconds.div_ceil(60))
    } else {
        t::sign_in_wait_seconds(visit.language, seconds)
    }
}

fn not_found(visit: &Visit) -> Response<Body> {
    let (hub, language) = (visit.state.hub().clone(), visit.language);
    let mut head = head(language, Page::Home, t::not_found_title(language), t::not_found_text(language));
    head.page = None;
    Answer::ok(head)
        .with_status(StatusCode::NOT_FOUND)
        .render(visit, move || NotFoundPage(NotFoundPageProps { hub, language }))
}

/// The page for a status that no page has: with the number of the request when the fault is ours.
pub fn error_page(
    state: &HubState,
    path: &str,
    status: StatusCode,
    request_id: Option<String>,
) -> Response<Body> {
    let mut visit = Visit::unknown(state, language_of(path));
    visit.request_id = request_id.unwrap_or_default();
    fault(&visit, status)
}

fn fault(visit: &Visit, status: StatusCode) -> Response<Body> {
    let language = visit.language;
    let (title, text) = match status {
        StatusCode::NOT_FOUND => return not_found(visit),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            (t::fault_busy_title(language), t::fault_busy_text(language))
        }
        StatusCode::TOO_MANY_REQUESTS => (t::fault_often_title(language), t::fault_often_text(language)),
        status if status.is_client_error() => (t::fault_bad_title(language), t::fault_bad_text(language)),
        _ => (t::fault_ours_title(language), t::fault_ours_text(language)),
    };
    let hub = visit.state.hub().clone();
    let request_id = status.is_server_error().then(|| visit.request_id.clone()).filter(|id| !id.is_empty());
    let mut head = head(language, Page::Home, title, text);
    head.page = None;
    Answer::ok(head)
        .with_status(status)
        .render(visit, move || FaultPage(FaultPageProps { title, text, request_id, hub, language }))
}

/// The QR code of a vacancy's address, as a small SVG.
async fn qr_code(
    State(state): State<HubState>,
    Path((language, file)): Path<(String, String)>,
) -> Response<Body> {
    let slug = file.strip_suffix(".svg").filter(|slug| id_in_slug(slug).is_some() && slug.len() <= 100);
    let (Some(language), Some(slug)) = (Language::from_code(&language), slug) else {
        return not_found(&Visit::unknown(&state, Language::Dutch));
    };
    let address = format!("{}{}", state.settings().public_url, Page::Vacancy(slug.to_owned()).path(language));
    let Ok(code) = QrCode::with_error_correction_level(address, qrcode::EcLevel::M) else {
        return not_found(&Visit::unknown(&state, language));
    };
    let picture = code.render::<svg::Color<'_>>().min_dimensions(132, 132).build();
    let mut response = Response::new(Body::from(picture));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
