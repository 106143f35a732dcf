//! What only the server does for the pages: hold the hub's state, load data, answer requests.

mod alerts;
mod assets;
mod catalogue;
mod forms;
mod markdown;
mod pages;
mod render;
mod request_context;
mod state;
mod structured;

pub use assets::Assets;
pub use catalogue::Catalogue;
pub use pages::{MAILBOX, brings_file, error_page, pages, paths_beside_pages};
pub use request_context::Network;
pub use state::{Clock, HubState, RandomSource, Settings, SnapshotAddress, World};

pub use markdown::{excerpt, to_html};
pub(crate) use pages::search;
pub use structured::with_offset;

use axum::http::request::Parts;
use domain::Language;
use domain::talents::Fitting;
use leptos::prelude::use_context;

use self::request_context::RequestContext;
use crate::vacancies::SearchError;

/// The hub's state for a server function.
pub(crate) fn hub_state() -> Result<HubState, SearchError> {
    use_context::<HubState>().ok_or(SearchError::Ours)
}

/// What vacancies are compared with for who asks a server function.
pub(crate) async fn asking_talent(state: &HubState) -> Result<Option<Fitting>, SearchError> {
    let parts = use_context::<Parts>().ok_or(SearchError::Ours)?;
    let context = RequestContext::of(state, &parts, Language::Dutch).await.map_err(|_| SearchError::Ours)?;
    pages::fitting(&context).await.map_err(|_| SearchError::Ours)
}

/// The pairs of an address after the `?`, or of a form, decoded.
pub(crate) fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// The paths of all server functions: the test of who may see what knows every one.
pub fn server_functions() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}
