//! The feed of rows that the public site shows and that were written, in the order of their commits.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changes")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) noun: String,
    pub(crate) row_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
