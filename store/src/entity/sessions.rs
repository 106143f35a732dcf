//! Browsers in which somebody is signed in.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) secret_hash: String,
    pub(crate) account_id: i64,
    /// What the browser says it is: `Firefox, Windows`.
    pub(crate) device: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) seen_at: DateTimeUtc,
    pub(crate) second_step_at: Option<DateTimeUtc>,
    /// The token of another phone that this session sets up, in base 32.
    pub(crate) other_phone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
