//! The mark of all that answers depend on besides the catalogue.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use hub::HubState;
use web::Assets;

/// The mark of all that answers depend on besides the catalogue: who the hub is, where it is, and the build.
pub(crate) fn identity(state: &HubState, assets: &Assets) -> u64 {
    let settings = state.settings();
    let mut hasher = DefaultHasher::new();
    // What can't be written as JSON can't be in `hub.toml` either.
    serde_json::to_string(&**state.hub()).unwrap_or_default().hash(&mut hasher);
    [
        env!("CARGO_PKG_VERSION"),
        &settings.public_url,
        &assets.css,
        &assets.program.js,
        &assets.program.wasm,
        &assets.islands.wasm,
    ]
    .hash(&mut hasher);
    hasher.finish()
}
