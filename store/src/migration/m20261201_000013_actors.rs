//! Who did something, by kind, account and name; the audit trail by verb and states; what a mail is about by kind and number;
//! and a feed of changes for the index, which read the audit trail before.

use std::collections::BTreeSet;

use sea_orm::{DatabaseBackend, Statement};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, text, text_null, timestamp_with_time_zone_null,
};

use super::parts::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        note_since_when_staff(manager).await?;
        list_candidates(manager).await?;
        name_actors(manager).await?;
        name_actors_of_audit(manager).await?;
        split_actions(manager).await?;
        name_what_mail_is_about(manager).await?;
        let changes = Table::create()
            .table("changes")
            .col(big_pk_auto("id"))
            .col(text("noun"))
            .col(big_integer("row_id"))
            .to_owned();
        manager.create_table(changes).await?;
        run(manager, "DROP TABLE actor_candidates").await
    }
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Since when somebody is staff; until now only the audit trail knew. Another role is no new beginning.
async fn note_since_when_staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "accounts", timestamp_with_time_zone_null("staff_since")).await?;
    let begins = match manager.get_database_backend() {
        DatabaseBackend::Sqlite => "json_extract(r.details, '$.staff_role.old') IS NULL",
        _ => "CAST(r.details AS json) -> 'staff_role' ->> 'old' IS NULL",
    };
    run(
        manager,
        &format!(
            "UPDATE accounts SET staff_since = (SELECT max(r.at) FROM audit_record r WHERE r.subject = 'account' \
             AND r.subject_id = accounts.id AND r.action = 'role_given' AND r.details LIKE '%\"staff_role\"%' \
             AND {begins}) WHERE staff_role IS NOT NULL"
        ),
    )
    .await
}

/// The names by which colleagues acted for organisations, now or before: until now nothing else said who did something.
async fn list_candidates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(
        manager,
        "CREATE TABLE actor_candidates (account_id bigint NOT NULL, organisation_id bigint NOT NULL, label text NOT NULL)",
    )
    .await?;
    let connection = manager.get_connection();
    let mut ever = BTreeSet::new();
    let members = "SELECT account_id, organisation_id FROM memberships";
    let backend = manager.get_database_backend();
    for row in connection.query_all_raw(Statement::from_string(backend, members)).await? {
        ever.insert((row.try_get_by_index::<i64>(0)?, row.try_get_by_index::<i64>(1)?));
    }
    let ended = "SELECT subject_id, details FROM audit_record WHERE subject = 'account' AND action = 'membership_ended'";
    for row in connection.query_all_raw(Statement::from_string(backend, ended)).await? {
        let (account_id, details): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let details: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&details).unwrap_or_default();
        let organisations =
            details.keys().filter_map(|key| key.strip_prefix("role in organisation ")?.parse::<i64>().ok());
        ever.extend(organisations.map(|organisation_id| (account_id, organisation_id)));
    }
    for (account_id, organisation_id) in ever {
        for column in ["name", "email"] {
            run(
                manager,
                &format!(
                    "INSERT INTO actor_candidates SELECT id, {organisation_id}, {column} FROM accounts \
                     WHERE id = {account_id} AND {column} IS NOT NULL"
                ),
            )
            .await?;
        }
    }
    list_candidates_of_links(manager).await?;
    run(manager, "CREATE INDEX actor_candidates_by_label ON actor_candidates (label, organisation_id)").await
}

/// Links that were mailed to colleagues remember a name that somebody had then.
async fn list_candidates_of_links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let organisations = [
        (
            "application_links",
            "SELECT v.organisation_id FROM applications a JOIN vacancies v ON v.id = a.vacancy_id \
             WHERE a.id = l.application_id AND l.side = 'organisation'",
        ),
        ("outcome_links", "SELECT v.organisation_id FROM vacancies v WHERE v.id = l.vacancy_id"),
        ("placement_links", "SELECT f.organisation_id FROM application_figures f WHERE f.id = l.figure_id"),
    ];
    for (table, organisation) in organisations {
        run(
            manager,
            &format!(
                "INSERT INTO actor_candidates SELECT DISTINCT l.account_id, ({organisation}), l.actor FROM {table} l \
                 WHERE l.account_id IN (SELECT id FROM accounts) AND ({organisation}) IS NOT NULL"
            ),
        )
        .await?;
    }
    Ok(())
}

/// A table in which an organisation's side acted, and how a row of it leads to the organisation.
const ACTED_FOR_ORGANISATIONS: [(&str, &str); 3] = [
    (
        "application_entries",
        "SELECT v.organisation_id FROM applications a JOIN vacancies v ON v.id = a.vacancy_id \
         WHERE a.id = application_entries.application_id AND application_entries.side = 'organisation'",
    ),
    (
        "vacancy_outcomes",
        "SELECT v.organisation_id FROM vacancies v WHERE v.id = vacancy_outcomes.vacancy_id",
    ),
    (
        "placement_answers",
        "SELECT f.organisation_id FROM application_figures f WHERE f.id = placement_answers.figure_id",
    ),
];

/// Links are an account's when they have its number, which the oldest lack.
const LINKS: [&str; 3] = ["application_links", "outcome_links", "placement_links"];

async fn name_actors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, organisation) in ACTED_FOR_ORGANISATIONS {
        rename(manager, table, "actor", "actor_label").await?;
        add_column(manager, table, text_null("actor_kind")).await?;
        add_column(manager, table, big_integer_null("actor_account_id")).await?;
        run(manager, &format!("UPDATE {table} SET actor_kind = 'link' WHERE actor_label IS NOT NULL"))
            .await?;
        let candidates = format!(
            "FROM actor_candidates c WHERE c.label = {table}.actor_label AND c.organisation_id = ({organisation})"
        );
        run(
            manager,
            &format!(
                "UPDATE {table} SET actor_kind = 'account', actor_account_id = (SELECT min(c.account_id) {candidates}) \
                 WHERE (SELECT count(DISTINCT c.account_id) {candidates}) = 1"
            ),
        )
        .await?;
        // Of colleagues with one name nobody can say who it was: the organisation's own name stands for them, so that
        // nothing of the one is left when the other goes.
        run(
            manager,
            &format!(
                "UPDATE {table} SET actor_kind = 'account', \
                 actor_label = (SELECT o.name FROM organisations o WHERE o.id = ({organisation})) \
                 WHERE (SELECT count(DISTINCT c.account_id) {candidates}) > 1"
            ),
        )
        .await?;
        manager.create_index(index(table, &["actor_account_id"])).await?;
    }
    run(manager, "UPDATE application_entries SET actor_kind = 'hub' WHERE side = 'hub'").await?;
    let talent = "SELECT a.account_id FROM applications a WHERE a.id = application_entries.application_id";
    run(
        manager,
        &format!(
            "UPDATE application_entries SET actor_kind = 'account', actor_account_id = ({talent}) \
             WHERE side = 'talent' AND ({talent}) IS NOT NULL"
        ),
    )
    .await?;
    for table in LINKS {
        rename(manager, table, "actor", "actor_label").await?;
    }
    // A link without a number works for nobody once an organisation has colleagues; it need not keep a colleague's name,
    // unless the organisation itself calls the colleague its contact.
    run(
        manager,
        "DELETE FROM outcome_links WHERE account_id IS NULL AND EXISTS (SELECT 1 FROM actor_candidates c \
         JOIN vacancies v ON v.organisation_id = c.organisation_id JOIN organisations o ON o.id = c.organisation_id \
         WHERE v.id = outcome_links.vacancy_id AND c.label = outcome_links.actor_label \
         AND c.label <> coalesce(o.contact_name, ''))",
    )
    .await
}

async fn name_actors_of_audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(manager, "DROP INDEX audit_record_by_actor").await?;
    rename(manager, "audit_record", "actor", "actor_label").await?;
    add_column(manager, "audit_record", text("actor_kind").default("import").to_owned()).await?;
    add_column(manager, "audit_record", big_integer_null("actor_account_id")).await?;
    let of_address = "SELECT a.id FROM accounts a WHERE a.email = audit_record.actor_label";
    let known = [
        "UPDATE audit_record SET actor_kind = 'account', actor_account_id = CAST(substr(actor_label, 9) AS bigint), \
         actor_label = '' WHERE actor_label LIKE 'account %'"
            .to_owned(),
        format!(
            "UPDATE audit_record SET actor_kind = 'account', actor_account_id = ({of_address}), actor_label = '' \
             WHERE EXISTS ({of_address})"
        ),
        "UPDATE audit_record SET actor_kind = 'command_line', actor_label = '' WHERE actor_label = 'command line'"
            .to_owned(),
        "UPDATE audit_record SET actor_kind = 'hub', actor_label = '' WHERE actor_label = 'hub'".to_owned(),
        "UPDATE audit_record SET actor_kind = 'link' WHERE actor_label IN ('talent', 'organisation')".to_owned(),
        "UPDATE audit_record SET actor_label = substr(actor_label, 8) WHERE actor_label LIKE 'import %'".to_owned(),
        "UPDATE revision SET reason = (SELECT 'account ' || a.id FROM accounts a WHERE a.email = revision.reason) \
         WHERE reason IN (SELECT email FROM accounts)"
            .to_owned(),
    ];
    for sql in known {
        run(manager, &sql).await?;
    }
    manager.create_index(index("audit_record", &["actor_account_id"])).await
}

/// A change of state is one verb, with the states it led from and to.
async fn split_actions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    rename(manager, "audit_record", "action", "verb").await?;
    for column in ["from_state", "to_state", "reason"] {
        add_column(manager, "audit_record", text_null(column)).await?;
    }
    let old = match manager.get_database_backend() {
        DatabaseBackend::Sqlite => "json_extract(details, '$.state.old')",
        _ => "CAST(details AS json) -> 'state' ->> 'old'",
    };
    run(
        manager,
        &format!(
            "UPDATE audit_record SET to_state = verb, from_state = {old}, verb = 'became' \
             WHERE subject = 'vacancy' AND verb IN ('draft', 'published', 'filled', 'expired')"
        ),
    )
    .await
}

async fn name_what_mail_is_about(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_column(manager, "outbox", text_null("about_kind")).await?;
    add_column(manager, "outbox", big_integer_null("about_id")).await?;
    for kind in ["application", "alert"] {
        let column = format!("{kind}_id");
        run(
            manager,
            &format!(
                "UPDATE outbox SET about_kind = '{kind}', about_id = {column} WHERE {column} IS NOT NULL"
            ),
        )
        .await?;
        run(manager, &format!("DROP INDEX outbox_by_{column}")).await?;
        run(manager, &format!("ALTER TABLE outbox DROP COLUMN {column}")).await?;
    }
    manager.create_index(index("outbox", &["about_kind", "about_id"])).await
}

async fn rename(manager: &SchemaManager<'_>, table: &str, from: &str, to: &str) -> Result<(), DbErr> {
    run(manager, &format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}")).await
}

async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}
