//! How a phone names and draws the hub when somebody keeps it on the home screen.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Language;
use serde_json::{Value, json};

use super::catalogue_answer::from_catalogue;
use crate::state::ServerState;

/// The manifest, from who the hub is.
pub(crate) async fn manifest(State(server): State<ServerState>, headers: HeaderMap) -> Response {
    let catalogue = server.state.catalogue();
    from_catalogue(&server, &headers, &catalogue, "application/manifest+json", || {
        let hub = server.state.hub();
        let language = hub.languages.first().copied().unwrap_or(Language::Dutch);
        json!({
            "name": hub.name,
            "short_name": short_name(&hub.name),
            "description": hub.introduction.get(language),
            "lang": language.code(),
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#fbfaf5",
            "theme_color": hub.accent,
            "icons": [
                icon("/icons/icon.svg", "any", "image/svg+xml"),
                icon("/icons/icon-192.png", "192x192", "image/png"),
                icon("/icons/icon-512.png", "512x512", "image/png"),
            ],
        })
        .to_string()
    })
}

fn icon(source: &str, sizes: &str, kind: &str) -> Value {
    json!({ "src": source, "sizes": sizes, "type": kind })
}

/// At most twelve letters fit under an icon: the whole name, or its last word.
fn short_name(name: &str) -> &str {
    if name.chars().count() <= 12 { name } else { name.rsplit(' ').next().unwrap_or(name) }
}
