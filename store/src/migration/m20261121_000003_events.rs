//! Events.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, big_pk_auto, date_time, integer_null, text, text_uniq, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = Table::create()
            .table("events")
            .col(big_pk_auto("id"))
            .col(text_uniq("reference"))
            .col(text("title"))
            .col(text("kind"))
            .col(big_integer_null("host_id"))
            .col(text("place"))
            .col(date_time("starts_at"))
            .col(date_time("ends_at"))
            .col(integer_null("capacity"))
            .col(text("audience"))
            .col(text("language"))
            .col(text("text"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(
                ForeignKey::create().name("events_host").from("events", "host_id").to("organisations", "id"),
            )
            .to_owned();
        manager.create_table(events).await?;

        let by_beginning =
            Index::create().name("events_by_beginning").table("events").col("starts_at").to_owned();
        manager.create_index(by_beginning).await?;

        let of_host = Index::create().name("events_by_host").table("events").col("host_id").to_owned();
        manager.create_index(of_host).await
    }
}
