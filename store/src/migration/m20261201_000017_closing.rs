//! The closing day of a vacancy that its organisation was told of.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::date_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let told = Table::alter().table("vacancies").add_column(date_null("closing_told_for")).to_owned();
        manager.alter_table(told).await
    }
}
