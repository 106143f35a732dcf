//! Changes of state.

use domain::Moment;
use domain::vacancies::{Vacancy, VacancyState};
use serde_json::json;
use store::{Action, Actor, Error, Subject};

use crate::hub::{now, on_each_database, today, vacancy};

#[tokio::test]
async fn a_vacancy_goes_only_where_its_state_allows() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let pairs =
            || VacancyState::ALL.iter().flat_map(|&from| VacancyState::ALL.iter().map(move |&to| (from, to)));
        let reference = |from: VacancyState, to: VacancyState| format!("{} to {}", from.code(), to.code());
        let rows = pairs().map(|(from, to)| Vacancy { state: from, ..vacancy(&reference(from, to)) });
        hub.add(rows.collect()).await.unwrap();
        let vacancies = hub.store.existing::<Vacancy>().await.unwrap();
        for (from, to) in pairs() {
            let id = vacancies[&reference(from, to)].0;
            let revision = hub.store.revision().await.unwrap();
            let changed = hub
                .store
                .change_vacancy_state(id, to, Actor::account(1), Moment { now: now(), today: today() })
                .await;
            let state = hub.store.find_vacancy(id).await.unwrap().unwrap().vacancy.state;
            let is_new = hub.store.revision().await.unwrap() > revision;
            if from.may_become(to) {
                assert!(changed.is_ok() && state == to && is_new, "{from:?} to {to:?}: {changed:?}");
            } else {
                let is_refused =
                    matches!(changed, Err(Error::NotAllowed(was, asked)) if (was, asked) == (from, to));
                assert!(is_refused && state == from && !is_new, "{from:?} to {to:?}: {changed:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_of_state_is_recorded_with_who_and_when() {
    on_each_database(async |hub| {
        let draft = Vacancy { state: VacancyState::Draft, published_on: None, ..vacancy("V-1") };
        let id = hub.add_vacancy(draft).await;
        let publish = hub.store.change_vacancy_state(
            id,
            VacancyState::Published,
            Actor::account(1),
            Moment { now: now(), today: today() },
        );
        publish.await.unwrap();
        let newest = hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().remove(0);
        assert_eq!((newest.actor, newest.at), (Actor::account(1), now()));
        assert_eq!(newest.action, Action::Became(VacancyState::Published));
        let expected = json!({
            "state": { "old": "draft", "new": "published" },
            "published_on": { "old": null, "new": "2026-11-21" },
        });
        assert_eq!(newest.details, expected);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_published_again_keeps_its_first_day() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        for next in [VacancyState::Filled, VacancyState::Published] {
            hub.store
                .change_vacancy_state(id, next, Actor::account(1), Moment { now: now(), today: today() })
                .await
                .unwrap();
        }
        let found = hub.store.find_vacancy(id).await.unwrap().unwrap();
        assert_eq!(found.vacancy.published_on, vacancy("V-1").published_on);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_not_there_can_not_change() {
    on_each_database(async |hub| {
        let missing = hub
            .store
            .change_vacancy_state(
                1,
                VacancyState::Filled,
                Actor::account(1),
                Moment { now: now(), today: today() },
            )
            .await;
        assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
        assert_eq!(hub.store.revision().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_published_after_its_closing_day_gets_no_day() {
    on_each_database(async |hub| {
        let closed = today().pred_opt().unwrap();
        let draft =
            Vacancy { state: VacancyState::Draft, closes_on: closed, published_on: None, ..vacancy("V-1") };
        let id = hub.add_vacancy(draft).await;
        hub.store
            .change_vacancy_state(
                id,
                VacancyState::Published,
                Actor::account(1),
                Moment { now: now(), today: today() },
            )
            .await
            .unwrap();
        assert_eq!(hub.store.find_vacancy(id).await.unwrap().unwrap().vacancy.published_on, None);
    })
    .await;
}
