//! Links in mails that ask where somebody is who was placed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) figure_id: i64,
    pub(crate) months: i32,
    /// Whose account the mail went to, when it went to one.
    pub(crate) account_id: Option<i64>,
    /// To whom the mail went.
    pub(crate) actor: String,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
