//! The browser's entry to the pages.

// Islands export themselves; the crate must be linked for that.
use site as _;

/// Prepares the page for its islands; the page then starts each of them.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
