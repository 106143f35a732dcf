//! What only the server does for the pages: hold the hub's state, load data, answer requests.

mod alerts;
mod assets;
mod catalogue;
mod forms;
mod markdown;
mod pages;
mod render;
mod state;
mod structured;
mod visit;

pub use assets::Assets;
pub use catalogue::Catalogue;
pub use pages::{MAILBOX, brings_file, error_page, pages};
pub use state::{Chance, Clock, HubState, Settings, SnapshotAddress, World};
pub use visit::Network;

pub use markdown::{excerpt, to_html};
pub(crate) use pages::search;
pub use structured::with_offset;

use leptos::prelude::use_context;

use crate::vacancies::SearchError;

/// The hub's state for a server function.
pub(crate) fn hub_state() -> Result<HubState, SearchError> {
    use_context::<HubState>().ok_or(SearchError::Ours)
}

/// The pairs of an address after the `?`, or of a form, decoded.
pub(crate) fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// The paths of all server functions: the test of who may see what knows every one.
pub fn server_functions() -> Vec<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}
