//! What the hub holds of a person's alerts, for that person.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::Error;
use crate::entity::alerts::{Column, Entity};

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertData {
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

pub(crate) async fn alerts(
    connection: &impl ConnectionTrait,
    address: &str,
) -> Result<Vec<AlertData>, Error> {
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
