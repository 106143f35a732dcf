//! Mail: what waits to be sent, and what was.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) to_address: String,
    pub(crate) language: String,
    pub(crate) kind: String,
    /// A JSON object; emptied when the mail was sent or given up.
    pub(crate) message: String,
    pub(crate) created_at: DateTimeUtc,
    /// When it is tried next; nothing when it was sent or given up.
    pub(crate) due_at: Option<DateTimeUtc>,
    pub(crate) attempts: i32,
    pub(crate) sent_at: Option<DateTimeUtc>,
    /// Why the last attempt failed.
    pub(crate) failure: Option<String>,
    /// The kind of row that it is about.
    pub(crate) about_kind: Option<String>,
    /// The number of that row, also when the row is gone.
    pub(crate) about_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
