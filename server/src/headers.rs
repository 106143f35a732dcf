//! Headers that tell browsers what our answers may do: as little as possible.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::ServerState;

/// For pages without scripts of their own, such as an error page of the server itself.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// For pictures that could hold scripts: they may draw and nothing else.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
/// For all that is not a page.
const FILE_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What could harm somebody; headers share the first flight with the page, so the list is short.
const PERMISSIONS: &str = "browsing-topics=(), camera=(), geolocation=(), microphone=()";

/// Adds what every answer carries; a page's own policy stays.
pub(crate) async fn secure(State(server): State<ServerState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set_policy(headers, server.config.is_behind_tls);
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if server.config.is_behind_tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
    // A page shows the newest state: browsers keep it but ask first.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

fn set_policy(headers: &mut HeaderMap, is_behind_tls: bool) {
    let policy = match headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()) {
        Some(own) => own.to_owned(),
        None => default_policy(headers).to_owned(),
    };
    let upgrade = if is_behind_tls && !policy.contains("upgrade-insecure-requests") {
        "; upgrade-insecure-requests"
    } else {
        ""
    };
    if let Ok(value) = HeaderValue::from_str(&format!("{}{upgrade}", policy.trim_end_matches([';', ' ']))) {
        headers.insert(CONTENT_SECURITY_POLICY, value);
    }
}

fn default_policy(headers: &HeaderMap) -> &'static str {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/html") {
        PAGE_POLICY
    } else if kind.starts_with("image/svg") {
        PICTURE_POLICY
    } else {
        FILE_POLICY
    }
}
