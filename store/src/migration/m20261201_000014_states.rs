//! States of organisations and events, versions of all that two people can edit, and changes of vacancies that wait for the
//! programme office while the text that it approved stays public.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, date_null, text, text_null, timestamp_with_time_zone,
};

use super::parts::to;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = async |table: &'static str, column: ColumnDef| {
            let altered = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(altered).await
        };
        for table in ["organisations", "vacancies", "events"] {
            add(table, big_integer("version").default(1).to_owned()).await?;
        }
        // What the hub shows stays as it is: whoever is there takes part, what is planned takes place.
        add("organisations", text("state").default("member").to_owned()).await?;
        add("events", text("state").default("published").to_owned()).await?;
        add("vacancies", date_null("scheduled_for")).await?;
        add("vacancies", text_null("return_reason")).await?;

        // What the programme office wrote of earlier publications was not recorded as such yet.
        let known = Query::update()
            .table("vacancies")
            .value("published_at", Expr::col("created_at"))
            .and_where(Expr::col("published_at").is_null())
            .and_where(Expr::col("published_on").is_not_null())
            .and_where(Expr::col("state").ne("draft"))
            .to_owned();
        manager.execute(known).await?;
        // The day of a draft that nobody saw was a plan.
        let planned = Query::update()
            .table("vacancies")
            .value("published_on", None::<chrono::NaiveDate>)
            .and_where(Expr::col("published_at").is_null())
            .and_where(Expr::col("state").eq("draft"))
            .to_owned();
        manager.execute(planned).await?;

        let changes = Table::create()
            .table("vacancy_changes")
            .col(big_pk_auto("id"))
            .col(big_integer("vacancy_id").unique_key().to_owned())
            .col(text("draft"))
            .col(big_integer_null("account_id"))
            .col(text_null("return_reason"))
            .col(big_integer("version").default(1).to_owned())
            .col(timestamp_with_time_zone("changed_at"))
            .foreign_key(&mut to("vacancy_changes", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("vacancy_changes", "account_id", "accounts", ForeignKeyAction::SetNull))
            .to_owned();
        manager.create_table(changes).await
    }
}
