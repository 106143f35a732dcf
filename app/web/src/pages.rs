//! Pages that every noun needs: a private one, one that is not there, one that says what went wrong.

use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{DateTime, Utc};
use domain::Language;
use leptos::prelude::IntoView;
use ui::FILE_FIELD;
use ui::shell::Head;
use words::paths::{Page, language_of};
use words::texts as t;

use crate::error::PageError;
use crate::error_page::{ErrorPage, ErrorPageProps, NotFoundPage, NotFoundPageProps};
use crate::page_response::PageResponse;
use crate::request_context::RequestContext;
use crate::responses::see_other;
use crate::state::WebState;

/// The path of the hub's own picture for shared links.
const HUB_PICTURE: &str = "/og/hub.png";

/// The head of a page that search engines may list.
pub fn head(
    language: Language,
    page: Page,
    title: impl Into<String>,
    description: impl Into<String>,
) -> Head {
    Head {
        title: title.into(),
        description: description.into(),
        language,
        page: Some(page),
        query: String::new(),
        is_listed: true,
        structured_data: Vec::new(),
        feed: None,
        picture: HUB_PICTURE.to_owned(),
    }
}

/// Renders a page that is for one person: nobody lists it, and nobody keeps it. The first field that is wrong has the focus.
pub fn private_page<V: IntoView + 'static>(
    context: &RequestContext,
    page: Page,
    title: &str,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response<Body> {
    PageResponse::ok(head(context.language, page, title, "")).private().focused().render(context, view)
}

/// The same for a link that does nothing, or nothing any more.
pub fn gone_page<V: IntoView + 'static>(
    context: &RequestContext,
    page: Page,
    title: &str,
    view: impl FnOnce() -> V + Send + 'static,
) -> Response<Body> {
    let head = head(context.language, page, title, "");
    PageResponse::ok(head).private().with_status(StatusCode::GONE).render(context, view)
}

/// How long to wait, in whole minutes or seconds, never too short.
pub fn pause_text(context: &RequestContext, next: DateTime<Utc>) -> String {
    let seconds = (next - context.now()).num_seconds().max(0) as u32 + 1;
    if seconds > 90 {
        t::sign_in_wait_minutes(context.language, seconds.div_ceil(60))
    } else {
        t::sign_in_wait_seconds(context.language, seconds)
    }
}

/// The page that says that there is nothing here.
pub fn not_found(context: &RequestContext) -> Response<Body> {
    let (hub, language) = (context.state.hub().clone(), context.language);
    let mut head = head(language, Page::Home, t::not_found_title(language), t::not_found_text(language));
    head.page = None;
    PageResponse::ok(head)
        .with_status(StatusCode::NOT_FOUND)
        .render(context, move || NotFoundPage(NotFoundPageProps { hub, language }))
}

/// The page for a status that no page has: with the number of the request when the error is ours.
pub fn error_page(
    web: &WebState,
    path: &str,
    status: StatusCode,
    request_id: Option<String>,
) -> Response<Body> {
    let mut context = RequestContext::unknown(web, language_of(path));
    context.request_id = request_id.unwrap_or_default();
    status_page(&context, status)
}

pub(crate) fn status_page(context: &RequestContext, status: StatusCode) -> Response<Body> {
    let language = context.language;
    let (title, text) = match status {
        StatusCode::NOT_FOUND => return not_found(context),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            (t::fault_busy_title(language), t::fault_busy_text(language))
        }
        StatusCode::FORBIDDEN => (t::forbidden_title(language), t::forbidden_text(language)),
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

/// The page that says why there is no answer, or the way to what must come first.
pub fn refused(context: &RequestContext, error: PageError) -> Response<Body> {
    match error {
        PageError::NotFound => {
            // For somebody else it may be there.
            let mut response = not_found(context);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        PageError::Elsewhere(path) => see_other(&path),
        PageError::SignIn => to_sign_in(context, &page_address(context)),
        PageError::SecondStep => redirect_through(context, &Page::SecondStep, &context.uri.to_string()),
        PageError::Store(error) => {
            let request_id = &context.request_id;
            tracing::error!(request_id, %error, "the database did not do what a page asked");
            status_page(context, StatusCode::INTERNAL_SERVER_ERROR)
        }
        error => status_page(context, error.status()),
    }
}

/// The address that was asked for, as a page: a file is nothing to come back to.
fn page_address(context: &RequestContext) -> String {
    let file = format!("{FILE_FIELD}=");
    let fields = context.uri.query().unwrap_or_default().split('&');
    let fields: Vec<&str> = fields.filter(|field| !field.is_empty() && !field.starts_with(&file)).collect();
    let path = context.uri.path();
    if fields.is_empty() { path.to_owned() } else { format!("{path}?{}", fields.join("&")) }
}

/// Leads to signing in, and from there to an address.
pub fn to_sign_in(context: &RequestContext, wanted: &str) -> Response<Body> {
    redirect_through(context, &Page::SignIn, wanted)
}

/// Leads to a page that must come first, and from there to an address.
fn redirect_through(context: &RequestContext, first: &Page, wanted: &str) -> Response<Body> {
    let wanted = domain::text::encode(wanted);
    see_other(&format!("{}?naar={wanted}", first.path(context.language)))
}
