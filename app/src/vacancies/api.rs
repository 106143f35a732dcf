//! What the browser asks the server about vacancies.

use domain::Language;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use super::{SearchAnswer, SearchError};

/// Searches the open vacancies. Anybody may ask.
#[server(prefix = "/api", endpoint = "search_vacancies", input = GetUrl)]
pub async fn search_vacancies(
    /// The part of the search page's address after the `?`.
    filter: String,
    /// The language of the reader.
    language: Language,
) -> Result<SearchAnswer, SearchError> {
    use domain::vacancies::VacancyFilter;

    let state = crate::server::hub_state()?;
    Ok(crate::server::search(&state, &VacancyFilter::parse(&filter), language))
}
