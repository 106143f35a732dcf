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
        ]
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database};

    use super::*;
    use crate::database;

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
