//! The alerts of an address: asked for, confirmed, changed, ended.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::alerts::mail::AlertMail;
use domain::alerts::{ALERT_LINK_LASTS, Alert, Frequency, MOST_ALERTS};
use domain::mail::Message;
use domain::vacancies::VacancyFilter;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::access::{SignedIn, Subscriber};
use crate::entity::alerts;
use crate::letter_context::LetterContext;
use crate::mail_links::{self, LinkHolder, LinkTarget};
use crate::throttle::{self, ThrottleKey};
use crate::tokens::Token;
use crate::{Error, Store, outbox};

/// Alerts of an address that may wait to be confirmed; beyond them the oldest goes. Whoever knows the address can ask for them.
const MOST_UNCONFIRMED: u64 = 5;

/// An alert that somebody wants.
#[derive(Clone, Debug)]
pub struct WantedAlert {
    /// The search.
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
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<Subscriber>, Error> {
        let found = find_by_link(&self.reader, link, now).await?;
        Ok(found.map(|(email, _)| Subscriber { email }))
    }

    /// The alerts of an address, the oldest first.
    pub async fn list_alerts(&self, who: &Subscriber) -> Result<Vec<Alert>, Error> {
        let own = alerts::Entity::find()
            .filter(alerts::Column::Email.eq(who.email.as_str()))
            .order_by_asc(alerts::Column::Id);
        // One that can't be read must not hide the others; all can be ended together.
        Ok(own.all(&self.reader).await?.into_iter().filter_map(|row| read(row).ok()).collect())
    }

    /// Sets an alert for an address that is known to be right; one that is there becomes as it is asked for now.
    pub async fn add_alert(
        &self,
        who: &Subscriber,
        wanted: WantedAlert,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AlertRefused>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let id = find_or_add(transaction, &who.email, &wanted, now).await?;
                let confirmed = confirm(transaction, &who, id, now).await?;
                if confirmed.is_ok() {
                    ask_anew(transaction, id, &wanted).await?;
                }
                Ok(confirmed)
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
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AlertRefused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let keys =
                    [ThrottleKey::address("alert", email.as_str()), ThrottleKey::network("alert", &network)];
                if let Err(next) = throttle::take(transaction, &keys, now).await? {
                    return Ok(Err(AlertRefused::TooOften(next)));
                }
                let id = find_or_add(transaction, &email, &wanted, now).await?;
                begin_anew(transaction, id, &wanted, now).await?;
                let link = add_link(transaction, &email, Some(id), &letter_context, now).await?;
                let message = Message::Alert(AlertMail::ConfirmAlert { link });
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
    pub async fn confirm_alert(
        &self,
        who: &Subscriber,
        id: i64,
        now: DateTime<Utc>,
    ) -> Result<Result<(), AlertRefused>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                throttle::forget(transaction, &ThrottleKey::address("alert", who.email.as_str())).await?;
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
                let mut own = alerts::Entity::find()
                    .select_only()
                    .column(alerts::Column::Id)
                    .filter(alerts::Column::Email.eq(who.email.as_str()));
                if let Some(id) = id {
                    own = own.filter(alerts::Column::Id.eq(id));
                }
                let ended: Vec<i64> = own.into_tuple().all(transaction).await?;
                outbox::forget_alerts(transaction, &ended).await?;
                alerts::Entity::delete_many()
                    .filter(alerts::Column::Id.is_in(ended))
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }

    /// Ends the alert of the mail in which a link stood, as RFC 8058 asks: without a visit. Returns whether there is such a
    /// link.
    pub async fn unsubscribe(&self, link: &Token, now: DateTime<Utc>) -> Result<bool, Error> {
        let Some((email, alert_id)) = find_by_link(&self.reader, link, now).await? else { return Ok(false) };
        if alert_id.is_some() {
            self.remove_alerts(&Subscriber { email }, alert_id).await?;
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
    // What nobody confirmed must not stand in the way of what is on.
    alerts::Entity::delete_many()
        .filter(alerts::Column::Email.eq(new_address))
        .filter(alerts::Column::ConfirmedAt.is_null())
        .exec(transaction)
        .await?;
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

/// How many alerts an address has.
pub(crate) async fn count(connection: &impl ConnectionTrait, address: &str) -> Result<u64, Error> {
    Ok(alerts::Entity::find().filter(alerts::Column::Email.eq(address)).count(connection).await?)
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
pub(super) async fn forget(transaction: &DatabaseTransaction, address: &str) -> Result<u64, Error> {
    mail_links::revoke_of_alerts(transaction, address).await?;
    let gone =
        alerts::Entity::delete_many().filter(alerts::Column::Email.eq(address)).exec(transaction).await?;
    Ok(gone.rows_affected)
}

/// The address to whose alerts a link leads, and the alert of its mail.
async fn find_by_link(
    connection: &impl ConnectionTrait,
    link: &Token,
    now: DateTime<Utc>,
) -> Result<Option<(EmailAddress, Option<i64>)>, Error> {
    let link = mail_links::find(connection, link).await?;
    let link = link.filter(|link| now - link.created_at < ALERT_LINK_LASTS);
    Ok(match link.map(|link| link.target) {
        Some(LinkTarget::Alerts { address, alert_id }) => Some((address, alert_id)),
        _ => None,
    })
}

/// The number of the alert with this search; a new one, not confirmed yet, when there is none.
async fn find_or_add(
    transaction: &DatabaseTransaction,
    email: &EmailAddress,
    wanted: &WantedAlert,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let query = wanted.filter.unsorted().to_query_string();
    let same = alerts::Entity::find()
        .filter(alerts::Column::Email.eq(email.as_str()))
        .filter(alerts::Column::Query.eq(query.as_str()));
    if let Some(row) = same.clone().one(transaction).await? {
        return Ok(row.id);
    }
    make_room(transaction, email).await?;
    let row = alerts::ActiveModel {
        email: Set(email.to_string()),
        language: Set(wanted.language.code().to_owned()),
        query: Set(query),
        title: Set(wanted.title.clone()),
        frequency: Set(wanted.frequency.code().to_owned()),
        created_at: Set(now),
        confirmed_at: Set(None),
        looked_until: Set(now),
        ..Default::default()
    };
    let taken = OnConflict::columns([alerts::Column::Email, alerts::Column::Query]).do_nothing().to_owned();
    alerts::Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await?;
    same.one(transaction).await?.map(|row| row.id).ok_or(Error::NotFound)
}

/// Of too many alerts that nobody confirmed the oldest go.
async fn make_room(transaction: &DatabaseTransaction, email: &EmailAddress) -> Result<(), Error> {
    let waiting = alerts::Entity::find()
        .select_only()
        .column(alerts::Column::Id)
        .filter(alerts::Column::Email.eq(email.as_str()))
        .filter(alerts::Column::ConfirmedAt.is_null())
        .order_by_desc(alerts::Column::Id)
        .offset(MOST_UNCONFIRMED - 1)
        .limit(MOST_ALERTS);
    let too_many: Vec<i64> = waiting.into_tuple().all(transaction).await?;
    alerts::Entity::delete_many().filter(alerts::Column::Id.is_in(too_many)).exec(transaction).await?;
    Ok(())
}

/// An alert that was not confirmed yet is as it was asked for last, and waits from now on.
async fn begin_anew(
    transaction: &DatabaseTransaction,
    id: i64,
    wanted: &WantedAlert,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    alerts::Entity::update_many()
        .col_expr(alerts::Column::CreatedAt, Expr::value(now))
        .col_expr(alerts::Column::Frequency, Expr::value(wanted.frequency.code()))
        .col_expr(alerts::Column::Language, Expr::value(wanted.language.code()))
        .col_expr(alerts::Column::Title, Expr::value(wanted.title.as_str()))
        .filter(alerts::Column::Id.eq(id))
        .filter(alerts::Column::ConfirmedAt.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Turns an alert on, unless the address has too many; what was published before is not new.
async fn confirm(
    transaction: &DatabaseTransaction,
    who: &Subscriber,
    id: i64,
    now: DateTime<Utc>,
) -> Result<Result<(), AlertRefused>, Error> {
    let own = find_own(transaction, who, id).await?;
    if own.confirmed_at.is_some() {
        return Ok(Ok(()));
    }
    let confirmed = alerts::Entity::find()
        .filter(alerts::Column::Email.eq(who.email.as_str()))
        .filter(alerts::Column::ConfirmedAt.is_not_null());
    if confirmed.count(transaction).await? >= MOST_ALERTS {
        return Ok(Err(AlertRefused::TooMany));
    }
    alerts::Entity::update_many()
        .col_expr(alerts::Column::ConfirmedAt, Expr::value(now))
        .col_expr(alerts::Column::LookedUntil, Expr::value(now))
        .filter(alerts::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(Ok(()))
}

/// An alert is as its owner asked for it last.
async fn ask_anew(transaction: &DatabaseTransaction, id: i64, wanted: &WantedAlert) -> Result<(), Error> {
    alerts::Entity::update_many()
        .col_expr(alerts::Column::Frequency, Expr::value(wanted.frequency.code()))
        .col_expr(alerts::Column::Language, Expr::value(wanted.language.code()))
        .col_expr(alerts::Column::Title, Expr::value(wanted.title.as_str()))
        .filter(alerts::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The alerts of an address come in another language from now on.
pub(crate) async fn change_language(
    transaction: &DatabaseTransaction,
    address: &str,
    language: Language,
) -> Result<(), Error> {
    alerts::Entity::update_many()
        .col_expr(alerts::Column::Language, Expr::value(language.code()))
        .filter(alerts::Column::Email.eq(address))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn set_frequency(
    transaction: &DatabaseTransaction,
    who: &Subscriber,
    id: i64,
    frequency: Frequency,
) -> Result<(), Error> {
    let own = find_own(transaction, who, id).await?;
    alerts::Entity::update_many()
        .col_expr(alerts::Column::Frequency, Expr::value(frequency.code()))
        .filter(alerts::Column::Id.eq(own.id))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn find_own(
    transaction: &DatabaseTransaction,
    who: &Subscriber,
    id: i64,
) -> Result<alerts::Model, Error> {
    let row = alerts::Entity::find_by_id(id).filter(alerts::Column::Email.eq(who.email.as_str()));
    row.one(transaction).await?.ok_or(Error::NotFound)
}

pub(super) async fn add_link(
    transaction: &DatabaseTransaction,
    email: &EmailAddress,
    alert_id: Option<i64>,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let target = LinkTarget::Alerts { address: email.clone(), alert_id };
    mail_links::add(transaction, target, LinkHolder::default(), letter_context, now).await
}

pub(super) fn read(row: alerts::Model) -> Result<Alert, Error> {
    let unreadable = || Error::Unreadable(format!("frequency of alert {}", row.id));
    Ok(Alert {
        id: row.id,
        filter: VacancyFilter::parse(&row.query),
        frequency: Frequency::from_code(&row.frequency).ok_or_else(unreadable)?,
        title: row.title,
        is_confirmed: row.confirmed_at.is_some(),
    })
}
