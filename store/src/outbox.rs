//! Mail that waits to be sent, in the same database as what it tells of: both are kept, or neither.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::accounts::mail::AccountMailKind;
use domain::alerts::mail::AlertMailKind;
use domain::mail::Message;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::Serialize;

use crate::access::Broker;
use crate::entity::outbox::{ActiveModel, Column, Entity, Model};
use crate::personal_data::{ColumnReason, Erasing, Export, Person, TableDeclaration, Turn, erased, gathered};
use crate::{Error, Store, database};

/// While a server sends a mail no other takes it; when it is killed, another takes over after this time.
const SENDING_TAKES: TimeDelta = TimeDelta::minutes(5);
const FIRST_RETRY: TimeDelta = TimeDelta::minutes(1);
/// After so many failures, some two days, a mail is given up.
const MOST_ATTEMPTS: i32 = 12;
const LONGEST_RETRY: TimeDelta = TimeDelta::hours(6);
/// What a mail said that was given up is kept for so long, counted from when it was written.
const GIVEN_UP_KEPT_FOR: TimeDelta = TimeDelta::days(14);
/// The replacement of a message that was sent or given up.
pub(crate) const EMPTIED: &str = "{}";
/// The replacement of an address that the hub may not know any more.
const FORGOTTEN: &str = "";

/// What the outbox holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "outbox",
    Export::Part("mails", |connection, person| gathered(mails(connection, person))),
    Erasing::By(Turn::AfterAccount, |transaction, departure| {
        erased(forget_address(transaction, departure.address))
    }),
)
.withholding(&[
    ColumnReason::new("to_address", "the account tells its own address"),
    ColumnReason::new(
        "message",
        "it holds links that let in whoever has them; it goes when the mail is sent, or two weeks after it was written",
    ),
])
.keeping(&[
    ColumnReason::new(
        "to_address",
        "the mail that says that all is erased goes there, and then the address goes; another address that was still to be \
         confirmed may be somebody else's, and goes with its mail after 90 days",
    ),
    ColumnReason::new(
        "message",
        "the organisation of an application that ran is told who withdrew; it goes when the mail is sent",
    ),
])];

/// A mail to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct MailData {
    /// The kind of mail, as a word of the hub.
    pub kind: String,
    /// The language.
    pub language: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// A mail that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueMail {
    /// Its number: the same mail has the same number whenever it is tried.
    pub id: i64,
    /// Where it goes.
    pub to: EmailAddress,
    /// The language of its reader.
    pub language: Language,
    /// The text.
    pub message: Message,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// A mail as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailStatus {
    /// Its number.
    pub id: i64,
    /// Where it goes; empty when the hub may not know it any more.
    pub to: String,
    /// The kind of mail.
    pub kind: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it is tried next.
    pub due_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub failure: Option<String>,
}

/// A row that a mail is about, and with which it goes when it was not sent by then.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    /// An application, by its number.
    Application(i64),
    /// An alert, by its number.
    Alert(i64),
}

impl About {
    /// The words that the database keeps.
    const APPLICATION: &str = "application";
    const ALERT: &str = "alert";

    const fn kind(self) -> &'static str {
        match self {
            Self::Application(_) => Self::APPLICATION,
            Self::Alert(_) => Self::ALERT,
        }
    }

    const fn id(self) -> i64 {
        match self {
            Self::Application(id) | Self::Alert(id) => id,
        }
    }
}

/// Puts a mail in the outbox.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    to: &EmailAddress,
    language: Language,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    add_row(transaction, to, language, message, None, now).await
}

/// Puts a mail in the outbox that goes with the row that it is about, when it was not sent by then.
pub(crate) async fn add_about(
    transaction: &DatabaseTransaction,
    about: About,
    to: &EmailAddress,
    language: Language,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    add_row(transaction, to, language, message, Some(about), now).await
}

async fn add_row(
    transaction: &DatabaseTransaction,
    to: &EmailAddress,
    language: Language,
    message: &Message,
    about: Option<About>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = ActiveModel {
        to_address: Set(to.to_string()),
        language: Set(language.code().to_owned()),
        kind: Set(message.kind().code().to_owned()),
        message: Set(serde_json::to_string(message).map_err(|error| Error::Unreadable(error.to_string()))?),
        created_at: Set(now),
        due_at: Set(Some(now)),
        attempts: Set(0),
        about_kind: Set(about.map(|about| about.kind().to_owned())),
        about_id: Set(about.map(About::id)),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

/// Takes back what was not sent yet about applications that are erased: it says what they said.
pub(crate) async fn forget_applications(
    transaction: &DatabaseTransaction,
    application_ids: &[i64],
) -> Result<(), Error> {
    forget_about(transaction, About::APPLICATION, application_ids).await
}

/// Takes back what was not sent yet of alerts that ended.
pub(crate) async fn forget_alerts(transaction: &DatabaseTransaction, alert_ids: &[i64]) -> Result<(), Error> {
    forget_about(transaction, About::ALERT, alert_ids).await
}

async fn forget_about(transaction: &DatabaseTransaction, kind: &str, ids: &[i64]) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::AboutKind.eq(kind))
        .filter(Column::AboutId.is_in(ids.iter().copied()))
        .filter(Column::SentAt.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

async fn mails(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<MailData>, Error> {
    let rows = Entity::find()
        .filter(Column::ToAddress.eq(person.address))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| MailData {
        kind: row.kind,
        language: row.language,
        written_at: row.created_at,
        sent_at: row.sent_at,
    });
    Ok(data.collect())
}

/// Takes back what was not sent yet to an address, and forgets the address of what was.
async fn forget_address(transaction: &DatabaseTransaction, address: &str) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::ToAddress.eq(address))
        .filter(Column::SentAt.is_null())
        .exec(transaction)
        .await?;
    Entity::update_many()
        .col_expr(Column::ToAddress, Expr::value(FORGOTTEN))
        // Mail servers repeat the address when they refuse it.
        .col_expr(Column::Failure, Expr::value(None::<String>))
        .filter(Column::ToAddress.eq(address))
        .exec(transaction)
        .await?;
    Ok(())
}

impl Store {
    /// Takes the mail that is due first, to send it. Nobody else gets it for five minutes.
    pub async fn claim_mail(&self, now: DateTime<Utc>) -> Result<Option<DueMail>, Error> {
        self.writer.write(move |transaction| Box::pin(claim(transaction, now))).await
    }

    /// Notes that a mail was sent, and forgets what it said.
    pub async fn mail_was_sent(&self, id: i64, now: DateTime<Utc>) -> Result<(), Error> {
        self.finish_mail(id, move |row| {
            row.sent_at = Set(Some(now));
            row.due_at = Set(None);
            row.failure = Set(None);
            forget(row);
        })
        .await
    }

    /// Notes why a mail could not be sent. It is tried again, later each time, and given up after some two days or when it
    /// can never be sent; what it said is kept for some days, so that it can be sent again.
    pub async fn mail_failed(
        &self,
        id: i64,
        failure: String,
        is_final: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.finish_mail(id, move |row| {
            let attempts = *row.attempts.as_ref();
            row.failure = Set(Some(failure));
            let goes_on = !is_final && attempts < MOST_ATTEMPTS;
            row.due_at = Set(goes_on.then(|| now + retry_after(attempts)));
            if !goes_on && row.kind.as_ref() == AccountMailKind::AccountErased.code() {
                forget(row);
            }
        })
        .await
    }

    async fn finish_mail(
        &self,
        id: i64,
        change: impl FnOnce(&mut ActiveModel) + Send + 'static,
    ) -> Result<(), Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                // What it was about may have been erased while it was sent.
                let Some(row) = Entity::find_by_id(id).one(transaction).await? else { return Ok(()) };
                let mut row = row.into_active_model();
                change(&mut row);
                row.update(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

    /// The newest mail that failed and was not sent since, whether it is tried again or given up; at most `limit`.
    pub async fn list_failed_mail(&self, _broker: &Broker, limit: u64) -> Result<Vec<MailStatus>, Error> {
        let failed = Entity::find()
            .filter(Column::Failure.is_not_null())
            .filter(Column::SentAt.is_null())
            .order_by_desc(Column::Id)
            .limit(limit);
        Ok(failed.all(&self.reader).await?.into_iter().map(status).collect())
    }

    /// The newest mail, sent or not; at most `limit`.
    pub async fn list_mail(&self, limit: u64) -> Result<Vec<MailStatus>, Error> {
        let rows = Entity::find().order_by_desc(Column::Id).limit(limit).all(&self.reader).await?;
        Ok(rows.into_iter().map(status).collect())
    }
}

/// Forgets what mail said that was given up and nobody sent again.
pub(crate) async fn forget_given_up(
    transaction: &DatabaseTransaction,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Message, Expr::value(EMPTIED))
        .filter(Column::CreatedAt.lt(now - GIVEN_UP_KEPT_FOR))
        .filter(Column::DueAt.is_null())
        .filter(Column::Message.ne(EMPTIED))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Forgets what a mail said that is done; and to whom it went when it was the last one to somebody.
fn forget(row: &mut ActiveModel) {
    row.message = Set(EMPTIED.to_owned());
    if row.kind.as_ref() == AccountMailKind::AccountErased.code() {
        row.to_address = Set(FORGOTTEN.to_owned());
    }
}

/// Twice as many minutes each time: 1, 2, 4, … up to six hours.
fn retry_after(attempts: i32) -> TimeDelta {
    (FIRST_RETRY * (1 << attempts.clamp(1, 10).saturating_sub(1))).min(LONGEST_RETRY)
}

async fn claim(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Option<DueMail>, Error> {
    database::take_turn(transaction).await?;
    // Thousands of alerts go out at seven; who signs in then must not wait for them.
    let due = Entity::find()
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::Kind.eq(AlertMailKind::Alert.code()))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id);
    let Some(row) = due.limit(1).one(transaction).await? else { return Ok(None) };
    let mail = read(&row);
    let attempts = row.attempts + 1;
    let mut claimed = row.into_active_model();
    claimed.attempts = Set(attempts);
    match &mail {
        Ok(_) => claimed.due_at = Set(Some(now + SENDING_TAKES)),
        Err(error) => {
            // What can't be read now can't be read later; the others must not wait for it.
            claimed.due_at = Set(None);
            claimed.failure = Set(Some(error.to_string()));
            forget(&mut claimed);
        }
    }
    claimed.update(transaction).await?;
    Ok(mail.ok())
}

fn read(row: &Model) -> Result<DueMail, Error> {
    let unreadable = |column: &str| Error::Unreadable(format!("{column} of mail {}", row.id));
    Ok(DueMail {
        id: row.id,
        to: EmailAddress::parse(&row.to_address).ok_or_else(|| unreadable("to_address"))?,
        language: Language::from_code(&row.language).ok_or_else(|| unreadable("language"))?,
        message: serde_json::from_str(&row.message).map_err(|_| unreadable("message"))?,
        created_at: row.created_at,
    })
}

pub(crate) fn status(row: Model) -> MailStatus {
    MailStatus {
        id: row.id,
        to: row.to_address,
        kind: row.kind,
        created_at: row.created_at,
        sent_at: row.sent_at,
        due_at: row.due_at,
        attempts: row.attempts as u32,
        failure: row.failure,
    }
}
