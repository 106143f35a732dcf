//! How often something was tried that must not be tried often.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tries")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) subject_hash: String,
    pub(crate) count: i32,
    pub(crate) last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
