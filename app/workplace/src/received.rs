//! What an organisation received, as a list; and for each of its vacancies what it asks of who applies.

use chrono::NaiveDate;
use domain::Language;
use domain::applications::{ApplicationState, AppliedVacancy, LONGEST_QUESTION, MOST_QUESTIONS, WAITING};
use domain::list::{Cursor, ListQuery, SavedView};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use ui::{
    Badge, BulkBar, Button, ButtonLink, Disclosure, EmptyState, Field, Link, Notice, NoticeKind, Table,
    TableColumn, TableRow, static_html,
};
use words::paths::{Page, received_file};
use words::{format, labels, texts as t};

/// A page of what an organisation received.
#[derive(Clone, Debug)]
pub struct ReceivedList {
    /// The question that is answered.
    pub query: ListQuery,
    /// The applications.
    pub rows: Vec<ReceivedRow>,
    /// How many applications match.
    pub count: u64,
    /// The page before.
    pub previous: Option<Cursor>,
    /// The page after.
    pub next: Option<Cursor>,
    /// The views that the reader keeps.
    pub views: Vec<SavedView>,
}

/// An application that an organisation received.
#[derive(Clone, Debug)]
pub struct ReceivedRow {
    /// The number of the application.
    pub id: i64,
    /// The name of the talent.
    pub name: String,
    /// The title of the vacancy.
    pub vacancy: String,
    /// The state.
    pub state: ApplicationState,
    /// The day since which it is in that state.
    pub since: NaiveDate,
    /// The day on which it came.
    pub received: NaiveDate,
    /// The days for which it has waited for an answer, while it does.
    pub waits: Option<u32>,
}

/// A vacancy of an organisation with what it asks of who applies.
#[derive(Clone, Debug)]
pub struct ReceivedVacancyView {
    /// The vacancy.
    pub vacancy: AppliedVacancy,
    /// Whether one can still apply.
    pub is_open: bool,
    /// The questions of the organisation.
    pub questions: Vec<String>,
    /// How many applications came.
    pub applications: u64,
}

/// Questions that are wrong: of which vacancy, what was typed, and what is wrong with each.
#[derive(Clone, Debug)]
pub struct QuestionErrors {
    /// The number of the vacancy.
    pub vacancy_id: i64,
    /// The typed text.
    pub typed: Vec<String>,
}

/// What the page says about what was just sent to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceivedNotice {
    /// It was done.
    Done(String),
    /// It was not, and why.
    Refused(String),
}

/// All that an organisation received, and its vacancies.
#[component]
pub fn ReceivedPage(
    /// The name of the organisation.
    organisation: String,
    /// The last part of the organisation's address.
    slug: String,
    /// The applications that it received.
    list: ReceivedList,
    /// Its vacancies that are open or were answered.
    vacancies: Vec<ReceivedVacancyView>,
    /// The error of questions that were sent.
    errors: Option<QuestionErrors>,
    /// What is said about what was just sent.
    notice: Option<ReceivedNotice>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let colleagues = Page::Colleagues(slug.clone()).path(language);
    let table =
        (!vacancies.is_empty()).then(|| received_table(&organisation, slug, list, &vacancies, language));
    let questions = if vacancies.is_empty() {
        let name = organisation.clone();
        static_html(view! {
            <EmptyState name title=t::member_none(language)>{t::member_none_hint(language)}</EmptyState>
        })
    } else {
        vacancies_view(vacancies, errors, language)
    };
    view! {
        <div class="wrap page-top">
            <h1>{t::member_title(language, organisation)}</h1>
            <p class="lead">{t::member_lead(language)}</p>
            <p class="actions">
                <ButtonLink href=colleagues>{t::people_colleagues(language)}</ButtonLink>
            </p>
            {notice.map(notice_view)}
            {table}
            {questions}
        </div>
    }
}

fn notice_view(notice: ReceivedNotice) -> InertElement {
    match notice {
        ReceivedNotice::Done(text) => static_html(view! { <Notice><p>{text}</p></Notice> }),
        ReceivedNotice::Refused(text) => {
            static_html(view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })
        }
    }
}

fn received_table(
    organisation: &str,
    slug: String,
    list: ReceivedList,
    vacancies: &[ReceivedVacancyView],
    language: Language,
) -> InertElement {
    let ReceivedList { query, rows, count, previous, next, views } = list;
    let all = (rows.len() as u64) < count;
    let bulk = BulkBar {
        action: Page::AnswerApplications(slug.clone()).path(language),
        commands: vec![
            ("talk".to_owned(), t::application_step_talk(language).to_owned()),
            ("decline".to_owned(), t::application_step_decline(language).to_owned()),
        ],
        all: all.then(|| all_link(&slug, &query, count, language)),
    };
    let exports = vec![
        Link::new(export_address(&slug, "csv", &query), t::table_export_csv(language)),
        Link::new(export_address(&slug, "xlsx", &query), t::table_export_xlsx(language)),
    ];
    let rows = rows.into_iter().map(|row| row_view(row, &query, language)).collect();
    let empty = nobody_applied(organisation, vacancies, language);
    static_html(view! {
        <Table
            page=Page::ReceivedApplications(slug).path(language)
            caption=t::member_received(language)
            search_label=t::received_search(language)
            columns=columns(vacancies, language)
            count=t::member_count(language, u32::try_from(count).unwrap_or(u32::MAX))
            query=query
            rows=rows
            previous=previous
            next=next
            views=Some(views)
            bulk=Some(bulk)
            exports=exports
            empty=empty
            language=language
        />
    })
}

/// The page on which all that match are answered, with the number that was seen.
fn all_link(slug: &str, query: &ListQuery, count: u64, language: Language) -> Link {
    let page = Page::AnswerApplications(slug.to_owned()).path(language);
    let matching = query.filters_alone().to_query_string();
    let shown = u32::try_from(count).unwrap_or(u32::MAX);
    let join = if matching.is_empty() { "" } else { "&" };
    Link::new(format!("{page}?{matching}{join}alles={count}"), t::table_all(language, shown))
}

fn export_address(slug: &str, extension: &str, query: &ListQuery) -> String {
    let (file, asked) = (received_file(slug, extension), query.from_first_page().to_query_string());
    if asked.is_empty() { file } else { format!("{file}?{asked}") }
}

/// The label of a column of what was received.
pub fn column_label(key: &str, language: Language) -> &'static str {
    match key {
        "naam" => t::received_name(language),
        "vacature" => t::received_vacancy(language),
        "stand" => t::application_state(language),
        "wacht" => t::received_waiting(language),
        "sinds" => t::received_since(language),
        _ => t::received_on(language),
    }
}

fn columns(vacancies: &[ReceivedVacancyView], language: Language) -> Vec<TableColumn> {
    let column = |column: &domain::list::Column| {
        let choices = match column.key {
            "vacature" => {
                vacancies.iter().map(|one| (one.vacancy.id.to_string(), one.vacancy.title.clone())).collect()
            }
            "stand" => states(language),
            "wacht" => vec![(WAITING.to_owned(), t::received_waiting_yes(language).to_owned())],
            _ => Vec::new(),
        };
        TableColumn::new(column_label(column.key, language)).with_choices(choices)
    };
    domain::applications::RECEIVED.columns.iter().map(column).collect()
}

/// The states in which an organisation sees applications, by the words of an address.
fn states(language: Language) -> Vec<(String, String)> {
    let received = ApplicationState::ALL.iter().filter(|state| **state != ApplicationState::Unconfirmed);
    received
        .map(|state| (state.word().to_owned(), labels::application_state(*state, language).to_owned()))
        .collect()
}

fn row_view(row: ReceivedRow, query: &ListQuery, language: Language) -> TableRow {
    let cells = query.columns().map(|column| cell(&row, column.key, language)).collect();
    TableRow { id: row.id.to_string(), name: row.name, cells }
}

fn cell(row: &ReceivedRow, key: &str, language: Language) -> InertElement {
    match key {
        "naam" => {
            let page = Page::Application(row.id.to_string()).path(language);
            static_html(view! { <a href=page dir="auto">{row.name.clone()}</a> })
        }
        "vacature" => static_html(row.vacancy.clone()),
        "stand" => {
            let (label, is_over) = (labels::application_state(row.state, language), row.state.is_over());
            static_html(view! { <Badge is_over=is_over>{label}</Badge> })
        }
        "wacht" => {
            static_html(row.waits.map(|days| view! { <span class="late">{waits(days, language)}</span> }))
        }
        "sinds" => day(row.since, language),
        _ => day(row.received, language),
    }
}

fn day(day: NaiveDate, language: Language) -> InertElement {
    static_html(view! { <time datetime=day.to_string()>{format::date(day, language)}</time> })
}

fn waits(days: u32, language: Language) -> String {
    if days == 0 { t::received_today(language).to_owned() } else { t::received_days(language, days) }
}

/// What to do while nobody has applied: to make a vacancy known.
fn nobody_applied(organisation: &str, vacancies: &[ReceivedVacancyView], language: Language) -> InertElement {
    let open = vacancies.iter().find(|one| one.is_open);
    let share = open.map(|one| {
        let page = Page::Vacancy(one.vacancy.slug.clone()).path(language);
        view! { <p><ButtonLink href=page>{t::received_share(language)}</ButtonLink></p> }
    });
    static_html(view! {
        <EmptyState name=organisation.to_owned() title=t::member_nobody(language)>
            <p>{t::received_nobody_hint(language)}</p>
            {share}
        </EmptyState>
    })
}

fn vacancies_view(
    vacancies: Vec<ReceivedVacancyView>,
    errors: Option<QuestionErrors>,
    language: Language,
) -> InertElement {
    let vacancies = vacancies
        .into_iter()
        .map(|one| {
            let wrong = errors.clone().filter(|errors| errors.vacancy_id == one.vacancy.id);
            view! { <OfVacancy received=one wrong language /> }
        })
        .collect_view();
    static_html(view! {
        <h2>{t::received_vacancies(language)}</h2>
        {vacancies}
    })
}

#[component]
fn OfVacancy(
    received: ReceivedVacancyView,
    wrong: Option<QuestionErrors>,
    language: Language,
) -> impl IntoView {
    let ReceivedVacancyView { vacancy, is_open, questions, applications } = received;
    let heading = format!("vacancy-{}", vacancy.id);
    let until = if is_open {
        t::member_closes(language, format::date(vacancy.closes_on, language))
    } else {
        t::member_closed(language).to_owned()
    };
    let count = match u32::try_from(applications).unwrap_or(u32::MAX) {
        0 => t::member_nobody(language).to_owned(),
        count => t::member_count(language, count),
    };
    let asks = is_open.then(|| view! { <QuestionsForm vacancy_id=vacancy.id questions wrong language /> });
    let id = heading.clone();
    view! {
        <section class="received" aria-labelledby=heading>
            <h3 id=id><a href=Page::Vacancy(vacancy.slug).path(language)>{vacancy.title}</a></h3>
            <p class="hint">{count}" · "{until}</p>
            {asks}
        </section>
    }
}

#[component]
fn QuestionsForm(
    vacancy_id: i64,
    questions: Vec<String>,
    wrong: Option<QuestionErrors>,
    language: Language,
) -> impl IntoView {
    let is_wrong = wrong.is_some();
    let count = questions.len() as u32;
    let typed = wrong.map_or(questions, |wrong| wrong.typed);
    let fields = (0..MOST_QUESTIONS)
        .map(|at| {
            let value = typed.get(at).cloned().unwrap_or_default();
            let error = (value.chars().count() > LONGEST_QUESTION)
                .then(|| t::fault_text_long(language, LONGEST_QUESTION));
            view! {
                <Field
                    name=format!("question-{at}")
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
