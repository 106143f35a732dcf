//! The map of the region: drawn when somebody opens it, and anew with every answer as long as it is open.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlDetailsElement, HtmlElement};

use super::network::ask;
use super::state::{Live, SearchState};
use crate::vacancies::MapVacancies;
use crate::vacancies::map::next_place;
use crate::vacancies::places::PlaceList;
use ui::browser::listen;

/// The id of what unfolds: the map, and after it the list of the same places.
const REGION: &str = "region";
const MAP: &str = "map";
const PLACES: &str = "#map a";

impl Live {
    /// Draws the map whenever it is opened.
    pub(super) fn listen_to_region(&self) {
        let Some(details) = self.element::<HtmlDetailsElement>(REGION) else { return };
        let live = self.clone();
        let region = details.clone();
        listen(&details, "toggle", move |_| {
            live.is_region_open.set(region.open());
            live.draw_region();
        });
        if details.open() {
            self.is_region_open.set(true);
            self.draw_region();
        }
    }

    /// Draws map and list as they are for the search that was answered last, when they are open.
    pub(super) fn draw_region(&self) {
        if !self.is_region_open.get_untracked() {
            return;
        }
        let filter = self.asked.borrow().clone();
        let static_html = match self.shown.get_untracked() {
            Some(SearchState { filter, found, .. }) => {
                self.engine.draw_map(&found.answer, &filter, self.language)
            }
            None => self
                .engine
                .answer(&filter, self.language)
                .and_then(|found| self.engine.draw_map(&found.answer, &filter, self.language)),
        };
        if let Some(static_html) = static_html {
            self.put_map(&static_html);
            return;
        }
        let live = self.clone();
        spawn_local(async move {
            let static_html: Option<String> = ask(MapVacancies::PATH, &filter, live.language).await;
            if let Some(static_html) = static_html.filter(|_| *live.asked.borrow() == filter) {
                live.put_map(&static_html);
            }
        });
    }

    /// Takes the list over from the server's HTML. Nobody sees it while it is folded, and its many links change with
    /// every letter: it is drawn when it is open.
    pub(super) fn draw_places(&self) {
        let (shown, is_open, language) = (self.shown, self.is_region_open, self.language);
        self.replace("place-list", move || {
            is_open
                .get()
                .then(|| shown.get())
                .flatten()
                .map(|SearchState { filter, found, .. }| view! { <PlaceList filter found language /> })
        });
    }

    /// Puts the map on the page; the keyboard stays where it stands on it.
    fn put_map(&self, static_html: &str) {
        let Some(map) = self.element::<Element>(MAP) else { return };
        let focused = self
            .document
            .active_element()
            .and_then(|focused| self.all(PLACES).iter().position(|place| *place == focused));
        map.set_inner_html(static_html);
        if let Some(at) = focused {
            self.stand_on_place(at);
        }
    }

    /// An arrow on the map leads to the nearest place in its direction.
    pub(super) fn pressed_in_map(&self, key: &str, link: &Element) -> bool {
        let places = self.all(PLACES);
        let points: Vec<(i32, i32)> = places.iter().map(point_of).collect();
        let here = places.iter().position(|place| place == link);
        let next = here.and_then(|here| next_place(&points, here, key));
        if let Some(next) = next {
            self.stand_on_place(next);
        }
        next.is_some() || key.starts_with("Arrow")
    }

    /// One place takes part in the order of Tab: the one where the keyboard was last.
    fn stand_on_place(&self, at: usize) {
        for (other, place) in self.all(PLACES).into_iter().enumerate() {
            let _ = place.set_attribute("tabindex", if other == at { "0" } else { "-1" });
            if other == at {
                // The links of an SVG have this method too, though they are no HTML.
                let _ = place.unchecked_into::<HtmlElement>().focus();
            }
        }
    }
}

/// Where the dot of a place lies.
fn point_of(place: &Element) -> (i32, i32) {
    let dot = place.query_selector("circle").ok().flatten();
    let number = |name| dot.as_ref().and_then(|dot| dot.get_attribute(name)?.parse().ok()).unwrap_or(0);
    (number("cx"), number("cy"))
}
