//! What the hub holds of a person's alerts, and what is exported and erased of it.

use chrono::{DateTime, Utc};
use futures::TryFutureExt;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::list::forget;
use crate::Error;
use crate::entity::alerts::{Column, Entity};
use crate::personal_data::{ColumnReason, Erasing, Export, TableDeclaration, Turn, erased, gathered};

/// What the tables of alerts hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "alerts",
        Export::Part("alerts", |connection, person| gathered(alerts(connection, person.address))),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erased(forget(transaction, departure.address).map_ok(|_| ()))
        }),
    )
    .withholding(&[ColumnReason::new("email", "the account tells its own address")]),
    TableDeclaration::of_persons(
        "alert_vacancies",
        Export::Nothing("it only says which vacancies were in mail that the person has"),
        Erasing::With("alerts"),
    ),
];

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct AlertData {
    /// What is looked for, in words.
    pub title: String,
    /// The part of the search's address after the `?`.
    pub search: String,
    /// How often it may come, as a word of the hub.
    pub frequency: String,
    /// The language of its mail.
    pub language: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When the address was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// What was published until then has been looked at.
    pub looked_until: DateTime<Utc>,
}

async fn alerts(connection: &impl ConnectionTrait, address: &str) -> Result<Vec<AlertData>, Error> {
    let rows =
        Entity::find().filter(Column::Email.eq(address)).order_by_asc(Column::Id).all(connection).await?;
    let data = rows.into_iter().map(|row| AlertData {
        title: row.title,
        search: row.query,
        frequency: row.frequency,
        language: row.language,
        asked_at: row.created_at,
        confirmed_at: row.confirmed_at,
        looked_until: row.looked_until,
    });
    Ok(data.collect())
}
