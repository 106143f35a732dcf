//! Searches whose new vacancies come by mail.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    /// Whose it is: an address says it, with an account or without.
    pub(crate) email: String,
    pub(crate) language: String,
    /// The part of the search's address after the `?`.
    pub(crate) query: String,
    /// The search in words.
    pub(crate) title: String,
    pub(crate) frequency: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) confirmed_at: Option<DateTimeUtc>,
    /// What was published until then has been looked at.
    pub(crate) looked_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
