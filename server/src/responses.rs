//! Small parts of answers that are not pages.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use app::server::Catalogue;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// A strong mark of some bytes.
pub(crate) fn etag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("\"{:016x}{:x}\"", hasher.finish(), bytes.len())
}

/// The mark of what a catalogue says: it changes with the revision and with the day.
pub(crate) fn catalogue_etag(catalogue: &Catalogue) -> String {
    format!("W/\"{}-{}\"", catalogue.revision, catalogue.today.format("%Y%m%d"))
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
    headers: &HeaderMap,
    catalogue: &Catalogue,
    kind: &'static str,
    make: impl FnOnce() -> String,
) -> Response {
    let etag = catalogue_etag(catalogue);
    let mut response = if is_known(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(make()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    response
}
