//! One table for what organisations are asked afterwards, and one for the links in mails.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer, text, text_null, text_uniq,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use super::parts::{index, to};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What the tables of before hold, in those that take their place. A link to an account that is gone would lead in whoever has no
/// account, so it goes too.
const MOVED: &[&str] = &[
    "INSERT INTO inquiries (vacancy_id, months, organisation_id, asked, asked_at, answer, answered_at, actor_kind, \
     actor_account_id, actor_label) SELECT o.vacancy_id, 0, v.organisation_id, o.asked, o.asked_at, o.outcome, o.answered_at, \
     o.actor_kind, o.actor_account_id, o.actor_label FROM vacancy_outcomes o JOIN vacancies v ON v.id = o.vacancy_id ORDER BY o.id",
    "INSERT INTO inquiries (figure_id, months, organisation_id, asked, asked_at, answer, answered_at, actor_kind, \
     actor_account_id, actor_label) SELECT a.figure_id, a.months, f.organisation_id, a.asked, a.asked_at, a.whereabouts, \
     a.answered_at, a.actor_kind, a.actor_account_id, a.actor_label FROM placement_answers a \
     JOIN application_figures f ON f.id = a.figure_id ORDER BY a.id",
    "INSERT INTO mail_links (application_id, side, account_id, actor_label, secret_hash, created_at) \
     SELECT application_id, side, account_id, actor_label, secret_hash, created_at FROM application_links ORDER BY id",
    "INSERT INTO mail_links (inquiry_id, account_id, actor_label, secret_hash, created_at) \
     SELECT i.id, l.account_id, l.actor_label, l.secret_hash, l.created_at FROM outcome_links l \
     JOIN inquiries i ON i.vacancy_id = l.vacancy_id \
     WHERE l.account_id IS NULL OR l.account_id IN (SELECT id FROM accounts) ORDER BY l.id",
    "INSERT INTO mail_links (inquiry_id, account_id, actor_label, secret_hash, created_at) \
     SELECT i.id, l.account_id, l.actor_label, l.secret_hash, l.created_at FROM placement_links l \
     JOIN inquiries i ON i.figure_id = l.figure_id AND i.months = l.months \
     WHERE l.account_id IS NULL OR l.account_id IN (SELECT id FROM accounts) ORDER BY l.id",
    "INSERT INTO mail_links (alerts_address, alert_id, actor_label, secret_hash, created_at) \
     SELECT email, alert_id, '', secret_hash, created_at FROM alert_links ORDER BY id",
];

/// The tables of before.
const GONE: [&str; 6] = [
    "outcome_links",
    "placement_links",
    "application_links",
    "alert_links",
    "vacancy_outcomes",
    "placement_answers",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let goes = ForeignKeyAction::Cascade;
        let inquiries = Table::create()
            .table("inquiries")
            .col(big_pk_auto("id"))
            .col(big_integer_null("vacancy_id"))
            .col(big_integer_null("figure_id"))
            .col(integer("months"))
            .col(big_integer("organisation_id"))
            .col(integer("asked"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text_null("answer"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(text_null("actor_kind"))
            .col(big_integer_null("actor_account_id"))
            .col(text_null("actor_label"))
            .foreign_key(&mut to("inquiries", "vacancy_id", "vacancies", goes))
            .foreign_key(&mut to("inquiries", "figure_id", "application_figures", goes))
            .foreign_key(&mut to("inquiries", "organisation_id", "organisations", goes))
            .to_owned();
        manager.create_table(inquiries).await?;
        manager.create_index(index("inquiries", &["vacancy_id"]).unique().to_owned()).await?;
        manager.create_index(index("inquiries", &["figure_id", "months"]).unique().to_owned()).await?;
        manager.create_index(index("inquiries", &["organisation_id"])).await?;
        manager.create_index(index("inquiries", &["actor_account_id"])).await?;

        let links = Table::create()
            .table("mail_links")
            .col(big_pk_auto("id"))
            .col(big_integer_null("application_id"))
            .col(text_null("side"))
            .col(big_integer_null("inquiry_id"))
            .col(text_null("alerts_address"))
            .col(big_integer_null("alert_id"))
            .col(big_integer_null("account_id"))
            .col(text("actor_label"))
            .col(text_uniq("secret_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .foreign_key(&mut to("mail_links", "application_id", "applications", goes))
            .foreign_key(&mut to("mail_links", "inquiry_id", "inquiries", goes))
            .foreign_key(&mut to("mail_links", "alert_id", "alerts", ForeignKeyAction::SetNull))
            .foreign_key(&mut to("mail_links", "account_id", "accounts", goes))
            .to_owned();
        manager.create_table(links).await?;
        for column in ["application_id", "inquiry_id", "alerts_address", "alert_id", "account_id"] {
            manager.create_index(index("mail_links", &[column])).await?;
        }

        for sql in MOVED {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        for table in GONE {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
