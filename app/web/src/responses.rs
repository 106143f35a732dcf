//! Answers that lead to another address.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};

/// Leads to another address for good; only a path of ours is given, so a bad one is nowhere.
pub fn moved(address: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    match HeaderValue::from_str(address) {
        Ok(address) => {
            *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
            response.headers_mut().insert(LOCATION, address);
        }
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

/// The page to look at after a form was sent.
pub fn see_other(address: &str) -> Response<Body> {
    let mut response = moved(address);
    if response.status() == StatusCode::MOVED_PERMANENTLY {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
