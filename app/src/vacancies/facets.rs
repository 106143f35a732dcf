//! The choices that narrow a search, each with what it gives.

use domain::Language;
use domain::vacancies::{Facet, VacancyFilter};
use leptos::prelude::*;
use search::{Answer, FacetCounts, FacetValue};

use crate::labels;

/// The facets that are unfolded at first; the others unfold when something in them is chosen.
const UNFOLDED: [Facet; 3] = [Facet::Kind, Facet::Level, Facet::Start];

/// All facets that have something to choose.
#[component]
pub(crate) fn Facets(filter: VacancyFilter, answer: Answer, language: Language) -> impl IntoView {
    answer
        .facets
        .into_iter()
        .filter(|counts| !counts.values.is_empty())
        .map(|counts| view! { <FacetGroup counts filter=filter.clone() language /> })
        .collect::<Vec<_>>()
}

#[component]
fn FacetGroup(counts: FacetCounts, filter: VacancyFilter, language: Language) -> impl IntoView {
    let facet = counts.facet;
    let name = labels::facet(facet, language);
    let is_open = UNFOLDED.contains(&facet) || filter.values(facet).next().is_some();
    let options = counts
        .values
        .into_iter()
        .map(|value| {
            let is_chosen = filter.has(facet, &value.value);
            view! { <FacetOption facet value is_chosen language /> }
        })
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

#[component]
fn FacetOption(facet: Facet, value: FacetValue, is_chosen: bool, language: Language) -> impl IntoView {
    let label = labels::facet_value(facet, &value.value, &value.label, language);
    let class = if value.count == 0 && !is_chosen { "opt none" } else { "opt" };
    let id = format!("{}-{}", facet.word(), value.value);
    view! {
        <label class=class>
            <input type="checkbox" id=id name=facet.word() value=value.value checked=is_chosen prop:checked=is_chosen />
            <span>{label}</span>
            <b>{value.count.to_string()}</b>
        </label>
    }
}
