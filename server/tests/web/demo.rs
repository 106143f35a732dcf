use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use ::hub::{HubState, Settings, World};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::vacancies::Vacancy;
use server::config::{Config, Flags, load};
use server::demo::fill;
use server::{ServerState, keep_demo};
use store::Store;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use web::Assets;

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

/// The reference of the vacancy with the smallest number.
async fn first_reference(store: &Store) -> String {
    let rows = store.existing::<Vacancy>().await.unwrap();
    rows.into_values().min_by_key(|(id, _)| *id).unwrap().1.reference
}

async fn closing_day(store: &Store, reference: &str) -> NaiveDate {
    store.existing::<Vacancy>().await.unwrap()[reference].1.closes_on
}

#[tokio::test]
async fn the_demo_stays_in_the_present() {
    let (_folder, config, store) = empty().await;
    let fill_at = async |now: DateTime<Utc>| fill(&store, &config.hub, &demo_folder(), now).await.unwrap();
    fill_at(clock()).await;
    let reference = first_reference(&store).await;
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

static DAYS_GONE: AtomicI64 = AtomicI64::new(0);

fn later() -> DateTime<Utc> {
    clock() + TimeDelta::days(DAYS_GONE.load(Ordering::Relaxed))
}

#[tokio::test]
async fn the_demo_moves_on_while_the_server_runs() {
    let (folder, config, store) = empty().await;
    fill(&store, &config.hub, &demo_folder(), clock()).await.unwrap();
    let reference = first_reference(&store).await;
    let first = closing_day(&store, &reference).await;
    let settings = Settings {
        public_url: "https://hub.example".to_owned(),
        is_development: false,
        has_mailbox: true,
        synonyms: String::new(),
    };
    let world = World { clock: later, random: server::random::fill };
    let state = HubState::start(config.hub.clone(), store.clone(), settings, world).await.unwrap();
    let server = ServerState::open(state, Assets::find(&folder.path().join("hash.txt")), config).unwrap();
    let stop = CancellationToken::new();
    let demo = tokio::spawn(keep_demo(server, demo_folder(), later, stop.clone()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    DAYS_GONE.store(7, Ordering::Relaxed);
    let mut throttle = 0;
    while closing_day(&store, &reference).await != first + Days::new(7) {
        throttle += 1;
        assert!(throttle < 100, "still in the week before after ten seconds");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.cancel();
    demo.await.unwrap();
}

#[tokio::test]
async fn the_demo_leaves_a_true_hub_alone() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let revision = store.revision().await.unwrap();
    fill(store, &hub.server.config.hub, &demo_folder(), clock()).await.unwrap();
    assert_eq!(store.revision().await.unwrap(), revision);
}
