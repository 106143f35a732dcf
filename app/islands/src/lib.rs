//! The program of the dashboards: what makes their lists, boards and editors quicker in the browser.
//!
//! Each part is HTML of the server that works by itself. Where this program does not come, it stays as it is.

mod board;
mod card_drag;
mod card_keys;
mod dom;
mod edited_form;
mod editor;
mod fields;
mod page_swap;
mod selection;
mod table;
mod table_keys;

use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes a part of the page, by what its `data-part` says; the page calls it for each.
#[wasm_bindgen]
pub fn start_part(element: HtmlElement) {
    let woken = match element.dataset().get("part").as_deref() {
        Some("table") => {
            table::start(element.clone());
            Some(())
        }
        Some("board") => start_board(element.clone()),
        Some("editor") => editor::start(element.clone()),
        _ => None,
    };
    if woken.is_some() {
        // Nobody can do anything about an attribute that can't be set.
        let _ = element.dataset().set("awake", "");
    }
}

fn start_board(element: HtmlElement) -> Option<()> {
    let board = board::start(element)?;
    card_drag::start(&board);
    card_keys::start(&board);
    Some(())
}
