//! What the hub holds of a person's account, and what is exported and erased of it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::rows::memberships_of;
use crate::Error;
use crate::audit::{Action, Stamp, Subject};
use crate::entity::{accounts, sessions, sign_ins};
use crate::personal_data::{
    ColumnReason, Departure, Erasing, Export, Person, TableDeclaration, Turn, erased, gathered,
};

const RECOGNISES: &str = "it only recognises a secret that the person has";

/// What the tables of accounts hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "accounts",
        Export::Part("account", |connection, person| gathered(account(connection, person))),
        Erasing::By(Turn::Account, |transaction, departure| erased(erase_account(transaction, departure))),
    )
    .withholding(&[
        ColumnReason::new("password_hash", RECOGNISES),
        ColumnReason::new("second_step_secret", "whoever reads it can take the second step"),
    ]),
    TableDeclaration::of_persons(
        "memberships",
        Export::Part("organisations", |connection, person| gathered(organisations(connection, person))),
        Erasing::With("accounts"),
    ),
    TableDeclaration::of_persons(
        "sessions",
        Export::Part("devices", |connection, person| gathered(devices(connection, person))),
        Erasing::With("accounts"),
    )
    .withholding(&[
        ColumnReason::new("secret_hash", RECOGNISES),
        ColumnReason::new("other_phone", "whoever reads it can take the second step"),
    ]),
    TableDeclaration::of_persons(
        "sign_ins",
        Export::Part("sign_ins", |connection, person| gathered(sign_ins(connection, person))),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(erase_sign_ins(transaction, departure))
        }),
    )
    .withholding(&[
        ColumnReason::new("link_hash", RECOGNISES),
        ColumnReason::new("browser_hash", RECOGNISES),
        ColumnReason::new("code_hash", RECOGNISES),
    ]),
    TableDeclaration::of_persons("recovery_codes", Export::Nothing(RECOGNISES), Erasing::With("accounts")),
];

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

/// Erases the account, and with it what refers to it.
async fn erase_account(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    accounts::Entity::delete_by_id(account_id).exec(transaction).await?;
    Stamp::of_departure(departure).note(transaction, Action::Erased, Subject::Account, account_id).await
}

async fn erase_sign_ins(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    sign_ins::Entity::delete_many()
        .filter(sign_ins::Column::Email.eq(departure.address))
        .exec(transaction)
        .await?;
    Ok(())
}
