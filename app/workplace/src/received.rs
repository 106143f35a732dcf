//! What an organisation received for each of its vacancies, and what it asks of who applies.

use chrono::NaiveDate;
use domain::applications::{ApplicationRow, AppliedVacancy, MOST_QUESTIONS};
use domain::{FieldErrors, Language, command};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ui::{Badge, Button, ButtonLink, Disclosure, EmptyState, Field, Notice, static_html};
use words::field_errors::field_error;
use words::paths::Page;
use words::{format, labels, texts as t};

/// What an organisation received for one vacancy.
#[derive(Clone, Debug)]
pub struct ReceivedView {
    /// The vacancy.
    pub vacancy: AppliedVacancy,
    /// Whether one can still apply.
    pub is_open: bool,
    /// The questions of the organisation.
    pub questions: Vec<String>,
    /// The applications with the day since which each stands where it stands.
    pub applications: Vec<(ApplicationRow, NaiveDate)>,
}

command! {
    /// Changes what an organisation asks of who applies for a vacancy. A question that is left empty goes.
    "questions" "change" => pub struct ChangeQuestions {
        /// The number of the vacancy.
        pub vacancy: String,
        /// The questions.
        pub questions: Vec<String>,
    }
}

/// That questions were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionsChanged;

/// All vacancies of an organisation with what was received for each.
#[component]
pub fn ReceivedPage(
    /// The name of the organisation.
    organisation: String,
    /// The page of who works for it.
    colleagues: String,
    /// The applications that it received.
    received: Vec<ReceivedView>,
    /// The questions that were sent and are wrong.
    wrong: Option<(ChangeQuestions, FieldErrors)>,
    /// Whether questions were saved just now.
    is_saved: bool,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let saved = is_saved.then(|| view! { <Notice><p>{t::application_saved(language)}</p></Notice> });
    let empty = received.is_empty().then(|| {
        let name = organisation.clone();
        view! { <EmptyState name title=t::member_none(language)>{t::member_none_hint(language)}</EmptyState> }
    });
    let list = received
        .into_iter()
        .map(|one| {
            let wrong = wrong.clone().filter(|(typed, _)| typed.vacancy == one.vacancy.id.to_string());
            view! { <OfVacancy received=one wrong language /> }
        })
        .collect_view();
    view! {
        <div class="wrap page-top">
            <h1>{t::member_title(language, organisation)}</h1>
            <p class="lead">{t::member_lead(language)}</p>
            <p class="actions">
                <ButtonLink href=colleagues>{t::people_colleagues(language)}</ButtonLink>
            </p>
            {saved}
            {empty}
            {list}
        </div>
    }
}

#[component]
fn OfVacancy(
    received: ReceivedView,
    wrong: Option<(ChangeQuestions, FieldErrors)>,
    language: Language,
) -> impl IntoView {
    let ReceivedView { vacancy, is_open, questions, applications } = received;
    let heading = format!("vacancy-{}", vacancy.id);
    let until = if is_open {
        t::member_closes(language, format::date(vacancy.closes_on, language))
    } else {
        t::member_closed(language).to_owned()
    };
    let count = t::member_count(language, applications.len() as u32);
    let rows = if applications.is_empty() {
        static_html(view! { <p class="hint">{t::member_nobody(language)}</p> })
    } else {
        static_html(view! { <ApplicationRows rows=applications language /> })
    };
    let asks = is_open.then(|| view! { <QuestionsForm vacancy_id=vacancy.id questions wrong language /> });
    let id = heading.clone();
    view! {
        <section class="received" aria-labelledby=heading>
            <h2 id=id><a href=Page::Vacancy(vacancy.slug).path(language)>{vacancy.title}</a></h2>
            <p class="hint">{count}" · "{until}</p>
            {rows}
            {asks}
        </section>
    }
}

#[component]
fn ApplicationRows(rows: Vec<(ApplicationRow, NaiveDate)>, language: Language) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(row, since)| {
            let page = Page::Application(row.id.to_string()).path(language);
            view! {
                <li>
                    <a href=page dir="auto">{row.name}</a>
                    <span>
                        <Badge is_over=row.state.is_over()>{labels::application_state(row.state, language)}</Badge>
                        " "
                        <span class="hint">{t::application_since(language, format::date(since, language))}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}

#[component]
fn QuestionsForm(
    vacancy_id: i64,
    questions: Vec<String>,
    wrong: Option<(ChangeQuestions, FieldErrors)>,
    language: Language,
) -> impl IntoView {
    let is_wrong = wrong.is_some();
    let count = questions.len() as u32;
    let (typed, errors) =
        wrong.map_or((questions, FieldErrors::default()), |(typed, errors)| (typed.questions, errors));
    let fields = (0..MOST_QUESTIONS)
        .map(|at| {
            let value = typed.get(at).cloned().unwrap_or_default();
            let error = errors.get_item("questions", at).map(|error| field_error(error, language));
            view! {
                <Field
                    name="questions[]"
                    id=format!("question-{vacancy_id}-{at}")
                    label=t::member_question(language, at + 1)
                    value=value
                    error=error
                />
            }
        })
        .collect_view();
    view! {
        <Disclosure summary=t::member_questions(language, count) open=is_wrong>
            <form method="post" class="stack">
                <input type="hidden" name="vacancy" value=vacancy_id.to_string() />
                <p class="hint">{t::member_questions_hint(language)}</p>
                {fields}
                <Button>{t::member_questions_save(language)}</Button>
            </form>
        </Disclosure>
    }
}
