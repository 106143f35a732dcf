//! What organisations were asked about people who were placed, and what they answered.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "placement_answers")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) figure_id: i64,
    /// How it stands so many months after the first day.
    pub(crate) months: i32,
    /// How often the organisation was asked.
    pub(crate) asked: i32,
    pub(crate) asked_at: DateTimeUtc,
    pub(crate) whereabouts: Option<String>,
    pub(crate) answered_at: Option<DateTimeUtc>,
    /// The kind of actor who answered.
    pub(crate) actor_kind: Option<String>,
    pub(crate) actor_account_id: Option<i64>,
    pub(crate) actor_label: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
