//! What talents tell of themselves, and the vacancies that they keep.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_integer_uniq, big_pk_auto, boolean, date_null, integer_null, text,
    text_null, timestamp_with_time_zone,
};

use super::parts::{index, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let profiles = Table::create()
            .table("talent_profiles")
            .col(big_pk_auto("id"))
            .col(big_integer_uniq("account_id"))
            .col(text("programme"))
            .col(text("institution"))
            .col(text_null("level"))
            .col(text("study_fields"))
            .col(text("skills"))
            .col(text("home_place"))
            .col(text("roots"))
            .col(text("kinds"))
            .col(date_null("available_from"))
            .col(date_null("available_until"))
            .col(integer_null("hours"))
            .col(text("languages"))
            .col(text("about"))
            .col(text_null("cv_document"))
            .col(text_null("cv_name"))
            .col(big_integer_null("cv_bytes"))
            .col(boolean("shows_fits"))
            .col(timestamp_with_time_zone("updated_at"))
            .foreign_key(&mut to("talent_profiles", "account_id", "accounts", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(profiles).await?;
        manager.create_index(index("talent_profiles", &["cv_document"])).await?;

        let saved = Table::create()
            .table("saved_vacancies")
            .col(big_pk_auto("id"))
            .col(big_integer("account_id"))
            .col(big_integer("vacancy_id"))
            .col(text("note"))
            .col(timestamp_with_time_zone("saved_at"))
            .foreign_key(&mut to("saved_vacancies", "account_id", "accounts", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("saved_vacancies", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(saved).await?;
        manager
            .create_index(index("saved_vacancies", &["account_id", "vacancy_id"]).unique().to_owned())
            .await?;
        manager.create_index(index("saved_vacancies", &["vacancy_id"])).await
    }
}
