//! Changes reach the search at once, and browsers get the index that the pages show.

use std::io::Read;

use domain::Moment;
use domain::vacancies::{VacancyFilter, VacancyState};
use search::Index;
use server::offer_snapshot;

use crate::hub::{TestHub, TestResponse, clock, today};

fn total(hub: &TestHub, query: &str) -> u32 {
    hub.server.state.catalogue().index.search(&VacancyFilter::default().with_query(query)).total
}

async fn publish(hub: &TestHub, reference: &str) {
    let store = hub.server.state.store();
    let all = store.each_vacancy(0, 100).await.unwrap();
    let id = all.iter().find(|stored| stored.vacancy.reference == reference).unwrap().id;
    store
        .change_vacancy_state(
            id,
            VacancyState::Published,
            store::Actor::import("test"),
            Moment { now: clock(), today: today() },
        )
        .await
        .unwrap();
    assert!(hub.server.state.refresh().await.unwrap());
}

/// The address in the page of one of the two files of the index.
fn path_in<'a>(page: &'a TestResponse, name: &str) -> Option<&'a str> {
    let (_, rest) = page.text().split_once(&format!("data-{name}=\"/zoek/"))?;
    rest.split(".bin").next()
}

fn unpacked(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    brotli::Decompressor::new(body, 4096).read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test]
async fn a_published_vacancy_is_found_without_building_the_index_anew() {
    let hub = TestHub::start().await;
    assert_eq!(total(&hub, "concept"), 0);
    let before = hub.server.state.catalogue().open_vacancies_of("ijsselmetaal");
    publish(&hub, "V-5").await;
    assert_eq!(total(&hub, "concept"), 1);
    let catalogue = hub.server.state.catalogue();
    assert_eq!(catalogue.index.recent_len(), 1);
    assert_eq!(catalogue.open_vacancies_of("ijsselmetaal"), before + 1);
    assert!(!hub.server.state.refresh().await.unwrap());
}

#[tokio::test]
async fn a_filled_vacancy_is_gone_at_once() {
    let hub = TestHub::start().await;
    let found = hub.server.state.catalogue().index.search(&VacancyFilter::default().with_query("cobot"));
    let id = found.hits[0].card.id;
    let store = hub.server.state.store();
    store
        .change_vacancy_state(
            id,
            VacancyState::Filled,
            store::Actor::import("test"),
            Moment { now: clock(), today: today() },
        )
        .await
        .unwrap();
    hub.server.state.refresh().await.unwrap();
    assert_eq!(total(&hub, "cobot"), 0);
    assert_eq!(hub.get("/vacatures?q=cobot").await.text().matches("class=\"card").count(), 0);
}

#[tokio::test]
async fn browsers_are_told_where_the_index_is_and_get_what_the_page_shows() {
    let hub = TestHub::start().await;
    assert_eq!(path_in(&hub.get("/vacatures").await, "core"), None);
    offer_snapshot(&hub.server).await;
    let page = hub.get("/vacatures").await;
    let path = format!("/zoek/{}.bin", path_in(&page, "core").unwrap());
    let packed = hub.get_with(&path, &[("accept-encoding", "br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.header("cache-control"), "public, max-age=31536000, immutable");
    let plain = hub.get(&path).await;
    assert_eq!(unpacked(&packed.body), plain.body);
    let texts = format!("/zoek/{}.bin", path_in(&page, "texts").unwrap());
    let texts = hub.get(&texts).await;
    let index = Index::open(&plain.body, today()).unwrap().with_texts(&plain.body, &texts.body).unwrap();
    for query in ["", "cobot", "stage", "lascel", "niets"] {
        let filter = VacancyFilter::default().with_query(query);
        assert_eq!(index.search(&filter), hub.server.state.catalogue().index.search(&filter), "{query}");
    }
    let known = hub.get_with(&path, &[("if-none-match", plain.header("etag"))]).await;
    assert_eq!(known.status, 304);
    assert_eq!(hub.get("/zoek/unknown.bin").await.status, 404);
}

#[tokio::test]
async fn an_index_that_is_old_is_not_offered_but_stays_for_pages_that_are_open() {
    let hub = TestHub::start().await;
    offer_snapshot(&hub.server).await;
    let page = hub.get("/vacatures").await;
    let path = format!("/zoek/{}.bin", path_in(&page, "core").unwrap());
    publish(&hub, "V-5").await;
    assert_eq!(path_in(&hub.get("/vacatures").await, "core"), None);
    offer_snapshot(&hub.server).await;
    assert_ne!(path_in(&hub.get("/vacatures").await, "core"), path_in(&page, "core"));
    assert_eq!(hub.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_hub_with_more_vacancies_than_it_wants_in_browsers_offers_no_index() {
    let hub = TestHub::start_with(|config| config.search.most_vacancies_in_browser = 1).await;
    offer_snapshot(&hub.server).await;
    assert_eq!(path_in(&hub.get("/vacatures").await, "core"), None);
}
