//! Serves the files of the built site.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::files::File;
use crate::packing::Packing;
use crate::responses::is_known;
use crate::state::ServerState;

/// Marks an answer as a file of the site, for the metrics.
#[derive(Clone, Copy)]
pub(crate) struct IsFile;

/// Answers with a file of the site when the address is one's, and passes on all else.
pub(crate) async fn serve_file(State(server): State<ServerState>, request: Request, next: Next) -> Response {
    let Some(file) = server.files.find(request.uri().path()) else { return next.run(request).await };
    let mut response = match *request.method() {
        Method::GET | Method::HEAD => answer(&file, request.headers(), request.method() == Method::HEAD),
        _ => (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response(),
    };
    response.extensions_mut().insert(IsFile);
    response
}

fn answer(file: &File, headers: &HeaderMap, is_head: bool) -> Response {
    let (content, packing) = match Packing::accepted(headers) {
        Some(Packing::Brotli) if file.brotli.is_some() => (&file.brotli, Some(Packing::Brotli)),
        Some(_) if file.gzip.is_some() => (&file.gzip, Some(Packing::Gzip)),
        _ => (&None, None),
    };
    let content = content.as_ref().unwrap_or(&file.plain);
    let is_known = is_known(headers, &content.etag);
    let mut response =
        Response::new(if is_head || is_known { Body::empty() } else { Body::from(content.bytes.clone()) });
    let out = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            out.insert(name, value);
        }
    };
    set(ETAG, &content.etag);
    set(CACHE_CONTROL, file.cache);
    if file.brotli.is_some() || file.gzip.is_some() {
        set(VARY, "accept-encoding");
    }
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set(CONTENT_TYPE, file.kind);
    set(ACCEPT_RANGES, "none");
    set(CONTENT_LENGTH, &content.bytes.len().to_string());
    if let Some(packing) = packing {
        set(CONTENT_ENCODING, packing.name());
    }
    response
}
