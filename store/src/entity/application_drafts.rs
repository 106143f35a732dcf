//! Applications that are being written.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_drafts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) browser_hash: String,
    pub(crate) vacancy_id: i64,
    /// What was typed, as JSON.
    pub(crate) content: String,
    pub(crate) cv_document: Option<String>,
    pub(crate) cv_name: Option<String>,
    pub(crate) cv_bytes: Option<i64>,
    pub(crate) saved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
