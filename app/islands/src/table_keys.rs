//! The keys of a table: `j` and `k` go from row to row, `x` chooses. They work only while the focus is in the table, so that they
//! are in nobody's way (WCAG 2.2, 2.1.4).

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::dom::{all, around, target};
use crate::selection::Selection;

const ROWS: &str = "tbody tr";

/// A key was pressed in a part.
pub(crate) fn pressed(part: &HtmlElement, selection: &Selection, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    let is_plain = !(key.ctrl_key() || key.meta_key() || key.alt_key());
    let Some(row) = target(event).and_then(|target| around(&target, "table")).map(|_| row_of(part, event))
    else {
        return;
    };
    let rows = all(part, ROWS);
    let next = match (key.key().as_str(), row) {
        _ if !is_plain => return,
        ("j", None) => 0,
        ("j", Some(at)) => (at + 1).min(rows.len().saturating_sub(1)),
        ("k", Some(at)) => at.saturating_sub(1),
        ("x", Some(at)) => {
            event.prevent_default();
            return selection.toggle(at);
        }
        _ => return,
    };
    event.prevent_default();
    // The first link of a row is its heading.
    let link = rows.get(next).and_then(|row| row.query_selector("th a").ok()?);
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

/// The place of the row in which an event happened.
fn row_of(part: &HtmlElement, event: &Event) -> Option<usize> {
    let row = target(event).and_then(|target| around(&target, ROWS))?;
    all(part, ROWS).iter().position(|one| *one == row)
}
