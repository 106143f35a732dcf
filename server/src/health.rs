//! Whether the server lives, and whether it can work.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use crate::router::Site;

/// The routes for watchers and balancers; no limit and no line of the log belongs to them.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/healthz", get(health)).route("/readyz", get(ready))
}

/// The process lives.
async fn health() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok\n").into_response()
}

/// The database answers and there is a catalogue.
async fn ready(State(site): State<Site>) -> Response {
    let answer = site.state.store().ping().await;
    let catalogue = site.state.catalogue();
    let status = if answer.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let report = json!({
        "database": if answer.is_ok() { "ok" } else { "does not answer" },
        "revision": catalogue.revision,
        "open_vacancies": catalogue.index.len(),
    });
    (status, [(CACHE_CONTROL, "no-store")], Json(report)).into_response()
}
