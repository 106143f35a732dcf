//! A search in words: its title, and what is wrong with its place.

use domain::Language;
use domain::vacancies::VacancyFilter;
use search::{PlaceMatch, SearchResults};
use words::texts as t;

/// The title of a search.
pub fn search_title(filter: &VacancyFilter, language: Language) -> String {
    if filter.query().is_empty() {
        t::search_title(language).to_owned()
    } else {
        t::search_title_of(language, filter.query())
    }
}

/// The error of the place that was typed.
pub(crate) fn place_error(
    answer: &SearchResults,
    filter: &VacancyFilter,
    language: Language,
) -> Option<String> {
    let place = &filter.near()?.place;
    match &answer.place {
        PlaceMatch::Unknown { near: Some(name) } => Some(t::search_place_meant(language, place, name)),
        PlaceMatch::Unknown { near: None } => Some(t::search_place_unknown(language, place)),
        _ => None,
    }
}
