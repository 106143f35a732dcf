//! Links in mails that ask what became of a vacancy.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) vacancy_id: i64,
    /// The account that the mail went to, of a recipient who has one.
    pub(crate) account_id: Option<i64>,
    /// The name of the person to whom the mail went.
    pub(crate) actor_label: String,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
