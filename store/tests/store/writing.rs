//! Writes that come together, and reads beside them.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::vacancies::{Vacancy, VacancyState, VacancyStep};
use futures::future::join_all;
use store::{Error, Store};

use crate::hub::{batch, moment, now, on_each_database, today, vacancy};
use crate::people::office;

const WRITES: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn writes_that_come_together_are_all_kept_and_one_that_fails_hurts_no_other() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        hub.add((0..WRITES).map(|number| vacancy(&format!("V-{number:03}"))).collect()).await.unwrap();
        let office = office(hub).await;
        let vacancies = hub.store.list_open_vacancies(today()).await.unwrap();
        let before = hub.store.write_counts();
        let refused = vacancies[77].id;
        let writes = vacancies.iter().map(|stored| {
            let step = if stored.id == refused { VacancyStep::Rewrite } else { VacancyStep::Fill };
            hub.store.change_vacancy_state(&office, stored.id, stored.version, step, moment())
        });
        let answers = join_all(writes).await;

        for (stored, answer) in vacancies.iter().zip(answers) {
            let state = hub.store.find_vacancy(stored.id).await.unwrap().unwrap().vacancy.state;
            if stored.id == refused {
                assert!(matches!(answer, Err(Error::NotAllowed { .. })), "{answer:?}");
                assert_eq!(state, VacancyState::Published);
            } else {
                answer.unwrap();
                assert_eq!(state, VacancyState::Filled);
            }
        }
        let after = hub.store.write_counts();
        assert_eq!(after.writes - before.writes, WRITES as u64 - 1);
        if hub.url.starts_with("sqlite:") {
            let commits = after.commits - before.commits;
            assert!(commits * 10 < WRITES as u64, "{commits} commits for {WRITES} writes that came together");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_for_every_reader() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let other = Store::connect(&hub.url).await.unwrap();
        for turn in 0..20 {
            let next = if turn % 2 == 0 { VacancyState::Filled } else { VacancyState::Published };
            hub.bring(id, next, moment()).await;
            for store in [&hub.store, &other] {
                assert_eq!(store.find_vacancy(id).await.unwrap().unwrap().vacancy.state, next);
            }
        }
        other.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_an_import_whole_or_not_at_all_and_do_not_wait_for_it() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let is_done = AtomicBool::new(false);
        let import = async {
            let added = (0..4_000).map(|number| vacancy(&format!("V-{number}"))).collect();
            hub.store.import(batch(added, vec![]), now(), |_| ()).await.unwrap();
            is_done.store(true, Ordering::SeqCst);
        };
        let read = async {
            let mut reads_before = 0;
            while !is_done.load(Ordering::SeqCst) {
                let count = hub.store.list_open_vacancies(today()).await.unwrap().len();
                assert!(count == 0 || count == 4_000, "{count}");
                reads_before += usize::from(count == 0);
            }
            reads_before
        };
        let ((), reads_before) = tokio::join!(import, read);
        assert!(reads_before > 1, "no read was answered while the import ran");
        assert_eq!(hub.store.existing::<Vacancy>().await.unwrap().len(), 4_000);
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_finishes_what_waits_and_takes_nothing_more() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let store = Store::connect(&hub.url).await.unwrap();
        let clone = store.clone();
        let office = office(hub).await;
        let write = clone.change_vacancy_state(&office, id, 1, VacancyStep::Fill, moment());
        let (written, ()) = tokio::join!(biased; write, store.close());
        if hub.url.starts_with("sqlite:") {
            written.unwrap();
        }
        let late = clone.change_vacancy_state(&office, id, 2, VacancyStep::Publish, moment()).await;
        assert!(late.is_err());
        assert!(clone.revision().await.is_err());
        clone.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_in_memory_keeps_its_rows() {
    let store = Store::connect(":memory:").await.unwrap();
    store.migrate().await.unwrap();
    let organisation = crate::hub::organisation("O-1", "Berkel Staal");
    store.import(batch(vec![organisation], vec![]), now(), |_| ()).await.unwrap();
    assert!(!store.is_empty().await.unwrap());
    let other = Store::connect(":memory:").await.unwrap();
    assert!(other.pending_migrations().await.unwrap() > 0);
    assert!(store.check().await.unwrap().is_empty());
}
