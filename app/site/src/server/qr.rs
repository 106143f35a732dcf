//! The QR code of a vacancy's address.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use domain::Language;
use domain::vacancies::id_in_slug;
use qrcode::QrCode;
use qrcode::render::svg;
use web::{RequestContext, WebState, not_found};
use words::paths::Page;

/// The QR code of a vacancy's address, as a small SVG.
pub(crate) async fn qr_code(
    State(web): State<WebState>,
    Path((language, file)): Path<(String, String)>,
) -> Response<Body> {
    let slug = file.strip_suffix(".svg").filter(|slug| id_in_slug(slug).is_some() && slug.len() <= 100);
    let (Some(language), Some(slug)) = (Language::from_code(&language), slug) else {
        return not_found(&RequestContext::unknown(&web, Language::Dutch));
    };
    let address =
        format!("{}{}", web.hub.settings().public_url, Page::Vacancy(slug.to_owned()).path(language));
    let Ok(code) = QrCode::with_error_correction_level(address, qrcode::EcLevel::M) else {
        return not_found(&RequestContext::unknown(&web, language));
    };
    let picture = code.render::<svg::Color<'_>>().min_dimensions(132, 132).build();
    let mut response = Response::new(Body::from(picture));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}
