//! The parts of the dashboards that come alive in the browser: lists, boards and editors.
//!
//! Each is HTML of the server that works by itself. What wakes it is a late file of its own, one for each kind of part; where that
//! file does not come, the part stays as it is.

mod board;
mod card_drag;
mod card_keys;
mod dom;
mod edited_form;
mod editor;
mod fields;
mod merge;
mod page_swap;
mod selection;
mod table;
mod table_keys;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos::web_sys::HtmlElement;

/// Wakes a part of the page, by what its `data-part` says.
pub async fn start_part(element: HtmlElement) {
    let woken = match element.dataset().get("part").as_deref() {
        Some("table") => start_table(element.clone()).await,
        Some("board") => start_board(element.clone()).await,
        Some("editor") => start_editor(element.clone()).await,
        _ => Err(NotWoken),
    };
    if woken.is_ok() {
        // Nobody can do anything about an attribute that can't be set.
        let _ = element.dataset().set("awake", "");
    }
}

/// The file of a part did not come, or the part is not what it should be: it is as if there was no script.
struct NotWoken;

impl From<SplitLoaderError> for NotWoken {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[wasm_split(table, wasm_split_path = leptos::wasm_split, fallible)]
fn start_table(element: HtmlElement) -> Result<(), NotWoken> {
    table::start(element);
    Ok(())
}

#[wasm_split(board, wasm_split_path = leptos::wasm_split, fallible)]
fn start_board(element: HtmlElement) -> Result<(), NotWoken> {
    board::start(element);
    Ok(())
}

#[wasm_split(editor, wasm_split_path = leptos::wasm_split, fallible)]
fn start_editor(element: HtmlElement) -> Result<(), NotWoken> {
    editor::start(element).ok_or(NotWoken)
}
