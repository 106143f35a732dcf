//! What happened to an application, and what was said about it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) application_id: i64,
    pub(crate) at: DateTimeUtc,
    pub(crate) side: String,
    pub(crate) actor_kind: String,
    pub(crate) actor_account_id: Option<i64>,
    /// The name that the other side reads.
    pub(crate) actor_label: String,
    /// The state to which it led; a message leads to none.
    pub(crate) state: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) text: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
