//! Small parts of answers that are not pages.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// A strong mark of some bytes.
pub(crate) fn etag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("\"{:016x}{:x}\"", hasher.finish(), bytes.len())
}

/// Whether the visitor has what this mark stands for.
pub(crate) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let plain = |mark: &str| mark.trim().trim_start_matches("W/").to_owned();
    let wanted = plain(etag);
    let marks = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    marks.flat_map(|value| value.split(',')).any(|mark| mark.trim() == "*" || plain(mark) == wanted)
}

/// The answer with its mark, to be kept for a minute.
pub(crate) fn marked(mut response: Response, etag: &str) -> Response {
    if let Ok(etag) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    response
}
