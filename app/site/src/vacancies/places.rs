//! The places of the region with their counts: a list of links that says what the map shows.

use std::sync::Arc;

use domain::Language;
use domain::vacancies::{Near, Radius, VacancyFilter};
use leptos::prelude::*;
use search::{PlaceMatch, SearchResults};

use super::SearchResponse;
use words::format;

/// Every place that has vacancies for this search, as a link to the search around it.
#[component]
pub(crate) fn PlaceList(
    filter: VacancyFilter,
    found: Arc<SearchResponse>,
    language: Language,
) -> impl IntoView {
    let chosen = chosen_place(&found.answer);
    let items = found
        .answer
        .places
        .iter()
        .map(|place| {
            let is_chosen = chosen == Some(&place.name);
            view! {
                <li>
                    <a
                        href=place_address(&filter, &place.name)
                        aria-current=is_chosen.then_some("true")
                    >
                        <span>{place.name.clone()}</span>
                        <b>{format::number(place.count, language)}</b>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ul class="places">{items}</ul> }
}

/// The place that was chosen, as the region spells it.
pub(crate) fn chosen_place(answer: &SearchResults) -> Option<&String> {
    match &answer.place {
        PlaceMatch::Known { name } => Some(name),
        _ => None,
    }
}

/// The address of the same search around a place, as seen from the search page: there are many of them on it.
pub(crate) fn place_address(filter: &VacancyFilter, place: &str) -> String {
    let radius = filter.near().map_or(Radius::Km25, |near| near.radius);
    format!("?{}", filter.with_near(Some(Near { place: place.to_owned(), radius })).to_query_string())
}
