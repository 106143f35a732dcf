//! Links in mails that lead to an application without signing in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) application_id: i64,
    pub(crate) side: String,
    /// The account that the mail went to, of a recipient who has one.
    pub(crate) account_id: Option<i64>,
    /// The name of the person to whom the mail went.
    pub(crate) actor_label: String,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
