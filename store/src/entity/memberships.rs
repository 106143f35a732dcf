//! Memberships: accounts with a role in an organisation.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) organisation_id: i64,
    pub(crate) role: String,
    pub(crate) created_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub(crate) account: BelongsTo<super::accounts::Entity>,
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub(crate) organisation: BelongsTo<super::organisations::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
