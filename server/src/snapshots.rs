//! The index of the vacancies as files for browsers: made after every change, packed, kept for ever by browsers.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hub::{HubState, SnapshotAddress};

use crate::packing::Packing;
use crate::responses::is_known;
use crate::snapshot_files::{File, Snapshots};
use crate::state::ServerState;

/// Words of texts that are larger than this, packed, are not offered: the server knows them.
const LARGEST_TEXTS: usize = 300_000;

/// Makes the files of the present catalogue and tells the pages where they are, unless they know already.
pub async fn offer(server: &ServerState) {
    let Ok(_one_at_a_time) = server.snapshots.maker.try_lock() else { return };
    let most = server.config.search.most_vacancies_in_browser;
    let catalogue = server.state.catalogue();
    if catalogue.index.len() > most {
        server.state.offer_snapshot(None);
        return;
    }
    if server.state.snapshot().is_some() {
        return;
    }
    let of = (catalogue.revision, catalogue.today);
    let made = tokio::task::spawn_blocking(move || {
        let snapshot = catalogue.index.snapshot();
        Ok::<_, std::io::Error>((File::new(snapshot.core)?, File::new(snapshot.texts)?))
    });
    match made.await.map_err(std::io::Error::other).flatten() {
        Ok((core, texts)) => tell(&server.state, &server.snapshots, of, core, texts),
        Err(error) => tracing::error!(%error, "the index could not be made ready for browsers"),
    }
}

fn tell(state: &HubState, snapshots: &Snapshots, of: (i64, chrono::NaiveDate), core: File, texts: File) {
    let has_texts = texts.brotli.len() <= LARGEST_TEXTS;
    tracing::info!(
        revision = of.0,
        core_bytes = core.brotli.len(),
        texts_bytes = texts.brotli.len(),
        "the index is ready for browsers"
    );
    let address = SnapshotAddress { of, core: core.path(), texts: has_texts.then(|| texts.path()) };
    snapshots.keep(core);
    if has_texts {
        snapshots.keep(texts);
    }
    state.offer_snapshot(Some(address));
}

/// One of the files.
pub(crate) async fn file(
    State(server): State<ServerState>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = server.snapshots.find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = if is_known(&headers, &file.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if Packing::Brotli.is_accepted(&headers) {
        let mut response = Response::new(Body::from(file.brotli.clone()));
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(Packing::Brotli.name()));
        response
    } else {
        Response::new(Body::from(file.plain.clone()))
    };
    let headers = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&file.etag) {
        headers.insert(ETAG, etag);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}
