//! What is counted of applications; it stays when the application is erased, and names nobody.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application_figures")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) application_id: Option<i64>,
    pub(crate) vacancy_id: i64,
    pub(crate) organisation_id: i64,
    pub(crate) submitted_at: DateTimeUtc,
    /// When the organisation first answered.
    pub(crate) answered_at: Option<DateTimeUtc>,
    pub(crate) state: String,
    pub(crate) placed_from: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
