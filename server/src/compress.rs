//! Makes answers small on the way out: brotli, or gzip for who does not know it.

use std::io::{self, Write};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::precompressed::PrecompressedText;
use crate::router::ServerState;

/// Below this size the work costs more than the bytes.
const SMALLEST: usize = 1024;
/// No page of ours is near this; it bounds the memory of one answer.
const LARGEST: usize = 64 * 1024 * 1024;
/// With less the German search page and its headers do not fit into the first flight of a connection; with 5 they would
/// be 0.4 kB smaller, for twice the work.
const BROTLI_QUALITY: u32 = 4;
/// 256 kB of look-back: more than a page, and less to clear for each answer than the usual 4 MB.
pub(crate) const BROTLI_WINDOW: u32 = 18;
/// 4 MB of look-back.
const WIDE_BROTLI_WINDOW: u32 = 22;

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// The smaller one.
    Brotli,
    /// The older one.
    Gzip,
}

impl Packing {
    /// The best packing that the visitor can open.
    pub(crate) fn accepted(headers: &HeaderMap) -> Option<Self> {
        [Self::Brotli, Self::Gzip].into_iter().find(|packing| packing.is_accepted(headers))
    }

    /// Whether the visitor can open this one.
    pub(crate) fn is_accepted(self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut names = values.flat_map(|value| value.split(',')).filter_map(accepted_name);
        names.any(|name| name.eq_ignore_ascii_case(self.name()))
    }

    /// Its name in headers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Packs some bytes.
    pub(crate) fn pack(self, bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
        self.pack_within(bytes, quality, BROTLI_WINDOW)
    }

    /// Packs bytes that repeat themselves far apart.
    pub(crate) fn pack_widely(self, bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
        self.pack_within(bytes, quality, WIDE_BROTLI_WINDOW)
    }

    fn pack_within(self, bytes: &[u8], quality: u32, window: u32) -> io::Result<Vec<u8>> {
        let packed = Vec::with_capacity(bytes.len() / 4);
        match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(packed, 16 * 1024, quality, window);
                writer.write_all(bytes)?;
                Ok(writer.into_inner())
            }
            Self::Gzip => {
                let level = flate2::Compression::new(quality.min(9));
                let mut writer = flate2::write::GzEncoder::new(packed, level);
                writer.write_all(bytes)?;
                writer.finish()
            }
        }
    }
}

/// The name of an encoding, unless the visitor says `q=0`.
fn accepted_name(part: &str) -> Option<&str> {
    let (name, weight) = part.split_once(';').unwrap_or((part, ""));
    let is_refused = weight
        .trim()
        .strip_prefix("q=")
        .is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
    (!is_refused).then_some(name.trim())
}

/// Packs text on its way to a visitor who can open it.
pub(crate) async fn compress(State(server): State<ServerState>, request: Request, next: Next) -> Response {
    let packing = Packing::accepted(request.headers()).filter(|_| request.method() != Method::HEAD);
    let summary = crate::errors::RequestSummary::of(&request);
    let response = next.run(request).await;
    let (mut head, body) = response.into_parts();
    if !is_text(&head) || head.headers.contains_key(CONTENT_ENCODING) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Option<Packing> {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, value.parse().unwrap())]);
        Packing::accepted(&headers)
    }

    #[test]
    fn the_smaller_packing_wins_when_both_are_accepted() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Some(Packing::Brotli));
        assert_eq!(accepted("gzip;q=1.0, br;q=0"), Some(Packing::Gzip));
        assert_eq!(accepted("identity"), None);
        assert_eq!(Packing::accepted(&HeaderMap::new()), None);
    }
}
