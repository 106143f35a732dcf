//! What search engines may read, and where the list is.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::state::ServerState;

/// `robots.txt`.
pub(crate) async fn robots(State(server): State<ServerState>) -> Response {
    let sitemap = &server.state.settings().public_url;
    let own = server.pages.private_prefixes().join("\nDisallow: ");
    let text = format!("User-agent: *\nDisallow: /api/\nDisallow: {own}\n\nSitemap: {sitemap}/sitemap.xml\n");
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, text).into_response()
}
