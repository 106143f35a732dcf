//! The form: what somebody typed and chose, and the parts of the page by their ids.

use domain::vacancies::VacancyFilter;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FormData, HtmlInputElement, HtmlSelectElement, UrlSearchParams};

use super::state::Live;

impl Live {
    /// What the form holds, from the first page.
    pub(super) fn typed_filter(&self) -> VacancyFilter {
        let pairs = FormData::new_with_form(&self.form)
            .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(data.as_ref()))
            .map(|pairs| String::from(pairs.to_string()));
        VacancyFilter::parse(&pairs.unwrap_or_default())
    }

    /// Whether somebody typed or ticked since the server sent the form.
    pub(super) fn was_touched(&self) -> bool {
        self.all("#search input")
            .into_iter()
            .map(Element::unchecked_into::<HtmlInputElement>)
            .any(|input| input.value() != input.default_value() || input.checked() != input.default_checked())
    }

    /// Lets the form hold a search at once, as what is asked next is read from it; its parts are drawn anew only
    /// when the answer is there.
    pub(super) fn fill_in(&self, filter: &VacancyFilter) {
        let near = filter.near();
        self.set_input("q", filter.query());
        self.set_input("plaats", near.map_or("", |near| &near.place));
        self.set_select("straal", near.map_or("25", |near| near.radius.word()));
        self.set_select("sorteer", filter.sort().word());
        for choice in self.all("#facets input") {
            let choice: HtmlInputElement = choice.unchecked_into();
            let is_chosen = filter
                .choices()
                .any(|(facet, value)| facet.word() == choice.name() && value == choice.value());
            choice.set_checked(is_chosen);
        }
    }

    fn set_select(&self, id: &str, value: &str) {
        if let Some(select) = self.element::<HtmlSelectElement>(id) {
            select.set_value(value);
        }
    }

    /// Puts a text in a field, whose cursor stays where nothing changes.
    pub(super) fn set_input(&self, id: &str, value: &str) {
        if let Some(input) = self.element::<HtmlInputElement>(id).filter(|input| input.value() != value) {
            input.set_value(value);
        }
    }

    pub(super) fn set_text(&self, id: &str, text: &str) {
        if let Some(element) = self.document.get_element_by_id(id) {
            element.set_text_content(Some(text));
        }
    }

    pub(super) fn element<T: JsCast>(&self, id: &str) -> Option<T> {
        self.document.get_element_by_id(id)?.dyn_into().ok()
    }

    /// All elements that a selector finds, in their order.
    pub(super) fn all(&self, selector: &str) -> Vec<Element> {
        let Ok(found) = self.document.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
    }
}
