//! A number for every request, a line in the log, a count in the metrics, and a page when our code panics.

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use tracing::Instrument;
use web::PageTable;

use crate::errors::{RequestSummary, error_response};
use crate::files::IsFile;
use crate::metrics;
use crate::router::ServerState;

/// The header that carries the number of a request, inward to the pages and outward to the visitor.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

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

/// The number that a trusted proxy gave, or a new one: the start of the server and a counter.
fn request_id(headers: &HeaderMap, is_proxy_trusted: bool) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|_| is_proxy_trusted).filter(|id| is_plain(id.as_bytes()));
    given.cloned().unwrap_or_else(new_id)
}

fn is_plain(id: &[u8]) -> bool {
    (8..=64).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn new_id() -> HeaderValue {
    static START: LazyLock<u64> = LazyLock::new(|| {
        // The standard library's own random keys tell one start of the server from another.
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(0_u8) & 0xff_ffff
    });
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let number = format!("{:06x}-{:06}", *START, COUNT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&number).unwrap_or(HeaderValue::from_static("unknown"))
}
