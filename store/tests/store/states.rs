//! Changes of state.

use domain::initiator::Initiator;
use domain::organisations::{Organisation, OrganisationState};
use domain::vacancies::{Vacancy, VacancyState, VacancyStep};
use serde_json::json;
use store::{Action, Actor, ActorKind, ContentEditor, Error, Saved, Subject};

use crate::applications::member;
use crate::hub::{Hub, moment, now, on_each_database, organisation, today, vacancy};
use crate::people::{office, office_staff};

/// The steps to every state, in the order of the states.
fn steps() -> [VacancyStep; 9] {
    [
        VacancyStep::Rewrite,
        VacancyStep::Submit,
        VacancyStep::Return { reason: "De tekst mist de taken.".to_owned() },
        VacancyStep::Schedule { day: today().succ_opt().unwrap() },
        VacancyStep::Publish,
        VacancyStep::Pause,
        VacancyStep::Fill,
        VacancyStep::Expire,
        VacancyStep::Withdraw,
    ]
}

/// A colleague of the first organisation.
async fn berkel(hub: &Hub) -> ContentEditor {
    ContentEditor::from(&member(hub, "ann@berkel.example", "berkel-staal").await)
}

#[tokio::test]
async fn a_vacancy_goes_only_where_its_state_allows_and_makes_a_revision_only_where_visitors_see_it() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let pairs =
            || VacancyState::ALL.iter().flat_map(|&from| steps().into_iter().map(move |step| (from, step)));
        let editors = [(Initiator::Member, berkel(hub).await), (Initiator::Office, office(hub).await)];
        for (initiator, editor) in editors {
            let reference = |from: VacancyState, step: &VacancyStep| {
                format!("{initiator:?} {} to {}", from.code(), step.leads_to().code())
            };
            let rows =
                pairs().map(|(from, step)| Vacancy { state: from, ..vacancy(&reference(from, &step)) });
            let rows = rows.map(|row| Vacancy { published_on: None, ..row });
            hub.add(rows.collect()).await.unwrap();
            let vacancies = hub.store.existing::<Vacancy>().await.unwrap();
            for (from, step) in pairs() {
                let (id, next) = (vacancies[&reference(from, &step)].0, step.leads_to());
                let revision = hub.store.revision().await.unwrap();
                let changed = hub.store.change_vacancy_state(&editor, id, 1, step, moment()).await;
                let state = hub.vacancy(id).await.state;
                let is_new = hub.store.revision().await.unwrap() > revision;
                let is_seen = [from, next].contains(&VacancyState::Published);
                let case = format!("{initiator:?}: {from:?} to {next:?}: {changed:?}");
                if from.may_become(next, initiator) {
                    assert!(matches!(changed, Ok(Saved::Written { version: 2 })), "{case}");
                    assert_eq!((state, is_new), (next, is_seen), "{case}");
                } else {
                    let is_refused = matches!(changed, Err(Error::NotAllowed { .. }));
                    assert!(is_refused && state == from && !is_new, "{case}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_of_state_is_recorded_with_who_and_when_and_why() {
    on_each_database(async |hub| {
        let draft = Vacancy { state: VacancyState::Submitted, published_on: None, ..vacancy("V-1") };
        let id = hub.add_vacancy(draft).await;
        let office = office(hub).await;
        let back = VacancyStep::Return { reason: "Welke taken?".to_owned() };
        hub.store.change_vacancy_state(&office, id, 1, back, moment()).await.unwrap();
        let returned = hub.store.find_editable_vacancy(&office, id).await.unwrap().unwrap();
        assert_eq!(returned.return_reason.as_deref(), Some("Welke taken?"));
        hub.store.change_vacancy_state(&office, id, 2, VacancyStep::Publish, moment()).await.unwrap();
        let records = hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap();
        assert_eq!(records[0].actor.kind, ActorKind::Account);
        assert_eq!(
            (records[0].reason.as_deref(), records[1].reason.as_deref()),
            (None, Some("Welke taken?"))
        );
        assert_eq!((&records[0].actor, records[0].at), (&records[1].actor, now()));
        assert_eq!(records[0].action, Action::Became(VacancyState::Published));
        let expected = json!({
            "state": { "old": "returned", "new": "published" },
            "published_on": { "old": null, "new": "2026-11-21" },
            "return_reason": { "old": "Welke taken?", "new": null },
        });
        assert_eq!(records[0].details, expected);
        assert_eq!(records[1].details["return_reason"], json!({ "old": null, "new": "Welke taken?" }));
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_published_again_keeps_its_first_day() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let office = office(hub).await;
        for (version, step) in [(1, VacancyStep::Fill), (2, VacancyStep::Publish)] {
            hub.store.change_vacancy_state(&office, id, version, step, moment()).await.unwrap();
        }
        let found = hub.store.find_vacancy(id).await.unwrap().unwrap();
        assert_eq!(found.vacancy.published_on, vacancy("V-1").published_on);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_not_there_can_not_change() {
    on_each_database(async |hub| {
        let office = office(hub).await;
        let missing = hub.store.change_vacancy_state(&office, 1, 1, VacancyStep::Fill, moment()).await;
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
        let office = office(hub).await;
        hub.store.change_vacancy_state(&office, id, 1, VacancyStep::Publish, moment()).await.unwrap();
        assert_eq!(hub.vacancy(id).await.published_on, None);
        assert_eq!(hub.store.find_vacancy(id).await.unwrap(), None, "nobody ever saw it");
    })
    .await;
}

#[tokio::test]
async fn what_ended_before_anybody_saw_it_was_never_public() {
    on_each_database(async |hub| {
        let state = OrganisationState::Prospect;
        hub.add(vec![Organisation { state, ..organisation("O-1", "Berkel Staal") }]).await.unwrap();
        // Each tells of a first day in the past.
        let rows = VacancyState::ALL.iter().map(|&state| Vacancy { state, ..vacancy(state.code()) });
        hub.add(rows.collect()).await.unwrap();
        let staff = office_staff(hub).await;
        let office = ContentEditor::from(&staff);
        let planned = hub.store.existing::<Vacancy>().await.unwrap()["draft"].0;
        hub.store.change_vacancy_state(&office, planned, 1, VacancyStep::Withdraw, moment()).await.unwrap();
        let member = OrganisationState::Member;
        hub.store.change_organisation_state(&staff, 1, 1, member, moment()).await.unwrap();
        for (reference, (id, row)) in hub.store.existing::<Vacancy>().await.unwrap() {
            let found = hub.store.find_vacancy(id).await.unwrap();
            assert_eq!(found.is_some(), row.state == VacancyState::Published, "{reference}");
            assert_eq!(row.published_on.is_some(), found.is_some(), "{reference}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_vacancy_becomes_public_on_its_day_by_itself_and_once() {
    on_each_database(async |hub| {
        let draft = Vacancy { state: VacancyState::Submitted, published_on: None, ..vacancy("V-1") };
        let id = hub.add_vacancy(draft).await;
        let office = office(hub).await;
        let day = today().succ_opt().unwrap();
        hub.store
            .change_vacancy_state(&office, id, 1, VacancyStep::Schedule { day }, moment())
            .await
            .unwrap();
        assert_eq!(hub.store.publish_scheduled_vacancies(moment()).await.unwrap(), 0);
        assert_eq!(hub.store.find_vacancy(id).await.unwrap(), None);
        let tomorrow = domain::Moment { now: now() + chrono::TimeDelta::days(1), today: day };
        assert_eq!(hub.store.publish_scheduled_vacancies(tomorrow).await.unwrap(), 1);
        assert_eq!(hub.store.publish_scheduled_vacancies(tomorrow).await.unwrap(), 0);
        let found = hub.store.find_vacancy(id).await.unwrap().unwrap();
        assert!(found.is_public(day));
        assert_eq!(found.vacancy.published_on, Some(day));
        let newest = hub.store.list_audit_records(Subject::Vacancy, id).await.unwrap().remove(0);
        assert_eq!((newest.actor, newest.action), (Actor::hub(), Action::Became(VacancyState::Published)));
    })
    .await;
}

#[tokio::test]
async fn what_an_organisation_offers_comes_and_goes_with_it() {
    on_each_database(async |hub| {
        let prospect =
            Organisation { state: OrganisationState::Prospect, ..organisation("O-1", "Berkel Staal") };
        hub.add(vec![prospect]).await.unwrap();
        hub.add(vec![Vacancy { published_on: None, ..vacancy("V-1") }]).await.unwrap();
        assert_eq!(hub.store.revision().await.unwrap(), 0, "nobody sees any of it");
        let id = hub.store.existing::<Vacancy>().await.unwrap()["V-1"].0;
        assert_eq!(hub.store.find_vacancy(id).await.unwrap(), None);
        assert!(hub.store.list_organisations().await.unwrap().is_empty());

        let staff = office_staff(hub).await;
        let state = async |version, next| {
            let changed = hub.store.change_organisation_state(&staff, 1, version, next, moment()).await;
            changed.unwrap();
        };
        state(1, OrganisationState::Member).await;
        assert_eq!(hub.store.list_organisations().await.unwrap().len(), 1);
        let shown = hub.store.list_open_vacancies(today()).await.unwrap().remove(0);
        assert_eq!((shown.id, shown.vacancy.published_on), (id, Some(today())));
        assert_eq!(hub.store.published_after(now() - chrono::TimeDelta::days(1)).await.unwrap().len(), 1);
        assert_eq!(hub.store.revision().await.unwrap(), 1);

        state(2, OrganisationState::Ended).await;
        assert!(hub.store.list_open_vacancies(today()).await.unwrap().is_empty());
        let gone = hub.store.find_vacancy(id).await.unwrap().unwrap();
        assert!(gone.was_public() && !gone.is_public(today()));
        assert_eq!(hub.store.revision().await.unwrap(), 2);
        let refused =
            hub.store.change_organisation_state(&staff, 1, 3, OrganisationState::Prospect, moment()).await;
        assert!(matches!(refused, Err(Error::NotAllowed { from: "ended", to: "prospect" })), "{refused:?}");
    })
    .await;
}
