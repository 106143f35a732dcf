//! Organisations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_pk_auto, date_null, integer_null, text, text_null, text_uniq, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let organisations = Table::create()
            .table("organisations")
            .col(big_pk_auto("id"))
            .col(text_uniq("reference"))
            .col(text_uniq("name"))
            .col(text_uniq("slug"))
            .col(text("kind"))
            .col(text("sector"))
            .col(integer_null("employees"))
            .col(text("place"))
            .col(text_null("website"))
            .col(text_null("contact_name"))
            .col(text_null("email"))
            .col(text_null("kvk_number"))
            .col(text("brand_grade"))
            .col(date_null("member_since"))
            .col(text_null("logo"))
            .col(text("text_nl"))
            .col(text_null("text_de"))
            .col(text_null("text_en"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned();
        manager.create_table(organisations).await
    }
}
