//! Vacancies of organisations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, date, date_null, integer, integer_null, text,
    text_uniq, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let vacancies = Table::create()
            .table("vacancies")
            .col(big_pk_auto("id"))
            .col(text_uniq("reference"))
            .col(text("title"))
            .col(big_integer("organisation_id"))
            .col(text("kind"))
            .col(text("levels"))
            .col(text("study_fields"))
            .col(text("skills"))
            .col(text("place"))
            .col(integer_null("hours_per_week"))
            .col(integer_null("weeks"))
            .col(date_null("starts_on"))
            .col(date("closes_on"))
            .col(big_integer_null("pay_from_cents"))
            .col(big_integer_null("pay_to_cents"))
            .col(text("language"))
            .col(boolean("is_cross_border"))
            .col(text("remote"))
            .col(integer("seats"))
            .col(text("state"))
            .col(date_null("published_on"))
            .col(text("text"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("vacancies_organisation")
                    .from("vacancies", "organisation_id")
                    .to("organisations", "id"),
            )
            .to_owned();
        manager.create_table(vacancies).await?;

        let open = Index::create()
            .name("vacancies_by_state_and_closing_day")
            .table("vacancies")
            .col("state")
            .col("closes_on")
            .to_owned();
        manager.create_index(open).await?;

        let of_organisation = Index::create()
            .name("vacancies_by_organisation")
            .table("vacancies")
            .col("organisation_id")
            .to_owned();
        manager.create_index(of_organisation).await
    }
}
