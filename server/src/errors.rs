//! Pages for requests that never reach a page of the hub.

use app::server::error_page;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

use crate::observe::REQUEST_ID;
use crate::router::Site;

/// What is known of a request, for the page that refuses it.
pub(crate) struct Asked {
    /// The path, without what follows a `?`: that may be personal.
    pub(crate) path: String,
    /// The number of the request.
    pub(crate) number: String,
}

impl Asked {
    /// Looks at a request.
    pub(crate) fn of(request: &Request) -> Self {
        let number = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        let path = request.uri().path();
        let end = path.char_indices().nth(200).map_or(path.len(), |(at, _)| at);
        Self { path: path[..end].to_owned(), number: number.to_owned() }
    }
}

/// The page that says no, with the number of the request.
pub(crate) fn refusal(site: &Site, asked: &Asked, status: StatusCode) -> Response {
    error_page(&site.state, &asked.path, status, Some(asked.number.clone()))
}
