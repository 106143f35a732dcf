//! A search, as pages and the browser's program ask it.

use domain::Language;
use domain::talents::Fitting;
use domain::vacancies::VacancyFilter;
use hub::HubState;

use crate::vacancies::SearchResponse;

/// The answer to a search, with names in the reader's language.
pub fn search(
    state: &HubState,
    filter: &VacancyFilter,
    language: Language,
    talent: Option<&Fitting>,
) -> SearchResponse {
    let catalogue = state.catalogue();
    let answer = catalogue.index.search_in(filter, language, talent);
    let excerpts = catalogue.index.excerpts(filter, &answer.hits);
    SearchResponse { answer, excerpts, today: catalogue.today, has_talent: talent.is_some() }
}
