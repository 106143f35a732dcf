use std::path::PathBuf;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::vacancies::Vacancy;
use server::config::{Config, Flags, load};
use server::demo::fill;
use store::Store;
use tempfile::TempDir;

use crate::hub::{TestHub, clock, hub_file};

fn demo_folder() -> PathBuf {
    hub_file().parent().unwrap().to_owned()
}

async fn empty() -> (TempDir, Config, Store) {
    let folder = TempDir::new().unwrap();
    let config = load(&hub_file(), &Flags::default()).unwrap();
    let store = Store::connect(&format!("sqlite:{}", folder.path().join("hub.db").display())).await.unwrap();
    store.migrate().await.unwrap();
    (folder, config, store)
}

async fn closing_day(store: &Store, reference: &str) -> NaiveDate {
    store.existing::<Vacancy>().await.unwrap()[reference].1.closes_on
}

#[tokio::test]
async fn the_demo_stays_in_the_present() {
    let (_folder, config, store) = empty().await;
    let fill_at = async |now: DateTime<Utc>| fill(&store, &config.hub, &demo_folder(), now).await.unwrap();
    fill_at(clock()).await;
    let reference = store.each_vacancy(0, 1).await.unwrap().remove(0).vacancy.reference;
    let first = closing_day(&store, &reference).await;
    let (count, revision) =
        (store.existing::<Vacancy>().await.unwrap().len(), store.revision().await.unwrap());
    assert!(count > 100);
    fill_at(clock() + TimeDelta::days(1)).await;
    assert_eq!(store.revision().await.unwrap(), revision, "the same week changes nothing");
    fill_at(clock() + TimeDelta::days(15)).await;
    assert_eq!(closing_day(&store, &reference).await, first + Days::new(14));
    assert_eq!(store.existing::<Vacancy>().await.unwrap().len(), count);
    let later = (clock() + TimeDelta::days(15)).date_naive();
    assert!(store.list_open_vacancies(later).await.unwrap().len() > 100, "the demo looks alive");
}

#[tokio::test]
async fn the_demo_leaves_a_true_hub_alone() {
    let hub = TestHub::start().await;
    let store = hub.site.state.store();
    let revision = store.revision().await.unwrap();
    fill(store, &hub.site.config.hub, &demo_folder(), clock()).await.unwrap();
    assert_eq!(store.revision().await.unwrap(), revision);
}
