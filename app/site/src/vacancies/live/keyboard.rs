//! The keyboard: `/` goes to the box, arrows walk the suggestions, the results and the map.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::state::{BOX, Live};

const RESULTS: &str = "#results h3 a";
/// What takes a `/` as text.
const FIELDS: &str = "input:not([type=checkbox]),select,textarea,[contenteditable]";

impl Live {
    /// A key anywhere on the page.
    pub(super) fn pressed(&self, event: &KeyboardEvent) {
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let is_in = |selector| target.closest(selector).is_ok_and(|found| found.is_some());
        let key = event.key();
        let is_done = match key.as_str() {
            "/" => !is_in(FIELDS) && self.focus_box(),
            key if target.id() == BOX => self.pressed_in_box(key, event.alt_key()),
            _ if event.alt_key() || event.shift_key() => false,
            key if is_in(RESULTS) => self.pressed_in_results(key, &target),
            key if is_in("#map a") => self.pressed_in_map(key, &target),
            _ => false,
        };
        if is_done {
            event.prevent_default();
        }
    }

    /// Goes to the box, whose words are chosen, so that typing replaces them.
    fn focus_box(&self) -> bool {
        let Some(input) = self.element::<HtmlInputElement>(BOX) else { return false };
        let _ = input.focus();
        input.select();
        true
    }

    fn pressed_in_results(&self, key: &str, link: &Element) -> bool {
        match key {
            "ArrowDown" => self.walk_results(Some(link), 1),
            "ArrowUp" => self.walk_results(Some(link), -1),
            "Escape" => self.focus_box(),
            _ => false,
        }
    }

    /// Moves from a result to one after or before it, from the box to the first, and from the first to the box.
    pub(super) fn walk_results(&self, from: Option<&Element>, step: isize) -> bool {
        let links = self.all(RESULTS);
        let here = from.and_then(|from| links.iter().position(|link| link == from));
        let next = match here {
            Some(0) if step < 0 => return self.focus_box(),
            Some(here) => here.checked_add_signed(step),
            None => Some(0),
        };
        let link = next.and_then(|next| links.get(next)?.dyn_ref::<HtmlElement>());
        link.is_some_and(|link| link.focus().is_ok())
    }
}
