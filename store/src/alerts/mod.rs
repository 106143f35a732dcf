//! Alerts in the database: asked for, confirmed, changed, ended. Whose they are is said by an address.

pub(crate) mod data;
mod send;

pub(crate) use send::note_publications;
pub use send::{DueAlert, round_at_once};

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::alerts::{ALERT_LINK_LASTS, Alert, CONFIRMED_WITHIN, Frequency, MOST_ALERTS};
use domain::mail::Message;
use domain::vacancies::VacancyFilter;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::access::{SignedIn, Subscriber};
use crate::applications::Desk;
use crate::entity::{alert_links, alert_vacancies, alerts};
use crate::secrets::Secret;
use crate::tries::{self, Subject};
use crate::{Error, Store, outbox};

/// An alert that somebody wants.
#[derive(Clone, Debug)]
pub struct WantedAlert {
    /// What is looked for.
    pub filter: VacancyFilter,
    /// The same in words.
    pub title: String,
    /// How often it may come.
    pub frequency: Frequency,
    /// The language of the mail.
    pub language: Language,
}

/// Why an alert was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertRefused {
    /// The address has as many as it may have.
    TooMany,
    /// Somebody tries too often; the next may come then.
    TooOften(DateTime<Utc>),
}

impl SignedIn {
    /// The right over the alerts of one's own address.
    pub fn subscriber(&self) -> Subscriber {
        Subscriber { email: self.viewer.email.clone() }
    }
}

impl Store {
    /// The right that a link in a mail gives over the alerts of its reader; nothing when there is no such link any more.
    pub async fn subscriber_by_link(
        &self,
        link: &Secret,
        now: DateTime<Utc>,
    ) -> Result<Option<Subscriber>, Error> {
        let row = find_link(&self.reader, link, now).await?;
        Ok(row.and_then(|row| EmailAddress::parse(&row.email)).map(|email| Subscriber { email }))
    }

    /// The alerts of an address, the oldest first.
    pub async fn list_alerts(&self, who: &Subscriber) -> Result<Vec<Alert>, Error> {
        let own = alerts::Entity::find()
            .filter(alerts::Column::Email.eq(who.email.as_str()))
            .order_by_asc(alerts::Column::Id);
        own.all(&self.reader).await?.into_iter().map(read).collect()
    }

    /// Sets an alert for an address that is known to be right; one that is there gets the new frequency.
    pub async fn add_alert(
        &self,
        who: &Subscriber,
        wanted: WantedAlert,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AlertRefused>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let added = find_or_add(transaction, &who.email, &wanted, Some(now), now).await?;
                let Some(id) = added else { return Ok(Err(AlertRefused::TooMany)) };
                set_frequency(transaction, &who, id, wanted.frequency).await?;
                confirm(transaction, &who, id, now).await?;
                Ok(Ok(()))
            })
        });
        write.await
    }

    /// Sends a mail by which the owner of an address sets an alert. What happens is the same whatever is known of the
    /// address.
    pub async fn ask_alert(
        &self,
        email: EmailAddress,
        wanted: WantedAlert,
        network: String,
        desk: Desk,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AlertRefused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let subjects =
                    [Subject::address("alert", email.as_str()), Subject::network("alert", &network)];
                if let Err(next) = tries::take(transaction, &subjects, now).await? {
                    return Ok(Err(AlertRefused::TooOften(next)));
                }
                // Who has too many finds that in the list to which the link leads.
                let id = find_or_add(transaction, &email, &wanted, None, now).await?;
                let link = add_link(transaction, &email, id, &desk, now).await?;
                let message =
                    Message::ConfirmAlert { link, title: wanted.title, frequency: wanted.frequency };
                outbox::add(transaction, &email, wanted.language, &message, now).await?;
                Ok(Ok(()))
            })
        });
        write.await
    }

    /// Turns an alert on whose owner confirms the address.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such alert of that address.
    pub async fn confirm_alert(&self, who: &Subscriber, id: i64, now: DateTime<Utc>) -> Result<(), Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                tries::forget(transaction, &Subject::address("alert", who.email.as_str())).await?;
                confirm(transaction, &who, id, now).await
            })
        });
        write.await
    }

    /// Changes how often an alert may come.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such alert of that address.
    pub async fn change_alert(&self, who: &Subscriber, id: i64, frequency: Frequency) -> Result<(), Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { set_frequency(transaction, &who, id, frequency).await })
        });
        write.await
    }

    /// Ends an alert, or all of an address; one that is gone already is none to complain of.
    pub async fn remove_alerts(&self, who: &Subscriber, id: Option<i64>) -> Result<(), Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let mut own =
                    alerts::Entity::delete_many().filter(alerts::Column::Email.eq(who.email.as_str()));
                if let Some(id) = id {
                    own = own.filter(alerts::Column::Id.eq(id));
                }
                own.exec(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

    /// Ends the alert of the mail in which a link stood, as RFC 8058 asks: without a visit. Returns whether there is such a
    /// link.
    pub async fn unsubscribe(&self, link: &Secret, now: DateTime<Utc>) -> Result<bool, Error> {
        let Some(row) = find_link(&self.reader, link, now).await? else { return Ok(false) };
        if let (Some(id), Some(email)) = (row.alert_id, EmailAddress::parse(&row.email)) {
            self.remove_alerts(&Subscriber { email }, Some(id)).await?;
        }
        Ok(true)
    }
}

/// An account gets another address: its alerts go along, and links in the old mailbox lead nowhere any more.
pub(crate) async fn follow_account(
    transaction: &DatabaseTransaction,
    old_address: &str,
    new_address: &str,
) -> Result<(), Error> {
    let of_new = alerts::Entity::find()
        .select_only()
        .column(alerts::Column::Query)
        .filter(alerts::Column::Email.eq(new_address));
    let known: Vec<String> = of_new.into_tuple().all(transaction).await?;
    alerts::Entity::update_many()
        .col_expr(alerts::Column::Email, Expr::value(new_address))
        .filter(alerts::Column::Email.eq(old_address))
        .filter(alerts::Column::Query.is_not_in(known))
        .exec(transaction)
        .await?;
    forget(transaction, old_address).await?;
    Ok(())
}

/// The language of the newest alert of an address.
pub(crate) async fn language_of(
    connection: &impl ConnectionTrait,
    address: &str,
) -> Result<Option<String>, Error> {
    let newest = alerts::Entity::find()
        .filter(alerts::Column::Email.eq(address))
        .order_by_desc(alerts::Column::Id)
        .limit(1);
    Ok(newest.one(connection).await?.map(|row| row.language))
}

/// Ends all that an address has; returns how many alerts that were.
pub(crate) async fn forget(transaction: &DatabaseTransaction, address: &str) -> Result<u64, Error> {
    alert_links::Entity::delete_many()
        .filter(alert_links::Column::Email.eq(address))
        .exec(transaction)
        .await?;
    let gone =
        alerts::Entity::delete_many().filter(alerts::Column::Email.eq(address)).exec(transaction).await?;
    Ok(gone.rows_affected)
}

/// Throws away what nobody confirmed, links of long ago, and what was told long ago; returns how many rows went.
pub(crate) async fn tidy(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let unconfirmed = alerts::Entity::delete_many()
        .filter(alerts::Column::ConfirmedAt.is_null())
        .filter(alerts::Column::CreatedAt.lt(now - CONFIRMED_WITHIN));
    let links =
        alert_links::Entity::delete_many().filter(alert_links::Column::CreatedAt.lt(now - ALERT_LINK_LASTS));
    let told = alert_vacancies::Entity::delete_many()
        .filter(alert_vacancies::Column::ToldAt.lt(now - send::TOLD_IS_KEPT));
    Ok(unconfirmed.exec(transaction).await?.rows_affected
        + links.exec(transaction).await?.rows_affected
        + told.exec(transaction).await?.rows_affected)
}

async fn find_link(
    connection: &impl ConnectionTrait,
    link: &Secret,
    now: DateTime<Utc>,
) -> Result<Option<alert_links::Model>, Error> {
    let row = alert_links::Entity::find()
        .filter(alert_links::Column::SecretHash.eq(link.hash()))
        .filter(alert_links::Column::CreatedAt.gt(now - ALERT_LINK_LASTS));
    Ok(row.one(connection).await?)
}

/// The number of the alert with this search; a new one when there is none, unless the address has too many.
async fn find_or_add(
    transaction: &DatabaseTransaction,
    email: &EmailAddress,
    wanted: &WantedAlert,
    confirmed_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    let query = wanted.filter.unsorted().to_query_string();
    let of_address = || alerts::Entity::find().filter(alerts::Column::Email.eq(email.as_str()));
    let same = of_address().filter(alerts::Column::Query.eq(query.as_str()));
    if let Some(row) = same.clone().one(transaction).await? {
        return Ok(Some(row.id));
    }
    if of_address().count(transaction).await? >= MOST_ALERTS {
        return Ok(None);
    }
    let row = alerts::ActiveModel {
        email: Set(email.to_string()),
        language: Set(wanted.language.code().to_owned()),
        query: Set(query),
        title: Set(wanted.title.clone()),
        frequency: Set(wanted.frequency.code().to_owned()),
        created_at: Set(now),
        confirmed_at: Set(confirmed_at),
        looked_until: Set(now),
        ..Default::default()
    };
    let taken = OnConflict::columns([alerts::Column::Email, alerts::Column::Query]).do_nothing().to_owned();
    alerts::Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await?;
    Ok(same.one(transaction).await?.map(|row| row.id))
}

/// Turns an alert on; what was published before is not new.
async fn confirm(
    transaction: &DatabaseTransaction,
    who: &Subscriber,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let own = own(transaction, who, id).await?;
    if own.confirmed_at.is_none() {
        alerts::Entity::update_many()
            .col_expr(alerts::Column::ConfirmedAt, Expr::value(now))
            .col_expr(alerts::Column::LookedUntil, Expr::value(now))
            .filter(alerts::Column::Id.eq(id))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

async fn set_frequency(
    transaction: &DatabaseTransaction,
    who: &Subscriber,
    id: i64,
    frequency: Frequency,
) -> Result<(), Error> {
    let own = own(transaction, who, id).await?;
    alerts::Entity::update_many()
        .col_expr(alerts::Column::Frequency, Expr::value(frequency.code()))
        .filter(alerts::Column::Id.eq(own.id))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn own(transaction: &DatabaseTransaction, who: &Subscriber, id: i64) -> Result<alerts::Model, Error> {
    let row = alerts::Entity::find_by_id(id).filter(alerts::Column::Email.eq(who.email.as_str()));
    row.one(transaction).await?.ok_or(Error::NotFound)
}

async fn add_link(
    transaction: &DatabaseTransaction,
    email: &EmailAddress,
    alert_id: Option<i64>,
    desk: &Desk,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let secret = desk.secret();
    let row = alert_links::ActiveModel {
        email: Set(email.to_string()),
        alert_id: Set(alert_id),
        secret_hash: Set(secret.hash()),
        created_at: Set(now),
        ..Default::default()
    };
    alert_links::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(secret.to_text())
}

fn read(row: alerts::Model) -> Result<Alert, Error> {
    let unreadable = || Error::Unreadable(format!("frequency of alert {}", row.id));
    Ok(Alert {
        id: row.id,
        filter: VacancyFilter::parse(&row.query),
        frequency: Frequency::from_code(&row.frequency).ok_or_else(unreadable)?,
        title: row.title,
        is_confirmed: row.confirmed_at.is_some(),
        since: row.created_at,
    })
}
