//! A table comes alive: rows are chosen in ranges and by keys, and other rows come without loading the page again.

use std::rc::Rc;

use leptos::web_sys::HtmlElement;
use ui::browser::{listen, page_language};
use words::texts as t;

use crate::dom::{Announcer, all, first};
use crate::page_swap::PageSwap;
use crate::selection::Selection;
use crate::table_keys;

/// Wakes a table.
pub(crate) fn start(part: HtmlElement) {
    let selection = Rc::new(Selection::new(part.clone()));
    selection.equip();
    describe(&part);
    let clicked = Rc::clone(&selection);
    listen(&part, "click", move |event| clicked.clicked(&event));
    let (keys, table) = (Rc::clone(&selection), part.clone());
    listen(&part, "keydown", move |event| table_keys::pressed(&table, &keys, &event));
    let swapped = part.clone();
    let announcer = part.parent_element().and_then(|around| Announcer::new(&around));
    PageSwap::start(&part, move || {
        selection.equip();
        describe(&swapped);
        if let Some((announcer, count)) = announcer.as_ref().zip(first(&swapped, ".table-count")) {
            announcer.say(&count.text_content().unwrap_or_default());
        }
    });
}

/// Says to who hears the page which keys there are.
fn describe(part: &HtmlElement) {
    for caption in all(part, "caption") {
        let text = caption.text_content().unwrap_or_default();
        caption.set_text_content(Some(&format!("{text}. {}", t::table_keys(page_language()))));
    }
}
