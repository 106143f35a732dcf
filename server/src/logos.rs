//! Pictures of the hub and of organisations, from the data folder.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::organisations::is_logo_file;
use ui::plot;

use crate::files::kind_of;
use crate::responses::{etag, is_known};
use crate::state::ServerState;

/// The logo of an organisation.
pub(crate) async fn logo(
    State(server): State<ServerState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match read(&server, &file).await {
        Some(bytes) => picture(bytes, kind_of(&file).0, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The hub's own logo; without one, the plot of fields that belongs to its name.
pub(crate) async fn hub_logo(State(server): State<ServerState>, headers: HeaderMap) -> Response {
    let hub = server.state.hub();
    if let Some(file) = &hub.logo
        && let Some(bytes) = read(&server, file).await
    {
        return picture(bytes, kind_of(file).0, &headers);
    }
    picture(plot::svg(&hub.name).into_bytes(), "image/svg+xml", &headers)
}

async fn read(server: &ServerState, file: &str) -> Option<Vec<u8>> {
    if !is_logo_file(file) {
        return None;
    }
    let path = server.logo_folder().as_ref().join(file);
    match tokio::fs::read(&path).await {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            tracing::debug!(path = %path.display(), %error, "a logo can't be read");
            None
        }
    }
}

fn picture(bytes: Vec<u8>, kind: &'static str, headers: &HeaderMap) -> Response {
    let etag = etag(&bytes);
    let mut response = if is_known(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(bytes));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}
