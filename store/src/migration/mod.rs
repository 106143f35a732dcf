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
        ]
    }
}
