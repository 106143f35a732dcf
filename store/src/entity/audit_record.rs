//! One record of the audit trail: an actor, a verb, a row and a moment.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: DateTimeUtc,
    pub(crate) actor_kind: String,
    pub(crate) actor_account_id: Option<i64>,
    pub(crate) actor_label: String,
    pub(crate) verb: String,
    pub(crate) subject: String,
    pub(crate) subject_id: i64,
    pub(crate) from_state: Option<String>,
    pub(crate) to_state: Option<String>,
    /// The reason that was given or that the hub had.
    pub(crate) reason: Option<String>,
    /// A JSON object: per changed column its old and its new value.
    pub(crate) details: String,
}

impl ActiveModelBehavior for ActiveModel {}
