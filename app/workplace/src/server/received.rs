//! What an organisation received: what its page shows, and its commands.

use chrono::NaiveDate;
use domain::FieldError;
use domain::applications::{RECEIVED, Step, check_questions};
use domain::command::SaveAnswer;
use domain::list::{Layout, ListQuery};
use domain::stages::Stage;
use domain::text::encode;
use hub::local;
use store::{
    ChosenRows, EditableQuestions, ListPage, ReceivedApplication, ReceivedColumn, ReceivedVacancy, Saved,
};
use ui::{CHOSEN_FIELD, ListView, STEP_FIELD};
use web::{
    Call, Done, FileKind, Flash, PageError, PageRequest, PageResult, Rejection, Run, list_query,
    private_page, views_menu,
};
use words::paths::Page;
use words::texts as t;

use super::member_access::{MemberAccess, days_waited};
use super::received_file::received_file;
use crate::received::{
    ChangeQuestions, MoveReceived, QuestionsError, ReceivedFlash, ReceivedPage, ReceivedPageProps,
    ReceivedRow, ReceivedStage, ReceivedVacancyView,
};

impl Flash for ReceivedFlash {
    const NOUN: &'static str = "received";
}

/// The most cards of a stage: what a screen shows without becoming a list of its own.
const MOST_CARDS: u16 = 20;

/// Shows an organisation what it received.
pub(crate) async fn received(request: PageRequest<MemberAccess>) -> PageResult {
    let PageRequest { context, slug, access, rejection } = request;
    let (store, language, today) = (context.state.store(), context.language, context.moment.today);
    let query = list_query::<MemberAccess>(&context, &rejection);
    if let Some(kind) = FileKind::asked(&context) {
        return received_file(&context, &access, &query, kind).await;
    }
    let views = views_menu(&context, &access, &rejection).await?;
    let MemberAccess { member, organisation, .. } = access;
    let vacancies = store.list_received_vacancies(&member, today).await?;
    let (page, stages) = match query.layout() {
        Layout::Table => (store.page_received(&member, &query).await?, None),
        Layout::Board => (ListPage::empty(), Some(store.board_received(&member, &query, MOST_CARDS).await?)),
    };
    // All of them were counted by vacancy already, which is as much work again where there are many.
    let count = if query.is_filtered() {
        store.count_received(&member, &query).await?
    } else {
        vacancies.iter().map(|one| one.applications).sum()
    };
    let stages = stages.map(|stages| stages.into_iter().map(|column| stage_of(column, today)).collect());
    let list = ListView {
        rows: page.rows.into_iter().map(|row| row_of(row, today)).collect(),
        previous: page.previous,
        next: page.next,
        query,
        count,
        views,
    };
    let shown = ReceivedPageProps {
        organisation,
        slug: slug.clone(),
        list,
        stages,
        vacancies: vacancies.into_iter().map(vacancy_of).collect(),
        wrong: rejected_questions(&rejection),
        done: context.flash(),
        language,
    };
    let title = t::member_received(language);
    Ok(private_page(&context, Page::ReceivedApplications(slug), title, move || ReceivedPage(shown)))
}

fn stage_of(column: ReceivedColumn, today: NaiveDate) -> ReceivedStage {
    let rows = column.rows.into_iter().map(|row| row_of(row, today)).collect();
    ReceivedStage { stage: column.stage, count: column.count, rows }
}

fn row_of(row: ReceivedApplication, today: NaiveDate) -> ReceivedRow {
    ReceivedRow {
        waits: days_waited(&row, today),
        id: row.id,
        name: row.name,
        vacancy: row.vacancy,
        state: row.state,
        since: local(row.state_since).date(),
        received: local(row.submitted_at).date(),
    }
}

fn vacancy_of(one: ReceivedVacancy) -> ReceivedVacancyView {
    ReceivedVacancyView {
        vacancy: one.vacancy,
        is_open: one.is_open,
        questions: one.questions.questions,
        version: one.questions.version,
        applications: one.applications,
    }
}

impl Run for ChangeQuestions {
    type Access = MemberAccess;

    async fn run(self, call: Call<MemberAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, access, .. } = call;
        let vacancy_id = self.vacancy.parse().map_err(|_| PageError::NotFound)?;
        let version = self.version.parse().map_err(|_| PageError::NotFound)?;
        let questions = check_questions(&self.questions)?;
        let store = context.state.store();
        match store.change_questions(&access.member, vacancy_id, version, questions, context.now()).await? {
            Saved::Written { version } | Saved::Waiting { version } => {
                Ok(Done::with(SaveAnswer::Saved { version }).saying(&ReceivedFlash::Questions))
            }
            Saved::Stale(now) => {
                let EditableQuestions { version, questions } = *now;
                Ok(Done::conflict(SaveAnswer::Stale(Self::kept(vacancy_id, version, questions))))
            }
        }
    }
}

/// The questions that were sent and not saved, and why.
fn rejected_questions(rejection: &Rejection) -> Option<(ChangeQuestions, QuestionsError)> {
    let (typed, error) = rejection.command::<ChangeQuestions>()?;
    let error = match error {
        PageError::Fields(errors) => QuestionsError::Fields(errors.clone()),
        _ => QuestionsError::Stale,
    };
    Some((typed, error))
}

impl Run for MoveReceived {
    type Access = MemberAccess;

    async fn run(self, call: Call<MemberAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, slug, access, .. } = call;
        let id: i64 = self.card.parse().map_err(|_| PageError::NotFound)?;
        let unknown = || PageError::field(STEP_FIELD, FieldError::UnknownChoice);
        let stage = Stage::from_verb(&self.step).ok_or_else(unknown)?;
        let store = context.state.store();
        let found = store.names_received(&access.member, vec![id]).await?;
        let (_, name) = found.into_iter().next().ok_or(PageError::NotFound)?;
        let language = context.language;
        let step = match stage {
            Stage::Conversation => Step::Talk,
            Stage::Offered => Step::Offer,
            Stage::Ended => {
                let page = Page::AnswerApplications(slug).path(language);
                let address = format!("{page}?do={}&{}={id}", self.step, encode(CHOSEN_FIELD));
                return Ok(Done::with(Some(address.clone())).to(address));
            }
            Stage::New | Stage::Seen | Stage::Placed => {
                let address = Page::Application(id.to_string()).path(language);
                return Ok(Done::with(Some(address.clone())).to(address));
            }
        };
        let letters = context.state.letter_context();
        let chosen = ChosenRows::Some(vec![id]);
        let moved = store.answer_received(&access.member, chosen, step, None, &letters, context.now());
        let answered = moved.await?.map_or(0, |moved| moved.answered);
        if answered == 0 {
            return Err(PageError::Conflict);
        }
        let board = ListQuery::parse(&RECEIVED, context.uri.query().unwrap_or_default());
        let board = board.with_layout(Layout::Board).to_query_string();
        let page = Page::ReceivedApplications(slug).path(language);
        Ok(Done::with(None).to(format!("{page}?{board}")).saying(&ReceivedFlash::Moved { name }))
    }
}
