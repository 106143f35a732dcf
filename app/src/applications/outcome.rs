//! What became of a vacancy that closed: one press.

use domain::Language;
use domain::applications::AppliedVacancy;
use domain::vacancies::VacancyOutcome;
use leptos::prelude::*;

use crate::ui::{Button, Notice};
use crate::{format, labels, texts as t};

/// Asks what became of a vacancy, with a button for each answer.
#[component]
pub fn OutcomePage(
    /// The vacancy.
    vacancy: AppliedVacancy,
    /// What was answered before.
    outcome: Option<VacancyOutcome>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let answered = outcome.map(|outcome| {
        view! {
            <Notice>
                <p>{t::outcome_thanks(language, labels::vacancy_outcome(outcome, language))}</p>
            </Notice>
        }
    });
    let buttons = VacancyOutcome::ALL
        .iter()
        .map(|outcome| {
            view! { <Button name="outcome" value=outcome.code()>{labels::vacancy_outcome(*outcome, language)}</Button> }
        })
        .collect_view();
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::outcome_title(language, &vacancy.title)}</h1>
            <p class="lead">{t::outcome_lead(language, format::date(vacancy.closes_on, language))}</p>
            {answered}
            <form method="post" class="stack choices">{buttons}</form>
        </div>
    }
}
