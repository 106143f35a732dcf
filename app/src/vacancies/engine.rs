//! The engine in the browser: the index that the server made, fetched when the browser has nothing else to do.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use domain::Language;
use domain::vacancies::VacancyFilter;
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use search::{Answer, Excerpt, Index, Suggestion};

use super::{SearchAnswer, SnapshotFiles, drawing};

/// The engine in the browser; empty until the index is there, and where there is none.
#[derive(Clone)]
pub(crate) struct Engine {
    index: Rc<RefCell<Option<Index>>>,
    today: NaiveDate,
}

impl Engine {
    /// An engine without an index.
    pub(crate) fn new(today: NaiveDate) -> Self {
        Self { index: Rc::default(), today }
    }

    /// Fetches the index, but not where every byte costs; then tells that it is there, and again when it is
    /// complete. Islands start when the browser is idle, so nobody waits for this.
    pub(crate) fn load(&self, files: SnapshotFiles, ready: impl Fn() + 'static) {
        if !saves_data() {
            spawn_local(self.clone().fetch_index(files, ready));
        }
    }

    async fn fetch_index(self, files: SnapshotFiles, ready: impl Fn() + 'static) {
        // What can't be fetched or is damaged is as if it were not there: the server answers.
        let Some(core) = fetch(&files.core).await else { return };
        let Ok(index) = Index::open(&core, self.today) else { return };
        self.index.replace(Some(index.clone()));
        ready();
        let Some(path) = files.texts else { return };
        let Some(texts) = fetch(&path).await else { return };
        let Ok(complete) = index.with_texts(&core, &texts) else { return };
        self.index.replace(Some(complete));
        ready();
    }

    /// The answer to a filter, when the index is there.
    pub(crate) fn answer(&self, filter: &VacancyFilter, language: Language) -> Option<SearchAnswer> {
        let index = self.index.borrow();
        let answer = index.as_ref()?.search_in(filter, language);
        let has_words = !filter.query().is_empty();
        let excerpts = answer.hits.iter().map(|hit| (has_words && hit.marks.is_empty()).then(room)).collect();
        Some(SearchAnswer { excerpts, answer, today: self.today })
    }

    /// Whether the index is there.
    pub(crate) fn is_ready(&self) -> bool {
        self.index.borrow().is_some()
    }

    /// The day of the vacancies.
    pub(crate) fn today(&self) -> NaiveDate {
        self.today
    }

    /// The map of the region, when the index is there.
    pub(crate) fn draw_map(
        &self,
        answer: &Answer,
        filter: &VacancyFilter,
        language: Language,
    ) -> Option<String> {
        let index = self.index.borrow();
        Some(drawing(&index.as_ref()?.knowledge().region, answer, filter, language))
    }

    /// Whether the server could find more for this filter: words of texts that the browser does not have, or
    /// the piece of a text that shows why a vacancy is found.
    pub(crate) fn could_be_fuller(&self, filter: &VacancyFilter, answer: &SearchAnswer) -> bool {
        let knows_texts = self.index.borrow().as_ref().is_some_and(Index::has_texts);
        let has_words = !filter.query().is_empty();
        let is_phrase = filter.query().contains(['"', '“', '„']);
        has_words && (!knows_texts || is_phrase || answer.answer.hits.iter().any(|hit| hit.marks.is_empty()))
    }

    /// What somebody who is typing may mean, when the index is there.
    pub(crate) fn suggest(&self, filter: &VacancyFilter, language: Language) -> Option<Vec<Suggestion>> {
        Some(self.index.borrow().as_ref()?.suggest(filter, language))
    }
}

/// Room for a piece of a text that the server may still give.
pub(crate) fn room() -> Excerpt {
    Excerpt { text: String::new(), marks: Vec::new() }
}

async fn fetch(path: &str) -> Option<Vec<u8>> {
    let response = Request::get(path).send().await.ok()?;
    if response.ok() { response.binary().await.ok() } else { None }
}

/// Whether the visitor pays for bytes or asked to save them.
fn saves_data() -> bool {
    let connection = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("connection"));
    let saves =
        connection.and_then(|connection| js_sys::Reflect::get(&connection, &JsValue::from_str("saveData")));
    saves.is_ok_and(|saves| saves.is_truthy())
}
