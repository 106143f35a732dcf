//! What is refused before it reaches a page: too long, too large, too often, from another site, too slow.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use web::{BodyError, BodyLimits, Network, bounded};

use crate::client_counts::{ClientCounts, ClientPlace};
use crate::errors::{RequestSummary, error_response};
use crate::metrics;
use crate::state::ServerState;
use crate::uploads::NoPlace;
use crate::visitor;

/// The largest body of a function that the browser's program calls, in bytes; it never brings a file.
const LARGEST_OF_FUNCTION: usize = 256 * 1024;
/// How long a body may come slower than the minimum rate.
const GRACE: Duration = Duration::from_secs(10);
/// How soon a client may come again who has too many requests at once.
const REQUEST_AGAIN_AFTER: Duration = Duration::from_secs(1);
/// Seconds after which a file that found no place may come again.
const UPLOAD_AGAIN_AFTER: u64 = 10;

/// Refuses what is too long, too often, from another site or too large.
pub(crate) async fn guard(State(server): State<ServerState>, mut request: Request, next: Next) -> Response {
    let summary = RequestSummary::of(&request);
    let limits = &server.config.limits;
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > limits.address_bytes) {
        return error_response(&server, &summary, StatusCode::URI_TOO_LONG);
    }
    let address = visitor::address(request.headers(), request.extensions(), server.config.trusted_proxies);
    if let Err(wait) = server.limiter.check(address) {
        return too_often(&server, &summary, wait);
    }
    // Behind a proxy connections are the proxy's; there it is requests of which one client must not have all.
    let Some(_place) = request_place(&server, address) else {
        return too_often(&server, &summary, REQUEST_AGAIN_AFTER);
    };
    request.extensions_mut().insert(Network(visitor::client_prefix(address).to_string()));
    if is_change(request.method()) {
        return change(server, summary, address, request, next).await;
    }
    next.run(request).await
}

fn request_place(server: &ServerState, address: IpAddr) -> Option<ClientPlace> {
    let limits = &server.config.limits;
    let most = if limits.exempts(address) { usize::MAX } else { limits.connections_per_client };
    ClientCounts::enter(&server.requests, visitor::client_prefix(address), most)
}

fn too_often(server: &ServerState, summary: &RequestSummary, wait: Duration) -> Response {
    metrics::count_refused();
    let mut response = error_response(server, summary, StatusCode::TOO_MANY_REQUESTS);
    let seconds = wait.as_secs() + 1;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn is_change(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A request that may change something: only from our own pages, and not larger or slower than allowed. Its body is read by
/// the page, once that knows who asks for what.
async fn change(
    server: ServerState,
    summary: RequestSummary,
    address: IpAddr,
    request: Request,
    next: Next,
) -> Response {
    if !is_from_our_pages(request.headers(), &server.config.public_url) {
        return error_response(&server, &summary, StatusCode::FORBIDDEN);
    }
    let is_function = request.uri().path().starts_with("/api/");
    if is_function && is_multipart(request.headers()) {
        return error_response(&server, &summary, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let brings_file = brings_file(&server, &request);
    let limits = &server.config.limits;
    let largest = match (is_function, brings_file) {
        (true, _) => limits.body_bytes.min(LARGEST_OF_FUNCTION),
        (false, true) => limits.upload_bytes,
        (false, false) => limits.body_bytes,
    };
    if announced_length(request.headers()).is_some_and(|length| length > largest) {
        return error_response(&server, &summary, StatusCode::PAYLOAD_TOO_LARGE);
    }
    let place = if brings_file { Some(server.uploads.enter(address).await) } else { None };
    if let Some(Err(no_place)) = place {
        return no_upload(&server, &summary, no_place);
    }
    let (head, body) = request.into_parts();
    let grace = GRACE.min(limits.timeout() / 2);
    let body = bounded(body, BodyLimits { largest, bytes_per_second: limits.body_bytes_per_second, grace });
    if is_function {
        return call_function(server, summary, head, body, next).await;
    }
    next.run(Request::from_parts(head, body)).await
}

/// A function is for everybody, and takes little: its body is read here, where an error of it has the right status.
async fn call_function(
    server: ServerState,
    summary: RequestSummary,
    head: Parts,
    body: Body,
    next: Next,
) -> Response {
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Err(error) => error_response(&server, &summary, BodyError::of(&error).status()),
    }
}

fn no_upload(server: &ServerState, summary: &RequestSummary, no_place: NoPlace) -> Response {
    metrics::count_refused();
    let status = match no_place {
        NoPlace::ForClient => StatusCode::TOO_MANY_REQUESTS,
        NoPlace::ForAnybody => StatusCode::SERVICE_UNAVAILABLE,
    };
    let mut response = error_response(server, summary, status);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(UPLOAD_AGAIN_AFTER));
    response
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/"))
}

/// Whether a request brings a file to a page that takes one: it may be larger, and take longer, than others.
fn brings_file(server: &ServerState, request: &Request) -> bool {
    let pattern = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let takes_file = server.pages.find(pattern).is_some_and(|row| row.largest_file().is_some());
    takes_file && is_multipart(request.headers())
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whether a browser says that the request comes from a page of this site.
///
/// Browsers say where a form was sent from. Programs that say nothing carry no cookies of a visitor
/// either, so that nobody can be tricked into using them.
fn is_from_our_pages(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key("sec-fetch-site") {
        return matches!(text("sec-fetch-site"), Some("same-origin" | "none"));
    }
    if !headers.contains_key(ORIGIN) {
        return true;
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return false };
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == origin_of(public_url) || (host.is_some() && host == text(HOST.as_str()))
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find('/').map_or(url, |end| &url[..start + end])
}

/// Gives up on a request that takes too long.
pub(crate) async fn time_out(State(server): State<ServerState>, request: Request, next: Next) -> Response {
    let summary = RequestSummary::of(&request);
    let limits = &server.config.limits;
    let limit = if brings_file(&server, &request) { limits.upload_timeout() } else { limits.timeout() };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => error_response(&server, &summary, StatusCode::SERVICE_UNAVAILABLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ours(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_from_our_pages(&headers, "https://hub.example")
    }

    #[test]
    fn a_change_comes_from_our_own_pages() {
        assert!(is_ours(&[]));
        assert!(is_ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(is_ours(&[("origin", "https://hub.example")]));
        assert!(is_ours(&[("origin", "http://localhost:3000"), ("host", "localhost:3000")]));
        assert!(!is_ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!is_ours(&[("sec-fetch-site", "same-site"), ("origin", "https://hub.example")]));
        assert!(!is_ours(&[("origin", "https://evil.example"), ("host", "hub.example")]));
        assert!(!is_ours(&[("origin", "https://hub.example.evil.example")]));
        assert!(!is_ours(&[("origin", "null")]));
    }
}
