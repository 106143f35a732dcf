//! What somebody who is typing may mean, as the list of the search box.

use domain::Language;
use domain::vacancies::Facet;
use leptos::prelude::*;
use search::{Suggestion, SuggestionKind};

use words::{format, labels, texts as t};

/// The options of the list, one of which the keyboard may stand on.
#[component]
pub(crate) fn Suggestions(list: Vec<Suggestion>, active: Option<usize>, language: Language) -> impl IntoView {
    list.into_iter()
        .enumerate()
        .map(|(at, suggestion)| {
            let Suggestion { kind, label, count, .. } = suggestion;
            let kind = kind_text(kind, language);
            let count = format::number(count, language);
            let is_active = if active == Some(at) { "true" } else { "false" };
            view! {
                <li class="opt" role="option" id=option_id(at) aria-selected=is_active>
                    <span>{label}</span>
                    <small>{kind}</small>
                    <b>{count}</b>
                </li>
            }
        })
        .collect::<Vec<_>>()
}

/// The id of an option, by its place in the list.
pub(crate) fn option_id(at: usize) -> String {
    format!("option-{at}")
}

fn kind_text(kind: SuggestionKind, language: Language) -> &'static str {
    match kind {
        SuggestionKind::StudyField => labels::facet(Facet::StudyField, language),
        SuggestionKind::Skill => t::search_skill(language),
        SuggestionKind::Organisation => labels::facet(Facet::Organisation, language),
        SuggestionKind::Place => t::search_place_label(language),
    }
}
