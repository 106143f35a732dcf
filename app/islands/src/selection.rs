//! The rows of a table that are chosen: one by one, a range, or all of a page.

use std::cell::Cell;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlButtonElement, HtmlElement, HtmlInputElement, MouseEvent};
use ui::browser::page_language;
use words::texts as t;

use crate::dom::{all, element, first, target};

/// Finds the boxes of the rows.
const BOXES: &str = "tbody .select input";
const ALL_BOX: &str = "thead .select-all input";

/// The boxes of a table.
pub(crate) struct Selection {
    part: HtmlElement,
    /// The row that was chosen last, where a range begins.
    anchor: Cell<Option<usize>>,
}

impl Selection {
    pub(crate) fn new(part: HtmlElement) -> Self {
        Self { part, anchor: Cell::new(None) }
    }

    fn boxes(&self) -> Vec<HtmlInputElement> {
        all(&self.part, BOXES).into_iter().filter_map(|one| one.dyn_into().ok()).collect()
    }

    /// Puts what only a script can do into the rows that stand there now: a box for all of them, and a way to choose none.
    pub(crate) fn equip(&self) {
        self.anchor.set(None);
        let language = page_language();
        if let Some(heading) = first(&self.part, "thead th:first-child").filter(|_| !self.boxes().is_empty())
        {
            heading.set_class_name("select-all");
            heading.set_inner_html("<label><input type=\"checkbox\"></label>");
            if let Some(all_box) = first(&self.part, ALL_BOX) {
                let _ = all_box.set_attribute("aria-label", t::table_select_page(language));
            }
        }
        let clear = element("button", "button", t::table_clear_chosen(language));
        if let (Some(chosen), Some(clear)) = (first(&self.part, ".bulk p"), clear) {
            let _ = clear.set_attribute("type", "button");
            let _ = clear.set_attribute("data-clear", "");
            let _ = chosen.append_child(&clear);
        }
        self.show();
    }

    /// A box was pressed: with shift, all rows from the one before.
    pub(crate) fn clicked(&self, event: &Event) {
        let Some(target) = target(event) else { return };
        if target.closest("[data-clear]").ok().flatten().is_some() {
            return self.choose_all(false);
        }
        let Some(pressed) = target.dyn_ref::<HtmlInputElement>() else { return };
        if pressed.matches(ALL_BOX).unwrap_or(false) {
            return self.choose_all(pressed.checked());
        }
        let boxes = self.boxes();
        let Some(at) = boxes.iter().position(|one| one == pressed) else { return };
        let has_shift = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
        if let Some(anchor) = self.anchor.get().filter(|_| has_shift) {
            for one in &boxes[anchor.min(at)..=anchor.max(at)] {
                one.set_checked(pressed.checked());
            }
        }
        self.anchor.set(Some(at));
        self.show();
    }

    /// Chooses a row that was not chosen, and the other way round.
    pub(crate) fn toggle(&self, at: usize) {
        let boxes = self.boxes();
        let Some(one) = boxes.get(at) else { return };
        one.set_checked(!one.checked());
        self.anchor.set(Some(at));
        self.show();
    }

    fn choose_all(&self, is_chosen: bool) {
        self.boxes().iter().for_each(|one| one.set_checked(is_chosen));
        self.anchor.set(None);
        self.show();
    }

    /// The box of all rows says whether all of them are chosen, or some.
    fn show(&self) {
        let boxes = self.boxes();
        let chosen = boxes.iter().filter(|one| one.checked()).count();
        let all_box = first(&self.part, ALL_BOX).and_then(|one| one.dyn_into::<HtmlInputElement>().ok());
        if let Some(all_box) = all_box {
            all_box.set_checked(chosen > 0 && chosen == boxes.len());
            all_box.set_indeterminate(chosen > 0 && chosen < boxes.len());
        }
        // Without a row that is chosen the buttons would lead to a page that says so.
        for button in all(&self.part, ".bulk > div button") {
            button.unchecked_ref::<HtmlButtonElement>().set_disabled(chosen == 0);
        }
    }
}
