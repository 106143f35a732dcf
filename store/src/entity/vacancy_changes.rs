//! Changes of vacancies that wait for the programme office.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy_changes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub vacancy_id: i64,
    /// What was typed, as JSON.
    pub draft: String,
    /// Who typed it last.
    pub account_id: Option<i64>,
    /// What the programme office asked to change; empty while it waits.
    pub return_reason: Option<String>,
    pub version: i64,
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
