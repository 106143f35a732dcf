//! What organisations say of people who were placed, the ways to say it, and to whom a question about a vacancy went.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer, text, text_null, text_uniq,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::parts::{index, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let answers = Table::create()
            .table("placement_answers")
            .col(big_pk_auto("id"))
            .col(big_integer("figure_id"))
            .col(integer("months"))
            .col(integer("asked"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text_null("whereabouts"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(text_null("actor"))
            .foreign_key(&mut to(
                "placement_answers",
                "figure_id",
                "application_figures",
                ForeignKeyAction::Cascade,
            ))
            .to_owned();
        manager.create_table(answers).await?;
        manager
            .create_index(index("placement_answers", &["figure_id", "months"]).unique().to_owned())
            .await?;

        let links = Table::create()
            .table("placement_links")
            .col(big_pk_auto("id"))
            .col(big_integer("figure_id"))
            .col(integer("months"))
            .col(big_integer_null("account_id"))
            .col(text("actor"))
            .col(text_uniq("secret_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut to(
                "placement_links",
                "figure_id",
                "application_figures",
                ForeignKeyAction::Cascade,
            ))
            .to_owned();
        manager.create_table(links).await?;
        manager.create_index(index("placement_links", &["figure_id"])).await?;
        manager.create_index(index("placement_links", &["account_id"])).await?;
        manager.create_index(index("application_figures", &["state", "placed_from"])).await?;

        // SQLite adds no foreign key to a table that is there. None is needed: who has no membership any more, as an account
        // that is gone has none, has no use of the link.
        let to_whom =
            Table::alter().table("outcome_links").add_column(big_integer_null("account_id")).to_owned();
        manager.alter_table(to_whom).await?;
        manager.create_index(index("outcome_links", &["account_id"])).await
    }
}
