//! The search page comes alive: answers without loading the page again.
//!
//! The server's HTML stays as it is until the first answer; so nothing is sent twice and nothing has to be
//! hydrated. Then chips, facets and results are drawn here, by the same components.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chrono::NaiveDate;
use domain::Language;
use domain::text::encode;
use domain::vacancies::VacancyFilter;
use gloo_net::http::Request;
use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{
    self, Document, Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlSelectElement, UrlSearchParams,
};

use super::api::SearchVacancies;
use super::chips::Chips;
use super::engine::Engine;
use super::facets::Facets;
use super::results::{Results, SortSelect, count_text};
use super::search_page::{place_fault, search_address, search_title};
use super::{SearchAnswer, SnapshotFiles};
use crate::texts as t;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(120);

/// Makes the search form answer as one types and chooses.
#[island]
pub(crate) fn LiveSearch(
    /// The language of the page.
    language: Language,
    /// Where the index is, when there is one for browsers.
    snapshot: Option<SnapshotFiles>,
    /// The day on which the page holds, counted from the first of January of the year 1.
    today: i32,
) -> impl IntoView {
    Effect::new(move |_| {
        let today = NaiveDate::from_num_days_from_ce_opt(today).unwrap_or_default();
        if let Some(live) = Live::find(language, today) {
            live.clone().listen();
            if let Some(files) = snapshot.clone() {
                let engine = live.engine.clone();
                engine.load(files, move || live.became_ready());
            }
        }
    });
}

/// Asks the server function by its address: its generated client would bring 60 kB of address parsing along.
async fn ask_server(filter: &VacancyFilter, language: Language) -> Option<SearchAnswer> {
    let address = format!(
        "{}?filter={}&language={}",
        SearchVacancies::PATH,
        encode(&filter.to_query_string()),
        language.code()
    );
    let answer = Request::get(&address).send().await.ok()?;
    if answer.ok() { answer.json().await.ok() } else { None }
}

/// What an answer does to the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A new entry: a choice was made.
    Push,
    /// The same entry: somebody is still typing.
    Replace,
    /// None: the browser itself went back or forward.
    Keep,
}

#[derive(Clone)]
struct Live {
    language: Language,
    document: Document,
    form: HtmlFormElement,
    /// What was asked last; answers to older questions are dropped.
    asked: Rc<RefCell<VacancyFilter>>,
    /// What waits until typing rests.
    pending: Rc<RefCell<Option<TimeoutHandle>>>,
    engine: Engine,
    shown: RwSignal<Option<(VacancyFilter, SearchAnswer)>>,
}

impl Live {
    fn find(language: Language, today: NaiveDate) -> Option<Self> {
        let document = document();
        let form = document.get_element_by_id("search")?.dyn_into().ok()?;
        let asked = VacancyFilter::parse(&window().location().search().unwrap_or_default());
        Some(Self {
            language,
            document,
            form,
            asked: Rc::new(RefCell::new(asked)),
            pending: Rc::default(),
            engine: Engine::new(today),
            shown: RwSignal::new(None),
        })
    }

    fn listen(self) {
        let live = self.clone();
        self.on("input", move |event| live.typed(&event));
        let live = self.clone();
        self.on("change", move |_| live.ask(live.typed_filter(), Step::Push));
        let live = self.clone();
        self.on("submit", move |event| live.submitted(&event));
        let live = self.clone();
        self.on("click", move |event| live.clicked(&event));
        window_event_listener(ev::popstate, move |_| self.travelled());
    }

    /// Listens to an event of the form for as long as the page stands.
    fn on(&self, name: &'static str, handle: impl FnMut(Event) + 'static) {
        let handle = leptos::wasm_bindgen::closure::Closure::<dyn FnMut(Event)>::new(handle);
        // The form is there and takes listeners; nothing useful could be done if it did not.
        let _ = self.form.add_event_listener_with_callback(name, handle.as_ref().unchecked_ref());
        handle.forget();
    }

    fn typed(&self, event: &Event) {
        let is_text = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|input| input.type_() != "checkbox");
        if !is_text {
            return;
        }
        let filter = self.typed_filter();
        let is_answered = self.answer_here(&filter);
        let live = self.clone();
        self.when_typing_rests(move || {
            if is_answered {
                live.write_address(&filter, Step::Replace);
                live.complete(filter.clone());
            } else {
                live.ask(filter.clone(), Step::Replace);
            }
        });
    }

    fn when_typing_rests(&self, act: impl Fn() + 'static) {
        let later = set_timeout_with_handle(act, REST).ok();
        if let Some(earlier) = self.pending.replace(later) {
            earlier.clear();
        }
    }

    /// Answers from the index of the browser, when it is there: no network, within one frame.
    fn answer_here(&self, filter: &VacancyFilter) -> bool {
        let Some(found) = self.engine.answer(filter, self.language) else { return false };
        self.asked.replace(filter.clone());
        self.show(filter.clone(), found);
        true
    }

    /// Asks the server for what the browser does not have, when there could be more.
    fn complete(&self, filter: VacancyFilter) {
        let is_complete = self.shown.with_untracked(|shown| {
            shown.as_ref().is_some_and(|(of, found)| *of == filter && !self.engine.could_be_fuller(&filter, found))
        });
        if !is_complete && window().navigator().on_line() {
            self.ask_server(filter, false);
        }
    }

    /// The index came, or became complete: what was typed meanwhile is answered by it.
    fn became_ready(&self) {
        let filter = self.typed_filter();
        if *self.asked.borrow() != filter {
            self.answer_here(&filter);
        }
        if let Some(root) = self.document.document_element() {
            let _ = root.set_attribute("data-index", "");
        }
    }

    fn submitted(&self, event: &Event) {
        event.prevent_default();
        self.ask(self.typed_filter(), Step::Push);
        if let Some(sheet) = self.document.get_element_by_id("filters") {
            // It throws when the sheet is not open, which is just as well.
            let _ = sheet.unchecked_into::<HtmlElement>().hide_popover();
        }
    }

    /// A link to another search of this page is answered here; with a modifier key the browser follows it.
    fn clicked(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<web_sys::MouseEvent>() else { return };
        if mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key() || mouse.button() != 0
        {
            return;
        }
        let link = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("a").ok()?);
        let Some(href) = link.as_ref().and_then(|link| link.get_attribute("href")) else { return };
        let (path, query) = href.split_once('?').unwrap_or((&href, ""));
        if window().location().pathname().ok().as_deref() != Some(path) {
            return;
        }
        event.prevent_default();
        let filter = VacancyFilter::parse(query);
        let is_paging = link.is_some_and(|link| link.closest(".pager").is_ok_and(|pager| pager.is_some()));
        self.fill_in(&filter);
        self.ask(filter, Step::Push);
        if is_paging && let Some(head) = self.document.get_element_by_id("count") {
            head.scroll_into_view();
            let _ = head.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn travelled(&self) {
        let filter = VacancyFilter::parse(&window().location().search().unwrap_or_default());
        // A jump within the page, such as the skip link's, changes nothing.
        if *self.asked.borrow() != filter {
            self.fill_in(&filter);
            self.ask(filter, Step::Keep);
        }
    }

    /// What the form holds, from the first page.
    fn typed_filter(&self) -> VacancyFilter {
        let pairs = FormData::new_with_form(&self.form)
            .and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(data.as_ref()))
            .map(|pairs| String::from(pairs.to_string()));
        VacancyFilter::parse(&pairs.unwrap_or_default())
    }

    /// Puts a search in the parts of the form that are not drawn anew.
    fn fill_in(&self, filter: &VacancyFilter) {
        let near = filter.near();
        self.set_input("q", filter.query());
        self.set_input("plaats", near.map_or("", |near| &near.place));
        if let Some(select) = self.element::<HtmlSelectElement>("straal") {
            select.set_value(near.map_or("25", |near| near.radius.word()));
        }
    }

    fn set_input(&self, id: &str, value: &str) {
        if let Some(input) = self.element::<HtmlInputElement>(id) {
            input.set_value(value);
        }
    }

    fn element<T: JsCast>(&self, id: &str) -> Option<T> {
        self.document.get_element_by_id(id)?.dyn_into().ok()
    }

    fn ask(&self, filter: VacancyFilter, step: Step) {
        if let Some(waiting) = self.pending.take() {
            waiting.clear();
        }
        if step != Step::Keep {
            if *self.asked.borrow() == filter {
                return;
            }
            self.write_address(&filter, step);
        }
        if self.answer_here(&filter) {
            self.complete(filter);
        } else {
            self.asked.replace(filter.clone());
            self.ask_server(filter, true);
        }
    }

    fn ask_server(&self, filter: VacancyFilter, is_only_way: bool) {
        let live = self.clone();
        spawn_local(async move {
            let answer = ask_server(&filter, live.language).await;
            if *live.asked.borrow() != filter {
                return;
            }
            match answer {
                Some(found) => live.show(filter, found),
                // Without an answer the page itself is asked, which says what is wrong.
                None if is_only_way => drop(window().location().assign(&search_address(&filter, live.language))),
                None => {}
            }
        });
    }

    fn write_address(&self, filter: &VacancyFilter, step: Step) {
        let address = search_address(filter, self.language);
        let Ok(history) = window().history() else { return };
        // A browser refuses when a page asks too often; the address then follows at the next change.
        let _ = match step {
            Step::Push => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
            _ => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
        };
    }

    fn show(&self, filter: VacancyFilter, found: SearchAnswer) {
        let language = self.language;
        let answer = &found.answer;
        self.set_text("count", &count_text(answer, &filter, language));
        self.set_text("show", &t::search_show_results(language, answer.total));
        self.set_text("sheet-count", &t::search_filters_count(language, answer.total));
        self.set_text("place-fault", &place_fault(answer, &filter, language).unwrap_or_default());
        self.rename_page(&filter);
        let is_first = self.shown.with_untracked(Option::is_none);
        self.shown.set(Some((filter, found)));
        if is_first {
            self.draw();
        }
    }

    fn set_text(&self, id: &str, text: &str) {
        if let Some(element) = self.document.get_element_by_id(id) {
            element.set_text_content(Some(text));
        }
    }

    /// Title, and the links to this page in other languages, follow the search.
    fn rename_page(&self, filter: &VacancyFilter) {
        let old = self.document.title();
        let hub = old.rsplit(" · ").next().unwrap_or_default();
        self.document.set_title(&format!("{} · {hub}", search_title(filter, self.language)));
        let query = filter.to_query_string();
        let Ok(links) = self.document.query_selector_all("[hreflang]") else { return };
        for link in (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<Element>().ok()) {
            let href = link.get_attribute("href").unwrap_or_default();
            let path = href.split('?').next().unwrap_or_default();
            let mark = if query.is_empty() { "" } else { "?" };
            let _ = link.set_attribute("href", &format!("{path}{mark}{query}"));
        }
    }

    /// Takes over from the server's HTML: once, at the first answer.
    fn draw(&self) {
        let language = self.language;
        let shown = self.shown;
        let focused = self.document.active_element().map(|element| element.id()).filter(|id| !id.is_empty());
        let unfolded = self.ids_of("details.facet[open]");
        self.replace("chips", move || {
            shown.get().map(|(filter, found)| view! { <Chips filter answer=found.answer language /> })
        });
        self.replace("facets", move || {
            shown.get().map(|(filter, found)| view! { <Facets filter answer=found.answer language /> })
        });
        self.replace("sort", move || {
            shown.get().map(|(filter, found)| view! { <SortSelect filter answer=found.answer language /> })
        });
        self.replace("results", move || {
            shown.get().map(|(filter, found)| view! { <Results filter found language /> })
        });
        for id in unfolded {
            if let Some(details) = self.document.get_element_by_id(&id) {
                let _ = details.set_attribute("open", "");
            }
        }
        if let Some(element) = focused.and_then(|id| self.element::<HtmlElement>(&id)) {
            let _ = element.focus();
        }
    }

    fn ids_of(&self, selector: &str) -> Vec<String> {
        let Ok(found) = self.document.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| Some(found.get(at)?.dyn_into::<Element>().ok()?.id())).collect()
    }

    fn replace<V: IntoView + 'static>(&self, id: &str, view: impl FnMut() -> V + Send + 'static) {
        if let Some(place) = self.element::<HtmlElement>(id) {
            place.set_inner_html("");
            mount_to(place, move || view).forget();
        }
    }
}
