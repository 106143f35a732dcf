//! Inquiries: what the hub asks organisations by mail afterwards, and what they answer by a link without signing in. What each
//! is about, its noun says.

use chrono::{DateTime, Utc};
use domain::mail::{Message, QUESTION_LINK_LASTS};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

use crate::applications::{recipients, still_answers};
use crate::entity::inquiries::{ActiveModel, Column, Entity, Model};
use crate::entity::organisations;
use crate::letter_context::LetterContext;
use crate::mail_links::{self, LinkHolder, LinkTarget, MailLink};
use crate::personal_data::{ColumnReason, Departure, Erasing, Export, TableDeclaration, Turn, erased};
use crate::tokens::Token;
use crate::{Error, outbox};

/// How often an organisation is asked the same at most.
pub(crate) const MOST_QUESTIONS: i32 = 2;

/// What the table of inquiries holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "inquiries",
    Export::Nothing("the organisation answers, by a person who works for it"),
    Erasing::By(Turn::BeforeAccount, |transaction, departure| {
        erased(forget_colleague(transaction, departure))
    }),
)
.keeping(&[ColumnReason::new("actor_account_id", "the number names nobody once the account is gone")])];

/// What an organisation is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matter {
    /// What became of the vacancy with this number.
    Vacancy(i64),
    /// Where somebody is who was placed.
    Placement {
        /// The figure of the application.
        figure_id: i64,
        /// The number of months after the first day.
        months: u32,
    },
}

impl Matter {
    fn vacancy_id(self) -> Option<i64> {
        if let Self::Vacancy(id) = self { Some(id) } else { None }
    }

    fn figure_id(self) -> Option<i64> {
        if let Self::Placement { figure_id, .. } = self { Some(figure_id) } else { None }
    }

    fn months(self) -> i32 {
        if let Self::Placement { months, .. } = self { months as i32 } else { 0 }
    }

    fn condition(self) -> Condition {
        Condition::all()
            .add_option(self.vacancy_id().map(|id| Column::VacancyId.eq(id)))
            .add_option(self.figure_id().map(|id| Column::FigureId.eq(id)))
            .add(Column::Months.eq(self.months()))
    }
}

/// A question that is due.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// It was asked so often before.
    pub(crate) before: i32,
    /// The last time that was then, or earlier.
    pub(crate) asked_until: DateTime<Utc>,
}

/// Whether a question about what `id` names is due: never asked, or asked before without an answer, and not only just now.
/// `column` is where inquiries keep the number, for questions about `months`.
pub(crate) fn is_due(id: impl ColumnTrait, column: Column, months: u32, round: Round) -> Expr {
    let known = Entity::find()
        .select_only()
        .column(column)
        .filter(column.is_not_null())
        .filter(Column::Months.eq(months as i32));
    if round.before == 0 {
        return id.not_in_subquery(known.into_query());
    }
    let waiting = known
        .filter(Column::Asked.eq(round.before))
        .filter(Column::Answer.is_null())
        .filter(Column::AskedAt.lte(round.asked_until));
    id.in_subquery(waiting.into_query())
}

/// Counts a question to an organisation, for one of several servers; gives the number of the inquiry, unless another was first.
pub(crate) async fn claim(
    transaction: &DatabaseTransaction,
    matter: Matter,
    organisation_id: i64,
    before: i32,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    let counted = if before == 0 {
        let row = ActiveModel {
            id: NotSet,
            vacancy_id: Set(matter.vacancy_id()),
            figure_id: Set(matter.figure_id()),
            months: Set(matter.months()),
            organisation_id: Set(organisation_id),
            asked: Set(1),
            asked_at: Set(now),
            ..Default::default()
        };
        let taken = OnConflict::new().do_nothing().to_owned();
        Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await?
    } else {
        let again = Entity::update_many()
            .col_expr(Column::Asked, Expr::col(Column::Asked).add(1))
            .col_expr(Column::AskedAt, Expr::value(now))
            .col_expr(Column::OrganisationId, Expr::value(organisation_id))
            .filter(matter.condition())
            .filter(Column::Asked.eq(before))
            // Who answers at this very moment is not asked again.
            .filter(Column::Answer.is_null());
        again.exec(transaction).await?.rows_affected
    };
    if counted == 0 {
        return Ok(None);
    }
    let inquiry = Entity::find().filter(matter.condition()).one(transaction).await?;
    Ok(inquiry.map(|inquiry| inquiry.id))
}

/// Writes to all who answer for an organisation, each with a link to the inquiry.
pub(crate) async fn tell(
    transaction: &DatabaseTransaction,
    inquiry_id: i64,
    organisation: &organisations::Model,
    message: impl Fn(String) -> Message,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for person in recipients(transaction, organisation, letter_context).await? {
        let holder = LinkHolder { account_id: person.account_id, label: person.label };
        let target = LinkTarget::Inquiry(inquiry_id);
        let link = mail_links::add(transaction, target, holder, letter_context, now).await?;
        outbox::add(transaction, &person.email, person.language, &message(link), now).await?;
    }
    Ok(())
}

/// The inquiry that a link of less than a year leads to, and who holds the link.
pub(crate) async fn find_by_link(
    connection: &impl ConnectionTrait,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Option<(Model, LinkHolder)>, Error> {
    let link = mail_links::find(connection, token).await?;
    let link = link.filter(|link| now - link.created_at < QUESTION_LINK_LASTS);
    let Some(MailLink { target: LinkTarget::Inquiry(id), holder, .. }) = link else { return Ok(None) };
    Ok(Entity::find_by_id(id).one(connection).await?.map(|inquiry| (inquiry, holder)))
}

/// Whether the holder of a link still answers for an organisation.
pub(crate) async fn may_answer(
    connection: &impl ConnectionTrait,
    holder: &LinkHolder,
    organisation_id: i64,
) -> Result<bool, Error> {
    still_answers(connection, holder.account_id, organisation_id).await
}

/// Answers an inquiry; a later answer counts instead.
pub(crate) async fn answer(
    transaction: &DatabaseTransaction,
    inquiry: &Model,
    holder: LinkHolder,
    answer: &'static str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let actor = holder.actor();
    Entity::update_many()
        .col_expr(Column::Answer, Expr::value(answer))
        .col_expr(Column::AnsweredAt, Expr::value(now))
        .col_expr(Column::ActorKind, Expr::value(actor.kind.code()))
        .col_expr(Column::ActorAccountId, Expr::value(actor.account_id))
        .col_expr(Column::ActorLabel, Expr::value(actor.label))
        .filter(Column::Id.eq(inquiry.id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A colleague leaves the hub: where the name stood for an organisation, the organisation's own stands now.
async fn forget_colleague(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    let name = Query::select()
        .column(organisations::Column::Name)
        .from(organisations::Entity)
        .and_where(
            Expr::col((organisations::Entity, organisations::Column::Id))
                .equals((Entity, Column::OrganisationId)),
        )
        .to_owned();
    Entity::update_many()
        .col_expr(Column::ActorLabel, Expr::SubQuery(None, Box::new(name.into())))
        .filter(Column::ActorAccountId.eq(account_id))
        .exec(transaction)
        .await?;
    Ok(())
}
