//! Mail to organisations before their vacancies close: once for each closing day, whoever looks.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::Moment;
use domain::mail::Message;
use domain::vacancies::mail::{ClosingVacancy, VacancyMail};
use domain::vacancies::vacancy_slug;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::rows::is_public_on;
use crate::applications::colleagues;
use crate::entity::vacancies::{Column, Entity, Model};
use crate::writer::AT_ONCE;
use crate::{Error, Store, outbox};

/// The number of days before the closing day on which the organisation is told.
const TOLD_DAYS_BEFORE: u64 = 7;
/// The number of days for which a vacancy is public at least before that: who has just published it knows when it closes.
const PUBLIC_DAYS: u64 = 7;

impl Store {
    /// Tells the people of organisations which vacancies close within a week; returns about how many vacancies that are.
    pub async fn tell_of_closing(&self, moment: Moment) -> Result<u64, Error> {
        let write = self.writer.write_in_portions(move |transaction| {
            Box::pin(async move { tell_some(transaction, moment).await })
        });
        write.await
    }
}

async fn tell_some(transaction: &DatabaseTransaction, Moment { now, today }: Moment) -> Result<u64, Error> {
    let last = today.checked_add_days(Days::new(TOLD_DAYS_BEFORE)).unwrap_or(today);
    let published = today.checked_sub_days(Days::new(PUBLIC_DAYS)).unwrap_or(today);
    let due = Entity::find()
        .filter(is_public_on(today))
        .filter(Column::PublishedOn.lte(published))
        .filter(Column::ClosesOn.gt(today))
        .filter(Column::ClosesOn.lte(last))
        .filter(is_untold())
        .order_by_asc(Column::Id)
        .limit(AT_ONCE);
    let due = due.all(transaction).await?;
    let count = due.len() as u64;
    for vacancy in due {
        if claim(transaction, &vacancy).await? {
            tell(transaction, vacancy, today, now).await?;
        }
    }
    Ok(count)
}

/// Notes the closing day that is told, for one of several servers.
async fn claim(transaction: &DatabaseTransaction, vacancy: &Model) -> Result<bool, Error> {
    let noted = Entity::update_many()
        .col_expr(Column::ClosingToldFor, Expr::value(vacancy.closes_on))
        .filter(Column::Id.eq(vacancy.id))
        .filter(Column::ClosesOn.eq(vacancy.closes_on))
        .filter(is_untold())
        .exec(transaction)
        .await?;
    Ok(noted.rows_affected > 0)
}

fn is_untold() -> Condition {
    let told = Expr::col((Entity, Column::ClosingToldFor));
    let other = told.ne(Expr::col((Entity, Column::ClosesOn)));
    Condition::any().add(Column::ClosingToldFor.is_null()).add(other)
}

async fn tell(
    transaction: &DatabaseTransaction,
    vacancy: Model,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let message = Message::Vacancy(VacancyMail::VacancyCloses(ClosingVacancy {
        slug: vacancy_slug(vacancy.id, &vacancy.title),
        days: (vacancy.closes_on - today).num_days() as u32,
        title: vacancy.title,
        closes_on: vacancy.closes_on,
    }));
    for person in colleagues(transaction, vacancy.organisation_id).await? {
        outbox::add(transaction, &person.email, person.language, &message, now).await?;
    }
    Ok(())
}
