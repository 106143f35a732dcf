//! What comes out is what went in.

use chrono::Days;
use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::{Vacancy, VacancyState};

use crate::hub::{day, event, on_each_database, organisation, today, vacancy};

#[tokio::test]
async fn rows_come_back_as_they_went_in() {
    on_each_database(async |hub| {
        let sparse_organisation = Organisation {
            employees: None,
            website: None,
            contact_name: None,
            email: None,
            kvk_number: None,
            member_since: None,
            logo: None,
            ..organisation("O-3", "Ärzte ’t Zand")
        };
        let sparse_vacancy = Vacancy {
            levels: vec![],
            study_fields: vec![],
            skills: vec!["C++, \\ en [klei]".to_owned()],
            hours_per_week: None,
            weeks: None,
            starts_on: None,
            pay: None,
            state: VacancyState::Draft,
            published_on: None,
            ..vacancy("V-2")
        };
        let sparse_event =
            Event { host_id: None, host: None, capacity: None, ..event("B-2", "2027-01-09T09:30:00") };
        hub.add_organisations().await;
        hub.add(vec![sparse_organisation.clone()]).await.unwrap();
        hub.add(vec![vacancy("V-1"), sparse_vacancy.clone()]).await.unwrap();
        hub.add(vec![event("B-1", "2027-01-10T13:00:00"), sparse_event.clone()]).await.unwrap();

        let organisations = hub.store.existing::<Organisation>().await.unwrap();
        assert_eq!(organisations["O-1"].1, organisation("O-1", "Berkel Staal"));
        assert_eq!(organisations["O-3"].1, sparse_organisation);
        let vacancies = hub.store.existing::<Vacancy>().await.unwrap();
        assert_eq!(vacancies["V-1"].1, vacancy("V-1"));
        assert_eq!(vacancies["V-2"].1, sparse_vacancy);
        let events = hub.store.existing::<Event>().await.unwrap();
        assert_eq!(events["B-1"].1, event("B-1", "2027-01-10T13:00:00"));
        assert_eq!(events["B-2"].1, sparse_event);
    })
    .await;
}

#[tokio::test]
async fn organisations_stand_in_the_order_that_people_expect() {
    on_each_database(async |hub| {
        let names = ["Zutphen Zagerij", "berkel Staal", "Ärzte ’t Zand", "Aalten Agro", "Coöperatie"];
        hub.add(names.iter().map(|name| organisation(name, name)).collect()).await.unwrap();
        let listed = hub.store.list_organisations().await.unwrap();
        let listed: Vec<&str> = listed.iter().map(|stored| stored.organisation.name.as_str()).collect();
        assert_eq!(listed, ["Aalten Agro", "Ärzte ’t Zand", "berkel Staal", "Coöperatie", "Zutphen Zagerij"]);
    })
    .await;
}

#[tokio::test]
async fn events_stand_in_the_order_of_their_beginning_with_the_page_of_their_host() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let hostless = Event { host_id: None, host: None, ..event("B-2", "2027-01-10T09:00:00") };
        hub.add(vec![event("B-1", "2027-01-10T13:00:00"), hostless]).await.unwrap();
        let events = hub.store.list_events().await.unwrap();
        let listed: Vec<_> = events
            .iter()
            .map(|stored| (stored.event.reference.as_str(), stored.host_slug.as_deref()))
            .collect();
        assert_eq!(listed, [("B-2", None), ("B-1", Some("berkel-staal"))]);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_is_open_through_its_closing_day_and_while_it_is_published() {
    on_each_database(async |hub| {
        let closing = vacancy("V-1").closes_on;
        hub.add_organisations().await;
        let others = [VacancyState::Draft, VacancyState::Filled, VacancyState::Expired];
        let mut vacancies: Vec<Vacancy> =
            others.iter().map(|&state| Vacancy { state, ..vacancy(state.code()) }).collect();
        vacancies.push(vacancy("V-1"));
        hub.add(vacancies).await.unwrap();
        for (today, expected) in [
            (closing - Days::new(1), vec!["V-1"]),
            (closing, vec!["V-1"]),
            (closing + Days::new(1), vec![]),
            (day("2100-01-01"), vec![]),
        ] {
            let open = hub.store.list_open_vacancies(today).await.unwrap();
            let open: Vec<&str> = open.iter().map(|stored| stored.vacancy.reference.as_str()).collect();
            assert_eq!(open, expected, "{today}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_is_found_by_its_number_with_its_organisation() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(Vacancy { state: VacancyState::Filled, ..vacancy("V-1") }).await;
        let found = hub.store.find_vacancy(id).await.unwrap().unwrap();
        assert_eq!((found.id, found.vacancy.reference.as_str()), (id, "V-1"));
        assert_eq!(found.organisation_slug, "berkel-staal");
        assert_eq!(found.organisation_logo.as_deref(), Some("berkel-staal.svg"));
        assert_eq!(found.sector, "Smart industry");
        assert_eq!(hub.store.find_vacancy(id + 1).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_hub_is_empty_until_it_has_an_organisation() {
    on_each_database(async |hub| {
        assert!(hub.store.is_empty().await.unwrap());
        assert_eq!(hub.store.revision().await.unwrap(), 0);
        assert!(hub.store.list_open_vacancies(today()).await.unwrap().is_empty());
        hub.add_organisations().await;
        assert!(!hub.store.is_empty().await.unwrap());
    })
    .await;
}
