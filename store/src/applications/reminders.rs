//! What the hub does by itself: reminds organisations that do not answer, and ends what nobody answered.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::Moment;
use domain::applications::mail::ApplicationMail;
use domain::applications::{
    ApplicationRow, ApplicationState, EXPIRES_DAYS_AFTER_CLOSING, FLAGGED_AFTER, REMINDED_AFTER_DAYS, Side,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::letters::{tell_organisation, tell_talent};
use super::rows::{self, LoadedApplication, Transition, applied, row_of};
use crate::access::Broker;
use crate::actor::Actor;
use crate::entity::applications::{Column, Entity, Model};
use crate::entity::vacancies;
use crate::error::or_skipped;
use crate::letter_context::LetterContext;
use crate::vacancies::end;
use crate::{Error, Store};

fn waiting() -> [&'static str; 2] {
    [ApplicationState::Submitted.code(), ApplicationState::Seen.code()]
}

impl Store {
    /// Reminds organisations of applications that wait for an answer; returns how many it reminded of.
    pub async fn remind_organisations(
        &self,
        letter_context: &LetterContext,
        now: DateTime<Utc>,
    ) -> Result<u64, Error> {
        let mut reminded = 0;
        // The second reminder is looked at first: an application gets one in a run.
        for (sent, days) in (0..).zip(REMINDED_AFTER_DAYS).collect::<Vec<(i32, i64)>>().into_iter().rev() {
            let due = Entity::find()
                .filter(Column::State.is_in(waiting()))
                .filter(Column::Reminders.eq(sent))
                .filter(Column::SubmittedAt.lte(now - TimeDelta::days(days)))
                .order_by_asc(Column::Id)
                .all(&self.reader)
                .await?;
            for row in due {
                let (id, letter_context) = (row.id, letter_context.clone());
                let write = self.writer.write(move |transaction| {
                    Box::pin(async move { remind(transaction, row, sent, &letter_context, now).await })
                });
                reminded += u64::from(or_skipped(write.await, "an application that waits", id)?);
            }
        }
        Ok(reminded)
    }

    /// Ends applications that nobody answered two weeks after their vacancy closed, and tells the talents; returns how many.
    pub async fn expire_applications(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<u64, Error> {
        let Some(closed_before) = today.checked_sub_days(Days::new(EXPIRES_DAYS_AFTER_CLOSING)) else {
            return Ok(0);
        };
        let due = Entity::find()
            .find_also_related(vacancies::Entity)
            .filter(Column::State.is_in(waiting()))
            .filter(end().lt(closed_before))
            .order_by_asc(Column::Id)
            .all(&self.reader)
            .await?;
        let mut expired = 0;
        for (row, _) in due {
            let (id, letter_context) = (row.id, letter_context.clone());
            let write = self.writer.write(move |transaction| {
                Box::pin(async move { expire(transaction, row, &letter_context, now).await })
            });
            expired += u64::from(or_skipped(write.await, "an application that expires", id)?);
        }
        Ok(expired)
    }

    /// Applications that have waited for an answer for a month, the longest first.
    pub async fn list_silent(
        &self,
        _broker: &Broker,
        now: DateTime<Utc>,
    ) -> Result<Vec<ApplicationRow>, Error> {
        let silent = Entity::find()
            .filter(Column::State.is_in(waiting()))
            .filter(Column::SubmittedAt.lte(now - FLAGGED_AFTER))
            .order_by_asc(Column::SubmittedAt)
            .all(&self.reader)
            .await?;
        let mut list = Vec::with_capacity(silent.len());
        for row in silent {
            let id = row.id;
            let silent = async {
                let loaded = LoadedApplication::of(&self.reader, row).await?;
                row_of(loaded.row, applied(&loaded.vacancy, &loaded.organisation)).map(Some)
            };
            list.extend(or_skipped(silent.await, "an application that waits", id)?);
        }
        Ok(list)
    }
}

/// Reminds of one application; says no when another server did.
async fn remind(
    transaction: &DatabaseTransaction,
    row: Model,
    sent: i32,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let claimed = Entity::update_many()
        .col_expr(Column::Reminders, Expr::value(sent + 1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.is_in(waiting()))
        .filter(Column::Reminders.eq(sent))
        .exec(transaction)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(false);
    }
    let days = row.submitted_at.map_or(0, |since| (now - since).num_days()) as u32;
    let loaded = LoadedApplication::of(transaction, row).await?;
    // The link must lead to a page that can be shown.
    loaded.talent(transaction).await?;
    let message = |about| ApplicationMail::ApplicationWaits { about, days };
    tell_organisation(transaction, &loaded, message, letter_context, now).await?;
    Ok(true)
}

/// Ends one application; says no when somebody was faster.
async fn expire(
    transaction: &DatabaseTransaction,
    row: Model,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let mut loaded = LoadedApplication::of(transaction, row).await?;
    let actor = Actor::hub();
    let change = Transition::to(ApplicationState::Expired, Side::Hub, &actor);
    if !rows::move_on(transaction, &mut loaded, change, now).await? {
        return Ok(false);
    }
    let message = |about| ApplicationMail::ApplicationMoved {
        about,
        state: ApplicationState::Expired,
        reason: None,
        text: None,
        placed_from: None,
    };
    tell_talent(transaction, &loaded, message, letter_context, now).await?;
    Ok(true)
}
