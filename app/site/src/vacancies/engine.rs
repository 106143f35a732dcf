//! The engine in the browser: loaded, with the index that the server made, when the browser has nothing else to do.
//!
//! The engine is a file of its own beside the program: who saves data, and who visits a hub whose server answers,
//! never loads it. What stands in [`open`] and behind [`LocalSearch`] is in that file, and nothing else may call it.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use domain::Language;
use domain::region::Region;
use domain::talents::Fitting;
use domain::vacancies::VacancyFilter;
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use search::{BadSnapshot, Excerpt, Index, Opening, SearchResults, Suggestion};

use super::{SearchResponse, SnapshotFiles, drawing};

/// What an index answers without a server.
trait LocalSearch {
    fn answer(&self, filter: &VacancyFilter, language: Language, talent: Option<&Fitting>) -> SearchResults;
    fn suggest(&self, filter: &VacancyFilter, language: Language) -> Vec<Suggestion>;
    fn region(&self) -> &Region;
    fn has_texts(&self) -> bool;
    /// Begins to open the same with the words of the texts.
    fn with_texts(&self, core: &[u8], texts: &[u8]) -> Result<Box<dyn Steps>, NoIndex>;
}

impl LocalSearch for Index {
    fn answer(&self, filter: &VacancyFilter, language: Language, talent: Option<&Fitting>) -> SearchResults {
        self.search_in(filter, language, talent)
    }

    fn suggest(&self, filter: &VacancyFilter, language: Language) -> Vec<Suggestion> {
        Self::suggest(self, filter, language)
    }

    fn region(&self) -> &Region {
        &self.knowledge().region
    }

    fn has_texts(&self) -> bool {
        Self::has_texts(self)
    }

    fn with_texts(&self, core: &[u8], texts: &[u8]) -> Result<Box<dyn Steps>, NoIndex> {
        Ok(Box::new(Opening::of_texts(self, core, texts)?))
    }
}

/// An index that is being opened.
trait Steps {
    /// Takes the next step; the last one gives the index.
    fn step(&mut self) -> Result<Option<Rc<dyn LocalSearch>>, NoIndex>;
}

impl Steps for Opening {
    fn step(&mut self) -> Result<Option<Rc<dyn LocalSearch>>, NoIndex> {
        Ok(Self::step(self)?.map(|index| Rc::new(index) as Rc<dyn LocalSearch>))
    }
}

/// The engine did not come, or the index is damaged: it is as if they were not there.
struct NoIndex;

impl From<BadSnapshot> for NoIndex {
    fn from(_: BadSnapshot) -> Self {
        Self
    }
}

impl From<SplitLoaderError> for NoIndex {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Begins to open an index, once the engine's own file is there.
#[wasm_split(engine, wasm_split_path = leptos::wasm_split, preload(fetch_engine), fallible)]
fn open(core: &[u8], today: NaiveDate) -> Result<Box<dyn Steps>, NoIndex> {
    Ok(Box::new(Opening::of(core, today)?))
}

/// The engine in the browser; empty until the index is there, and where there is none.
#[derive(Clone)]
pub(crate) struct Engine {
    index: Rc<RefCell<Option<Rc<dyn LocalSearch>>>>,
    today: NaiveDate,
    talent: Option<Rc<Fitting>>,
}

impl Engine {
    /// An engine without an index, for the talent who asks.
    pub(crate) fn new(today: NaiveDate, talent: Option<Fitting>) -> Self {
        Self { index: Rc::default(), today, talent: talent.map(Rc::new) }
    }

    /// Fetches engine and index, but not where every byte costs; then tells that they are there, and again when
    /// the index is complete. Islands start when the browser is idle, so nobody waits for this.
    pub(crate) fn load(&self, files: SnapshotFiles, ready: impl Fn() + 'static) {
        if !saves_data() {
            // Both at once. Opening waits for the engine by itself, and says when it did not come.
            spawn_local(async {
                breathe().await;
                let _ = fetch_engine().await;
            });
            spawn_local(self.clone().fetch_index(files, ready));
        }
    }

    async fn fetch_index(self, files: SnapshotFiles, ready: impl Fn() + 'static) {
        breathe().await;
        // What can't be fetched or is damaged is as if it were not there: the server answers.
        let Some(core) = fetch(&files.core).await else { return };
        let Ok(opening) = open(&core, self.today).await else { return };
        let Ok(index) = opened(opening).await else { return };
        self.index.replace(Some(Rc::clone(&index)));
        ready();
        let Some(path) = files.texts else { return };
        let Some(texts) = fetch(&path).await else { return };
        let Ok(opening) = index.with_texts(&core, &texts) else { return };
        let Ok(complete) = opened(opening).await else { return };
        self.index.replace(Some(complete));
        ready();
    }

    /// The answer to a filter, when the index is there.
    pub(crate) fn answer(&self, filter: &VacancyFilter, language: Language) -> Option<SearchResponse> {
        let answer = self.index()?.answer(filter, language, self.talent.as_deref());
        let has_words = !filter.query().is_empty();
        let excerpts = answer.hits.iter().map(|hit| (has_words && hit.marks.is_empty()).then(room)).collect();
        Some(SearchResponse { excerpts, answer, today: self.today, has_talent: self.talent.is_some() })
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
        answer: &SearchResults,
        filter: &VacancyFilter,
        language: Language,
    ) -> Option<String> {
        Some(drawing(self.index()?.region(), answer, filter, language))
    }

    /// Whether the server could find more for this filter: words of texts that the browser does not have, or
    /// the piece of a text that shows why a vacancy is found.
    pub(crate) fn could_be_fuller(&self, filter: &VacancyFilter, answer: &SearchResponse) -> bool {
        let knows_texts = self.index().is_some_and(|index| index.has_texts());
        let has_words = !filter.query().is_empty();
        let is_phrase = filter.query().contains(['"', '“', '„']);
        has_words && (!knows_texts || is_phrase || answer.answer.hits.iter().any(|hit| hit.marks.is_empty()))
    }

    /// What somebody who is typing may mean, when the index is there.
    pub(crate) fn suggest(&self, filter: &VacancyFilter, language: Language) -> Option<Vec<Suggestion>> {
        Some(self.index()?.suggest(filter, language))
    }

    fn index(&self) -> Option<Rc<dyn LocalSearch>> {
        self.index.borrow().clone()
    }
}

/// Room for a piece of a text that the server may still give.
pub(crate) fn room() -> Excerpt {
    Excerpt { text: String::new(), marks: Vec::new() }
}

/// Opens an index in steps, so that nobody's key stroke waits for it.
async fn opened(mut opening: Box<dyn Steps>) -> Result<Rc<dyn LocalSearch>, NoIndex> {
    loop {
        breathe().await;
        if let Some(index) = opening.step()? {
            return Ok(index);
        }
    }
}

/// Lets the browser do what waits: paint, and answer key strokes.
async fn breathe() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
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
