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
        ]
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database};

    use super::*;
    use crate::database;

    /// As many steps as the release before lists had.
    const BEFORE_LISTS: u32 = 11;

    #[tokio::test]
    async fn an_application_of_the_release_before_gets_its_receiver_and_a_name_to_sort_by() {
        let connection = Database::connect(database::in_memory()).await.unwrap();
        Migrations::up(&connection, Some(BEFORE_LISTS)).await.unwrap();
        let at = "'2026-11-21T12:00:00+00:00'";
        connection
            .execute_unprepared(&format!(
                "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, created_at, \
                 updated_at) VALUES (4, 'O-4', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', {at}, {at}); \
                 INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, \
                 closes_on, language, is_cross_border, remote, seats, state, text, created_at, updated_at) VALUES (1, 'V-1', \
                 'Lassen', 4, 'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', 'nl', 0, 'no', 1, 'published', '', {at}, {at})"
            ))
            .await
            .unwrap();
        for (id, name, submitted_at) in [(1, "Özgür Yılmaz", at), (2, "Noor", "NULL")] {
            let application = format!(
                "INSERT INTO applications (id, vacancy_id, name, email, language, motivation, answers, state, state_since, \
                 reminders, created_at, submitted_at) VALUES ({id}, 1, '{name}', '{id}@talent.example', 'nl', '', '[]', \
                 'submitted', {at}, 0, {at}, {submitted_at})"
            );
            connection.execute_unprepared(&application).await.unwrap();
        }
        Migrations::up(&connection, None).await.unwrap();
        let rows = connection.query_all_raw(sea_orm::Statement::from_string(
            connection.get_database_backend(),
            "SELECT organisation_id, folded_name FROM applications ORDER BY id",
        ));
        let rows = rows.await.unwrap();
        let read = |row: &sea_orm::QueryResult| {
            (
                row.try_get::<Option<i64>>("", "organisation_id").unwrap(),
                row.try_get("", "folded_name").unwrap(),
            )
        };
        let rows: Vec<(Option<i64>, String)> = rows.iter().map(read).collect();
        assert_eq!(rows, [(Some(4), "ozgur yilmaz".to_owned()), (None, "noor".to_owned())]);
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
         (1, 'organisation', 1, 'Ans', 'h1', {at}), (1, 'talent', NULL, 'Wim', 'h2', {at})",
        "INSERT INTO vacancy_outcomes (id, vacancy_id, asked, asked_at, actor) VALUES (1, 1, 1, {at}, 'ann@berkel.example')",
        "INSERT INTO outcome_links (id, vacancy_id, account_id, actor, secret_hash, created_at) VALUES \
         (1, 1, NULL, 'Jan', 'h1', {at}), (2, 1, NULL, 'Ann', 'h2', {at}), (3, 1, 2, 'Jan', 'h3', {at})",
        "INSERT INTO application_figures (id, application_id, vacancy_id, organisation_id, submitted_at, state) VALUES \
         (1, 1, 1, 1, {at}, 'placed')",
        "INSERT INTO placement_answers (id, figure_id, months, asked, asked_at, actor) VALUES (1, 1, 6, 1, {at}, 'Jan'), \
         (2, 1, 12, 1, {at}, NULL), (3, 1, 24, 1, {at}, 'Ans')",
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
            "SELECT actor_kind || ' ' || CAST(actor_account_id AS text) || ' ' || actor_label FROM vacancy_outcomes",
            &["account 1 ann@berkel.example"],
        ),
        (
            "SELECT coalesce(actor_kind, '-') || ' ' || coalesce(CAST(actor_account_id AS text), '-') || ' ' || \
             coalesce(actor_label, '-') FROM placement_answers ORDER BY id",
            &["account - Berkel", "- - -", "account 1 Ans"],
        ),
        ("SELECT actor_label || ' ' || secret_hash FROM outcome_links ORDER BY id", &["Ann h2", "Jan h3"]),
        ("SELECT actor_label FROM application_links ORDER BY id", &["Ans", "Wim"]),
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

    async fn check_actors(connection: &sea_orm::DatabaseConnection) {
        let backend = connection.get_database_backend();
        let no = if backend == sea_orm::DatabaseBackend::Sqlite { "0" } else { "FALSE" };
        Migrations::up(connection, Some(BEFORE_ACTORS)).await.unwrap();
        for sql in FILLED {
            let sql = sql
                .replace("{at}", "'2026-11-21T12:00:00+00:00'")
                .replace("{later}", "'2026-11-22T12:00:00+00:00'")
                .replace("{no}", no);
            connection.execute_unprepared(&sql).await.unwrap();
        }
        Migrations::up(connection, None).await.unwrap();
        for (query, expected) in TOLD {
            let rows =
                connection.query_all_raw(sea_orm::Statement::from_string(backend, *query)).await.unwrap();
            let found: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
            assert_eq!(&found, expected, "{query}");
        }
    }

    #[tokio::test]
    async fn those_who_acted_are_known_by_kind_and_number_after_the_step() {
        check_actors(&Database::connect(database::in_memory()).await.unwrap()).await;
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else { return };
        let (address, _) = server.rsplit_once('/').unwrap();
        let name = format!("store_actors_{}", std::process::id());
        let keeper = Database::connect(&server).await.unwrap();
        keeper.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let connection = Database::connect(format!("{address}/{name}")).await.unwrap();
        check_actors(&connection).await;
        connection.close().await.unwrap();
        keeper.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    }

    /// As many steps as the release before alerts had.
    const BEFORE_ALERTS: u32 = 6;

    #[tokio::test]
    async fn a_filled_database_of_the_release_before_is_brought_on() {
        let connection = Database::connect(database::in_memory()).await.unwrap();
        Migrations::up(&connection, Some(BEFORE_ALERTS)).await.unwrap();
        let at = "'2026-11-21T12:00:00+00:00'";
        let organisation = format!(
            "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, created_at, \
             updated_at) VALUES (1, 'O-1', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', {at}, {at})"
        );
        connection.execute_unprepared(&organisation).await.unwrap();
        for (id, state, published_on) in
            [(1, "published", "NULL"), (2, "draft", "NULL"), (3, "filled", "'2026-11-20'")]
        {
            let vacancy = format!(
                "INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, \
                 closes_on, language, is_cross_border, remote, seats, state, published_on, text, created_at, updated_at) \
                 VALUES ({id}, 'V-{id}', 'Lassen', 1, 'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', 'nl', 0, 'no', \
                 1, '{state}', {published_on}, '', {at}, {at})"
            );
            connection.execute_unprepared(&vacancy).await.unwrap();
        }
        Migrations::up(&connection, None).await.unwrap();
        let public =
            "SELECT count(*) AS count FROM vacancies WHERE published_at = created_at AND id IN (1, 3)";
        let unknown = "SELECT count(*) AS count FROM vacancies WHERE published_at IS NULL AND id = 2";
        for (query, count) in [(public, 2), (unknown, 1)] {
            let row = connection
                .query_one_raw(sea_orm::Statement::from_string(connection.get_database_backend(), query));
            let found: i64 = row.await.unwrap().unwrap().try_get("", "count").unwrap();
            assert_eq!(found, count, "{query}");
        }
    }

    /// As many steps as the release before states and versions had.
    const BEFORE_STATES: u32 = 11;

    #[tokio::test]
    async fn what_was_shown_before_states_is_shown_after_them() {
        let connection = Database::connect(database::in_memory()).await.unwrap();
        Migrations::up(&connection, Some(BEFORE_STATES)).await.unwrap();
        let at = "'2026-11-21T12:00:00+00:00'";
        let run = async |sql: String| connection.execute_unprepared(&sql).await.unwrap();
        run(format!(
            "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, created_at, \
             updated_at) VALUES (1, 'O-1', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', {at}, {at})"
        ))
        .await;
        run(format!(
            "INSERT INTO events (id, reference, title, kind, place, starts_at, ends_at, audience, language, text, \
             created_at, updated_at) VALUES (1, 'B-1', 'Markt', 'social', 'Ulft', '2027-01-01 13:00:00', \
             '2027-01-01 15:00:00', 'everyone', 'nl', '', {at}, {at})"
        ))
        .await;
        for (id, state, published_on, published_at) in [
            (1, "published", "'2026-11-20'", at),
            (2, "draft", "'2026-11-20'", "NULL"),
            (3, "filled", "'2026-10-01'", "NULL"),
            (4, "expired", "NULL", "NULL"),
        ] {
            run(format!(
                "INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, \
                 closes_on, language, is_cross_border, remote, seats, state, published_on, published_at, text, created_at, \
                 updated_at) VALUES ({id}, 'V-{id}', 'Lassen', 1, 'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', \
                 'nl', 0, 'no', 1, '{state}', {published_on}, {published_at}, '', {at}, {at})"
            ))
            .await;
        }
        Migrations::up(&connection, None).await.unwrap();
        for (query, count) in [
            ("SELECT count(*) AS count FROM organisations WHERE state = 'member' AND version = 1", 1),
            ("SELECT count(*) AS count FROM events WHERE state = 'published' AND version = 1", 1),
            ("SELECT count(*) AS count FROM vacancies WHERE version = 1 AND scheduled_for IS NULL", 4),
            ("SELECT count(*) AS count FROM vacancies WHERE published_at = created_at AND id IN (1, 3)", 2),
            ("SELECT count(*) AS count FROM vacancies WHERE published_at IS NULL AND id IN (2, 4)", 2),
            ("SELECT count(*) AS count FROM vacancy_changes", 0),
        ] {
            let row = connection
                .query_one_raw(sea_orm::Statement::from_string(connection.get_database_backend(), query));
            let found: i64 = row.await.unwrap().unwrap().try_get("", "count").unwrap();
            assert_eq!(found, count, "{query}");
        }
    }
}
