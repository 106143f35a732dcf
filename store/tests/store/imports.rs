//! Imports.

use std::sync::{Arc, Mutex};

use chrono::Days;
use domain::events::Event;
use domain::initiator::Initiator;
use domain::organisations::Organisation;
use domain::vacancies::{Vacancy, VacancyState};
use serde_json::json;
use store::{Action, Actor, Change, Error, Store, Subject};

use crate::hub::{FILE, batch, event, moment, now, on_each_database, organisation, today, vacancy};

#[tokio::test]
async fn an_import_with_one_bad_row_leaves_everything_as_it_was() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        hub.add(vec![vacancy("V-1"), vacancy("V-700")]).await.unwrap();
        let revision = hub.store.revision().await.unwrap();
        let (id, old) = hub.store.existing::<Vacancy>().await.unwrap().remove("V-1").unwrap();
        let change = Change { id, new: Vacancy { title: "Anders".to_owned(), ..old.clone() }, old };
        // The reference that is taken comes long after the first chunk.
        let added = (2..1_000).map(|number| vacancy(&format!("V-{number}"))).collect();
        let refused = hub.store.import(batch(added, vec![change]), now(), |_| ()).await;

        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        let kept = hub.store.existing::<Vacancy>().await.unwrap();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept["V-1"].1, vacancy("V-1"));
        assert_eq!(hub.store.revision().await.unwrap(), revision);
        assert_eq!(hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_import_of_an_unknown_organisation_is_refused() {
    on_each_database(async |hub| {
        let refused = hub.add(vec![vacancy("V-1")]).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("Berkel Staal")), "{refused:?}");
        let refused = hub.add(vec![event("B-1", "2027-01-10T13:00:00")]).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(hub.store.revision().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn two_organisations_never_have_the_same_name() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let refused = hub.add(vec![organisation("O-3", "Berkel Staal")]).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        let refused = hub.change(organisation("O-2", "Berkel Staal")).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_new_organisation_may_take_the_name_that_another_gives_up() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (id, old) = hub.store.existing::<Organisation>().await.unwrap().remove("O-1").unwrap();
        let change = Change { id, old, new: organisation("O-1", "Berkel Metaal") };
        let added = vec![organisation("O-3", "Berkel Staal")];
        hub.store.import(batch(added, vec![change]), now(), |_| ()).await.unwrap();
        let organisations = hub.store.list_organisations().await.unwrap();
        let slugs: Vec<_> = organisations
            .iter()
            .map(|stored| (stored.organisation.name.as_str(), stored.slug.as_str()))
            .collect();
        let expected = [
            ("Berkel Metaal", "berkel-staal"),
            ("Berkel Staal", "berkel-staal-2"),
            ("Slinge Zorg", "slinge-zorg"),
        ];
        assert_eq!(slugs, expected);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_changes_nothing_writes_nothing() {
    on_each_database(async |hub| {
        let undated = Vacancy { published_on: None, ..vacancy("V-1") };
        let id = hub.add_vacancy(undated.clone()).await;
        let revision = hub.store.revision().await.unwrap();
        hub.add::<Organisation>(vec![]).await.unwrap();
        hub.change(organisation("O-1", "Berkel Staal")).await.unwrap();
        // The day on which it became public is history; a sheet without it takes nothing back.
        hub.change(undated).await.unwrap();
        assert_eq!(hub.store.revision().await.unwrap(), revision);
        assert_eq!(hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_import_makes_one_revision() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        assert_eq!(hub.store.revision().await.unwrap(), 1);
        hub.add((0..900).map(|number| vacancy(&format!("V-{number}"))).collect()).await.unwrap();
        assert_eq!(hub.store.revision().await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_audit_record_has_the_old_and_the_new_value_of_what_changed() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let changed = Vacancy {
            organisation_id: 2,
            organisation: "Slinge Zorg".to_owned(),
            closes_on: vacancy("V-1").closes_on + Days::new(1),
            pay: None,
            is_cross_border: false,
            ..vacancy("V-1")
        };
        hub.change(changed.clone()).await.unwrap();

        let records = hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap();
        assert_eq!(records.len(), 2);
        assert_eq!((records[0].action, records[1].action), (Action::Changed, Action::Created));
        assert_eq!((&records[0].actor, records[0].at), (&Actor::import(FILE), now()));
        assert_eq!(records[1].details, json!({}));
        let ids = hub.store.existing::<Organisation>().await.unwrap();
        let expected = json!({
            "organisation_id": { "old": ids["O-1"].0, "new": ids["O-2"].0 },
            "closes_on": { "old": "2027-01-15", "new": "2027-01-16" },
            "pay_from_cents": { "old": 45_000, "new": null },
            "pay_to_cents": { "old": 60_050, "new": null },
            "is_cross_border": { "old": true, "new": false },
        });
        assert_eq!(records[0].details, expected);
        assert_eq!(hub.vacancy(id).await, changed);
        assert_eq!(hub.store.last_import_at(FILE).await.unwrap(), Some(now()));
        assert_eq!(hub.store.last_import_at("other.csv").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_import_overrides_the_state_and_the_audit_trail_says_so() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let by_office = VacancyState::Published.may_become(VacancyState::Draft, Initiator::Office);
        assert!(!by_office);
        hub.change(Vacancy { state: VacancyState::Draft, ..vacancy("V-1") }).await.unwrap();
        let newest = hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().remove(0);
        assert_eq!(newest.action, Action::Became(VacancyState::Draft));
        assert_eq!(newest.details, json!({ "state": { "old": "published", "new": "draft" } }));
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_becomes_public_without_a_day_gets_today() {
    on_each_database(async |hub| {
        let undated = |state| Vacancy { published_on: None, state, ..vacancy("V-1") };
        let id = hub.add_vacancy(undated(VacancyState::Draft)).await;
        assert_eq!(hub.vacancy(id).await.published_on, None);
        hub.change(undated(VacancyState::Published)).await.unwrap();
        assert_eq!(hub.vacancy(id).await.published_on, Some(today()));
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_has_closed_or_was_not_public_gets_no_day() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let closed = Vacancy { closes_on: today().pred_opt().unwrap(), ..vacancy("closed") };
        let rows = [
            closed,
            Vacancy { state: VacancyState::Filled, ..vacancy("filled") },
            Vacancy { state: VacancyState::Expired, ..vacancy("expired") },
        ];
        hub.add(rows.into_iter().map(|row| Vacancy { published_on: None, ..row }).collect()).await.unwrap();
        for (reference, (_, row)) in hub.store.existing::<Vacancy>().await.unwrap() {
            assert_eq!(row.published_on, None, "{reference}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_that_another_write_overtook_is_refused_whole() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![vacancy("V-2")]).await.unwrap();
        let planned = hub.store.existing::<Vacancy>().await.unwrap();
        let change = |reference: &str, new: Vacancy| {
            let (id, old) = planned[reference].clone();
            Change { id, old, new }
        };
        let closes_on = vacancy("V-1").closes_on + Days::new(1);
        let renamed = |reference, title: &str| Vacancy { title: title.to_owned(), ..vacancy(reference) };
        hub.store
            .import(batch(vec![vacancy("V-3")], vec![change("V-1", renamed("V-1", "Een"))]), now(), |_| ())
            .await
            .unwrap();

        let overtaken = vec![change("V-2", renamed("V-2", "Twee")), change("V-1", renamed("V-1", "Twee"))];
        let refused = hub.store.import(batch(vec![], overtaken), now(), |_| ()).await;
        let Err(Error::Conflict(why)) = refused else { panic!("{refused:?}") };
        assert_eq!(why, "V-1 was changed meanwhile; run the import again");
        let refused = hub.store.import(batch(vec![vacancy("V-3")], vec![]), now(), |_| ()).await;
        let Err(Error::Conflict(why)) = refused else { panic!("{refused:?}") };
        assert_eq!(why, "V-3 was added meanwhile; run the import again");
        assert_eq!(hub.store.existing::<Vacancy>().await.unwrap()["V-2"].1.title, vacancy("V-2").title);

        // Another column of the same row is nobody's quarrel.
        let other = change("V-1", Vacancy { closes_on, ..vacancy("V-1") });
        hub.store.import(batch(vec![], vec![other]), now(), |_| ()).await.unwrap();
        let found = hub.vacancy(id).await;
        assert_eq!((found.title.as_str(), found.closes_on), ("Een", closes_on));
    })
    .await;
}

#[tokio::test]
async fn a_slug_stays_when_the_name_changes_and_is_one_of_a_kind() {
    on_each_database(async |hub| {
        let names = ["Berkel Staal", "Berkel, Staal", "BERKEL STAAL!", "Berkel Staal 2", "!!!"];
        let rows = names.iter().enumerate().map(|(at, name)| organisation(&format!("O-{at}"), name));
        hub.add(rows.collect()).await.unwrap();
        hub.change(organisation("O-0", "Berkel Metaal")).await.unwrap();
        let mut slugs: Vec<_> = hub.store.list_organisations().await.unwrap();
        slugs.sort_by(|one, other| one.organisation.reference.cmp(&other.organisation.reference));
        let slugs: Vec<&str> = slugs.iter().map(|stored| stored.slug.as_str()).collect();
        assert_eq!(slugs, ["berkel-staal", "berkel-staal-2", "berkel-staal-3", "berkel-staal-2-2", "o-4"]);
    })
    .await;
}

#[tokio::test]
async fn an_import_tells_how_far_it_is() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = told.clone();
        let added = (0..1_000).map(|number| vacancy(&format!("V-{number}"))).collect();
        hub.store
            .import(batch(added, vec![]), now(), move |done| tell.lock().unwrap().push(done))
            .await
            .unwrap();
        let told = told.lock().unwrap();
        assert!(told.len() > 1 && told.is_sorted(), "{told:?}");
        assert_eq!(told.last(), Some(&1_000));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_row_that_is_gone_is_refused() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (old, new) = (event("B-1", "2027-01-10T13:00:00"), event("B-1", "2027-01-11T13:00:00"));
        let refused = hub.store.import(batch(vec![], vec![Change { id: 9, old, new }]), now(), |_| ()).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert!(hub.store.existing::<Event>().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_store_imports_while_the_first_writes() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let second = Store::connect(&hub.url).await.unwrap();
        let added = (2..3_000).map(|number| vacancy(&format!("V-{number}"))).collect();
        let import = second.import(batch(added, vec![]), now(), |_| ());
        let changes = async {
            for turn in 0..20 {
                let next = if turn % 2 == 0 { VacancyState::Filled } else { VacancyState::Published };
                hub.bring(id, next, moment()).await;
            }
        };
        let (imported, ()) = tokio::join!(import, changes);
        imported.unwrap();
        assert_eq!(hub.store.existing::<Vacancy>().await.unwrap().len(), 2_999);
        assert_eq!(hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().len(), 21);
        assert_eq!(hub.store.revision().await.unwrap(), second.revision().await.unwrap());
        second.close().await;
    })
    .await;
}
