//! The search page comes alive: answers without loading the page again.
//!
//! The server's HTML stays as it is until the first answer; so nothing is sent twice and nothing has to be
//! hydrated. Then chips, facets and results are drawn here, by the same components.

mod address;
mod combobox;
mod facets;
mod form;
mod keyboard;
mod network;
mod region;
mod results;
mod state;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use domain::vacancies::VacancyFilter;
use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement};

use self::network::is_online;
use self::state::{BOX, HistoryStep, Live, SearchState};
use super::chips::Chips;
use super::engine::Engine;
use super::facets::Facets;
use super::offers::Offers;
use super::results::{Results, SortSelect, count_text};
use super::search_words::place_error;
use super::talent::read_talent;
use super::{SearchResponse, SnapshotFiles};
use ui::browser::{listen, page_language};
use words::texts as t;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(120);

/// Makes the search form answer as one types and chooses.
#[island]
pub(crate) fn LiveSearch() -> impl IntoView {
    Effect::new(|_| {
        if let Some(live) = Live::find() {
            live.clone().listen();
            if let Some(files) = live.snapshot_files() {
                let engine = live.engine.clone();
                engine.load(files, move || live.became_ready());
            }
        }
    });
}

impl Live {
    fn find() -> Option<Self> {
        let document = document();
        let form: HtmlFormElement = document.get_element_by_id("search")?.dyn_into().ok()?;
        // Counted from the first of January of the year 1.
        let today = NaiveDate::from_num_days_from_ce_opt(form.get_attribute("data-today")?.parse().ok()?)?;
        let talent = form.get_attribute("data-talent").and_then(|text| read_talent(&text));
        let language = page_language();
        let first = Self::filter_of_address();
        Some(Self {
            language,
            document,
            form,
            asked: Rc::new(RefCell::new(first.clone())),
            pending: Rc::default(),
            engine: Engine::new(today, talent),
            shown: RwSignal::new(None),
            first,
            facets: RwSignal::new(None),
            results: RwSignal::new(None),
            in_sight: Rc::new(Cell::new(usize::MAX)),
            offered: RwSignal::default(),
            is_region_open: RwSignal::default(),
        })
    }

    /// Where the index is, when there is one for browsers.
    fn snapshot_files(&self) -> Option<SnapshotFiles> {
        let core = self.form.get_attribute("data-core")?;
        Some(SnapshotFiles { core, texts: self.form.get_attribute("data-texts") })
    }

    fn listen(self) {
        self.add_list();
        self.listen_to_region();
        self.listen_to_facets();
        let live = self.clone();
        self.on("input", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input.filter(|input| input.type_() != "checkbox") {
                live.typed(input.id() == BOX);
            }
        });
        let live = self.clone();
        self.on("change", move |_| live.ask(live.typed_filter(), HistoryStep::Push));
        let live = self.clone();
        self.on("submit", move |event| live.submitted(&event));
        let live = self.clone();
        self.on("click", move |event| live.clicked(&event));
        let live = self.clone();
        window_event_listener(ev::keydown, move |event| live.pressed(&event));
        let live = self.clone();
        window_event_listener(ev::online, move |_| live.connection_changed());
        let live = self.clone();
        window_event_listener(ev::offline, move |_| live.connection_changed());
        self.tell_connection();
        let live = self.clone();
        window_event_listener(ev::popstate, move |_| live.travelled());
        // What was typed or chosen before anything listened is heard now.
        if self.was_touched() {
            self.typed(self.document.active_element().is_some_and(|element| element.id() == BOX));
        }
    }

    /// Listens to an event of the form for as long as the page stands.
    fn on(&self, name: &'static str, handle: impl FnMut(Event) + 'static) {
        listen(&self.form, name, handle);
    }

    /// Somebody typed, in the box or beside it.
    fn typed(&self, is_in_box: bool) {
        let filter = self.typed_filter();
        // The first stroke after a rest is in the address before it is answered; those that follow, when typing rests.
        if self.pending.borrow().is_none() {
            self.write_address(&filter, HistoryStep::Replace);
        }
        let is_answered = self.answer_here(&filter);
        let is_suggested = !is_in_box || self.suggest_here(&filter);
        let live = self.clone();
        self.when_typing_rests(move || {
            if is_answered {
                live.settle();
                live.name_page(&filter, HistoryStep::Replace);
                live.complete(filter.clone());
            } else {
                live.ask(filter.clone(), HistoryStep::Replace);
            }
            if !is_suggested {
                live.suggest_by_server(filter.clone());
            }
        });
    }

    fn when_typing_rests(&self, act: impl Fn() + 'static) {
        let pending = Rc::clone(&self.pending);
        let rest = move || {
            pending.take();
            act();
        };
        let later = set_timeout_with_handle(rest, REST).ok();
        if let Some(earlier) = self.pending.replace(later) {
            earlier.clear();
        }
    }

    /// Answers from the index of the browser, when it is there: no network, within one frame. What cannot be seen waits
    /// for [`Live::settle`].
    fn answer_here(&self, filter: &VacancyFilter) -> bool {
        let Some(mut found) = self.engine.answer(filter, self.language) else { return false };
        self.shown.with_untracked(|shown| {
            if let Some(shown) = shown {
                keep_excerpts(&shown.found, &mut found);
            }
        });
        self.asked.replace(filter.clone());
        self.show_in_sight(SearchState { filter: filter.clone(), found: Arc::new(found), is_whole: false });
        true
    }

    /// Asks the server for what the browser does not have, when there could be more.
    fn complete(&self, filter: VacancyFilter) {
        let could_be_fuller = self.shown.with_untracked(|shown| {
            shown.as_ref().is_some_and(|shown| {
                shown.filter == filter
                    && !shown.is_whole
                    && self.engine.could_be_fuller(&filter, &shown.found)
            })
        });
        if could_be_fuller && is_online() {
            self.ask_server(filter, false);
        }
    }

    /// Whether the page shows this search.
    fn is_shown(&self, filter: &VacancyFilter) -> bool {
        self.shown.with_untracked(|shown| shown.as_ref().map_or(&self.first, |shown| &shown.filter) == filter)
    }

    /// The index came, or became complete: what was asked meanwhile is answered by it, be it still being typed.
    fn became_ready(&self) {
        let is_typing = self.pending.borrow().is_some();
        let asked = self.asked.borrow().clone();
        let filter = if is_typing { self.typed_filter() } else { asked.clone() };
        if filter != asked || !self.is_shown(&filter) {
            self.answer_here(&filter);
            self.settle();
        }
        self.tell_connection();
        if let Some(root) = self.document.document_element() {
            let _ = root.set_attribute("data-index", "");
        }
    }

    fn submitted(&self, event: &Event) {
        event.prevent_default();
        self.close_list();
        self.ask(self.typed_filter(), HistoryStep::Push);
        if let Some(sheet) = self.document.get_element_by_id("filters") {
            // It throws when the sheet is not open, which is just as well.
            let _ = sheet.unchecked_into::<HtmlElement>().hide_popover();
        }
    }

    fn ask(&self, filter: VacancyFilter, step: HistoryStep) {
        if let Some(waiting) = self.pending.take() {
            waiting.clear();
        }
        if *self.asked.borrow() == filter && self.is_shown(&filter) {
            // It was answered while somebody typed, so it is no step of its own.
            self.settle();
            self.name_page(&filter, if step == HistoryStep::Push { HistoryStep::Replace } else { step });
            self.complete(filter);
            return;
        }
        self.name_page(&filter, step);
        if self.answer_here(&filter) {
            self.settle();
            self.complete(filter);
        } else {
            self.asked.replace(filter.clone());
            self.ask_server(filter, true);
        }
    }

    /// Shows an answer.
    fn show(&self, new: SearchState) {
        self.show_in_sight(new);
        self.settle();
    }

    /// Shows what can be seen of an answer.
    fn show_in_sight(&self, new: SearchState) {
        let language = self.language;
        let SearchState { filter, found, .. } = &new;
        let answer = &found.answer;
        self.set_text("count", &count_text(answer, filter, language));
        self.set_text("show", &t::search_show_results(language, answer.total));
        self.set_text("sheet-count", &t::search_filters_count(language, answer.total));
        let error = place_error(answer, filter, language);
        if let Some(place) = self.document.get_element_by_id("plaats") {
            let _ = match &error {
                Some(_) => place.set_attribute("aria-invalid", "true"),
                None => place.remove_attribute("aria-invalid"),
            };
        }
        self.set_text("place-fault", &error.unwrap_or_default());
        let is_first = self.shown.with_untracked(Option::is_none);
        if self.facets_are_seen() || self.facets_differ(filter) {
            self.facets.set(Some(new.clone()));
        }
        self.list_in_sight(&new);
        self.shown.set(Some(new));
        if is_first {
            self.draw();
        }
        self.draw_region();
    }

    /// Takes over from the server's HTML: once, at the first answer.
    fn draw(&self) {
        let language = self.language;
        let shown = self.shown;
        let focused = self.document.active_element().map(|element| identity(&element));
        let unfolded: Vec<String> =
            self.all("#facets details[open]").iter().map(leptos::web_sys::Element::id).collect();
        self.replace("chips", move || {
            shown.get().map(|SearchState { filter, found, .. }| {
                view! {
                    <Chips filter found=found.clone() language />
                    <Offers found language />
                }
            })
        });
        let (facets, results) = (self.facets, self.results);
        self.replace("facets", move || {
            facets.get().map(|SearchState { filter, found, .. }| view! { <Facets filter found language /> })
        });
        self.replace("sort", move || {
            shown
                .get()
                .map(|SearchState { filter, found, .. }| view! { <SortSelect filter found language /> })
        });
        self.draw_places();
        self.replace("results", move || {
            results.get().map(|SearchState { filter, found, .. }| view! { <Results filter found language /> })
        });
        self.count_results_in_sight();
        for id in unfolded {
            if let Some(details) = self.document.get_element_by_id(&id) {
                let _ = details.set_attribute("open", "");
            }
        }
        let again = focused
            .and_then(|focused| self.all("[id],[name]").into_iter().find(|other| identity(other) == focused));
        if let Some(element) = again.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    }

    fn replace<V: IntoView + 'static>(&self, id: &str, view: impl FnMut() -> V + Send + 'static) {
        if let Some(place) = self.element::<HtmlElement>(id) {
            place.set_inner_html("");
            mount_to(place, move || view).forget();
        }
    }
}

/// By what an element is known again after it was drawn anew: its id, and for a choice what the form sends for it.
fn identity(element: &Element) -> [Option<String>; 3] {
    ["id", "name", "value"].map(|name| element.get_attribute(name))
}

/// The index of the browser knows no texts. What was shown of a vacancy stays until the server says otherwise;
/// where nothing was, room is kept, so that nothing jumps when the server's piece of the text comes.
fn keep_excerpts(before: &SearchResponse, now: &mut SearchResponse) {
    for (hit, excerpt) in
        now.answer.hits.iter().zip(&mut now.excerpts).filter(|(_, excerpt)| excerpt.is_some())
    {
        let earlier = before.answer.hits.iter().position(|earlier| earlier.card.id == hit.card.id);
        if let Some(Some(earlier)) = earlier.and_then(|at| before.excerpts.get(at)) {
            *excerpt = Some(earlier.clone());
        }
    }
}
