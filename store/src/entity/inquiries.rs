//! What organisations are asked afterwards, and what they answered: what became of a vacancy, or where somebody is who was placed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inquiries")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    /// The vacancy that is asked about, unless it is a placement.
    pub(crate) vacancy_id: Option<i64>,
    /// The figure of the placement that is asked about, unless it is a vacancy.
    pub(crate) figure_id: Option<i64>,
    /// How it stands so many months after the first day of a placement; 0 for a vacancy.
    pub(crate) months: i32,
    /// The organisation that was asked.
    pub(crate) organisation_id: i64,
    /// How often it was asked.
    pub(crate) asked: i32,
    pub(crate) asked_at: DateTimeUtc,
    /// A word of the closed list of what is asked about.
    pub(crate) answer: Option<String>,
    pub(crate) answered_at: Option<DateTimeUtc>,
    /// The kind of actor who answered.
    pub(crate) actor_kind: Option<String>,
    pub(crate) actor_account_id: Option<i64>,
    pub(crate) actor_label: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
