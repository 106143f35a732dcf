//! Codes for somebody who has lost the device of the second step; each works once.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) code_hash: String,
    pub(crate) used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
