//! A question that one press answers: what became of a vacancy, where somebody is who was placed.

use domain::Language;
use leptos::prelude::*;

use ui::{Button, Notice};
use words::texts as t;

/// Asks something, with a button for each answer.
#[component]
pub fn QuestionPage(
    /// The question.
    title: String,
    /// What it is about, and why it is asked.
    lead: String,
    /// The answers: what the form sends, and what people read.
    answers: Vec<(&'static str, &'static str)>,
    /// The earlier answer.
    answered: Option<&'static str>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let answered = answered.map(|answer| {
        view! {
            <Notice>
                <p>{t::question_thanks(language, answer)}</p>
            </Notice>
        }
    });
    let buttons = answers
        .into_iter()
        .map(|(code, label)| view! { <Button name="answer" value=code>{label}</Button> })
        .collect_view();
    view! {
        <div class="wrap page-top narrow">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {answered}
            <form method="post" class="stack choices">{buttons}</form>
        </div>
    }
}
