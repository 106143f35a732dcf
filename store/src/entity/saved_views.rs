//! Views of lists that somebody keeps under a name.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_views")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    /// The name of the list.
    pub(crate) list: String,
    pub(crate) name: String,
    /// The part of an address after the `?`.
    pub(crate) query: String,
    pub(crate) saved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
