//! The choices that narrow a search, each with what it gives.

use std::sync::Arc;

use domain::Language;
use domain::vacancies::{Facet, VacancyFilter};
use leptos::prelude::*;
use search::{FacetCounts, FacetValue};

use super::SearchResponse;
use words::labels;

/// The facets that are unfolded at first; the others unfold when something in them is chosen.
const UNFOLDED: [Facet; 3] = [Facet::Kind, Facet::Level, Facet::Start];

/// All facets that have something to choose.
#[component]
pub(crate) fn Facets(filter: VacancyFilter, found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    found
        .answer
        .facets
        .iter()
        .filter(|counts| !counts.values.is_empty())
        .map(|counts| facet_group(counts, &filter, language))
        .collect::<Vec<_>>()
}

fn facet_group(counts: &FacetCounts, filter: &VacancyFilter, language: Language) -> impl IntoView + use<> {
    let facet = counts.facet;
    let name = labels::facet(facet, language);
    let is_open = UNFOLDED.contains(&facet) || filter.values(facet).next().is_some();
    let options = counts
        .values
        .iter()
        .map(|value| facet_option(facet, value, filter.has(facet, &value.value), language))
        .collect::<Vec<_>>();
    view! {
        <details class="facet" id=format!("facet-{}", facet.word()) open=is_open>
            <summary>{name}</summary>
            <div role="group" aria-label=name>
                {options}
            </div>
        </details>
    }
}

fn facet_option(
    facet: Facet,
    value: &FacetValue,
    is_chosen: bool,
    language: Language,
) -> impl IntoView + use<> {
    let label = labels::facet_value(facet, &value.value, &value.label, language);
    let class = if value.count == 0 && !is_chosen { "opt none" } else { "opt" };
    view! {
        <label class=class>
            <input type="checkbox" name=facet.word() value=value.value.clone() checked=is_chosen prop:checked=is_chosen />
            <span>{label}</span>
            <b>{value.count.to_string()}</b>
        </label>
    }
}
