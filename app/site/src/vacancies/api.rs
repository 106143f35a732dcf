//! What the browser asks the server about vacancies.

use domain::Language;
use leptos::prelude::*;
use search::Suggestion;
use server_fn::codec::{GetUrl, Postcard};

use super::{SearchError, SearchResponse};

/// Searches the open vacancies. Anybody may ask; for a talent it says what fits.
#[server(prefix = "/api", endpoint = "search_vacancies", input = GetUrl, output = Postcard)]
pub async fn search_vacancies(
    /// The part of the search page's address after the `?`.
    filter: String,
    /// The language of the reader.
    language: Language,
) -> Result<SearchResponse, SearchError> {
    use domain::vacancies::VacancyFilter;

    let state = crate::server::hub_state()?;
    let talent = crate::server::asking_talent().await?;
    Ok(crate::server::search(&state, &VacancyFilter::parse(&filter), language, talent.as_ref()))
}

/// What somebody who is typing may mean. Anybody may ask.
#[server(prefix = "/api", endpoint = "suggest_vacancies", input = GetUrl, output = Postcard)]
pub async fn suggest_vacancies(
    /// The part of the search page's address after the `?`.
    filter: String,
    /// The language of the reader.
    language: Language,
) -> Result<Vec<Suggestion>, SearchError> {
    use domain::vacancies::VacancyFilter;

    let state = crate::server::hub_state()?;
    Ok(state.catalogue().index.suggest(&VacancyFilter::parse(&filter), language))
}

/// Draws the map of the region for a browser that has no index. Anybody may ask.
#[server(prefix = "/api", endpoint = "map_vacancies", input = GetUrl, output = Postcard)]
pub async fn map_vacancies(
    /// The part of the search page's address after the `?`.
    filter: String,
    /// The language of the reader.
    language: Language,
) -> Result<String, SearchError> {
    use domain::vacancies::VacancyFilter;

    let state = crate::server::hub_state()?;
    let catalogue = state.catalogue();
    let filter = VacancyFilter::parse(&filter);
    let answer = catalogue.index.search_in(&filter, language, None);
    Ok(super::drawing(&catalogue.index.knowledge().region, &answer, &filter, language))
}
