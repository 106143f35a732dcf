//! What an organisation received, as a list; and for each of its vacancies what it asks of somebody who applies.

use chrono::NaiveDate;
use domain::applications::{ApplicationState, AppliedVacancy, MOST_QUESTIONS, WAITING};
use domain::command::SaveAnswer;
use domain::list::{Layout, ListQuery};
use domain::stages::Stage;
use domain::{FieldErrors, Language, command};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use serde::{Deserialize, Serialize};
use ui::{
    Badge, Board, BoardCard, BoardColumn, BulkBar, ButtonLink, CardStep, Disclosure, Editor, EmptyState,
    Field, Link, ListView, Notice, NoticeKind, Table, TableColumn, TableRow, all_link, file_links,
    static_html, theirs_text,
};
use words::field_errors::field_error;
use words::paths::Page;
use words::{format, labels, texts as t};

/// A stage of the board of what an organisation received.
#[derive(Clone, Debug)]
pub struct ReceivedStage {
    /// The stage.
    pub stage: Stage,
    /// The number of applications in it.
    pub count: u64,
    /// The first of them.
    pub rows: Vec<ReceivedRow>,
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

/// A vacancy of an organisation with what it asks of somebody who applies.
#[derive(Clone, Debug)]
pub struct ReceivedVacancyView {
    /// The vacancy.
    pub vacancy: AppliedVacancy,
    /// Whether one can still apply.
    pub is_open: bool,
    /// The questions of the organisation.
    pub questions: Vec<String>,
    /// The version of the vacancy.
    pub version: i64,
    /// How many applications came.
    pub applications: u64,
}

command! {
    /// Changes what an organisation asks of somebody who applies for a vacancy. A question that is left empty goes.
    "questions" "change" => pub struct ChangeQuestions {
        /// The number of the vacancy.
        pub vacancy: String,
        /// The version of the vacancy with which the change began.
        pub version: String,
        /// The questions.
        pub questions: Vec<String>,
    } -> SaveAnswer<ChangeQuestions>
}

command! {
    /// Brings an application to another stage of the board; the answer is the address of the page that asks for more first, where
    /// one does.
    "received" "move" => pub struct MoveReceived {
        /// The number of the application.
        pub card: String,
        /// The verb of the stage.
        pub step: String,
    } -> Option<String>
}

/// Why questions were not saved.
#[derive(Clone, Debug)]
pub enum QuestionsError {
    /// Some are wrong.
    Fields(FieldErrors),
    /// Somebody else changed the vacancy in between.
    Stale,
}

impl ChangeQuestions {
    /// The questions that are there, as the command that would leave them so.
    pub fn kept(vacancy_id: i64, version: i64, questions: Vec<String>) -> Self {
        Self { vacancy: vacancy_id.to_string(), version: version.to_string(), questions }
    }
}

/// The result of a change, as the page of what was received says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReceivedFlash {
    /// Questions were changed.
    Questions,
    /// Many applications were answered.
    Answered {
        /// The number of those that were.
        answered: u32,
        /// The number of those that stood elsewhere by then.
        passed_over: u32,
    },
    /// An application was brought to another stage.
    Moved {
        /// The name of the talent.
        name: String,
    },
}

impl ReceivedFlash {
    fn text(self, language: Language) -> String {
        match self {
            Self::Questions => t::application_saved(language).to_owned(),
            Self::Answered { answered, passed_over: 0 } => t::received_answered(language, answered),
            Self::Answered { answered, passed_over } => {
                let told = t::received_answered(language, answered);
                format!("{told} {}", t::received_answered_not(language, passed_over))
            }
            Self::Moved { name } => t::received_moved(language, name),
        }
    }
}

/// All that an organisation received, and its vacancies.
#[component]
pub fn ReceivedPage(
    /// The name of the organisation.
    organisation: String,
    /// The last part of the organisation's address.
    slug: String,
    /// The applications that it received.
    list: ListView<ReceivedRow>,
    /// The same by stage, where a board is asked for.
    stages: Option<Vec<ReceivedStage>>,
    /// Its vacancies that are open or were answered.
    vacancies: Vec<ReceivedVacancyView>,
    /// The questions that were sent and not saved.
    wrong: Option<(ChangeQuestions, QuestionsError)>,
    /// The result of the last change.
    done: Option<ReceivedFlash>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let colleagues = Page::Colleagues(slug.clone()).path(language);
    let done = done.map(|done| view! { <Notice><p>{done.text(language)}</p></Notice> });
    let table = (!vacancies.is_empty())
        .then(|| received_table(&organisation, slug.clone(), list, stages, &vacancies, language));
    let questions = if vacancies.is_empty() {
        let name = organisation.clone();
        static_html(view! {
            <EmptyState name title=t::member_none(language)>{t::member_none_hint(language)}</EmptyState>
        })
    } else {
        vacancies_view(&slug, vacancies, wrong, language)
    };
    view! {
        <div class="wrap page-top">
            <h1>{t::member_title(language, organisation)}</h1>
            <p class="lead">{t::member_lead(language)}</p>
            <p class="actions">
                <ButtonLink href=colleagues>{t::people_colleagues(language)}</ButtonLink>
            </p>
            {done}
            {table}
            {questions}
        </div>
    }
}

fn received_table(
    organisation: &str,
    slug: String,
    list: ListView<ReceivedRow>,
    stages: Option<Vec<ReceivedStage>>,
    vacancies: &[ReceivedVacancyView],
    language: Language,
) -> InertElement {
    let (all, shown_count) = (list.has_more(), list.shown_count());
    let ListView { query, rows, count, previous, next, views } = list;
    let page = Page::ReceivedApplications(slug.clone()).path(language);
    let answers = Page::AnswerApplications(slug.clone()).path(language);
    let bulk = BulkBar {
        action: answers.clone(),
        commands: vec![
            ("talk".to_owned(), t::application_step_talk(language).to_owned()),
            ("decline".to_owned(), t::application_step_decline(language).to_owned()),
        ],
        all: all.then(|| all_link(&answers, &query, count, language)),
    };
    let exports = file_links(&page, &query, language);
    let rows = rows.into_iter().map(|row| row_view(row, &query, language)).collect();
    let empty = nobody_applied(organisation, vacancies, language);
    let board = stages.filter(|_| count > 0).map(|stages| board_view(&slug, &query, stages, language));
    static_html(view! {
        <Table
            page=page
            caption=t::member_received(language)
            search_label=t::received_search(language)
            columns=columns(vacancies, language)
            count=t::member_count(language, shown_count)
            query=query
            rows=rows
            previous=previous
            next=next
            views=Some(views)
            bulk=Some(bulk)
            exports=exports
            board=board
            empty=empty
            language=language
        />
    })
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

fn board_view(slug: &str, query: &ListQuery, stages: Vec<ReceivedStage>, language: Language) -> InertElement {
    let columns = stages
        .into_iter()
        .map(|ReceivedStage { stage, count, rows }| {
            let hidden = u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(rows.len() as u32);
            let more = (hidden > 0).then(|| {
                let words = stage.states().iter().map(|state| state.word());
                let others = query.with_only_choices("stand", words).with_layout(Layout::Table);
                let page = Page::ReceivedApplications(slug.to_owned()).path(language);
                Link::new(format!("{page}?{}", others.to_query_string()), t::board_more(language, hidden))
            });
            BoardColumn {
                label: stage_label(stage, language).to_owned(),
                count,
                step: stage.verb(),
                cards: rows.into_iter().map(|row| card_of(row, stage, language)).collect(),
                more,
            }
        })
        .collect();
    static_html(view! {
        <Board<MoveReceived> slug caption=t::member_received(language) columns=columns language />
    })
}

fn card_of(row: ReceivedRow, stage: Stage, language: Language) -> BoardCard {
    // A stage of several states says which one.
    let exact_state = (stage.states().len() > 1).then(|| {
        let label = labels::application_state(row.state, language);
        static_html(view! { <p><Badge is_over=row.state.is_over()>{label}</Badge></p> })
    });
    let vacancy = static_html(view! { <p>{row.vacancy}</p> });
    let waits = match row.waits {
        Some(days) => static_html(view! { <p class="late">{waits(days, language)}</p> }),
        None => static_html(view! { <p>{day(row.since, language)}</p> }),
    };
    let steps = Stage::after(row.state).filter_map(|next| {
        Some(CardStep {
            step: next.verb()?,
            label: step_label(next, language).to_owned(),
            asks_more: next.asks_more(),
        })
    });
    BoardCard {
        href: Page::Application(row.id.to_string()).path(language),
        id: row.id.to_string(),
        name: row.name,
        lines: [Some(vacancy), exact_state, Some(waits)].into_iter().flatten().collect(),
        steps: steps.collect(),
    }
}

fn stage_label(stage: Stage, language: Language) -> &'static str {
    match stage {
        Stage::New => t::received_stage_new(language),
        Stage::Seen => t::received_stage_seen(language),
        Stage::Conversation => t::received_stage_conversation(language),
        Stage::Offered => t::received_stage_offered(language),
        Stage::Placed => t::received_stage_placed(language),
        Stage::Ended => t::received_stage_ended(language),
    }
}

fn step_label(stage: Stage, language: Language) -> &'static str {
    match stage {
        Stage::Placed => t::received_step_place(language),
        Stage::Ended => t::received_step_decline(language),
        _ => stage_label(stage, language),
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
    slug: &str,
    vacancies: Vec<ReceivedVacancyView>,
    wrong: Option<(ChangeQuestions, QuestionsError)>,
    language: Language,
) -> InertElement {
    let vacancies = vacancies
        .into_iter()
        .map(|one| {
            let wrong = wrong.clone().filter(|(typed, _)| typed.vacancy == one.vacancy.id.to_string());
            view! { <OfVacancy received=one organisation=slug.to_owned() wrong language /> }
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
    organisation: String,
    wrong: Option<(ChangeQuestions, QuestionsError)>,
    language: Language,
) -> impl IntoView {
    let ReceivedVacancyView { vacancy, is_open, questions, version, applications } = received;
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
    let asks = is_open.then(|| {
        let kept = ChangeQuestions::kept(vacancy.id, version, questions);
        view! { <QuestionsForm organisation kept wrong language /> }
    });
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
    organisation: String,
    kept: ChangeQuestions,
    wrong: Option<(ChangeQuestions, QuestionsError)>,
    language: Language,
) -> impl IntoView {
    let is_wrong = wrong.is_some();
    let count = kept.questions.len() as u32;
    let stale = matches!(wrong, Some((_, QuestionsError::Stale)));
    let (typed, errors) = match wrong {
        Some((typed, QuestionsError::Fields(errors))) => (typed, errors),
        Some((typed, QuestionsError::Stale)) => (typed, FieldErrors::default()),
        None => (kept.clone(), FieldErrors::default()),
    };
    // What is sent next is based on what is there now, and on what the reader has seen of it.
    let version = if stale { &kept.version } else { &typed.version }.parse().unwrap_or(0);
    let fields = (0..MOST_QUESTIONS)
        .map(|at| {
            let value = typed.questions.get(at).cloned().unwrap_or_default();
            let theirs = kept.questions.get(at).cloned().unwrap_or_default();
            let error = errors.get_item("questions", at).map(|error| field_error(error, language));
            let error = error.or_else(|| (stale && theirs != value).then(|| theirs_text(&theirs, language)));
            view! {
                <Field
                    name="questions[]"
                    id=format!("question-{}-{at}", kept.vacancy)
                    label=t::member_question(language, at + 1)
                    value=value
                    error=error
                />
            }
        })
        .collect_view();
    let notice =
        stale.then(|| view! { <Notice kind=NoticeKind::Error><p>{t::editor_stale(language)}</p></Notice> });
    view! {
        <Disclosure summary=t::member_questions(language, count) open=is_wrong>
            <Editor<ChangeQuestions> slug=organisation version=version label=t::member_questions_save(language) language>
                <input type="hidden" name="vacancy" value=kept.vacancy.clone() />
                {notice}
                <p class="hint">{t::member_questions_hint(language)}</p>
                {fields}
            </Editor<ChangeQuestions>>
        </Disclosure>
    }
}
