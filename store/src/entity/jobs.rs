//! Background work: one row for each kind of job.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) kind: String,
    pub(crate) due_at: DateTimeUtc,
    /// Counts the claims; whoever ends a job names the one that it was claimed with.
    pub(crate) claim_number: i64,
    /// Until when nobody else takes it; nothing when nobody has it.
    pub(crate) claimed_until: Option<DateTimeUtc>,
    /// How often it was tried since it last succeeded.
    pub(crate) attempts: i32,
    pub(crate) last_error: Option<String>,
    pub(crate) last_success_at: Option<DateTimeUtc>,
    /// Since when it is given up; nothing once it succeeded again.
    pub(crate) given_up_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
