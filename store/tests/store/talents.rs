//! Talents: what they tell, what they keep, and whose it is.

use domain::Language;
use domain::Moment;
use domain::alerts::Frequency;
use domain::applications::RECEIVED;
use domain::list::{ListQuery, SavedView};
use domain::talents::{MOST_SAVED, Profile};
use domain::vacancies::{Level, Vacancy, VacancyFilter, VacancyKind, VacancyState};
use serde_json::json;
use store::{Error, StoredProfile, WantedAlert};

use crate::applications::{count, cv, letter_context, part, sign_in};
use crate::hub::{day, moment, now, on_each_database, today, vacancy};

fn profile() -> Profile {
    Profile {
        programme: "Werktuigbouwkunde".into(),
        institution: "HAN".into(),
        level: Some(Level::Hbo),
        study_fields: vec!["werktuigbouwkunde".into()],
        skills: vec!["Schweißen \"TIG\"".into(), "C#".into()],
        home_place: "'s-Heerenberg".into(),
        roots: "Ulft".into(),
        kinds: vec![VacancyKind::Internship, VacancyKind::StarterJob],
        from: Some(day("2027-02-01")),
        until: None,
        hours: Some(32),
        languages: vec![Language::Dutch, Language::German],
        about: "Ik wil terug.\nEcht.".into(),
    }
}

#[tokio::test]
async fn a_profile_is_read_as_it_was_told_and_changes() {
    on_each_database(async |hub| {
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let other = sign_in(hub, "tim@talent.example").await.talent();
        assert_eq!(hub.store.find_profile(&talent).await.unwrap(), StoredProfile::default());
        assert_eq!(StoredProfile::default().fitting(), None);
        let told = StoredProfile { profile: profile(), cv: Some(cv(hub).await), hides_fits: false };
        hub.store.save_profile(&talent, told.clone(), now()).await.unwrap();
        assert_eq!(hub.store.find_profile(&talent).await.unwrap(), told);
        assert!(told.fitting().unwrap().has_skill("c#"));
        let less = StoredProfile { profile: Profile::default(), cv: None, hides_fits: true };
        hub.store.save_profile(&talent, less.clone(), now()).await.unwrap();
        assert_eq!(hub.store.find_profile(&talent).await.unwrap(), less);
        assert_eq!(StoredProfile { hides_fits: true, ..told }.fitting(), None, "no marks are wanted");
        assert_eq!(hub.store.find_profile(&other).await.unwrap(), StoredProfile::default());
    })
    .await;
}

#[tokio::test]
async fn the_cv_of_a_profile_stays_as_long_as_the_profile_names_it() {
    on_each_database(async |hub| {
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let told = StoredProfile { cv: Some(cv(hub).await), ..StoredProfile::default() };
        hub.store.save_profile(&talent, told, now()).await.unwrap();
        // Files bear the time of this machine.
        let much_later = "2099-01-01T12:00:00Z".parse().unwrap();
        assert_eq!(
            hub.store.erase_applications(Moment { now: much_later, today: today() }).await.unwrap().documents,
            0
        );
        hub.store.save_profile(&talent, StoredProfile::default(), now()).await.unwrap();
        let strays =
            hub.store.count_erasable(Moment { now: much_later, today: today() }).await.unwrap().documents;
        assert_eq!(strays, 0, "the file went at once");
    })
    .await;
}

#[tokio::test]
async fn a_talent_keeps_vacancies_with_a_note() {
    on_each_database(async |hub| {
        let first = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![vacancy("V-2")]).await.unwrap();
        let second = hub.store.existing::<Vacancy>().await.unwrap()["V-2"].0;
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let other = sign_in(hub, "tim@talent.example").await.talent();
        let save = async |id, note: &str| hub.store.save_vacancy(&talent, id, note.into(), now()).await;
        for (id, note) in [(first, "bellen"), (second, ""), (first, "gebeld")] {
            assert!(save(id, note).await.unwrap());
        }
        assert!(matches!(save(99, "").await, Err(Error::NotFound)));
        hub.bring(second, VacancyState::Filled, moment()).await;
        let list = hub.store.list_saved_vacancies(&talent, today()).await.unwrap();
        let seen: Vec<(i64, bool, &str)> =
            list.iter().map(|saved| (saved.vacancy.id, saved.is_open, saved.note.as_str())).collect();
        assert_eq!(seen, [(second, false, ""), (first, true, "gebeld")]);
        assert_eq!(hub.store.list_saved_vacancies(&other, today()).await.unwrap(), []);
        hub.store.remove_saved_vacancy(&other, first).await.unwrap();
        for _ in 0..2 {
            hub.store.remove_saved_vacancy(&talent, first).await.unwrap();
        }
        assert_eq!(hub.store.list_saved_vacancies(&talent, today()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_talent_keeps_only_so_many_vacancies_and_sends_only_so_many_files() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        hub.add((0..=MOST_SAVED).map(|at| vacancy(&format!("V-{at}"))).collect()).await.unwrap();
        let ids: Vec<i64> =
            hub.store.existing::<Vacancy>().await.unwrap().values().map(|(id, _)| *id).collect();
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let save = async |id| hub.store.save_vacancy(&talent, id, String::new(), now()).await.unwrap();
        let (last, others) = ids.split_last().unwrap();
        for id in others {
            assert!(save(*id).await);
        }
        assert!(!save(*last).await);
        assert!(save(others[0]).await, "one that is kept already");
        hub.store.remove_saved_vacancy(&talent, others[0]).await.unwrap();
        assert!(save(*last).await);

        let send = async |by| hub.store.count_upload("192.0.2.7", by, now()).await.unwrap();
        let mut taken = 0;
        while send(Some(&talent)).await.is_ok() {
            taken += 1;
        }
        assert!((50..60).contains(&taken), "{taken}");
        let other = sign_in(hub, "tim@talent.example").await.talent();
        assert!(send(Some(&other)).await.is_ok() && send(None).await.is_ok(), "others of the same school");
    })
    .await;
}

#[tokio::test]
async fn what_a_talent_told_kept_and_asked_for_is_data_of_the_account_and_goes_with_it() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let sanne = sign_in(hub, "sanne@talent.example").await;
        let tim = sign_in(hub, "tim@talent.example").await;
        let alert = WantedAlert {
            filter: VacancyFilter::parse("q=las"),
            title: "“las”".into(),
            frequency: Frequency::Weekly,
            language: Language::Dutch,
        };
        let told = StoredProfile { profile: profile(), cv: Some(cv(hub).await), hides_fits: false };
        for who in [&sanne, &tim] {
            hub.store.save_profile(&who.talent(), told.clone(), now()).await.unwrap();
            hub.store.save_vacancy(&who.talent(), id, "bellen".into(), now()).await.unwrap();
            hub.store.add_alert(&who.subscriber(), alert.clone(), now()).await.unwrap().unwrap();
        }
        let data = hub.store.my_data(&sanne, None, "", now()).await.unwrap();
        let told_profile: Profile = serde_json::from_value(part(&data, "profile")).unwrap();
        assert_eq!(told_profile, profile());
        let saved = part(&data, "saved_vacancies");
        assert_eq!(
            (&saved[0]["title"], &saved[0]["note"]),
            (&json!("Lasrobot programmeren"), &json!("bellen"))
        );
        assert_eq!(part(&data, "alerts")[0]["search"], "q=las");
        assert_eq!((count(&data, "saved_vacancies"), count(&data, "alerts")), (1, 1));

        let leaving = hub.store.look_at_leaving(&sanne).await.unwrap();
        assert_eq!(
            (leaving.has_profile, leaving.saved_vacancies, leaving.alerts, leaving.documents),
            (true, 1, 1, 1)
        );
        hub.store.erase_own_account(&sanne, None, letter_context(), now()).await.unwrap().unwrap();
        let again = sign_in(hub, "sanne@talent.example").await;
        let data = hub.store.my_data(&again, None, "", now()).await.unwrap();
        assert_eq!(part(&data, "profile"), json!(null));
        assert_eq!((count(&data, "saved_vacancies"), count(&data, "alerts")), (0, 0));
        let other = hub.store.my_data(&tim, None, "", now()).await.unwrap();
        assert_eq!((count(&other, "saved_vacancies"), count(&other, "alerts")), (1, 1));
        assert_eq!(hub.store.find_profile(&tim.talent()).await.unwrap(), told);
    })
    .await;
}

#[tokio::test]
async fn a_view_is_its_owners_replaced_by_its_name_part_of_the_data_and_goes_with_the_account() {
    on_each_database(async |hub| {
        let sanne = sign_in(hub, "sanne@talent.example").await;
        let tim = sign_in(hub, "tim@talent.example").await;
        let view =
            |name: &str, query: &str| SavedView::new(name, &ListQuery::parse(&RECEIVED, query)).unwrap();
        for who in [&sanne, &tim] {
            let saved = view("Wacht op ons", "stand=gezien");
            assert!(hub.store.save_view(&who.talent(), &RECEIVED, saved, now()).await.unwrap());
        }
        let again = view("Wacht op ons", "stand=verstuurd");
        assert!(hub.store.save_view(&sanne.talent(), &RECEIVED, again.clone(), now()).await.unwrap());
        assert_eq!(hub.store.list_views(&sanne.talent(), &RECEIVED).await.unwrap(), [again]);
        hub.store.remove_view(&tim.talent(), &RECEIVED, "Alles".into()).await.unwrap();
        let kept = hub.store.list_views(&tim.talent(), &RECEIVED).await.unwrap();
        assert_eq!(kept, [view("Wacht op ons", "stand=gezien")]);

        let data = hub.store.my_data(&sanne, None, "", now()).await.unwrap();
        assert_eq!(count(&data, "saved_views"), 1);
        let saved = &part(&data, "saved_views")[0];
        assert_eq!((&saved["list"], &saved["query"]), (&json!("received"), &json!("stand=verstuurd")));
        hub.store.erase_own_account(&sanne, None, letter_context(), now()).await.unwrap().unwrap();
        let back = sign_in(hub, "sanne@talent.example").await;
        let data = hub.store.my_data(&back, None, "", now()).await.unwrap();
        assert_eq!(count(&data, "saved_views"), 0);
        assert_eq!(hub.store.list_views(&tim.talent(), &RECEIVED).await.unwrap(), kept);
    })
    .await;
}

#[tokio::test]
async fn nobody_keeps_more_than_fifty_views_of_a_list() {
    on_each_database(async |hub| {
        let who = sign_in(hub, "sanne@talent.example").await.talent();
        let save = async |name: String| {
            let view = SavedView::new(&name, &ListQuery::new(&RECEIVED)).unwrap();
            hub.store.save_view(&who, &RECEIVED, view, now()).await.unwrap()
        };
        for number in 0..50 {
            assert!(save(format!("Lijst {number}")).await);
        }
        assert!(!save("Lijst 50".into()).await);
        assert!(save("Lijst 7".into()).await, "one with the same name is only replaced");
        hub.store.remove_view(&who, &RECEIVED, "Lijst 7".into()).await.unwrap();
        assert!(save("Lijst 50".into()).await);
    })
    .await;
}
