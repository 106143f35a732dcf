//! What is paid for travelling, of vacancies: of those that are there nobody said it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = text("travel_allowance").default("unknown").to_owned();
        manager.alter_table(Table::alter().table("vacancies").add_column(column).to_owned()).await
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database, Statement};

    use super::super::Migrations;
    use super::*;
    use crate::database;

    /// As many steps as the release before had.
    const BEFORE: u32 = 14;

    #[tokio::test]
    async fn nobody_said_what_was_paid_for_travelling_before() {
        let connection = Database::connect(database::in_memory()).await.unwrap();
        Migrations::up(&connection, Some(BEFORE)).await.unwrap();
        let at = "'2026-11-21T12:00:00+00:00'";
        let rows = format!(
            "INSERT INTO organisations (id, reference, slug, name, kind, sector, place, brand_grade, text_nl, created_at, \
             updated_at) VALUES (1, 'O-1', 'berkel', 'Berkel', 'company', 'ICT', 'Ulft', 'connected_with', '', {at}, {at}); \
             INSERT INTO vacancies (id, reference, title, organisation_id, kind, levels, study_fields, skills, place, \
             closes_on, language, is_cross_border, remote, seats, state, text, created_at, updated_at) VALUES (1, 'V-1', \
             'Lassen', 1, 'internship', '[]', '[]', '[]', 'Ulft', '2027-01-31', 'nl', 0, 'no', 1, 'published', '', {at}, {at})"
        );
        connection.execute_unprepared(&rows).await.unwrap();
        Migrations::up(&connection, None).await.unwrap();
        let query = "SELECT title, travel_allowance FROM vacancies";
        let asked = Statement::from_string(connection.get_database_backend(), query);
        let row = connection.query_one_raw(asked).await.unwrap().unwrap();
        let text = |column: &str| row.try_get::<String>("", column).unwrap();
        assert_eq!((text("title"), text("travel_allowance")), ("Lassen".to_owned(), "unknown".to_owned()));
    }
}
