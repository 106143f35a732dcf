//! Answers that are made from the catalogue.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::Catalogue;

use crate::responses::{is_known, marked};
use crate::state::ServerState;

/// The mark of what a catalogue says: it changes with the revision, the day, the hub's words and the build.
pub(crate) fn catalogue_etag(server: &ServerState, catalogue: &Catalogue) -> String {
    format!("W/\"{}-{}-{:016x}\"", catalogue.revision, catalogue.today.format("%Y%m%d"), server.identity)
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
