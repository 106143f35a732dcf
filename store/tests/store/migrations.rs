//! Migrations.

use domain::vacancies::Vacancy;
use store::{Error, Store, Subject};

use crate::hub::{event, on_each_database, on_each_empty_database, today, vacancy};

#[tokio::test]
async fn an_empty_database_is_migrated_once() {
    on_each_empty_database(async |hub| {
        let pending = hub.store.pending_migrations().await.unwrap();
        assert!(pending > 0);
        assert_eq!(hub.store.migrate().await.unwrap(), pending);
        assert_eq!(hub.store.pending_migrations().await.unwrap(), 0);
        assert_eq!(hub.store.migrate().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_filled_database_keeps_its_rows_when_it_is_migrated_again() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        for _ in 0..2 {
            assert_eq!(hub.store.migrate().await.unwrap(), 0);
            assert!(hub.store.find_vacancy(id).await.unwrap().is_some());
        }
        let again = Store::connect(&hub.url).await.unwrap();
        assert_eq!(again.migrate().await.unwrap(), 0);
        assert!(again.find_vacancy(id).await.unwrap().is_some());
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn servers_that_start_together_migrate_once() {
    on_each_empty_database(async |hub| {
        let other = Store::connect(&hub.url).await.unwrap();
        let pending = hub.store.pending_migrations().await.unwrap();
        let (one, two) = tokio::join!(hub.store.migrate(), other.migrate());
        assert_eq!(one.unwrap() + two.unwrap(), pending);
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_table_has_the_columns_that_its_entity_names() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![event("B-1", "2027-01-10T13:00:00")]).await.unwrap();
        let store = &hub.store;
        assert_eq!(store.list_organisations().await.unwrap().len(), 2);
        assert_eq!(store.list_open_vacancies(today()).await.unwrap().len(), 1);
        assert_eq!(store.list_events().await.unwrap().len(), 1);
        assert_eq!(store.list_audit_records(Subject::Vacancy, id).await.unwrap().len(), 1);
        assert_eq!(store.last_change().await.unwrap(), 4);
        assert_eq!(store.revision().await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_database_without_tables_says_so() {
    on_each_empty_database(async |hub| {
        hub.store.ping().await.unwrap();
        assert!(matches!(hub.store.is_empty().await, Err(Error::Database(_))));
        assert!(matches!(hub.store.existing::<Vacancy>().await, Err(Error::Database(_))));
    })
    .await;
}
