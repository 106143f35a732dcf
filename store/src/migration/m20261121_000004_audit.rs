//! Revisions and the audit trail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let revision = Table::create()
            .table("revision")
            .col(big_pk_auto("id"))
            .col(timestamp_with_time_zone("at"))
            .col(text("reason"))
            .to_owned();
        manager.create_table(revision).await?;

        let audit_record = Table::create()
            .table("audit_record")
            .col(big_pk_auto("id"))
            .col(timestamp_with_time_zone("at"))
            .col(text("actor"))
            .col(text("action"))
            .col(text("subject"))
            .col(big_integer("subject_id"))
            .col(text("details"))
            .to_owned();
        manager.create_table(audit_record).await?;

        let of_subject = Index::create()
            .name("audit_record_by_subject")
            .table("audit_record")
            .col("subject")
            .col("subject_id")
            .to_owned();
        manager.create_index(of_subject).await?;

        let of_actor = Index::create()
            .name("audit_record_by_actor")
            .table("audit_record")
            .col("actor")
            .col("id")
            .to_owned();
        manager.create_index(of_actor).await
    }
}
