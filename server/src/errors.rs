//! Pages for requests that never reach a page of the hub.

use axum::extract::{MatchedPath, Request};
use axum::http::StatusCode;
use axum::response::Response;
use domain::Language;
use store::Token;
use web::error_page;
use words::paths::{Page, slug};

use crate::request_id::REQUEST_ID;
use crate::state::ServerState;

/// What is known of a request, for the page that refuses it.
pub(crate) struct RequestSummary {
    /// The path, without what follows a `?`: that may be personal.
    pub(crate) path: String,
    /// The number of the request.
    pub(crate) number: String,
}

impl RequestSummary {
    /// Looks at a request.
    pub(crate) fn of(request: &Request) -> Self {
        let number = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        let path = request.uri().path();
        let pattern = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let path = without_tokens(path, pattern);
        let end = path.char_indices().nth(200).map_or(path.len(), |(at, _)| at);
        Self { path: path[..end].to_owned(), number: number.to_owned() }
    }
}

/// A path as the log may show it: who reads the log must not be able to do what a link in somebody's mail does.
fn without_tokens(path: &str, pattern: &str) -> String {
    // A link that a mail program cut short may still be guessed.
    let is_sign_in = Language::ALL.iter().any(|language| Page::SignInLink(slug()).path(*language) == pattern);
    let last = path.split('/').count() - 1;
    let parts = path.split('/').enumerate().map(|(at, part)| {
        let is_secret = Token::parse(part).is_some() || (is_sign_in && at == last);
        if is_secret { "…" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The page that says no, with the number of the request.
pub(crate) fn error_response(server: &ServerState, summary: &RequestSummary, status: StatusCode) -> Response {
    error_page(&server.web(), &summary.path, status, Some(summary.number.clone()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn the_log_has_no_secret_of_a_link() {
        let path =
            |path: &str| RequestSummary::of(&Request::builder().uri(path).body(Body::empty()).unwrap()).path;
        let token = "A".repeat(43);
        assert_eq!(path(&format!("/de/anmelden/{token}")), "/de/anmelden/…");
        assert_eq!(path(&format!("/inloggen/{token}?naar=/mijn")), "/inloggen/…");
        assert_eq!(path("/inloggen/code"), "/inloggen/code");
        assert_eq!(path("/vacatures/lasrobot-1"), "/vacatures/lasrobot-1");
    }
}
