//! What is chosen, each with a way to take it back.

use std::sync::Arc;

use domain::Language;
use domain::vacancies::{Facet, VacancyFilter};
use leptos::prelude::*;
use search::{PlaceMatch, SearchResults};

use super::SearchResponse;
use ui::{Chip, ChipList};
use words::paths::new_alert_address;
use words::paths::search_address;
use words::{labels, texts as t};

/// What is chosen, each with a way to take it back; nothing when nothing is.
#[component]
pub(crate) fn Chips(filter: VacancyFilter, found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    let answer = &found.answer;
    let mut chips: Vec<(String, VacancyFilter)> = Vec::new();
    if !filter.query().is_empty() {
        chips.push((format!("“{}”", filter.query()), filter.with_query("")));
    }
    for (facet, value) in filter.choices() {
        chips.push((label_of(answer, facet, value, language), filter.without(facet, value)));
    }
    if let Some(near) = filter.near() {
        let place = match &answer.place {
            PlaceMatch::Known { name } => name,
            _ => &near.place,
        };
        let label = t::search_near(language, near.radius.kilometres(), place);
        chips.push((label, filter.with_near(None)));
    }
    let has_several = chips.len() > 1;
    let all = has_several.then(|| {
        let everything = VacancyFilter::default().with_sort(filter.sort());
        view! {
            <li><a class="chip-clear" href=search_address(&everything, language)>{t::search_clear_all(language)}</a></li>
        }
    });
    let views = chips
        .into_iter()
        .map(|(label, without)| {
            let action = t::search_remove_filter(language, &label);
            view! { <Chip href=search_address(&without, language) label action /> }
        })
        .collect::<Vec<_>>();
    let alert = new_alert_address(&filter, language);
    (!views.is_empty()).then(|| {
        view! {
            <ChipList label=t::search_chosen(language)>
                {views}
                {all}
                <li><a class="chip-clear" href=alert>{t::alert_ask(language)}</a></li>
            </ChipList>
        }
    })
}

/// How a choice reads as a chip; what the facet alone does not say is said in full.
pub fn label_of(answer: &SearchResults, facet: Facet, value: &str, language: Language) -> String {
    let known = answer
        .facets
        .iter()
        .find(|counts| counts.facet == facet)
        .and_then(|counts| counts.values.iter().find(|known| known.value == value));
    let text = known.map_or(value, |known| known.label.as_str());
    labels::facet_value(facet, value, text, language)
}
