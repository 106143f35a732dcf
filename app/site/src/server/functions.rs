//! The functions that the browser's program asks, under `/api/`.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use domain::Language;
use domain::talents::Fitting;
use hub::HubState;
use leptos::prelude::{provide_context, use_context};
use web::{RequestContext, WebState};

use super::fitting::fitting;
use crate::vacancies::SearchError;

/// The longest error of a server function that is looked at, in bytes.
const LONGEST_ERROR: usize = 10_000;

/// The paths of all server functions.
pub fn server_functions() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

/// The hub's state for a server function.
pub(crate) fn hub_state() -> Result<HubState, SearchError> {
    Ok(web_state()?.hub)
}

fn web_state() -> Result<WebState, SearchError> {
    use_context::<WebState>().ok_or(SearchError::Ours)
}

/// What vacancies are compared with for somebody who asks a server function.
pub(crate) async fn asking_talent() -> Result<Option<Fitting>, SearchError> {
    let (web, parts) = (web_state()?, use_context::<Parts>().ok_or(SearchError::Ours)?);
    let context = RequestContext::of(&web, &parts, Language::Dutch).await.map_err(|_| SearchError::Ours)?;
    fitting(&context).await.map_err(|_| SearchError::Ours)
}

/// Answers a server function.
pub(crate) async fn answer(State(web): State<WebState>, request: Request) -> Response<Body> {
    let response = leptos_axum::handle_server_fns_with_context(move || provide_context(web.clone()), request)
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
