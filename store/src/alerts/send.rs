//! What is new for alerts, and the mail that tells it: once, whoever looks.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::alerts::mail::{AlertMail, NewVacancy};
use domain::alerts::{Alert, Frequency, choose};
use domain::mail::Message;
use domain::vacancies::VacancyCard;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::list;
use crate::entity::{alert_vacancies, alerts, vacancies};
use crate::letter_context::LetterContext;
use crate::outbox::{self, About};
use crate::{Error, Store};

/// A write that began before a look may end after it; so much of what was looked at is looked at again.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// When alerts that come at once were last to be looked after: at the newest publication, and once more when all that began
/// before it has ended.
pub fn round_at_once(now: DateTime<Utc>, newest: DateTime<Utc>) -> DateTime<Utc> {
    let settled = newest + OVERLAP;
    if settled <= now { settled } else { newest }
}

/// How long told vacancies are remembered: longer than a week, after which a weekly alert looks back over the overlap.
pub(super) const TOLD_IS_KEPT: TimeDelta = TimeDelta::days(15);

/// An alert that is to be looked after.
#[derive(Clone, Debug)]
pub struct DueAlert {
    /// The alert.
    pub alert: Alert,
    email: EmailAddress,
    language: Language,
    confirmed_at: DateTime<Utc>,
    looked_until: DateTime<Utc>,
}

impl DueAlert {
    /// Whether a vacancy that became public then may be new to the owner.
    pub fn may_be_new(&self, published_at: DateTime<Utc>) -> bool {
        published_at > self.confirmed_at && published_at > self.looked_until - OVERLAP
    }

    /// The moment after which vacancies may be new.
    pub fn since(&self) -> DateTime<Utc> {
        self.confirmed_at.max(self.looked_until - OVERLAP)
    }
}

impl Store {
    /// When a vacancy last became public.
    pub async fn last_publication(&self) -> Result<Option<DateTime<Utc>>, Error> {
        let newest = vacancies::Entity::find()
            .select_only()
            .column(vacancies::Column::PublishedAt)
            .filter(vacancies::Column::PublishedAt.is_not_null())
            .order_by_desc(vacancies::Column::PublishedAt)
            .limit(1);
        Ok(newest.into_tuple().one(&self.reader).await?)
    }

    /// The vacancies that became public after a moment, with that of each.
    pub async fn published_after(&self, moment: DateTime<Utc>) -> Result<Vec<(i64, DateTime<Utc>)>, Error> {
        let new = vacancies::Entity::find()
            .select_only()
            .column(vacancies::Column::Id)
            .column(vacancies::Column::PublishedAt)
            .filter(vacancies::Column::PublishedAt.gt(moment));
        Ok(new.into_tuple().all(&self.reader).await?)
    }

    /// The next alerts after a number that were not looked at since the last round of their frequency, at most `limit`, and
    /// the number after which there are more. Begin with 0.
    pub async fn due_alerts(
        &self,
        rounds: &[(Frequency, DateTime<Utc>)],
        after_id: i64,
        limit: u64,
    ) -> Result<(Vec<DueAlert>, Option<i64>), Error> {
        let mut due = Condition::any();
        for (frequency, round) in rounds {
            due = due.add(
                Condition::all()
                    .add(alerts::Column::Frequency.eq(frequency.code()))
                    .add(alerts::Column::LookedUntil.lt(*round)),
            );
        }
        let rows = alerts::Entity::find()
            .filter(due)
            .filter(alerts::Column::ConfirmedAt.is_not_null())
            .filter(alerts::Column::Id.gt(after_id))
            .order_by_asc(alerts::Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        let last = rows.last().map(|row| row.id).filter(|_| rows.len() as u64 == limit);
        Ok((rows.into_iter().filter_map(readable).collect(), last))
    }

    /// Mails what was found for each alert, the best first, as far as it was not told before; notes that all of them were
    /// looked at. Returns how many mails that makes.
    pub async fn tell_alerts(
        &self,
        looked: Vec<(DueAlert, Vec<VacancyCard>)>,
        letter_context: &LetterContext,
        now: DateTime<Utc>,
    ) -> Result<u64, Error> {
        let letter_context = letter_context.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let (empty, found): (Vec<_>, Vec<_>) =
                    looked.into_iter().partition(|(_, found)| found.is_empty());
                look_past(transaction, empty.iter().map(|(due, _)| due.alert.id), now).await?;
                let mut told = 0;
                for (due, found) in found {
                    told += u64::from(tell(transaction, due, found, &letter_context, now).await?);
                }
                Ok(told)
            })
        });
        write.await
    }
}

async fn look_past(
    transaction: &DatabaseTransaction,
    ids: impl Iterator<Item = i64>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    alerts::Entity::update_many()
        .col_expr(alerts::Column::LookedUntil, Expr::value(now))
        .filter(alerts::Column::Id.is_in(ids))
        .filter(alerts::Column::LookedUntil.lt(now))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn tell(
    transaction: &DatabaseTransaction,
    due: DueAlert,
    found: Vec<VacancyCard>,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    // Another server may have looked meanwhile, or the owner ended the alert or has another address.
    let claimed = alerts::Entity::update_many()
        .col_expr(alerts::Column::LookedUntil, Expr::value(now))
        .filter(alerts::Column::Id.eq(due.alert.id))
        .filter(alerts::Column::LookedUntil.eq(due.looked_until))
        .filter(alerts::Column::Email.eq(due.email.as_str()))
        .exec(transaction)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(false);
    }
    let new = not_told(transaction, due.alert.id, found).await?;
    if new.is_empty() {
        return Ok(false);
    }
    let told = new.iter().map(|card| alert_vacancies::ActiveModel {
        alert_id: Set(due.alert.id),
        vacancy_id: Set(card.id),
        told_at: Set(now),
        ..Default::default()
    });
    for rows in told.collect::<Vec<_>>().chunks(500) {
        alert_vacancies::Entity::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
    }
    let follows_one = due.alert.followed().is_some();
    let (chosen, others) = choose(new, follows_one, |card| card.organisation_slug.clone());
    let link = list::add_link(transaction, &due.email, Some(due.alert.id), letter_context, now).await?;
    let message = Message::Alert(AlertMail::Alert {
        link,
        title: due.alert.title,
        filter: due.alert.filter,
        vacancies: chosen.into_iter().map(NewVacancy::from).collect(),
        others: others as u32,
    });
    outbox::add_about(transaction, About::Alert(due.alert.id), &due.email, due.language, &message, now)
        .await?;
    Ok(true)
}

/// Those of which the owner was not told.
async fn not_told(
    transaction: &DatabaseTransaction,
    alert_id: i64,
    found: Vec<VacancyCard>,
) -> Result<Vec<VacancyCard>, Error> {
    let told = alert_vacancies::Entity::find()
        .select_only()
        .column(alert_vacancies::Column::VacancyId)
        .filter(alert_vacancies::Column::AlertId.eq(alert_id));
    let told: HashSet<i64> = told.into_tuple::<i64>().all(transaction).await?.into_iter().collect();
    Ok(found.into_iter().filter(|card| !told.contains(&card.id)).collect())
}

/// What can't be read is left alone, that the others need not wait for it.
fn readable(row: alerts::Model) -> Option<DueAlert> {
    let id = row.id;
    let due = read_due(row);
    if due.is_none() {
        tracing::warn!(alert = id, "an alert can't be read");
    }
    due
}

fn read_due(row: alerts::Model) -> Option<DueAlert> {
    let (confirmed_at, looked_until) = (row.confirmed_at?, row.looked_until);
    Some(DueAlert {
        email: EmailAddress::parse(&row.email)?,
        language: Language::from_code(&row.language)?,
        alert: list::read(row).ok()?,
        confirmed_at,
        looked_until,
    })
}
