//! Changes reach the search at once, and browsers get the index that the pages show.

use std::io::Read;

use domain::events::Event;
use domain::organisations::{Organisation, OrganisationState};
use domain::vacancies::{Vacancy, VacancyFilter, VacancyState};
use search::Index;
use server::offer_snapshot;

use crate::hub::{TestHub, TestResponse, today};

fn total(hub: &TestHub, query: &str) -> u32 {
    hub.server.state.catalogue().index.search(&VacancyFilter::default().with_query(query)).total
}

async fn publish(hub: &TestHub, reference: &str) {
    let id = hub.server.state.store().existing::<Vacancy>().await.unwrap()[reference].0;
    hub.bring(id, VacancyState::Published).await;
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
    hub.bring(id, VacancyState::Filled).await;
    hub.server.state.refresh().await.unwrap();
    assert_eq!(total(&hub, "cobot"), 0);
    assert_eq!(hub.get("/vacatures?q=cobot").await.text().matches("class=\"card").count(), 0);
}

/// More vacancies of others than are put into the index one by one.
const OF_OTHERS: usize = 1_000;
const OF_ONE: usize = 100;

/// A hub with many vacancies of `O-2`, and a hundred more of `O-1`, all in the large segment of the index.
async fn large_hub() -> TestHub {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let like = store.existing::<Vacancy>().await.unwrap()["V-1"].1.clone();
    let organisations = store.existing::<Organisation>().await.unwrap();
    let of = |reference: &str, count: usize| {
        let (id, organisation) = &organisations[reference];
        let row = |number| Vacancy {
            reference: format!("{reference}-{number}"),
            title: format!("Draaier {number}"),
            organisation_id: *id,
            organisation: organisation.name.clone(),
            ..like.clone()
        };
        (0..count).map(row).collect::<Vec<_>>()
    };
    let rows = [of("O-1", OF_ONE), of("O-2", OF_OTHERS)].concat();
    hub.add(rows).await;
    hub.server.state.refresh().await.unwrap();
    assert_eq!(hub.server.state.catalogue().index.recent_len(), 0, "it was built anew");
    hub
}

#[tokio::test]
async fn an_edit_of_an_organisation_arranges_its_own_vacancies_and_no_others() {
    let hub = large_hub().await;
    let before = hub.server.state.catalogue();
    let own = before.open_vacancies_of("ijsselmetaal");
    assert!(own as usize >= OF_ONE && before.index.len() > OF_ONE + OF_OTHERS);
    hub.change::<Organisation>("O-1", |organisation| organisation.name = "Zilverwerf".into()).await;
    assert!(hub.server.state.refresh().await.unwrap());
    let after = hub.server.state.catalogue();
    assert_eq!(after.index.recent_len(), own as usize);
    assert_eq!((after.index.len(), after.open_vacancies_of("ijsselmetaal")), (before.index.len(), own));
    assert_eq!(after.find_organisation("ijsselmetaal").unwrap().organisation.name, "Zilverwerf");
    for query in ["", "zilverwerf", "ijsselmetaal", "draaier", "stage"] {
        let filter = VacancyFilter::default().with_query(query);
        assert_eq!(after.index.search(&filter), after.index.compacted().search(&filter), "{query}");
    }
    assert_eq!(total(&hub, "zilverwerf"), own);
    assert_eq!(total(&hub, "ijsselmetaal"), 0);
    let found = after.index.search(&VacancyFilter::default().with_query("zilverwerf"));
    assert_eq!(found.elsewhere[0].first[0].title, "Zilverwerf");
    assert!(hub.get("/organisaties/ijsselmetaal").await.text().contains("Zilverwerf"));
}

#[tokio::test]
async fn what_an_organisation_offers_leaves_the_index_with_it_and_comes_back() {
    let hub = large_hub().await;
    let before = hub.server.state.catalogue();
    let own = before.open_vacancies_of("ijsselmetaal");
    let bring = async |state| {
        hub.change::<Organisation>("O-1", |organisation| organisation.state = state).await;
        assert!(hub.server.state.refresh().await.unwrap());
        hub.server.state.catalogue()
    };
    let ended = bring(OrganisationState::Ended).await;
    assert_eq!((ended.index.len() + own as usize, ended.index.recent_len()), (before.index.len(), 0));
    assert_eq!(ended.open_vacancies_of("ijsselmetaal"), 0);
    assert!(ended.find_organisation("ijsselmetaal").is_none());
    assert!(ended.index.search(&VacancyFilter::default().with_query("ijsselmetaal")).elsewhere.is_empty());
    let back = bring(OrganisationState::Member).await;
    assert_eq!((back.index.len(), back.index.recent_len()), (before.index.len(), own as usize));
    assert_eq!(back.open_vacancies_of("ijsselmetaal"), own);
}

#[tokio::test]
async fn an_edit_of_an_event_leaves_the_index_of_vacancies_as_it_is() {
    let hub = large_hub().await;
    let before = hub.server.state.catalogue();
    hub.change::<Event>("E-1", |event| event.title = "Zilverdag".into()).await;
    assert!(hub.server.state.refresh().await.unwrap());
    let after = hub.server.state.catalogue();
    assert_eq!((after.index.len(), after.index.recent_len()), (before.index.len(), 0));
    assert!(after.events.iter().any(|stored| stored.event.title == "Zilverdag"));
    let found = after.index.search(&VacancyFilter::default().with_query("zilverdag"));
    assert_eq!(found.elsewhere[0].first[0].title, "Zilverdag");
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
