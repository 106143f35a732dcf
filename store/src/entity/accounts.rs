//! People who may sign in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) language: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) staff_role: Option<String>,
    /// Since when the person works for the programme office.
    pub(crate) staff_since: Option<DateTimeUtc>,
    /// The token of the second step, in base 32.
    pub(crate) second_step_secret: Option<String>,
    /// Since when the second step is set up.
    pub(crate) second_step_since: Option<DateTimeUtc>,
    /// The time step whose code was used last; each works once.
    pub(crate) second_step_used: Option<i64>,
    /// When the person was warned that the account will go.
    pub(crate) warned_on: Option<Date>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) seen_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
