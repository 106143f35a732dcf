//! What became of vacancies that closed: asked of their organisations by mail, and answered without signing in.

use chrono::{DateTime, Days, Utc};
use domain::Moment;
use domain::applications::AppliedVacancy;
use domain::mail::{Message, QUESTION_LINK_LASTS};
use domain::vacancies::{
    ASKED_AGAIN_AFTER, ASKED_AT_MOST_DAYS_AFTER_CLOSING, ASKED_DAYS_AFTER_CLOSING, VacancyOutcome,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use crate::actor::Actor;
use crate::applications::{applied, name_of_offering, offered, recipients, still_answers};
use crate::entity::{outcome_links, vacancies, vacancy_outcomes};
use crate::letter_context::LetterContext;
use crate::personal_data::{ColumnReason, Departure, Erasing, Export, TableDeclaration, Turn, erased};
use crate::tokens::Token;
use crate::vacancies::{end, ends_on};
use crate::writer::AT_ONCE;
use crate::{Error, Store, outbox};

/// How often an organisation is asked at most.
const MOST_QUESTIONS: i32 = 2;

/// What the tables of questions about vacancies hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "vacancy_outcomes",
        Export::Nothing("the organisation answers, by a person who works for it"),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget_colleague(transaction, departure))
        }),
    )
    .keeping(&[ColumnReason::new("actor_account_id", "the number names nobody once the account is gone")]),
    TableDeclaration::of_persons(
        "outcome_links",
        Export::Nothing("it only recognises links that the person has"),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget_links(transaction, departure))
        }),
    ),
];

/// A question that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeQuestion {
    /// The vacancy that closed.
    pub vacancy: AppliedVacancy,
    /// The earlier answer.
    pub outcome: Option<VacancyOutcome>,
}

impl Store {
    /// Asks organisations what became of vacancies that closed two weeks ago, and once more after two weeks without an
    /// answer; returns about how many vacancies it asked.
    pub async fn ask_outcomes(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<u64, Error> {
        let mut asked = 0;
        for before in 0..MOST_QUESTIONS {
            let letter_context = letter_context.clone();
            let write = self.writer.write_in_portions(move |transaction| {
                let letter_context = letter_context.clone();
                Box::pin(async move {
                    ask_some(transaction, before, &letter_context, Moment { now, today }).await
                })
            });
            asked += write.await?;
        }
        Ok(asked)
    }

    /// What a link asks; nothing when there is no such link or its year is over. Looking answers nothing.
    pub async fn find_outcome_question(
        &self,
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<OutcomeQuestion>, Error> {
        let Some(link) = usable(&self.reader, link, now).await? else { return Ok(None) };
        let Some((vacancy, organisation)) = offered(&self.reader, link.vacancy_id).await? else {
            return Ok(None);
        };
        let known = vacancy_outcomes::Entity::find()
            .filter(vacancy_outcomes::Column::VacancyId.eq(vacancy.id))
            .one(&self.reader)
            .await?;
        let outcome = known.and_then(|row| row.outcome).and_then(|code| VacancyOutcome::from_code(&code));
        Ok(Some(OutcomeQuestion { vacancy: applied(&vacancy, &organisation), outcome }))
    }

    /// Answers the question of a link; a later answer counts instead. Returns whether the link still works.
    pub async fn answer_outcome(
        &self,
        link: &Token,
        outcome: VacancyOutcome,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let link = link.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let Some(link) = usable(transaction, &link, now).await? else { return Ok(false) };
                let actor = Actor::person(link.account_id, link.actor_label);
                let answered = vacancy_outcomes::Entity::update_many()
                    .col_expr(vacancy_outcomes::Column::Outcome, Expr::value(outcome.code()))
                    .col_expr(vacancy_outcomes::Column::AnsweredAt, Expr::value(now))
                    .col_expr(vacancy_outcomes::Column::ActorKind, Expr::value(actor.kind.code()))
                    .col_expr(vacancy_outcomes::Column::ActorAccountId, Expr::value(actor.account_id))
                    .col_expr(vacancy_outcomes::Column::ActorLabel, Expr::value(actor.label))
                    .filter(vacancy_outcomes::Column::VacancyId.eq(link.vacancy_id))
                    .exec(transaction)
                    .await?;
                Ok(answered.rows_affected > 0)
            })
        });
        write.await
    }
}

async fn usable(
    connection: &impl ConnectionTrait,
    link: &Token,
    now: DateTime<Utc>,
) -> Result<Option<outcome_links::Model>, Error> {
    let by_hash = outcome_links::Entity::find().filter(outcome_links::Column::SecretHash.eq(link.hash()));
    let row = by_hash.one(connection).await?.filter(|row| now - row.created_at < QUESTION_LINK_LASTS);
    let Some(row) = row else { return Ok(None) };
    let Some((_, organisation)) = offered(connection, row.vacancy_id).await? else { return Ok(None) };
    Ok(still_answers(connection, row.account_id, organisation.id).await?.then_some(row))
}

/// Asks about vacancies that were asked about `before` times, and not only just now.
async fn ask_some(
    transaction: &DatabaseTransaction,
    before: i32,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<u64, Error> {
    let day = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let known = vacancy_outcomes::Entity::find().select_only().column(vacancy_outcomes::Column::VacancyId);
    let due = vacancies::Entity::find()
        .filter(vacancies::Column::PublishedAt.is_not_null())
        .filter(end().lte(day(ASKED_DAYS_AFTER_CLOSING)))
        .filter(end().gte(day(ASKED_AT_MOST_DAYS_AFTER_CLOSING)));
    let due = if before == 0 {
        due.filter(vacancies::Column::Id.not_in_subquery(known.into_query()))
    } else {
        let waiting = known
            .filter(vacancy_outcomes::Column::Asked.eq(before))
            .filter(vacancy_outcomes::Column::Outcome.is_null())
            .filter(vacancy_outcomes::Column::AskedAt.lte(now - ASKED_AGAIN_AFTER));
        due.filter(vacancies::Column::Id.in_subquery(waiting.into_query()))
    };
    let due = due.order_by_asc(vacancies::Column::Id).limit(AT_ONCE).all(transaction).await?;
    let count = due.len() as u64;
    for vacancy in due {
        if claim(transaction, vacancy.id, before, now).await? {
            ask(transaction, vacancy.id, letter_context, now).await?;
        }
    }
    Ok(count)
}

/// Counts the question, for one of several servers.
async fn claim(
    transaction: &DatabaseTransaction,
    vacancy_id: i64,
    before: i32,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    use vacancy_outcomes::{ActiveModel, Column, Entity};
    if before == 0 {
        let row = ActiveModel {
            vacancy_id: Set(vacancy_id),
            asked: Set(1),
            asked_at: Set(now),
            ..Default::default()
        };
        let taken = OnConflict::column(Column::VacancyId).do_nothing().to_owned();
        return Ok(Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await? > 0);
    }
    let counted = Entity::update_many()
        .col_expr(Column::Asked, Expr::col(Column::Asked).add(1))
        .col_expr(Column::AskedAt, Expr::value(now))
        .filter(Column::VacancyId.eq(vacancy_id))
        .filter(Column::Asked.eq(before))
        // Who answers at this very moment is not asked again.
        .filter(Column::Outcome.is_null())
        .exec(transaction)
        .await?;
    Ok(counted.rows_affected > 0)
}

async fn ask(
    transaction: &DatabaseTransaction,
    vacancy_id: i64,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Some((vacancy, organisation)) = offered(transaction, vacancy_id).await? else { return Ok(()) };
    for person in recipients(transaction, &organisation, letter_context).await? {
        let token = letter_context.token();
        let row = outcome_links::ActiveModel {
            vacancy_id: Set(vacancy_id),
            account_id: Set(person.account_id),
            actor_label: Set(person.label),
            secret_hash: Set(token.hash()),
            created_at: Set(now),
            ..Default::default()
        };
        outcome_links::Entity::insert(row).exec_without_returning(transaction).await?;
        let message = Message::AskOutcome {
            link: token.to_text(),
            vacancy: vacancy.title.clone(),
            closed_on: ends_on(&vacancy),
        };
        outbox::add(transaction, &person.email, person.language, &message, now).await?;
    }
    Ok(())
}

/// A colleague leaves the hub: where the name stood for an organisation, the organisation's own stands now.
async fn forget_colleague(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    vacancy_outcomes::Entity::update_many()
        .col_expr(vacancy_outcomes::Column::ActorLabel, name_by_vacancy())
        .filter(vacancy_outcomes::Column::ActorAccountId.eq(account_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The links in a colleague's mailbox lead nowhere any more.
async fn forget_links(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    outcome_links::Entity::delete_many()
        .filter(outcome_links::Column::AccountId.eq(account_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The name of the organisation whose vacancy was asked about.
fn name_by_vacancy() -> Expr {
    let asked = Expr::col((vacancies::Entity, vacancies::Column::Id))
        .equals((vacancy_outcomes::Entity, vacancy_outcomes::Column::VacancyId));
    Expr::SubQuery(None, Box::new(name_of_offering().and_where(asked).to_owned().into()))
}
