//! Everything that the hub holds of one person, for that person. Each part has a type and a function of its own; a new part is
//! one more field of [`MyData`].
//!
//! It holds no tokens, nor what only recognises them, and of others only what the person's own pages show too.

use chrono::{DateTime, NaiveDate, Utc};
use domain::talents::CV_OF_PROFILE;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::history::By;
use super::person::Person;
use super::rows::memberships_of;
use crate::access::SignedIn;
use crate::alerts::data::{AlertData, alerts};
use crate::applications::data::{ApplicationData, DraftData, applications, drafts};
use crate::entity::{accounts, audit_record, outbox, sessions, sign_ins};
use crate::saved_views::{SavedViewData, saved_views};
use crate::talents::data::{ProfileData, SavedVacancyData, profile, saved_vacancies};
use crate::tokens::Token;
use crate::{Error, Store, database};

/// Everything that the hub holds of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MyData {
    /// When this was put together.
    pub made_at: DateTime<Utc>,
    /// The account.
    pub account: AccountData,
    /// The organisations that the person works for here.
    pub organisations: Vec<MembershipData>,
    /// The browsers in which the person is signed in.
    pub devices: Vec<DeviceData>,
    /// Mails to sign in, or to confirm another address, of the last week.
    pub sign_ins: Vec<SignInData>,
    /// The applications.
    pub applications: Vec<ApplicationData>,
    /// What this browser has of applications that were not sent.
    pub drafts: Vec<DraftData>,
    /// The profile of the person.
    pub profile: Option<ProfileData>,
    /// The vacancies that the person keeps.
    pub saved_vacancies: Vec<SavedVacancyData>,
    /// The views of lists that the person keeps.
    pub saved_views: Vec<SavedViewData>,
    /// The alerts of the address, those that follow an organisation too.
    pub alerts: Vec<AlertData>,
    /// Mail to the address, of the last 90 days; not what it said, which the hub forgets.
    pub mails: Vec<MailData>,
    /// What was done to the account, and what its owner did that is written down.
    pub history: Vec<HistoryData>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountData {
    /// Its number in the hub.
    pub number: i64,
    /// The address.
    pub email: String,
    /// The name, when one was given.
    pub name: Option<String>,
    /// The language of the mail.
    pub language: String,
    /// Whether there is a password; the hub keeps only what recognises it.
    pub has_password: bool,
    /// The role of the person in the programme office.
    pub staff_role: Option<String>,
    /// Since when there is a second step of signing in.
    pub second_step_since: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The last visit, to ten minutes.
    pub seen_at: DateTime<Utc>,
    /// The day on which the person was told that it will go.
    pub warned_on: Option<NaiveDate>,
}

/// An organisation that the person works for here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MembershipData {
    /// Its name.
    pub organisation: String,
    /// The role of the person in it.
    pub role: &'static str,
}

/// A browser in which the person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeviceData {
    /// The name of the browser and its system.
    pub device: String,
    /// Since when.
    pub signed_in_at: DateTime<Utc>,
    /// The last visit, to ten minutes.
    pub seen_at: DateTime<Utc>,
    /// When the second step was taken.
    pub second_step_at: Option<DateTime<Utc>>,
}

/// A mail to sign in, or to confirm another address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignInData {
    /// Where it went.
    pub email: String,
    /// Whether it gives the account this address.
    pub changes_address: bool,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
    /// The page to which the person wanted to go.
    pub wanted: String,
}

/// A mail to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailData {
    /// The kind of mail, as a word of the hub.
    pub kind: String,
    /// The language.
    pub language: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryData {
    /// When.
    pub at: DateTime<Utc>,
    /// The actor: `you`, `manager`, `office` or `hub`.
    pub by: &'static str,
    /// What was done, as a word of the hub.
    pub action: String,
    /// To what it was done, as a word of the hub.
    pub subject: String,
    /// The number of what it was done to.
    pub number: i64,
    /// What changed.
    pub details: serde_json::Value,
}

impl Store {
    /// Everything that the hub holds of who is signed in, as it is at one moment. `browser` is that of drafts; `cv_address`
    /// is where CVs are given out, up to the number of the application or [`CV_OF_PROFILE`].
    pub async fn my_data(
        &self,
        who: &SignedIn,
        browser: Option<&Token>,
        cv_address: &str,
        now: DateTime<Utc>,
    ) -> Result<MyData, Error> {
        let (account_id, address) = (who.account_id, who.viewer.email.as_str());
        let person = Person { account_id, address, browser, cv_address };
        let profile_cv = format!("{cv_address}{CV_OF_PROFILE}");
        let connection = database::begin_reading(&self.reader).await?;
        let data = MyData {
            made_at: now,
            account: account(&connection, &person).await?,
            organisations: organisations(&connection, &person).await?,
            devices: devices(&connection, &person).await?,
            sign_ins: sign_ins(&connection, &person).await?,
            applications: applications(&connection, &person).await?,
            drafts: drafts(&connection, &person).await?,
            profile: profile(&connection, person.account_id, &profile_cv).await?,
            saved_vacancies: saved_vacancies(&connection, person.account_id).await?,
            saved_views: saved_views(&connection, person.account_id).await?,
            alerts: alerts(&connection, person.address).await?,
            mails: mails(&connection, &person).await?,
            history: history(&connection, &person).await?,
        };
        connection.commit().await?;
        Ok(data)
    }
}

async fn account(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<AccountData, Error> {
    let found = accounts::Entity::find_by_id(person.account_id).one(connection).await?;
    let account = found.ok_or(Error::NotFound)?;
    Ok(AccountData {
        number: account.id,
        email: account.email,
        name: account.name,
        language: account.language,
        has_password: account.password_hash.is_some(),
        staff_role: account.staff_role,
        second_step_since: account.second_step_since,
        created_at: account.created_at,
        seen_at: account.seen_at,
        warned_on: account.warned_on,
    })
}

async fn organisations(
    connection: &DatabaseTransaction,
    person: &Person<'_>,
) -> Result<Vec<MembershipData>, Error> {
    let memberships = memberships_of(connection, person.account_id).await?;
    let data = memberships.into_iter().map(|membership| MembershipData {
        organisation: membership.organisation,
        role: membership.role.code(),
    });
    Ok(data.collect())
}

async fn devices(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<DeviceData>, Error> {
    let rows = sessions::Entity::find()
        .filter(sessions::Column::AccountId.eq(person.account_id))
        .order_by_asc(sessions::Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| DeviceData {
        device: row.device,
        signed_in_at: row.created_at,
        seen_at: row.seen_at,
        second_step_at: row.second_step_at,
    });
    Ok(data.collect())
}

async fn sign_ins(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<SignInData>, Error> {
    // Somebody else may have asked for this address; that is not the person's.
    let to_address = Condition::all()
        .add(sign_ins::Column::AccountId.is_null())
        .add(sign_ins::Column::Email.eq(person.address));
    let rows = sign_ins::Entity::find()
        .filter(Condition::any().add(sign_ins::Column::AccountId.eq(person.account_id)).add(to_address))
        .order_by_asc(sign_ins::Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| SignInData {
        email: row.email,
        changes_address: row.account_id.is_some(),
        asked_at: row.created_at,
        used_at: row.used_at,
        wanted: row.wanted,
    });
    Ok(data.collect())
}

async fn mails(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<MailData>, Error> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::ToAddress.eq(person.address))
        .order_by_asc(outbox::Column::Id)
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

async fn history(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<HistoryData>, Error> {
    let rows = audit_record::Entity::find()
        .filter(
            Condition::any()
                .add(super::history::about(person.account_id))
                .add(audit_record::Column::ActorAccountId.eq(person.account_id)),
        )
        .order_by_asc(audit_record::Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| HistoryData {
        at: row.at,
        by: By::of(&row, person.account_id).code(),
        action: row.to_state.unwrap_or(row.verb),
        subject: row.subject,
        number: row.subject_id,
        details: serde_json::from_str(&row.details).unwrap_or_default(),
    });
    Ok(data.collect())
}
