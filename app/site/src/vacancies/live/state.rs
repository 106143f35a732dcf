//! What the live search holds while the page stands.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use domain::Language;
use domain::vacancies::VacancyFilter;
use leptos::prelude::*;
use leptos::web_sys::{Document, HtmlFormElement};
use search::Suggestion;

use crate::vacancies::answer::SearchResponse;
use crate::vacancies::engine::{Engine, room};

/// The id of the box.
pub(super) const BOX: &str = "q";

/// What an answer does to the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum HistoryStep {
    /// A new entry: a choice was made.
    Push,
    /// The same entry: somebody is still typing.
    Replace,
    /// None: the browser itself went back or forward.
    Keep,
}

/// The suggestions below the box.
#[derive(Clone, Default)]
pub(super) struct SuggestionList {
    pub(super) list: Vec<Suggestion>,
    pub(super) is_open: bool,
    /// Where the keyboard stands.
    pub(super) active: Option<usize>,
    /// Whether somebody closed the list and typed nothing since.
    pub(super) is_dismissed: bool,
}

/// An answer that the page shows.
#[derive(Clone)]
pub(super) struct SearchState {
    pub(super) filter: VacancyFilter,
    pub(super) found: Arc<SearchResponse>,
    /// Whether the server gave it, which knows more than the index of the browser.
    pub(super) is_whole: bool,
}

/// The live search: the form, and what the page shows of the last answer.
#[derive(Clone)]
pub(super) struct Live {
    pub(super) language: Language,
    pub(super) document: Document,
    pub(super) form: HtmlFormElement,
    /// The last question; answers to older ones are dropped.
    pub(super) asked: Rc<RefCell<VacancyFilter>>,
    /// The question that waits until typing rests.
    pub(super) pending: Rc<RefCell<Option<TimeoutHandle>>>,
    pub(super) engine: Engine,
    /// Nothing as long as the page is as the server sent it.
    pub(super) shown: RwSignal<Option<SearchState>>,
    /// What the server's page shows.
    pub(super) first: VacancyFilter,
    /// The state that the facets show: the same, once somebody sees them.
    pub(super) facets: RwSignal<Option<SearchState>>,
    /// What the list of results shows: the same, but further down only once typing rests.
    pub(super) results: RwSignal<Option<SearchState>>,
    /// How many results follow every letter.
    pub(super) in_sight: Rc<Cell<usize>>,
    pub(super) offered: RwSignal<SuggestionList>,
    /// Whether map and list of places are unfolded.
    pub(super) is_region_open: RwSignal<bool>,
}

/// Keeps the room for pieces of texts that the same search had here, also where the server has none.
pub(super) fn keep_room(before: Option<&SearchState>, filter: &VacancyFilter, now: &mut SearchResponse) {
    let Some(before) = before.filter(|before| before.filter == *filter && !before.is_whole) else { return };
    for (hit, excerpt) in now.answer.hits.iter().zip(&mut now.excerpts) {
        let earlier = before.found.answer.hits.iter().position(|earlier| earlier.card.id == hit.card.id);
        if excerpt.is_none()
            && earlier.is_some_and(|at| before.found.excerpts.get(at).is_some_and(Option::is_some))
        {
            *excerpt = Some(room());
        }
    }
}
