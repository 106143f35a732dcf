//! Small parts of answers that are not pages.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::{Catalogue, HubState};
use web::Assets;

use crate::router::ServerState;

/// A strong mark of some bytes.
pub(crate) fn etag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("\"{:016x}{:x}\"", hasher.finish(), bytes.len())
}

/// The mark of all that answers depend on besides the catalogue: who the hub is, where it is, and the build.
pub(crate) fn identity(state: &HubState, assets: &Assets) -> u64 {
    let settings = state.settings();
    let mut hasher = DefaultHasher::new();
    // What can't be written as JSON can't be in `hub.toml` either.
    serde_json::to_string(&**state.hub()).unwrap_or_default().hash(&mut hasher);
    [env!("CARGO_PKG_VERSION"), &settings.public_url, &assets.css, &assets.js, &assets.wasm]
        .hash(&mut hasher);
    hasher.finish()
}

/// The mark of what a catalogue says: it changes with the revision, the day, the hub's words and the build.
pub(crate) fn catalogue_etag(server: &ServerState, catalogue: &Catalogue) -> String {
    format!("W/\"{}-{}-{:016x}\"", catalogue.revision, catalogue.today.format("%Y%m%d"), server.identity)
}

/// Whether the visitor has what this mark stands for.
pub(crate) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let plain = |mark: &str| mark.trim().trim_start_matches("W/").to_owned();
    let wanted = plain(etag);
    let marks = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    marks.flat_map(|value| value.split(',')).any(|mark| mark.trim() == "*" || plain(mark) == wanted)
}

/// An answer made from the catalogue: `make` runs only when the visitor does not have it yet.
pub(crate) fn from_catalogue(
    server: &ServerState,
    headers: &HeaderMap,
    catalogue: &Catalogue,
    kind: &'static str,
    make: impl FnOnce() -> String,
) -> Response {
    let etag = catalogue_etag(server, catalogue);
    if is_known(headers, &etag) {
        return marked(StatusCode::NOT_MODIFIED.into_response(), &etag);
    }
    let mut response = Response::new(Body::from(make()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    marked(response, &etag)
}

/// The answer with its mark, to be kept for a minute.
pub(crate) fn marked(mut response: Response, etag: &str) -> Response {
    if let Ok(etag) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    response
}
