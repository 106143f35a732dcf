//! The browser's entry to the pages.

// Islands export themselves; the crate must be linked for that.
use site as _;

/// Prepares the page for its islands; the page then starts each of them.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}

/// Wakes a part of the workplace; the page calls it for each.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn start_part(element: web_sys::HtmlElement) {
    workplace::islands::start_part(element).await;
}
