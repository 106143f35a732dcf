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
}
