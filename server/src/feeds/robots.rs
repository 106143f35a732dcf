//! What search engines may read, and where the list is.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::router::Site;

/// `robots.txt`.
pub(crate) async fn robots(State(site): State<Site>) -> Response {
    let sitemap = &site.state.settings().public_url;
    let text = format!("User-agent: *\nDisallow: /api/\n\nSitemap: {sitemap}/sitemap.xml\n");
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, text).into_response()
}
