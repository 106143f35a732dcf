//! The address of the page follows the search, and the search follows the address.

use domain::vacancies::VacancyFilter;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Event, HtmlElement, MouseEvent};

use super::state::{HistoryStep, Live};
use words::paths::search_address;

use crate::vacancies::search_words::search_title;

impl Live {
    /// The search that the address names.
    pub(super) fn filter_of_address() -> VacancyFilter {
        VacancyFilter::parse(&window().location().search().unwrap_or_default())
    }

    /// Lets address, title and the links to other languages name a search.
    pub(super) fn name_page(&self, filter: &VacancyFilter, step: HistoryStep) {
        self.write_address(filter, step);
        self.rename_page(filter);
    }

    /// Lets the address name a search, unless it does.
    pub(super) fn write_address(&self, filter: &VacancyFilter, step: HistoryStep) {
        if step == HistoryStep::Keep || Self::filter_of_address() == *filter {
            return;
        }
        let address = search_address(filter, self.language);
        let Ok(history) = window().history() else { return };
        // A browser refuses when a page asks too often; the address then follows at the next change.
        let _ = match step {
            HistoryStep::Push => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
            _ => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
        };
    }

    /// The browser went back or forward.
    pub(super) fn travelled(&self) {
        let filter = Self::filter_of_address();
        // A jump within the page, such as the skip link's, changes nothing.
        if *self.asked.borrow() != filter {
            self.close_list();
            self.fill_in(&filter);
            self.ask(filter, HistoryStep::Keep);
        }
    }

    /// A link to another search of this page is answered here; with a modifier key the browser follows it.
    pub(super) fn clicked(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key() || mouse.button() != 0
        {
            return;
        }
        if self.clicked_option(&target) {
            return;
        }
        let Ok(Some(link)) = target.closest("a") else { return };
        let href = link.get_attribute("href").unwrap_or_default();
        let (path, query) = href.split_once('?').unwrap_or((&href, ""));
        let is_here = href.starts_with('?') || window().location().pathname().ok().as_deref() == Some(path);
        if !is_here {
            return;
        }
        event.prevent_default();
        let filter = VacancyFilter::parse(query);
        self.fill_in(&filter);
        self.ask(filter, HistoryStep::Push);
        let is_paging = link.closest(".pager").is_ok_and(|pager| pager.is_some());
        let live = self.clone();
        // What was clicked may be gone once the answer is drawn; the keyboard then goes on at the count.
        request_animation_frame(move || {
            let is_lost = live.document.active_element().is_none_or(|element| element.tag_name() == "BODY");
            if let Some(count) = live.element::<HtmlElement>("count").filter(|_| is_paging || is_lost) {
                if is_paging {
                    count.scroll_into_view();
                }
                let _ = count.focus();
            }
        });
    }

    /// A browser takes milliseconds for a new title, so it waits until typing rests.
    fn rename_page(&self, filter: &VacancyFilter) {
        let old = self.document.title();
        let hub = old.rsplit(" · ").next().unwrap_or_default();
        self.document.set_title(&format!("{} · {hub}", search_title(filter, self.language)));
        let query = filter.to_query_string();
        for link in self.all("[hreflang]") {
            let href = link.get_attribute("href").unwrap_or_default();
            let path = href.split('?').next().unwrap_or_default();
            let mark = if query.is_empty() { "" } else { "?" };
            let _ = link.set_attribute("href", &format!("{path}{mark}{query}"));
        }
    }
}
