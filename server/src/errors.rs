//! Pages for requests that never reach a page of the hub.

use app::paths::Page;
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
        if let Some((Page::SignInLink(_), language)) = Page::at(path) {
            // Who reads the log must not be able to sign in as somebody else.
            let path = Page::SignInLink("…".to_owned()).path(language);
            return Self { path, number: number.to_owned() };
        }
        let end = path.char_indices().nth(200).map_or(path.len(), |(at, _)| at);
        Self { path: path[..end].to_owned(), number: number.to_owned() }
    }
}

/// The page that says no, with the number of the request.
pub(crate) fn refusal(site: &Site, asked: &Asked, status: StatusCode) -> Response {
    error_page(&site.state, &asked.path, status, Some(asked.number.clone()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn the_log_has_no_secret_of_a_link() {
        let path = |path: &str| Asked::of(&Request::builder().uri(path).body(Body::empty()).unwrap()).path;
        let secret = "A".repeat(43);
        assert_eq!(path(&format!("/de/anmelden/{secret}")), "/de/anmelden/…");
        assert_eq!(path(&format!("/inloggen/{secret}?naar=/mijn")), "/inloggen/…");
        assert_eq!(path("/inloggen/code"), "/inloggen/code");
        assert_eq!(path("/vacatures/lasrobot-1"), "/vacatures/lasrobot-1");
    }
}
