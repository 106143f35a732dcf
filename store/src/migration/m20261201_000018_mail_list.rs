//! An index for each order in which the programme office lists mail.

use sea_orm_migration::prelude::*;

use super::parts::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index("outbox", &["created_at", "id"])).await?;
        manager.create_index(index("outbox", &["to_address", "id"])).await
    }
}
