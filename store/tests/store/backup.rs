//! Backups and the check of a database.

use domain::vacancies::{Vacancy, VacancyState};
use store::{Error, Store};

use crate::hub::{batch, moment, now, on_each_database, vacancy};

#[tokio::test]
async fn a_database_that_is_whole_has_no_errors() {
    on_each_database(async |hub| {
        hub.add_vacancy(vacancy("V-1")).await;
        assert_eq!(hub.store.check().await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_database_under_writes_opens_and_is_whole() {
    on_each_database(async |hub| {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("kopie 'van' hub.db");
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let writes = async {
            let added = (2..2_000).map(|number| vacancy(&format!("V-{number}"))).collect();
            hub.store.import(batch(added, vec![]), now(), |_| ()).await.unwrap();
            for turn in 0..20 {
                let next = if turn % 2 == 0 { VacancyState::Filled } else { VacancyState::Published };
                hub.bring(id, next, moment()).await;
            }
        };
        let (backed_up, ()) = tokio::join!(hub.store.backup(&copy), writes);
        if hub.url.starts_with("postgres") {
            assert!(matches!(backed_up, Err(Error::NotSupported(why)) if why.contains("pg_dump")));
            return;
        }
        backed_up.unwrap();
        let opened = Store::connect(&format!("sqlite:{}", copy.display())).await.unwrap();
        assert_eq!(opened.check().await.unwrap(), Vec::<String>::new());
        assert_eq!(opened.pending_migrations().await.unwrap(), 0);
        let count = opened.existing::<Vacancy>().await.unwrap().len();
        assert!(count == 1 || count == 1_999, "{count}");
        opened.close().await;
        let left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, [copy.file_name().unwrap()]);
    })
    .await;
}

#[tokio::test]
async fn a_backup_never_replaces_a_file() {
    on_each_database(async |hub| {
        if hub.url.starts_with("postgres") {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("hub.db");
        std::fs::write(&copy, "").unwrap();
        assert!(matches!(hub.store.backup(&copy).await, Err(Error::Conflict(_))));
        let nowhere = folder.path().join("no such folder/hub.db");
        assert!(hub.store.backup(&nowhere).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_not_there_is_not_made_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/hub.db");
    let url = format!("sqlite:{}", path.display());
    let missing = Store::open(&url).await.err();
    assert!(matches!(&missing, Some(Error::Missing(named)) if *named == path), "{missing:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    Store::connect(&url).await.unwrap().close().await;
    Store::open(&url).await.unwrap().close().await;
}
