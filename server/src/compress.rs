//! Makes answers small on the way out: brotli, or gzip for who does not know it.

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::packing::Packing;
use crate::precompressed::PrecompressedText;
use crate::state::ServerState;

/// Below this size the work costs more than the bytes.
const SMALLEST: usize = 1024;
/// No page of ours is near this; it bounds the memory of one answer.
const LARGEST: usize = 64 * 1024 * 1024;
/// With less the German search page and its headers do not fit into the first flight of a connection; with 5 they would
/// be 0.4 kB smaller, for twice the work.
const BROTLI_QUALITY: u32 = 4;

/// Packs text on its way to a visitor who can open it.
pub(crate) async fn compress(State(server): State<ServerState>, request: Request, next: Next) -> Response {
    let packing = Packing::accepted(request.headers()).filter(|_| request.method() != Method::HEAD);
    let summary = crate::errors::RequestSummary::of(&request);
    let response = next.run(request).await;
    let (mut head, body) = response.into_parts();
    // What comes in pieces is sent in pieces: packing needs all of it at once.
    let is_stream = body.size_hint().exact().is_none();
    if is_stream || !is_text(&head) || head.headers.contains_key(CONTENT_ENCODING) {
        return Response::from_parts(head, body);
    }
    head.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    let Some(packing) = packing else { return Response::from_parts(head, body) };
    match to_bytes(body, LARGEST).await {
        Ok(bytes) => packed(head, bytes, packing, server.style.as_deref()),
        Err(error) => {
            tracing::error!(id = summary.number, %error, "a page broke off");
            crate::errors::error_response(&server, &summary, StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

fn packed(mut head: Parts, bytes: Bytes, packing: Packing, style: Option<&PrecompressedText>) -> Response {
    if bytes.len() < SMALLEST {
        return (head, Body::from(bytes)).into_response();
    }
    let around = || style.filter(|_| packing == Packing::Brotli)?.pack_around(&bytes, BROTLI_QUALITY);
    let quality = if packing == Packing::Brotli { BROTLI_QUALITY } else { 6 };
    let Ok(small) = around().map_or_else(|| packing.pack(&bytes, quality), Ok) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    head.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(packing.name()));
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(small.len()));
    weaken_etag(&mut head.headers);
    Response::from_parts(head, Body::from(small))
}

/// A strong mark stands for exact bytes, and those have changed.
fn weaken_etag(headers: &mut HeaderMap) {
    let Some(strong) = headers.get(ETAG).filter(|etag| !etag.as_bytes().starts_with(b"W/")) else { return };
    let weak = [b"W/", strong.as_bytes()].concat();
    if let Ok(weak) = HeaderValue::from_bytes(&weak) {
        headers.insert(ETAG, weak);
    }
}

fn is_text(head: &Parts) -> bool {
    let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || matches!(kind, "application/json" | "application/xml")
}
