//! Accounts, sessions, and the mail that waits to be sent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, date_null, integer, text, text_null, text_uniq,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accounts = Table::create()
            .table("accounts")
            .col(big_pk_auto("id"))
            .col(text_uniq("email"))
            .col(text_null("name"))
            .col(text("language"))
            .col(text_null("password_hash"))
            .col(text_null("staff_role"))
            .col(text_null("second_step_secret"))
            .col(timestamp_with_time_zone_null("second_step_since"))
            .col(big_integer_null("second_step_used"))
            .col(date_null("warned_on"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("seen_at"))
            .to_owned();
        manager.create_table(accounts).await?;

        let memberships = Table::create()
            .table("memberships")
            .col(big_pk_auto("id"))
            .col(big_integer("account_id"))
            .col(big_integer("organisation_id"))
            .col(text("role"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut of_account("memberships"))
            .foreign_key(
                ForeignKey::create()
                    .name("memberships_organisation")
                    .from("memberships", "organisation_id")
                    .to("organisations", "id"),
            )
            .to_owned();
        manager.create_table(memberships).await?;
        manager
            .create_index(index("memberships", &["account_id", "organisation_id"]).unique().to_owned())
            .await?;
        manager.create_index(index("memberships", &["organisation_id"])).await?;

        let sessions = Table::create()
            .table("sessions")
            .col(big_pk_auto("id"))
            .col(text_uniq("secret_hash"))
            .col(big_integer("account_id"))
            .col(text("device"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("seen_at"))
            .col(timestamp_with_time_zone_null("second_step_at"))
            .foreign_key(&mut of_account("sessions"))
            .to_owned();
        manager.create_table(sessions).await?;
        manager.create_index(index("sessions", &["account_id"])).await?;

        let sign_ins = Table::create()
            .table("sign_ins")
            .col(big_pk_auto("id"))
            .col(text("email"))
            .col(big_integer_null("account_id"))
            .col(text("language"))
            .col(text("wanted"))
            .col(text_uniq("link_hash"))
            .col(text_uniq("browser_hash"))
            .col(text("code_hash"))
            .col(integer("code_tries"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(&mut of_account("sign_ins"))
            .to_owned();
        manager.create_table(sign_ins).await?;
        manager.create_index(index("sign_ins", &["created_at"])).await?;

        let recovery_codes = Table::create()
            .table("recovery_codes")
            .col(big_pk_auto("id"))
            .col(big_integer("account_id"))
            .col(text("code_hash"))
            .col(timestamp_with_time_zone_null("used_at"))
            .foreign_key(&mut of_account("recovery_codes"))
            .to_owned();
        manager.create_table(recovery_codes).await?;
        manager.create_index(index("recovery_codes", &["account_id"])).await?;

        let tries = Table::create()
            .table("tries")
            .col(big_pk_auto("id"))
            .col(text_uniq("subject_hash"))
            .col(integer("count"))
            .col(timestamp_with_time_zone("last_at"))
            .to_owned();
        manager.create_table(tries).await?;
        manager.create_index(index("tries", &["last_at"])).await?;

        let outbox = Table::create()
            .table("outbox")
            .col(big_pk_auto("id"))
            .col(text("to_address"))
            .col(text("language"))
            .col(text("kind"))
            .col(text("message"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("due_at"))
            .col(integer("attempts"))
            .col(timestamp_with_time_zone_null("sent_at"))
            .col(text_null("failure"))
            .to_owned();
        manager.create_table(outbox).await?;
        manager.create_index(index("outbox", &["due_at"])).await?;
        manager.create_index(index("outbox", &["created_at"])).await
    }
}

/// What belongs to an account goes when the account goes.
fn of_account(table: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_account"))
        .from(table.to_owned(), "account_id")
        .to("accounts", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn index(table: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_and_"))).table(table.to_owned());
    for column in columns {
        index.col(*column);
    }
    index
}
