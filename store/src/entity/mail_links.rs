//! Links in mails that give a right without signing in. Each leads to one thing.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    /// The application that it leads to.
    pub(crate) application_id: Option<i64>,
    /// The side of that application whose right it gives.
    pub(crate) side: Option<String>,
    /// The inquiry that it leads to.
    pub(crate) inquiry_id: Option<i64>,
    /// The address to whose alerts it leads.
    pub(crate) alerts_address: Option<String>,
    /// The alert that the mail was about, as long as there is one.
    pub(crate) alert_id: Option<i64>,
    /// The account that the mail went to, of a recipient who has one.
    pub(crate) account_id: Option<i64>,
    /// The name of the person to whom the mail went; empty for alerts.
    pub(crate) actor_label: String,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
