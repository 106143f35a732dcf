//! The list below the search box: an editable combobox with list autocomplete, as the ARIA practices have it.
//!
//! The page comes with a plain search box, which is all that a browser without a script needs.

use domain::vacancies::VacancyFilter;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use search::Suggestion;

use super::network::ask;
use super::state::{BOX, HistoryStep, Live, SuggestionList};
use crate::vacancies::SuggestVacancies;
use crate::vacancies::suggestions::{Suggestions, option_id};
use words::texts as t;

const LIST: &str = "suggestions";

impl Live {
    /// Makes a combobox of the box.
    pub(super) fn add_list(&self) {
        let (Some(input), Ok(Some(around)), Ok(list)) = (
            self.element::<HtmlInputElement>(BOX),
            self.form.query_selector(".search-box"),
            self.document.create_element("ul"),
        ) else {
            return;
        };
        set_attributes(
            &list,
            &[
                ("id", LIST),
                ("role", "listbox"),
                ("aria-label", t::search_suggestions(self.language)),
                ("hidden", ""),
            ],
        );
        let _ = around.append_child(&list);
        set_attributes(
            &input,
            &[
                // A field for search may be nothing but a field for search; its keys are those of one still.
                ("type", "text"),
                ("enterkeyhint", "search"),
                ("role", "combobox"),
                ("aria-autocomplete", "list"),
                ("aria-controls", LIST),
                ("aria-expanded", "false"),
            ],
        );
        let (offered, language) = (self.offered, self.language);
        let options = move || {
            offered.with(
                |offered| view! { <Suggestions list=offered.list.clone() active=offered.active language /> },
            )
        };
        mount_to(list.unchecked_into(), move || options).forget();
        // The box keeps the focus while somebody presses an option.
        self.on("mousedown", |event| {
            if is_in_list(&event) {
                event.prevent_default();
            }
        });
        let live = self.clone();
        self.on("focusout", move |event| {
            let left = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if left.is_some_and(|left| left.id() == BOX) {
                live.close_list();
            }
        });
    }

    /// Offers what somebody who is typing may mean, from the index of the browser; tells whether there is one.
    pub(super) fn suggest_here(&self, filter: &VacancyFilter) -> bool {
        let Some(list) = self.engine.suggest(filter, self.language) else { return false };
        self.offer(list);
        true
    }

    /// Asks the server what somebody may mean.
    pub(super) fn suggest_by_server(&self, filter: VacancyFilter) {
        let live = self.clone();
        spawn_local(async move {
            let list = ask(SuggestVacancies::PATH, &filter, live.language).await.unwrap_or_default();
            let is_in_box = live.document.active_element().is_some_and(|element| element.id() == BOX);
            if is_in_box && live.typed_filter() == filter {
                live.offer(list);
            }
        });
    }

    fn offer(&self, list: Vec<Suggestion>) {
        self.set_offered(SuggestionList { is_open: !list.is_empty(), list, ..SuggestionList::default() });
    }

    /// Closes the list; what it held can be opened again.
    pub(super) fn close_list(&self) {
        if self.offered.with_untracked(|offered| offered.is_open) {
            self.change_offered(|offered| (offered.is_open, offered.active) = (false, None));
        }
    }

    fn change_offered(&self, change: impl FnOnce(&mut SuggestionList)) {
        let mut offered = self.offered.get_untracked();
        change(&mut offered);
        self.set_offered(offered);
    }

    /// Shows the list, opens or closes it, and says where the keyboard stands.
    fn set_offered(&self, offered: SuggestionList) {
        let active = offered.active.map(option_id);
        if let (Some(input), Some(list)) = (self.element::<Element>(BOX), self.element::<HtmlElement>(LIST)) {
            list.set_hidden(!offered.is_open);
            set_attributes(&input, &[("aria-expanded", if offered.is_open { "true" } else { "false" })]);
            match &active {
                Some(id) => set_attributes(&input, &[("aria-activedescendant", id)]),
                None => drop(input.remove_attribute("aria-activedescendant")),
            }
            if let Some(option) = active.and_then(|id| self.element::<HtmlElement>(&id)) {
                keep_in_view(&list, &option);
            }
        }
        self.offered.set(offered);
    }

    /// A key in the box; tells whether it did something.
    pub(super) fn pressed_in_box(&self, key: &str, has_alt: bool) -> bool {
        let SuggestionList { list, is_open, active, is_dismissed } = self.offered.get_untracked();
        let last = list.len().wrapping_sub(1);
        let can_open = !list.is_empty() && (has_alt || !is_dismissed);
        let stand_on = |active: Option<usize>| {
            self.change_offered(|offered| (offered.is_open, offered.active) = (true, active));
            true
        };
        match key {
            // Beyond the last option lies the text itself, and then the first.
            "ArrowDown" if is_open => stand_on(active.map_or(Some(0), |at| (at < last).then(|| at + 1))),
            "ArrowUp" if is_open => stand_on(active.map_or(Some(last), |at| at.checked_sub(1))),
            "ArrowDown" if can_open => stand_on((!has_alt).then_some(0)),
            "ArrowUp" if can_open => stand_on(Some(last)),
            "ArrowDown" => self.walk_results(None, 1),
            "Enter" if is_open && active.is_some() => active.is_some_and(|at| self.choose(at)),
            "Escape" if is_open => {
                self.change_offered(|offered| {
                    *offered = SuggestionList { list, is_dismissed: true, ..SuggestionList::default() }
                });
                true
            }
            "Escape" => self.clear_box(),
            "Enter" | "Tab" => {
                self.close_list();
                false
            }
            // The cursor moves in the text, so the keyboard stands there.
            "ArrowLeft" | "ArrowRight" | "Home" | "End" if active.is_some() => !stand_on(None),
            _ => false,
        }
    }

    fn clear_box(&self) -> bool {
        let has_text = self.element::<HtmlInputElement>(BOX).is_some_and(|input| !input.value().is_empty());
        if has_text {
            self.set_input(BOX, "");
            self.typed(true);
        }
        has_text
    }

    /// Goes to the search of an option.
    fn choose(&self, at: usize) -> bool {
        let mut list = self.offered.get_untracked().list;
        if at >= list.len() {
            return false;
        }
        let Suggestion { filter, .. } = list.swap_remove(at);
        self.set_offered(SuggestionList::default());
        self.fill_in(&filter);
        self.ask(filter, HistoryStep::Push);
        true
    }

    /// A click on an option goes to its search; tells whether it was one.
    pub(super) fn clicked_option(&self, target: &Element) -> bool {
        let Ok(Some(option)) = target.closest("[role=option]") else { return false };
        let at = option.id().trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse();
        at.is_ok_and(|at| self.choose(at))
    }
}

fn set_attributes(element: &Element, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        // These names are well formed, which is all that could be wrong.
        let _ = element.set_attribute(name, value);
    }
}

/// Scrolls the list, and nothing else, so that an option is seen.
fn keep_in_view(list: &HtmlElement, option: &HtmlElement) {
    let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

fn is_in_list(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("[role=listbox]").is_ok_and(|list| list.is_some()))
}
