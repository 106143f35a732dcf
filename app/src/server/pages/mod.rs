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
use super::render::PageResponse;
use super::request_context::RequestContext;
use super::{HubState, structured};
use crate::error_page::{ErrorPage, ErrorPageProps, NotFoundPage, NotFoundPageProps};
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
pub(super) enum PageError {
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

impl From<store::Error> for PageError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            error => Self::Store(error),
        }
    }
}

/// What a page gives to who asks.
type PageResult = Result<Response<Body>, PageError>;

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
    // Leptos answers every error with 500; a question that can't be read is not our error.
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
    let context = match RequestContext::of(&state, &parts, language).await {
        Ok(context) => context,
        Err((context, error)) => return refused(&context, PageError::Store(error)),
    };
    let is_form = parts.method == Method::POST;
    if !is_form && !matches!(parts.method, Method::GET | Method::HEAD) {
        return refused(&context, PageError::NoForm);
    }
    let known = Page::at(parts.uri.path()).filter(|(_, language)| state.hub().languages.contains(language));
    let Some((page, _)) = known else { return not_found(&context) };
    let path = page.path(language);
    let shown = if is_form {
        change(&context, page, Form::read(&parts, body, LARGEST_CV).await).await
    } else if path == parts.uri.path() {
        show(&context, page).await
    } else {
        Ok(moved(&with_query(&path, &parts.uri)))
    };
    shown.unwrap_or_else(|refusal| refused(&context, refusal))
}

/// Shows a page.
async fn show(context: &RequestContext, page: Page) -> PageResult {
    Ok(match page {
        Page::Home => public::home(context),
        Page::Vacancies => public::vacancies(context).await?,
        Page::Vacancy(slug) => public::vacancy(context, &slug).await?,
        Page::Organisations => public::organisations(context),
        Page::Organisation(slug) => public::organisation(context, &slug),
        Page::Events => public::agenda(context),
        Page::Event(slug) => public::event(context, &slug),
        Page::About => public::about(context),
        Page::Privacy => public::privacy(context),
        Page::Accessibility => public::accessibility(context),
        Page::Style if context.state.settings().is_development => public::style(context),
        Page::Style => not_found(context),
        Page::Apply(slug) => applications::apply_form(context, &slug).await?,
        Page::Application(key) => applications::application(context, &key).await?,
        Page::Outcome(link) => applications::outcome(context, &link).await?,
        Page::FollowUp(link) => applications::follow_up(context, &link).await?,
        Page::Member(slug) => applications::received(context, &slug).await?,
        Page::Colleagues(slug) => people::colleagues(context, &slug).await?,
        Page::Staff => people::staff(context).await?,
        Page::Alerts => alerts::alerts(context).await?,
        Page::NewAlert => alerts::new_alert(context),
        Page::AlertsLink(link) => alerts::alerts_by_link(context, &link).await?,
        Page::SignIn => accounts::sign_in(context),
        Page::SignInCode => accounts::sign_in_code(context).await?,
        Page::SignInLink(link) => accounts::sign_in_link(context, &link).await?,
        Page::SecondStep => accounts::second_step(context).await?,
        Page::My => accounts::my(context).await?,
        Page::Profile => talents::profile(context).await?,
        Page::Saved => talents::saved(context).await?,
        Page::Account => accounts::account(context).await?,
        Page::EraseAccount => accounts::erase_form(context).await?,
    })
}

/// Does what a form of a page asks for.
async fn change(context: &RequestContext, page: Page, form: Form) -> PageResult {
    match page {
        Page::Apply(slug) => applications::apply(context, &slug, form).await,
        Page::Application(key) => applications::change_application(context, &key, form).await,
        Page::Outcome(link) => applications::answer_outcome(context, &link, form).await,
        Page::FollowUp(link) => applications::answer_follow_up(context, &link, form).await,
        Page::Member(slug) => applications::change_questions(context, &slug, form).await,
        Page::Colleagues(slug) => people::change_colleagues(context, &slug, form).await,
        Page::Staff => people::change_staff(context, form).await,
        Page::Alerts => alerts::change_alerts(context, form).await,
        Page::NewAlert => alerts::add_alert(context, form).await,
        Page::AlertsLink(link) => alerts::change_alerts_by_link(context, &link, form).await,
        Page::SignIn => accounts::ask_sign_in(context, form).await,
        Page::SignInCode => accounts::enter_code(context, form).await,
        Page::SignInLink(link) => accounts::press_link(context, &link).await,
        Page::SecondStep => accounts::enter_second_step(context, form).await,
        Page::Profile => talents::change_profile(context, form).await,
        Page::Saved => talents::change_saved(context, form).await,
        Page::Account => accounts::change_account(context, form).await,
        Page::EraseAccount => accounts::erase_account(context, form).await,
        _ => Err(PageError::NoForm),
    }
}

fn refused(context: &RequestContext, refusal: PageError) -> Response<Body> {
    match refusal {
        PageError::NotFound => {
            // For somebody else it may be there.
            let mut response = not_found(context);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        PageError::NoForm => status_page(context, StatusCode::METHOD_NOT_ALLOWED),
        PageError::SignIn => to_sign_in(context, &context.uri.to_string()),
        PageError::SecondStep => redirect_through(context, &Page::SecondStep, &context.uri.to_string()),
        PageError::Store(error) => {
            let request_id = &context.request_id;
            tracing::error!(request_id, %error, "the database did not do what a page asked");
            status_page(context, StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// Asks to sign in, and then to go on to an address.
fn to_sign_in(context: &RequestContext, wanted: &str) -> Response<Body> {
    redirect_through(context, &Page::SignIn, wanted)
}

/// Shows a page that must come first, and then goes on to an address.
fn redirect_through(context: &RequestContext, page: &Page, wanted: &str) -> Response<Body> {
    let wanted = domain::text::encode(wanted);
    see_other(&format!("{}?naar={wanted}", page.path(context.language)))
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
fn private_page<V: IntoView + 'static>(
    context: &RequestContext,
    page: Page,
    title: &str,
    is_wrong: bool,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response<Body> {
    let answer = PageResponse::ok(head(context.language, page, title, "")).private();
    if is_wrong { answer.into_wrong().focused().render(context, view) } else { answer.render(context, view) }
}

/// Who must be signed in for this page.
fn signed_in(context: &RequestContext) -> Result<&SignedIn, PageError> {
    context.signed_in.as_ref().ok_or(PageError::SignIn)
}

/// How long to wait, in whole minutes or seconds, never too short.
fn pause_text(context: &RequestContext, next: DateTime<Utc>) -> String {
    let seconds = (next - context.now()).num_seconds().max(0) as u32 + 1;
    if seconds > 90 {
        t::sign_in_wait_minutes(context.language, seconds.div_ceil(60))
    } else {
        t::sign_in_wait_seconds(context.language, seconds)
    }
}

fn not_found(context: &RequestContext) -> Response<Body> {
    let (hub, language) = (context.state.hub().clone(), context.language);
    let mut head = head(language, Page::Home, t::not_found_title(language), t::not_found_text(language));
    head.page = None;
    PageResponse::ok(head)
        .with_status(StatusCode::NOT_FOUND)
        .render(context, move || NotFoundPage(NotFoundPageProps { hub, language }))
}

/// The page for a status that no page has: with the number of the request when the error is ours.
pub fn error_page(
    state: &HubState,
    path: &str,
    status: StatusCode,
    request_id: Option<String>,
) -> Response<Body> {
    let mut context = RequestContext::unknown(state, language_of(path));
    context.request_id = request_id.unwrap_or_default();
    status_page(&context, status)
}

fn status_page(context: &RequestContext, status: StatusCode) -> Response<Body> {
    let language = context.language;
    let (title, text) = match status {
        StatusCode::NOT_FOUND => return not_found(context),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            (t::fault_busy_title(language), t::fault_busy_text(language))
        }
        StatusCode::TOO_MANY_REQUESTS => (t::fault_often_title(language), t::fault_often_text(language)),
        status if status.is_client_error() => (t::fault_bad_title(language), t::fault_bad_text(language)),
        _ => (t::fault_ours_title(language), t::fault_ours_text(language)),
    };
    let hub = context.state.hub().clone();
    let request_id = status.is_server_error().then(|| context.request_id.clone()).filter(|id| !id.is_empty());
    let mut head = head(language, Page::Home, title, text);
    head.page = None;
    PageResponse::ok(head)
        .with_status(status)
        .render(context, move || ErrorPage(ErrorPageProps { title, text, request_id, hub, language }))
}

/// The QR code of a vacancy's address, as a small SVG.
async fn qr_code(
    State(state): State<HubState>,
    Path((language, file)): Path<(String, String)>,
) -> Response<Body> {
    let slug = file.strip_suffix(".svg").filter(|slug| id_in_slug(slug).is_some() && slug.len() <= 100);
    let (Some(language), Some(slug)) = (Language::from_code(&language), slug) else {
        return not_found(&RequestContext::unknown(&state, Language::Dutch));
    };
    let address = format!("{}{}", state.settings().public_url, Page::Vacancy(slug.to_owned()).path(language));
    let Ok(code) = QrCode::with_error_correction_level(address, qrcode::EcLevel::M) else {
        return not_found(&RequestContext::unknown(&state, language));
    };
    let picture = code.render::<svg::Color<'_>>().min_dimensions(132, 132).build();
    let mut response = Response::new(Body::from(picture));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
