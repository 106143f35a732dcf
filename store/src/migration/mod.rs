//! The steps that bring a database to the form that this version needs: forward only, never edited.
//!
//! Names are written as text and no entity is used, so that an old step keeps meaning what it meant.

mod m20261121_000001_organisations;
mod m20261121_000002_vacancies;
mod m20261121_000003_events;
mod m20261121_000004_audit;
mod m20261122_000005_accounts;
mod m20261122_000006_applications;
mod m20261122_000007_alerts;
mod m20261122_000008_placements;
mod m20261122_000009_talents;
mod m20261122_000010_privacy;
mod m20261122_000011_endings;
mod m20261201_000012_lists;
mod m20261201_000013_actors;
mod m20261201_000014_states;
mod m20261201_000015_jobs;
mod m20261201_000016_travel_allowance;
mod m20261201_000017_closing;
mod m20261201_000018_mail_list;
mod m20261201_000019_inquiries;
mod parts;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_organisations::Migration),
            Box::new(m20261121_000002_vacancies::Migration),
            Box::new(m20261121_000003_events::Migration),
            Box::new(m20261121_000004_audit::Migration),
            Box::new(m20261122_000005_accounts::Migration),
            Box::new(m20261122_000006_applications::Migration),
            Box::new(m20261122_000007_alerts::Migration),
            Box::new(m20261122_000008_placements::Migration),
            Box::new(m20261122_000009_talents::Migration),
            Box::new(m20261122_000010_privacy::Migration),
            Box::new(m20261122_000011_endings::Migration),
            Box::new(m20261201_000012_lists::Migration),
            Box::new(m20261201_000013_actors::Migration),
            Box::new(m20261201_000014_states::Migration),
            Box::new(m20261201_000015_jobs::Migration),
            Box::new(m20261201_000016_travel_allowance::Migration),
            Box::new(m20261201_000017_closing::Migration),
            Box::new(m20261201_000018_mail_list::Migration),
            Box::new(m20261201_000019_inquiries::Migration),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, resume_unwind};
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures::FutureExt;
    use sea_orm::{ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, QueryResult, Statement};

    use super::*;
    use crate::database;

    static NUMBER: AtomicU32 = AtomicU32::new(0);

    /// Runs a test on an empty database, of every kind that this machine has.
    async fn on_each_database(test: impl AsyncFn(&DatabaseConnection)) {
        test(&Database::connect(database::in_memory()).await.unwrap()).await;
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else { return };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("store_migration_{}_{number}", std::process::id());
        let keeper = Database::connect(&server).await.unwrap();
        run(&keeper, &format!("CREATE DATABASE {name}")).await;
        let (address, _) = server.rsplit_once('/').unwrap();
        let connection = Database::connect(format!("{address}/{name}")).await.unwrap();
        let outcome = AssertUnwindSafe(test(&connection)).catch_unwind().await;
        connection.close().await.unwrap();
        run(&keeper, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        keeper.close().await.unwrap();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    }

    /// Does what a release before did; `{at}`, `{later}` and `{no}` stand for what databases write differently, or often.
    async fn run(connection: &DatabaseConnection, sql: &str) {
        let no = if connection.get_database_backend() == DatabaseBackend::Sqlite { "0" } else { "FALSE" };
        let sql = sql
            .replace("{at}", "'2026-11-21T12:00:00+00:00'")
            .replace("{later}", "'2026-11-22T12:00:00+00:00'")
            .replace("{no}", no);
        connection.execute_unprepared(&sql).await.unwrap();
    }

    async fn rows(connection: &DatabaseConnection, query: &str) -> Vec<QueryResult> {
        let query = Statement::from_string(connection.get_database_backend(), query);
        connection.query_all_raw(query).await.unwrap()
    }

    async fn assert_counts(connection: &DatabaseConnection, counts: &[(&str, i64)]) {
        for (query, count) in counts {
            let found: i64 = rows(connection, query).await[0].try_get_by_index(0).unwrap();
            assert_eq!(found, *count, "{query}");
        }
    }

    const BERKEL: &str = "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, \
        created_at, updated_at) VALUES (1, 'O-1', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', {at}, {at})";

    /// A vacancy of Berkel as a release before wrote it, with columns that only some tests look at.
    fn vacancy(id: i64, more: &[(&str, &str)]) -> String {
        let (columns, values): (Vec<&str>, Vec<&str>) = more.iter().copied().unzip();
        let (columns, values) = (columns.join(", "), values.join(", "));
        format!(
            "INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, closes_on, \
             language, is_cross_border, remote, seats, text, created_at, updated_at, {columns}) VALUES ({id}, 'V-{id}', \
             'Lassen', 1, 'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', 'nl', {{no}}, 'no', 1, '', {{at}}, {{at}}, \
             {values})"
        )
    }

    /// As many steps as the release before lists had.
    const BEFORE_LISTS: u32 = 11;

    #[tokio::test]
    async fn an_application_of_the_release_before_gets_its_receiver_and_a_name_to_sort_by() {
        on_each_database(async |connection| {
            Migrations::up(connection, Some(BEFORE_LISTS)).await.unwrap();
            run(connection, BERKEL).await;
            run(connection, &vacancy(1, &[("state", "'published'")])).await;
            for (id, name, submitted_at) in [(1, "Özgür Yılmaz", "{at}"), (2, "Noor", "NULL")] {
                let application = format!(
                    "INSERT INTO applications (id, vacancy_id, name, email, language, motivation, answers, state, state_since, \
                     reminders, created_at, submitted_at) VALUES ({id}, 1, '{name}', '{id}@talent.example', 'nl', '', '[]', \
                     'submitted', {{at}}, 0, {{at}}, {submitted_at})"
                );
                run(connection, &application).await;
            }
            Migrations::up(connection, None).await.unwrap();
            let query = "SELECT organisation_id, folded_name FROM applications ORDER BY id";
            let read = |row: &QueryResult| {
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index::<String>(1).unwrap())
            };
            let found: Vec<(Option<i64>, String)> = rows(connection, query).await.iter().map(read).collect();
            assert_eq!(found, [(Some(1), "ozgur yilmaz".to_owned()), (None, "noor".to_owned())]);
        })
        .await;
    }

    /// As many steps as the release before actors had.
    const BEFORE_ACTORS: u32 = 11;

    /// A filled database of the release before actors. Ann, who was called Ans, works for Berkel, whose contact she is; two
    /// people called Jan do, or did.
    const FILLED: &[&str] = &[
        "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, \
         contact_name, created_at, updated_at) \
         VALUES (1, 'O-1', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', 'Ann', {at}, {at})",
        "INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, closes_on, \
         language, is_cross_border, remote, seats, state, text, created_at, updated_at) VALUES (1, 'V-1', 'Lassen', 1, \
         'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', 'nl', {no}, 'no', 1, 'published', '', {at}, {at})",
        "INSERT INTO accounts (id, email, name, language, staff_role, created_at, seen_at) VALUES \
         (1, 'ann@berkel.example', 'Ann', 'nl', NULL, {at}, {at}), (2, 'jan@berkel.example', 'Jan', 'nl', NULL, {at}, {at}), \
         (3, 'jan.b@berkel.example', 'Jan', 'nl', NULL, {at}, {at}), (4, 'kim@hub.example', 'Kim', 'nl', 'manager', {at}, {at})",
        "INSERT INTO memberships (account_id, organisation_id, role, created_at) VALUES (1, 1, 'manager', {at}), (2, 1, 'editor', {at})",
        "INSERT INTO applications (id, vacancy_id, account_id, name, email, language, motivation, answers, state, state_since, \
         created_at, reminders) VALUES (1, 1, NULL, 'Wim', 'wim@talent.example', 'nl', '', '[]', 'seen', {at}, {at}, 0)",
        "INSERT INTO application_entries (id, application_id, at, side, actor) VALUES (1, 1, {at}, 'talent', 'Wim'), \
         (2, 1, {at}, 'organisation', 'Ann'), (3, 1, {at}, 'organisation', 'Jan'), (4, 1, {at}, 'hub', ''), \
         (5, 1, {at}, 'organisation', 'info@berkel.example'), (6, 1, {at}, 'organisation', 'jan.b@berkel.example'), \
         (7, 1, {at}, 'organisation', 'Ans')",
        "INSERT INTO application_links (application_id, side, account_id, actor, secret_hash, created_at) VALUES \
         (1, 'organisation', 1, 'Ans', 'a1', {at}), (1, 'talent', NULL, 'Wim', 'a2', {at})",
        "INSERT INTO vacancy_outcomes (id, vacancy_id, asked, asked_at, actor) VALUES (1, 1, 1, {at}, 'ann@berkel.example')",
        "INSERT INTO outcome_links (id, vacancy_id, account_id, actor, secret_hash, created_at) VALUES \
         (1, 1, NULL, 'Jan', 'h1', {at}), (2, 1, NULL, 'Ann', 'h2', {at}), (3, 1, 2, 'Jan', 'h3', {at})",
        "INSERT INTO application_figures (id, application_id, vacancy_id, organisation_id, submitted_at, state) VALUES \
         (1, 1, 1, 1, {at}, 'placed')",
        "INSERT INTO placement_answers (id, figure_id, months, asked, asked_at, actor) VALUES (1, 1, 6, 1, {at}, 'Jan'), \
         (2, 1, 12, 1, {at}, NULL), (3, 1, 24, 1, {at}, 'Ans')",
        "INSERT INTO placement_links (figure_id, months, account_id, actor, secret_hash, created_at) VALUES \
         (1, 6, 1, 'Ann', 'p1', {at}), (1, 12, NULL, 'info@berkel.example', 'p2', {at}), (1, 24, 9, 'Gone', 'p3', {at})",
        "INSERT INTO alerts (id, email, language, query, title, frequency, created_at, looked_until) VALUES \
         (1, 'wim@talent.example', 'nl', '', 'Alles', 'daily', {at}, {at})",
        "INSERT INTO alert_links (email, alert_id, secret_hash, created_at) VALUES \
         ('wim@talent.example', 1, 'm1', {at}), ('wim@talent.example', NULL, 'm2', {at})",
        "INSERT INTO audit_record (id, at, actor, action, subject, subject_id, details) VALUES \
         (1, {at}, 'import v.csv', 'created', 'vacancy', 1, '{}'), (2, {at}, 'account 1', 'changed', 'account', 1, '{}'), \
         (3, {at}, 'ann@berkel.example', 'published', 'vacancy', 1, '{\"state\":{\"old\":\"draft\",\"new\":\"published\"}}'), \
         (4, {at}, 'command line', 'role_given', 'account', 4, '{\"staff_role\":{\"old\":null,\"new\":\"manager\"}}'), \
         (5, {at}, 'hub', 'erased', 'application', 9, '{}'), (6, {at}, 'talent', 'consent_given', 'application', 9, '{}'), \
         (7, {at}, 'account 1', 'membership_ended', 'account', 3, '{\"role in organisation 1\":{\"old\":\"editor\",\"new\":null}}'), \
         (8, {later}, 'account 1', 'role_given', 'account', 4, '{\"staff_role\":{\"old\":\"broker\",\"new\":\"manager\"}}')",
        "INSERT INTO revision (id, at, reason) VALUES (1, {at}, 'ann@berkel.example'), (2, {at}, 'import v.csv')",
        "INSERT INTO outbox (id, to_address, language, kind, message, created_at, attempts, application_id, alert_id) VALUES \
         (1, 'a@b.example', 'nl', 'x', '{}', {at}, 0, 7, NULL), (2, 'a@b.example', 'nl', 'x', '{}', {at}, 0, NULL, 8), \
         (3, 'a@b.example', 'nl', 'x', '{}', {at}, 0, NULL, NULL)",
    ];

    /// What the database says after the step: a query, and its rows as text.
    const TOLD: &[(&str, &[&str])] = &[
        (
            "SELECT actor_kind || ' ' || coalesce(CAST(actor_account_id AS text), '-') || ' ' || actor_label \
             FROM application_entries ORDER BY id",
            &[
                "link - Wim",
                "account 1 Ann",
                "account - Berkel",
                "hub - ",
                "link - info@berkel.example",
                "account 3 jan.b@berkel.example",
                "account 1 Ans",
            ],
        ),
        (
            "SELECT actor_kind || ' ' || CAST(actor_account_id AS text) || ' ' || actor_label FROM inquiries WHERE vacancy_id = 1 AND figure_id IS NULL AND organisation_id = 1",
            &["account 1 ann@berkel.example"],
        ),
        (
            "SELECT coalesce(actor_kind, '-') || ' ' || coalesce(CAST(actor_account_id AS text), '-') || ' ' || \
             coalesce(actor_label, '-') || ' ' || months FROM inquiries WHERE figure_id = 1 AND organisation_id = 1 ORDER BY months",
            &["account - Berkel 6", "- - - 12", "account 1 Ans 24"],
        ),
        (
            "SELECT l.actor_label || ' ' || l.secret_hash || ' ' || i.vacancy_id FROM mail_links l \
             JOIN inquiries i ON i.id = l.inquiry_id WHERE i.vacancy_id IS NOT NULL ORDER BY l.id",
            &["Ann h2 1", "Jan h3 1"],
        ),
        (
            "SELECT l.actor_label || ' ' || l.secret_hash || ' ' || i.months || ' ' || coalesce(CAST(l.account_id AS text), '-') \
             FROM mail_links l JOIN inquiries i ON i.id = l.inquiry_id WHERE i.figure_id = 1 ORDER BY l.id",
            &["Ann p1 6 1", "info@berkel.example p2 12 -"],
        ),
        (
            "SELECT alerts_address || ' ' || secret_hash || ' ' || coalesce(CAST(alert_id AS text), '-') FROM mail_links \
             WHERE alerts_address IS NOT NULL ORDER BY id",
            &["wim@talent.example m1 1", "wim@talent.example m2 -"],
        ),
        (
            "SELECT actor_label || ' ' || application_id || ' ' || side || ' ' || coalesce(CAST(account_id AS text), '-') \
             FROM mail_links WHERE application_id IS NOT NULL ORDER BY id",
            &["Ans 1 organisation 1", "Wim 1 talent -"],
        ),
        (
            "SELECT actor_kind || ' ' || coalesce(CAST(actor_account_id AS text), '-') || ' ' || actor_label || ' ' || verb || \
             ' ' || coalesce(from_state, '-') || ' ' || coalesce(to_state, '-') FROM audit_record ORDER BY id",
            &[
                "import - v.csv created - -",
                "account 1  changed - -",
                "account 1  became draft published",
                "command_line -  role_given - -",
                "hub -  erased - -",
                "link - talent consent_given - -",
                "account 1  membership_ended - -",
                "account 1  role_given - -",
            ],
        ),
        ("SELECT reason FROM revision ORDER BY id", &["account 1", "import v.csv"]),
        (
            "SELECT coalesce(about_kind, '-') || ' ' || coalesce(CAST(about_id AS text), '-') FROM outbox ORDER BY id",
            &["application 7", "alert 8", "- -"],
        ),
        ("SELECT name FROM accounts WHERE staff_since = created_at", &["Kim"]),
        ("SELECT name FROM accounts WHERE staff_since IS NULL ORDER BY id", &["Ann", "Jan", "Jan"]),
        ("SELECT noun FROM changes", &[]),
    ];

    #[tokio::test]
    async fn those_who_acted_are_known_by_kind_and_number_after_the_step() {
        on_each_database(async |connection| {
            Migrations::up(connection, Some(BEFORE_ACTORS)).await.unwrap();
            for sql in FILLED {
                run(connection, sql).await;
            }
            Migrations::up(connection, None).await.unwrap();
            for (query, expected) in TOLD {
                let rows = rows(connection, query).await;
                let found: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
                assert_eq!(&found, expected, "{query}");
            }
        })
        .await;
    }

    /// As many steps as the release before alerts had.
    const BEFORE_ALERTS: u32 = 6;

    #[tokio::test]
    async fn a_filled_database_of_the_release_before_is_brought_on() {
        on_each_database(async |connection| {
            Migrations::up(connection, Some(BEFORE_ALERTS)).await.unwrap();
            run(connection, BERKEL).await;
            for (id, state, published_on) in
                [(1, "'published'", "NULL"), (2, "'draft'", "NULL"), (3, "'filled'", "'2026-11-20'")]
            {
                run(connection, &vacancy(id, &[("state", state), ("published_on", published_on)])).await;
            }
            Migrations::up(connection, None).await.unwrap();
            let counts = [
                ("SELECT count(*) FROM vacancies WHERE published_at = created_at AND id IN (1, 3)", 2),
                ("SELECT count(*) FROM vacancies WHERE published_at IS NULL AND id = 2", 1),
            ];
            assert_counts(connection, &counts).await;
        })
        .await;
    }

    /// As many steps as the release before states and versions had.
    const BEFORE_STATES: u32 = 11;

    #[tokio::test]
    async fn what_was_shown_before_states_is_shown_after_them() {
        on_each_database(async |connection| {
            Migrations::up(connection, Some(BEFORE_STATES)).await.unwrap();
            run(connection, BERKEL).await;
            let event = "INSERT INTO events (id, reference, title, kind, place, starts_at, ends_at, audience, language, text, \
                created_at, updated_at) VALUES (1, 'B-1', 'Markt', 'social', 'Ulft', '2027-01-01 13:00:00', \
                '2027-01-01 15:00:00', 'everyone', 'nl', '', {at}, {at})";
            run(connection, event).await;
            for (id, state, published_on, published_at) in [
                (1, "'published'", "'2026-11-20'", "{at}"),
                (2, "'draft'", "'2026-11-20'", "NULL"),
                (3, "'filled'", "'2026-10-01'", "NULL"),
                (4, "'expired'", "NULL", "NULL"),
            ] {
                let more =
                    [("state", state), ("published_on", published_on), ("published_at", published_at)];
                run(connection, &vacancy(id, &more)).await;
            }
            Migrations::up(connection, None).await.unwrap();
            let counts = [
                ("SELECT count(*) FROM organisations WHERE state = 'member' AND version = 1", 1),
                ("SELECT count(*) FROM events WHERE state = 'published' AND version = 1", 1),
                ("SELECT count(*) FROM vacancies WHERE version = 1 AND scheduled_for IS NULL AND return_reason IS NULL", 4),
                ("SELECT count(*) FROM vacancies WHERE published_at = created_at AND id IN (1, 3)", 2),
                ("SELECT count(*) FROM vacancies WHERE published_at IS NULL AND id IN (2, 4)", 2),
                ("SELECT count(*) FROM vacancies WHERE published_on = '2026-11-20' AND id = 1", 1),
                ("SELECT count(*) FROM vacancies WHERE published_on = '2026-10-01' AND id = 3", 1),
                ("SELECT count(*) FROM vacancies WHERE published_on IS NULL AND id IN (2, 4)", 2),
                ("SELECT count(*) FROM vacancy_changes", 0),
            ];
            assert_counts(connection, &counts).await;
        })
        .await;
    }
}
