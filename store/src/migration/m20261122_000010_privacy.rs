//! Which application a mail is about, so that what waits to be sent goes when the application goes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let about = Table::alter().table("outbox").add_column(big_integer_null("application_id")).to_owned();
        manager.alter_table(about).await?;
        for column in ["application_id", "to_address"] {
            let index =
                Index::create().name(format!("outbox_by_{column}")).table("outbox").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
