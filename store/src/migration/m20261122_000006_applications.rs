//! Applications, what was said about them, the ways to them, and what is counted of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_integer_uniq, big_pk_auto, date_null, integer, text, text_null,
    text_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let questions = Table::create()
            .table("vacancy_questions")
            .col(big_pk_auto("id"))
            .col(big_integer("vacancy_id"))
            .col(integer("position"))
            .col(text("question"))
            .foreign_key(&mut to("vacancy_questions", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(questions).await?;
        manager
            .create_index(index("vacancy_questions", &["vacancy_id", "position"]).unique().to_owned())
            .await?;

        let applications = Table::create()
            .table("applications")
            .col(big_pk_auto("id"))
            .col(big_integer("vacancy_id"))
            .col(big_integer_null("account_id"))
            .col(text("name"))
            .col(text("email"))
            .col(text("language"))
            .col(text("motivation"))
            .col(text("answers"))
            .col(text_null("cv_document"))
            .col(text_null("cv_name"))
            .col(big_integer_null("cv_bytes"))
            .col(text_null("consent_version"))
            .col(timestamp_with_time_zone_null("consented_at"))
            .col(text("state"))
            .col(timestamp_with_time_zone("state_since"))
            .col(date_null("placed_from"))
            .col(integer("reminders"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("submitted_at"))
            .foreign_key(&mut to("applications", "vacancy_id", "vacancies", ForeignKeyAction::Restrict))
            .foreign_key(&mut to("applications", "account_id", "accounts", ForeignKeyAction::SetNull))
            .to_owned();
        manager.create_table(applications).await?;
        manager.create_index(index("applications", &["vacancy_id", "email"]).unique().to_owned()).await?;
        manager.create_index(index("applications", &["account_id"])).await?;
        manager.create_index(index("applications", &["cv_document"])).await?;
        manager.create_index(index("applications", &["email"])).await?;
        manager.create_index(index("applications", &["state", "submitted_at"])).await?;

        let entries = Table::create()
            .table("application_entries")
            .col(big_pk_auto("id"))
            .col(big_integer("application_id"))
            .col(timestamp_with_time_zone("at"))
            .col(text("side"))
            .col(text("actor"))
            .col(text_null("state"))
            .col(text_null("reason"))
            .col(text_null("text"))
            .foreign_key(&mut of_application("application_entries"))
            .to_owned();
        manager.create_table(entries).await?;
        manager.create_index(index("application_entries", &["application_id"])).await?;

        let links = Table::create()
            .table("application_links")
            .col(big_pk_auto("id"))
            .col(big_integer("application_id"))
            .col(text("side"))
            .col(big_integer_null("account_id"))
            .col(text("actor"))
            .col(text_uniq("secret_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut of_application("application_links"))
            .foreign_key(&mut to("application_links", "account_id", "accounts", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(links).await?;
        manager.create_index(index("application_links", &["application_id"])).await?;
        manager.create_index(index("application_links", &["account_id"])).await?;

        let drafts = Table::create()
            .table("application_drafts")
            .col(big_pk_auto("id"))
            .col(text("browser_hash"))
            .col(big_integer("vacancy_id"))
            .col(text("content"))
            .col(text_null("cv_document"))
            .col(text_null("cv_name"))
            .col(big_integer_null("cv_bytes"))
            .col(timestamp_with_time_zone("saved_at"))
            .foreign_key(&mut to("application_drafts", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(drafts).await?;
        manager
            .create_index(index("application_drafts", &["browser_hash", "vacancy_id"]).unique().to_owned())
            .await?;
        manager.create_index(index("application_drafts", &["saved_at"])).await?;
        manager.create_index(index("application_drafts", &["cv_document"])).await?;

        let figures = Table::create()
            .table("application_figures")
            .col(big_pk_auto("id"))
            .col(big_integer_null("application_id"))
            .col(big_integer("vacancy_id"))
            .col(big_integer("organisation_id"))
            .col(timestamp_with_time_zone("submitted_at"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(text("state"))
            .col(date_null("placed_from"))
            .foreign_key(&mut to(
                "application_figures",
                "application_id",
                "applications",
                ForeignKeyAction::SetNull,
            ))
            .to_owned();
        manager.create_table(figures).await?;
        manager.create_index(index("application_figures", &["application_id"]).unique().to_owned()).await?;
        manager.create_index(index("application_figures", &["organisation_id", "answered_at"])).await?;

        let outcomes = Table::create()
            .table("vacancy_outcomes")
            .col(big_pk_auto("id"))
            .col(big_integer_uniq("vacancy_id"))
            .col(integer("asked"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text_null("outcome"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(text_null("actor"))
            .foreign_key(&mut to("vacancy_outcomes", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(outcomes).await?;

        let outcome_links = Table::create()
            .table("outcome_links")
            .col(big_pk_auto("id"))
            .col(big_integer("vacancy_id"))
            .col(text("actor"))
            .col(text_uniq("secret_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut to("outcome_links", "vacancy_id", "vacancies", ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(outcome_links).await?;
        manager.create_index(index("outcome_links", &["vacancy_id"])).await
    }
}

fn to(
    table: &str,
    column: &'static str,
    other: &'static str,
    then: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table.to_owned(), column)
        .to(other, "id")
        .on_delete(then)
        .to_owned()
}

/// What belongs to an application goes when the application goes.
fn of_application(table: &str) -> ForeignKeyCreateStatement {
    to(table, "application_id", "applications", ForeignKeyAction::Cascade)
}

fn index(table: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_and_"))).table(table.to_owned());
    for column in columns {
        index.col(*column);
    }
    index
}
