//! A number for every request, a line in the log, a count in the metrics, and a page when our code panics.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use tracing::Instrument;
use web::PageTable;

use crate::errors::{RequestSummary, error_response};
use crate::file_server::IsFile;
use crate::metrics;
use crate::request_id::{REQUEST_ID, request_id};
use crate::state::ServerState;

/// Numbers the request, answers it, and says so in the log and in the metrics.
pub(crate) async fn observe(State(server): State<ServerState>, mut request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let id = request_id(request.headers(), server.config.trusted_proxies > 0);
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let summary = RequestSummary::of(&request);
    let method = request.method().clone();
    let route = route_of(&request, &server.pages);
    let number = id.to_str().unwrap_or_default().to_owned();
    let span = tracing::info_span!("request", id = number);
    let answer = AssertUnwindSafe(next.run(request).instrument(span)).catch_unwind();
    let mut response = answer.await.unwrap_or_else(|_| {
        tracing::error!(id = number, path = summary.path, "a page panicked");
        error_response(&server, &summary, StatusCode::INTERNAL_SERVER_ERROR)
    });
    response.headers_mut().insert(REQUEST_ID, id);
    let route = if response.extensions().get::<IsFile>().is_some() { "file" } else { &route };
    let (status, time) = (response.status().as_u16(), begin.elapsed());
    metrics::count_request(&method, route, status, time);
    let ms = time.as_secs_f64() * 1000.0;
    tracing::info!(id = number, %method, path = summary.path, status, ms, "request");
    response
}

/// The pattern of the address: few enough to count by, and one for a page in all languages.
fn route_of(request: &Request, pages: &PageTable) -> String {
    let pattern = request.extensions().get::<MatchedPath>();
    pattern.map_or("none", |pattern| pages.label(pattern.as_str())).to_owned()
}
