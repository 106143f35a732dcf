//! A number for every request.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header that carries the number of a request, inward to the pages and outward to the visitor.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number that a trusted proxy gave, or a new one: the start of the server and a counter.
pub(crate) fn request_id(headers: &HeaderMap, is_proxy_trusted: bool) -> HeaderValue {
    let given = headers.get(REQUEST_ID).filter(|_| is_proxy_trusted).filter(|id| is_plain(id.as_bytes()));
    given.cloned().unwrap_or_else(new_id)
}

fn is_plain(id: &[u8]) -> bool {
    (8..=64).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn new_id() -> HeaderValue {
    static START: LazyLock<u64> = LazyLock::new(|| {
        // The standard library's own random keys tell one start of the server from another.
        use std::hash::{BuildHasher, RandomState};
        RandomState::new().hash_one(0_u8) & 0xff_ffff
    });
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let number = format!("{:06x}-{:06}", *START, COUNT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&number).unwrap_or(HeaderValue::from_static("unknown"))
}
