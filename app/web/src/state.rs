//! The state that all pages share.

use std::sync::Arc;

use hub::HubState;
use ui::shell::MenuItem;

use crate::assets::Assets;

/// The state that all pages share; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The running hub.
    pub hub: HubState,
    /// Where pages find style sheet, script and wasm.
    pub assets: Arc<Assets>,
    /// The pages of the menus.
    pub menu: Arc<[MenuItem]>,
}
