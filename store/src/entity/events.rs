//! Meetings of the hub and its members.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub reference: String,
    pub title: String,
    pub kind: String,
    pub host_id: Option<i64>,
    pub place: String,
    /// On the hub's own clock.
    pub starts_at: DateTime,
    /// On the hub's own clock.
    pub ends_at: DateTime,
    pub capacity: Option<i32>,
    pub audience: String,
    pub language: String,
    pub text: String,
    pub state: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "host_id", to = "id")]
    pub host: BelongsTo<Option<super::organisations::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
