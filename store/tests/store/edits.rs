//! What people write: by right, from the version that they read, and seen by visitors only once it is approved.

use domain::events::{Event, EventContext, EventDraft, EventState, NewEvent};
use domain::organisations::{
    KnownOrganisation, NewOrganisation, OrganisationContext, OrganisationDraft, OrganisationState,
};
use domain::region::{Place, Region};
use domain::vacancies::{NewVacancy, Vacancy, VacancyContext, VacancyDraft, VacancyState, VacancyStep};
use store::{ContentEditor, EditableVacancy, Error, Saved};

use crate::applications::member;
use crate::hub::{Hub, event, moment, on_each_database, organisation, today, vacancy};
use crate::people::{office, office_staff};

fn region() -> Region {
    let ulft = Place {
        name: "Ulft".into(),
        municipality: "Oude IJsselstreek".into(),
        latitude: 51.8897,
        longitude: 6.3797,
    };
    Region { municipalities: vec![], places: vec![ulft] }
}

fn known(id: i64, name: &str) -> KnownOrganisation {
    KnownOrganisation { id, name: name.to_owned(), state: OrganisationState::Member }
}

/// A vacancy of an organisation that is right, but for its title.
fn new(title: &str, organisation: &KnownOrganisation) -> NewVacancy {
    let draft = VacancyDraft { title: title.to_owned(), ..VacancyDraft::of(&vacancy("V-1")) };
    let context =
        VacancyContext { region: &region(), organisation: Some(organisation), earliest_closing: None };
    draft.check(&context).unwrap()
}

pub(crate) fn of_berkel(title: &str) -> NewVacancy {
    new(title, &known(1, "Berkel Staal"))
}

async fn berkel(hub: &Hub) -> ContentEditor {
    ContentEditor::from(&member(hub, "ann@berkel.example", "berkel-staal").await)
}

async fn slinge(hub: &Hub) -> ContentEditor {
    ContentEditor::from(&member(hub, "wim@slinge.example", "slinge-zorg").await)
}

async fn title(hub: &Hub, id: i64) -> String {
    hub.vacancy(id).await.title
}

#[tokio::test]
async fn saving_a_draft_makes_no_revision_and_shows_nothing() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let revision = hub.store.revision().await.unwrap();
        let ann = berkel(hub).await;
        let id = hub.store.add_vacancy(&ann, of_berkel("Een"), moment()).await.unwrap();
        for (version, text) in [(1, "Twee"), (2, "Drie")] {
            let saved = hub.store.change_vacancy(&ann, id, version, of_berkel(text), moment()).await.unwrap();
            assert_eq!(saved, Saved::Written { version: version + 1 });
        }
        let saved = hub.store.change_vacancy(&ann, id, 3, of_berkel("Drie"), moment()).await.unwrap();
        assert_eq!(saved, Saved::Written { version: 3 }, "nothing changed");
        let step = VacancyStep::Submit;
        hub.store.change_vacancy_state(&ann, id, 3, step, moment()).await.unwrap();
        assert_eq!(hub.store.revision().await.unwrap(), revision);
        assert_eq!(hub.store.find_vacancy(id).await.unwrap(), None);
        let row = hub.vacancy(id).await;
        assert_eq!((row.title.as_str(), row.state), ("Drie", VacancyState::Submitted));
        assert_eq!(row.reference, format!("H-{id}"));
    })
    .await;
}

#[tokio::test]
async fn a_reference_that_the_office_uses_is_given_to_no_other() {
    on_each_database(async |hub| {
        hub.add_vacancy(vacancy("H-2")).await;
        let office = office(hub).await;
        let id = hub.store.add_vacancy(&office, of_berkel("Een"), moment()).await.unwrap();
        assert_eq!(hub.vacancy(id).await.reference, "H-3");
    })
    .await;
}

#[tokio::test]
async fn members_write_only_what_is_their_organisations() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (ann, wim) = (berkel(hub).await, slinge(hub).await);
        let id = hub.store.add_vacancy(&ann, of_berkel("Een"), moment()).await.unwrap();
        let of_slinge = || new("Andermans", &known(2, "Slinge Zorg"));
        let refused = hub.store.add_vacancy(&ann, of_slinge(), moment()).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        for new in [of_berkel("Gekaapt"), of_slinge()] {
            let refused = hub.store.change_vacancy(&wim, id, 1, new, moment()).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        let given_away = hub.store.change_vacancy(&ann, id, 1, of_slinge(), moment()).await;
        assert!(matches!(given_away, Err(Error::NotFound)), "{given_away:?}");
        let refused = hub.store.change_vacancy_state(&wim, id, 1, VacancyStep::Withdraw, moment()).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        assert_eq!(hub.store.find_editable_vacancy(&wim, id).await.unwrap(), None);
        assert!(hub.store.list_editable_vacancies(&wim, 0, 10).await.unwrap().is_empty());
        assert_eq!(hub.store.list_editable_vacancies(&ann, 0, 10).await.unwrap().len(), 1);
        assert!(hub.store.list_editable_vacancies(&ann, id, 10).await.unwrap().is_empty());
        let row = hub.vacancy(id).await;
        assert_eq!((row.title.as_str(), row.state), ("Een", VacancyState::Draft));
        assert!(hub.store.find_editable_organisation(&wim, 1).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_stale_save_is_answered_with_what_is_there_and_writes_nothing() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (ann, office) = (berkel(hub).await, office(hub).await);
        let id = hub.store.add_vacancy(&ann, of_berkel("Een"), moment()).await.unwrap();
        hub.store.change_vacancy(&office, id, 1, of_berkel("Van het bureau"), moment()).await.unwrap();
        let stale = hub.store.change_vacancy(&ann, id, 1, of_berkel("Te laat"), moment()).await.unwrap();
        let Saved::Stale(there) = stale else { panic!("{stale:?}") };
        let EditableVacancy { stored, .. } = *there;
        assert_eq!((stored.version, stored.vacancy.title.as_str()), (2, "Van het bureau"));
        let stale = hub.store.change_vacancy_state(&ann, id, 1, VacancyStep::Submit, moment()).await.unwrap();
        assert!(matches!(stale, Saved::Stale(_)), "{stale:?}");
        let row = hub.vacancy(id).await;
        assert_eq!((row.title.as_str(), row.state), ("Van het bureau", VacancyState::Draft));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_save_at_once_one_is_told() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (ann, office) = (berkel(hub).await, office(hub).await);
        let id = hub.store.add_vacancy(&ann, of_berkel("Een"), moment()).await.unwrap();
        let (one, other) = tokio::join!(
            hub.store.change_vacancy(&ann, id, 1, of_berkel("Twee"), moment()),
            hub.store.change_vacancy(&office, id, 1, of_berkel("Drie"), moment()),
        );
        let saved = [one.unwrap(), other.unwrap()];
        assert_eq!(saved.iter().filter(|saved| matches!(saved, Saved::Stale(_))).count(), 1, "{saved:?}");
    })
    .await;
}

#[tokio::test]
async fn a_members_change_of_a_public_vacancy_waits_while_the_old_text_stays() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let old = title(hub, id).await;
        let (ann, staff) = (berkel(hub).await, office_staff(hub).await);
        let revision = hub.store.revision().await.unwrap();
        for (version, text) in [(1, "Nieuw"), (2, "Nieuwer")] {
            let saved = hub.store.change_vacancy(&ann, id, 1, of_berkel(text), moment()).await.unwrap();
            assert_eq!(saved, Saved::Waiting { version });
        }
        assert_eq!((title(hub, id).await, hub.store.revision().await.unwrap()), (old.clone(), revision));
        let waiting = hub.store.list_waiting_changes(&staff, 10).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].draft.title.as_str()), (1, "Nieuwer"));
        assert_eq!(hub.store.find_waiting_change(&slinge(hub).await, id).await.unwrap(), None);

        let why = "Noem de taken.".to_owned();
        let stale = hub.store.return_waiting_change(&staff, id, 1, why.clone(), moment()).await.unwrap();
        assert!(matches!(stale, Saved::Stale(_)), "{stale:?}");
        let returned = hub.store.return_waiting_change(&staff, id, 2, why.clone(), moment()).await.unwrap();
        assert_eq!(returned, Saved::Written { version: 3 });
        assert!(hub.store.list_waiting_changes(&staff, 10).await.unwrap().is_empty());
        let seen = hub.store.find_waiting_change(&ann, id).await.unwrap().unwrap();
        assert_eq!((seen.return_reason, seen.version), (Some(why), 3));

        hub.store.change_vacancy(&ann, id, 1, of_berkel("Goed"), moment()).await.unwrap();
        let accepted = async |version| {
            hub.store.accept_waiting_change(&staff, id, version, of_berkel("Goed"), moment()).await
        };
        assert!(matches!(accepted(3).await.unwrap(), Saved::Stale(_)));
        assert_eq!(title(hub, id).await, old);
        assert_eq!(accepted(4).await.unwrap(), Saved::Written { version: 2 });
        assert_eq!(title(hub, id).await, "Goed");
        assert_eq!(hub.store.revision().await.unwrap(), revision + 1);
        assert!(matches!(accepted(4).await, Err(Error::NotFound)), "it is done");
        assert_eq!(hub.store.find_waiting_change(&ann, id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_waits_can_be_given_up() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ann = berkel(hub).await;
        hub.store.change_vacancy(&ann, id, 1, of_berkel("Nieuw"), moment()).await.unwrap();
        let refused = hub.store.remove_waiting_change(&slinge(hub).await, id).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        assert!(hub.store.find_waiting_change(&ann, id).await.unwrap().is_some());
        hub.store.remove_waiting_change(&ann, id).await.unwrap();
        assert_eq!(hub.store.find_waiting_change(&ann, id).await.unwrap(), None);
        assert_eq!(title(hub, id).await, vacancy("V-1").title);
    })
    .await;
}

#[tokio::test]
async fn the_offices_change_of_a_public_vacancy_is_public_at_once() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let office = office(hub).await;
        let revision = hub.store.revision().await.unwrap();
        let saved = hub.store.change_vacancy(&office, id, 1, of_berkel("Verbeterd"), moment()).await.unwrap();
        assert_eq!(saved, Saved::Written { version: 2 });
        let shown = hub.store.list_open_vacancies(today()).await.unwrap().remove(0);
        assert_eq!((shown.vacancy.title.as_str(), shown.vacancy.reference.as_str()), ("Verbeterd", "V-1"));
        assert_eq!(hub.store.revision().await.unwrap(), revision + 1);
    })
    .await;
}

#[tokio::test]
async fn a_sheet_raises_the_version_of_what_it_changes() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let office = office(hub).await;
        hub.change(Vacancy { title: "Uit de lijst".into(), ..vacancy("V-1") }).await.unwrap();
        let stale = hub.store.change_vacancy(&office, id, 1, of_berkel("Te laat"), moment()).await.unwrap();
        assert!(matches!(stale, Saved::Stale(_)), "{stale:?}");
        assert_eq!(title(hub, id).await, "Uit de lijst");
    })
    .await;
}

fn new_organisation(name: &str, brand_grade: &str) -> NewOrganisation {
    let known = OrganisationDraft::of(&organisation("O-1", name));
    let draft = OrganisationDraft { brand_grade: brand_grade.to_owned(), ..known };
    draft.check(&OrganisationContext { region: &region() }).unwrap()
}

#[tokio::test]
async fn an_organisation_is_added_as_a_prospect_that_nobody_sees() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (staff, revision) = (office_staff(hub).await, hub.store.revision().await.unwrap());
        let add =
            async |name: &str| hub.store.add_organisation(&staff, new_organisation(name, ""), moment()).await;
        let id = add("Grolsch Glas").await.unwrap();
        assert!(matches!(add("Berkel Staal").await, Err(Error::Conflict(_))));
        let all = hub.store.list_all_organisations(&staff).await.unwrap();
        let added = all.iter().find(|stored| stored.id == id).unwrap();
        assert_eq!(
            (added.slug.as_str(), added.organisation.state),
            ("grolsch-glas", OrganisationState::Prospect)
        );
        assert_eq!(hub.store.list_organisations().await.unwrap().len(), 2);
        assert_eq!(hub.store.revision().await.unwrap(), revision);
    })
    .await;
}

#[tokio::test]
async fn people_of_an_organisation_change_what_it_says_and_not_what_the_office_decides() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (ann, office) = (berkel(hub).await, office(hub).await);
        let change = async |editor: &ContentEditor, version| {
            let new = new_organisation("Berkel Metaal", "brand_name");
            hub.store.change_organisation(editor, 1, version, new, moment()).await
        };
        assert!(matches!(change(&slinge(hub).await, 1).await, Err(Error::NotFound)));
        let revision = hub.store.revision().await.unwrap();
        assert_eq!(change(&ann, 1).await.unwrap(), Saved::Written { version: 2 });
        let there =
            async || hub.store.find_editable_organisation(&ann, 1).await.unwrap().unwrap().organisation;
        let old = organisation("O-1", "Berkel Staal");
        assert_eq!(
            (there().await.name.as_str(), there().await.brand_grade),
            ("Berkel Metaal", old.brand_grade)
        );
        assert_eq!(hub.store.revision().await.unwrap(), revision + 1);
        let stale = change(&office, 1).await.unwrap();
        assert!(matches!(stale, Saved::Stale(_)), "{stale:?}");
        change(&office, 2).await.unwrap();
        assert_ne!(there().await.brand_grade, old.brand_grade);
    })
    .await;
}

fn new_event(title: &str, host: Option<&KnownOrganisation>) -> NewEvent {
    let known = EventDraft::of(&event("B-1", "2027-12-31T13:00:00"));
    let host_name = host.map(|host| host.name.clone()).unwrap_or_default();
    let draft = EventDraft { title: title.to_owned(), host: host_name, ..known };
    draft.check(&EventContext { region: &region(), host }).unwrap()
}

#[tokio::test]
async fn an_event_of_a_member_is_seen_when_the_office_approves_it() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let (ann, office, host) = (berkel(hub).await, office(hub).await, known(1, "Berkel Staal"));
        let revision = hub.store.revision().await.unwrap();
        let refused = hub.store.add_event(&ann, new_event("Van niemand", None), moment()).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        let id = hub.store.add_event(&ann, new_event("Open dag", Some(&host)), moment()).await.unwrap();
        let state = async |editor: &ContentEditor, version, next| {
            hub.store.change_event_state(editor, id, version, next, moment()).await
        };
        state(&ann, 1, EventState::Submitted).await.unwrap();
        let refused = state(&ann, 2, EventState::Published).await;
        assert!(matches!(refused, Err(Error::NotAllowed { .. })), "{refused:?}");
        assert!(hub.store.list_events().await.unwrap().is_empty());
        assert_eq!(hub.store.revision().await.unwrap(), revision);
        assert!(matches!(state(&office, 1, EventState::Published).await.unwrap(), Saved::Stale(_)));
        state(&office, 2, EventState::Published).await.unwrap();
        assert_eq!(hub.store.list_events().await.unwrap().len(), 1);
        assert_eq!(hub.store.revision().await.unwrap(), revision + 1);
        let refused = hub.store.change_event(&ann, id, 3, new_event("Anders", Some(&host)), moment()).await;
        assert!(matches!(refused, Err(Error::NotAllowed { .. })), "what was approved stays: {refused:?}");
        hub.store.change_event(&office, id, 3, new_event("Anders", Some(&host)), moment()).await.unwrap();
        assert_eq!(hub.store.list_events().await.unwrap()[0].event.title, "Anders");
        state(&ann, 4, EventState::Cancelled).await.unwrap();
        assert!(hub.store.list_events().await.unwrap().is_empty());
        assert_eq!(hub.store.revision().await.unwrap(), revision + 3);
    })
    .await;
}

#[tokio::test]
async fn a_host_that_visitors_may_not_see_is_not_named() {
    on_each_database(async |hub| {
        let host =
            |state| domain::organisations::Organisation { state, ..organisation("O-1", "Berkel Staal") };
        hub.add(vec![host(OrganisationState::Prospect)]).await.unwrap();
        hub.add(vec![event("B-1", "2027-12-31T13:00:00")]).await.unwrap();
        for (state, name, slug) in [
            (OrganisationState::Prospect, None, None),
            (OrganisationState::Invited, None, None),
            (OrganisationState::Member, Some("Berkel Staal"), Some("berkel-staal")),
            (OrganisationState::Ended, Some("Berkel Staal"), None),
        ] {
            hub.change(host(state)).await.unwrap();
            let shown = hub.store.list_events().await.unwrap().remove(0);
            assert_eq!((shown.event.host.as_deref(), shown.host_slug.as_deref()), (name, slug), "{state:?}");
        }
        assert_eq!(hub.store.existing::<Event>().await.unwrap()["B-1"].1.host_id, Some(1));
    })
    .await;
}
