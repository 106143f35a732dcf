//! Where people are who were placed: asked of their organisations by mail, after the application was erased too. What is asked
//! about is a figure, which names nobody.

use chrono::{DateTime, Utc};
use domain::Moment;
use domain::applications::ApplicationState;
use domain::follow_ups::{
    ASKED_AGAIN_AFTER, ASKED_MONTHS_AFTER_START, FollowUp, Whereabouts, first_days_to_ask_about,
};
use domain::mail::{Message, QUESTION_LINK_LASTS};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use crate::actor::Actor;
use crate::applications::{recipients, still_answers};
use crate::entity::{application_figures, organisations, placement_answers, placement_links, vacancies};
use crate::letter_context::LetterContext;
use crate::personal_data::{ColumnReason, Departure, Erasing, Export, TableDeclaration, Turn, erased};
use crate::tokens::Token;
use crate::writer::AT_ONCE;
use crate::{Error, Store, outbox};

/// How often an organisation is asked the same at most.
const MOST_QUESTIONS: i32 = 2;

/// What the tables of questions about placements hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "placement_answers",
        Export::Nothing("the organisation answers, by a person who works for it"),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget_colleague(transaction, departure))
        }),
    )
    .keeping(&[ColumnReason::new("actor_account_id", "the number names nobody once the account is gone")]),
    TableDeclaration::of_persons(
        "placement_links",
        Export::Nothing("it only recognises links that the person has"),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget_links(transaction, departure))
        }),
    ),
];

/// A question that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpQuestion {
    /// The placed talent who is asked about.
    pub follow_up: FollowUp,
    /// The earlier answer.
    pub whereabouts: Option<Whereabouts>,
}

/// Which question is asked.
#[derive(Clone, Copy, Debug)]
struct Round {
    /// How it stands so many months after the first day.
    months: u32,
    /// It was asked so often before.
    before: i32,
}

impl Store {
    /// Asks organisations where those are who were placed 6, 12 and 24 months ago, and once more after four weeks without an
    /// answer; returns about how many questions that were.
    pub async fn ask_follow_ups(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<u64, Error> {
        let mut asked = 0;
        for months in ASKED_MONTHS_AFTER_START {
            for before in 0..MOST_QUESTIONS {
                let (round, letter_context) = (Round { months, before }, letter_context.clone());
                let write = self.writer.write_in_portions(move |transaction| {
                    let letter_context = letter_context.clone();
                    Box::pin(async move {
                        ask_some(transaction, round, &letter_context, Moment { now, today }).await
                    })
                });
                asked += write.await?;
            }
        }
        Ok(asked)
    }

    /// What a link asks; nothing when there is no such link, its year is over, or who got it left the organisation. Looking
    /// answers nothing.
    pub async fn find_follow_up_question(
        &self,
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<FollowUpQuestion>, Error> {
        let Some((link, figure)) = usable(&self.reader, link, now).await? else { return Ok(None) };
        let Some(follow_up) = follow_up(&self.reader, &figure, link.months as u32).await? else {
            return Ok(None);
        };
        let known = placement_answers::Entity::find()
            .filter(placement_answers::Column::FigureId.eq(figure.id))
            .filter(placement_answers::Column::Months.eq(link.months))
            .one(&self.reader)
            .await?;
        let whereabouts =
            known.and_then(|row| row.whereabouts).and_then(|code| Whereabouts::from_code(&code));
        Ok(Some(FollowUpQuestion { follow_up, whereabouts }))
    }

    /// Answers the question of a link; a later answer counts instead. Returns whether the link still works.
    pub async fn answer_follow_up(
        &self,
        link: &Token,
        whereabouts: Whereabouts,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let link = link.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let Some((link, _)) = usable(transaction, &link, now).await? else { return Ok(false) };
                let actor = Actor::person(link.account_id, link.actor_label);
                let answered = placement_answers::Entity::update_many()
                    .col_expr(placement_answers::Column::Whereabouts, Expr::value(whereabouts.code()))
                    .col_expr(placement_answers::Column::AnsweredAt, Expr::value(now))
                    .col_expr(placement_answers::Column::ActorKind, Expr::value(actor.kind.code()))
                    .col_expr(placement_answers::Column::ActorAccountId, Expr::value(actor.account_id))
                    .col_expr(placement_answers::Column::ActorLabel, Expr::value(actor.label))
                    .filter(placement_answers::Column::FigureId.eq(link.figure_id))
                    .filter(placement_answers::Column::Months.eq(link.months))
                    .exec(transaction)
                    .await?;
                Ok(answered.rows_affected > 0)
            })
        });
        write.await
    }
}

/// A link that works, and what it is about.
async fn usable(
    connection: &impl ConnectionTrait,
    link: &Token,
    now: DateTime<Utc>,
) -> Result<Option<(placement_links::Model, application_figures::Model)>, Error> {
    let by_hash = placement_links::Entity::find().filter(placement_links::Column::SecretHash.eq(link.hash()));
    let row = by_hash.one(connection).await?.filter(|row| now - row.created_at < QUESTION_LINK_LASTS);
    let Some(row) = row else { return Ok(None) };
    let figure = application_figures::Entity::find_by_id(row.figure_id).one(connection).await?;
    let Some(figure) = figure else { return Ok(None) };
    let may_answer = still_answers(connection, row.account_id, figure.organisation_id).await?;
    Ok(may_answer.then_some((row, figure)))
}

/// The placed talent, known by vacancy and first day.
async fn follow_up(
    connection: &impl ConnectionTrait,
    figure: &application_figures::Model,
    months: u32,
) -> Result<Option<FollowUp>, Error> {
    let vacancy = vacancies::Entity::find_by_id(figure.vacancy_id).one(connection).await?;
    let (Some(vacancy), Some(placed_from)) = (vacancy, figure.placed_from) else { return Ok(None) };
    let together = application_figures::Entity::find()
        .filter(application_figures::Column::VacancyId.eq(figure.vacancy_id))
        .filter(application_figures::Column::State.eq(ApplicationState::Placed.code()))
        .filter(application_figures::Column::PlacedFrom.eq(placed_from))
        .all(connection)
        .await?;
    let number = together.iter().filter(|other| other.id <= figure.id).count() as u32;
    let of = together.len() as u32;
    Ok(Some(FollowUp { vacancy: vacancy.title, placed_from, months, number, of }))
}

/// Asks about the placements that it is time for.
async fn ask_some(
    transaction: &DatabaseTransaction,
    round: Round,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<u64, Error> {
    use application_figures::Column;
    let (after, until) = first_days_to_ask_about(today, round.months);
    let known = placement_answers::Entity::find()
        .select_only()
        .column(placement_answers::Column::FigureId)
        .filter(placement_answers::Column::Months.eq(round.months as i32));
    let due = application_figures::Entity::find()
        .filter(Column::State.eq(ApplicationState::Placed.code()))
        .filter(Column::PlacedFrom.gt(after))
        .filter(Column::PlacedFrom.lte(until));
    let due = if round.before == 0 {
        due.filter(Column::Id.not_in_subquery(known.into_query()))
    } else {
        let waiting = known
            .filter(placement_answers::Column::Asked.eq(round.before))
            .filter(placement_answers::Column::Whereabouts.is_null())
            .filter(placement_answers::Column::AskedAt.lte(now - ASKED_AGAIN_AFTER));
        due.filter(Column::Id.in_subquery(waiting.into_query()))
    };
    let due = due.order_by_asc(Column::Id).limit(AT_ONCE).all(transaction).await?;
    let count = due.len() as u64;
    for figure in due {
        if claim(transaction, figure.id, round, now).await? {
            ask(transaction, &figure, round.months, letter_context, now).await?;
        }
    }
    Ok(count)
}

/// Counts the question, for one of several servers.
async fn claim(
    transaction: &DatabaseTransaction,
    figure_id: i64,
    round: Round,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    use placement_answers::{ActiveModel, Column, Entity};
    let months = round.months as i32;
    if round.before == 0 {
        let row = ActiveModel {
            figure_id: Set(figure_id),
            months: Set(months),
            asked: Set(1),
            asked_at: Set(now),
            ..Default::default()
        };
        let taken = OnConflict::columns([Column::FigureId, Column::Months]).do_nothing().to_owned();
        return Ok(Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await? > 0);
    }
    let counted = Entity::update_many()
        .col_expr(Column::Asked, Expr::col(Column::Asked).add(1))
        .col_expr(Column::AskedAt, Expr::value(now))
        .filter(Column::FigureId.eq(figure_id))
        .filter(Column::Months.eq(months))
        .filter(Column::Asked.eq(round.before))
        // Who answers at this very moment is not asked again.
        .filter(Column::Whereabouts.is_null())
        .exec(transaction)
        .await?;
    Ok(counted.rows_affected > 0)
}

async fn ask(
    transaction: &DatabaseTransaction,
    figure: &application_figures::Model,
    months: u32,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let organisation = organisations::Entity::find_by_id(figure.organisation_id).one(transaction).await?;
    let follow_up = follow_up(transaction, figure, months).await?;
    let (Some(organisation), Some(follow_up)) = (organisation, follow_up) else { return Ok(()) };
    for person in recipients(transaction, &organisation, letter_context).await? {
        let token = letter_context.token();
        let row = placement_links::ActiveModel {
            figure_id: Set(figure.id),
            months: Set(months as i32),
            account_id: Set(person.account_id),
            actor_label: Set(person.label),
            secret_hash: Set(token.hash()),
            created_at: Set(now),
            ..Default::default()
        };
        placement_links::Entity::insert(row).exec_without_returning(transaction).await?;
        let message = Message::AskFollowUp { link: token.to_text(), follow_up: follow_up.clone() };
        outbox::add(transaction, &person.email, person.language, &message, now).await?;
    }
    Ok(())
}

/// A colleague leaves the hub: where the name stood for an organisation, the organisation's own stands now.
async fn forget_colleague(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    placement_answers::Entity::update_many()
        .col_expr(placement_answers::Column::ActorLabel, name_by_figure())
        .filter(placement_answers::Column::ActorAccountId.eq(account_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The links in a colleague's mailbox lead nowhere any more.
async fn forget_links(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    placement_links::Entity::delete_many()
        .filter(placement_links::Column::AccountId.eq(account_id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The name of the organisation where the talent of a figure was placed.
fn name_by_figure() -> Expr {
    let placed = Expr::col((application_figures::Entity, application_figures::Column::Id))
        .equals((placement_answers::Entity, placement_answers::Column::FigureId));
    let name = Query::select()
        .column((organisations::Entity, organisations::Column::Name))
        .from(organisations::Entity)
        .inner_join(
            application_figures::Entity,
            Expr::col((application_figures::Entity, application_figures::Column::OrganisationId))
                .equals((organisations::Entity, organisations::Column::Id)),
        )
        .and_where(placed)
        .to_owned();
    Expr::SubQuery(None, Box::new(name.into()))
}
