//! Alerts, the ways to them, and when vacancies became public.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, text, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use super::parts::{index, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let published = Table::alter()
            .table("vacancies")
            .add_column(timestamp_with_time_zone_null("published_at"))
            .to_owned();
        manager.alter_table(published).await?;
        // Nobody noted the moment before; what is public is not new to anybody.
        let known = Query::update()
            .table("vacancies")
            .value("published_at", Expr::col("created_at"))
            .and_where(Expr::col("state").eq("published").or(Expr::col("published_on").is_not_null()))
            .and_where(Expr::col("state").ne("draft"))
            .to_owned();
        manager.execute(known).await?;
        manager.create_index(index("vacancies", &["published_at"])).await?;

        let alerts = Table::create()
            .table("alerts")
            .col(big_pk_auto("id"))
            .col(text("email"))
            .col(text("language"))
            .col(text("query"))
            .col(text("title"))
            .col(text("frequency"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("confirmed_at"))
            .col(timestamp_with_time_zone("looked_until"))
            .to_owned();
        manager.create_table(alerts).await?;
        manager.create_index(index("alerts", &["email", "query"]).unique().to_owned()).await?;
        manager.create_index(index("alerts", &["frequency", "looked_until"])).await?;

        let links = Table::create()
            .table("alert_links")
            .col(big_pk_auto("id"))
            .col(text("email"))
            .col(big_integer_null("alert_id"))
            .col(text_uniq("secret_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut to("alert_links", "alert_id", "alerts", ForeignKeyAction::SetNull))
            .to_owned();
        manager.create_table(links).await?;
        manager.create_index(index("alert_links", &["email"])).await?;
        manager.create_index(index("alert_links", &["alert_id"])).await?;

        let told = Table::create()
            .table("alert_vacancies")
            .col(big_pk_auto("id"))
            .col(big_integer("alert_id"))
            .col(big_integer("vacancy_id"))
            .col(timestamp_with_time_zone("told_at"))
            .foreign_key(&mut to("alert_vacancies", "alert_id", "alerts", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("alert_vacancies", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(told).await?;
        manager
            .create_index(index("alert_vacancies", &["alert_id", "vacancy_id"]).unique().to_owned())
            .await?;
        manager.create_index(index("alert_vacancies", &["vacancy_id"])).await?;
        manager.create_index(index("alert_vacancies", &["told_at"])).await
    }
}
