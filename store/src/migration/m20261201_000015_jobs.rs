//! Background work as rows: one for each kind of job.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let jobs = Table::create()
            .table("jobs")
            .col(big_pk_auto("id"))
            .col(text("kind").unique_key().to_owned())
            .col(timestamp_with_time_zone("due_at"))
            .col(big_integer("claim_number").default(0).to_owned())
            .col(timestamp_with_time_zone_null("claimed_until"))
            .col(integer("attempts").default(0).to_owned())
            .col(text_null("last_error"))
            .col(timestamp_with_time_zone_null("last_success_at"))
            .col(timestamp_with_time_zone_null("given_up_at"))
            .to_owned();
        manager.create_table(jobs).await
    }
}
