//! The day on which a vacancy ended before its closing day, from which all that follows an end is counted; which alert a mail
//! tells of, so that what waits to be sent ends with the alert; and the secret of another phone while it is set up.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, date_null, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = Table::alter().table("vacancies").add_column(date_null("ended_on")).to_owned();
        manager.alter_table(ended).await?;
        // The day of the last change is at most too late: nothing is erased too soon.
        let day = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => "date(updated_at)",
            _ => "CAST(updated_at AT TIME ZONE 'UTC' AS date)",
        };
        let known = format!(
            "UPDATE vacancies SET ended_on = {day} WHERE state IN ('filled', 'expired') AND {day} < closes_on"
        );
        manager.get_connection().execute_unprepared(&known).await?;
        let about = Table::alter().table("outbox").add_column(big_integer_null("alert_id")).to_owned();
        manager.alter_table(about).await?;
        let index = Index::create().name("outbox_by_alert_id").table("outbox").col("alert_id").to_owned();
        manager.create_index(index).await?;
        let other = Table::alter().table("sessions").add_column(string_null("other_phone")).to_owned();
        manager.alter_table(other).await
    }
}
