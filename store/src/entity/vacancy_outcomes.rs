//! What organisations were asked about vacancies that closed, and what they answered.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy_outcomes")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) vacancy_id: i64,
    /// How often the organisation was asked.
    pub(crate) asked: i32,
    pub(crate) asked_at: DateTimeUtc,
    pub(crate) outcome: Option<String>,
    pub(crate) answered_at: Option<DateTimeUtc>,
    /// The kind of actor who answered.
    pub(crate) actor_kind: Option<String>,
    pub(crate) actor_account_id: Option<i64>,
    pub(crate) actor_label: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
