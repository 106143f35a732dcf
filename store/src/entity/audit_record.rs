//! One record of the audit trail: an actor, an action, a row and a moment.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: DateTimeUtc,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) subject_id: i64,
    /// A JSON object: per changed column its old and its new value.
    pub(crate) details: String,
}

impl ActiveModelBehavior for ActiveModel {}
