//! Links in mails that lead to one's alerts.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    /// Whose alerts it leads to.
    pub(crate) email: String,
    /// The alert that the mail was about, as long as there is one.
    pub(crate) alert_id: Option<i64>,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
