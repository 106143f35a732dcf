//! What people may ask of the hub: their data, that it goes, and who did what to it.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::mail::AccountMail;
use domain::accounts::{MemberRole, StaffRole};
use domain::applications::mail::ApplicationMail;
use domain::applications::{ApplicationDraft, ApplicationState, DeclineReason, Step};
use domain::follow_ups::Whereabouts;
use domain::follow_ups::mail::FollowUpMail;
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{VacancyOutcome, VacancyState};
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use store::{
    Action, Actor, Applied, Applying, By, EraseRefused, Error, SavedDraft, Store, Subject, Token, Unused,
};

use crate::applications::{
    apply, applying, count, cv, email, letter_context, mail, member, part, participant, sent, sign_in,
    sign_in_at, token,
};
use crate::hub::{Hub, day, moment, now, on_each_database, today, vacancy};

const SANNE: &str = "sanne@talent.example";

/// Changes a row behind the hub's back, as an error would.
async fn run(hub: &Hub, sql: &str) {
    let connection = Database::connect(&hub.url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// In which columns of the whole database a text stands.
async fn places_of(hub: &Hub, text: &str) -> Vec<String> {
    let connection = Database::connect(&hub.url).await.unwrap();
    let columns = if hub.url.starts_with("sqlite") {
        "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
    } else {
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let backend = connection.get_database_backend();
    let ask = |sql: String| sea_orm::Statement::from_string(backend, sql);
    let mut places = Vec::new();
    for row in connection.query_all_raw(ask(columns.to_owned())).await.unwrap() {
        let (table, column): (String, String) =
            (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        let sql = format!(
            "SELECT count(*) FROM \"{table}\" WHERE lower(CAST(\"{column}\" AS TEXT)) LIKE '%{}%'",
            text.to_lowercase()
        );
        let found = connection.query_one_raw(ask(sql)).await.unwrap().unwrap();
        if found.try_get_by_index::<i64>(0).unwrap() > 0 {
            places.push(format!("{table}.{column}"));
        }
    }
    connection.close().await.unwrap();
    places
}

/// An application of somebody who is signed in, with a CV.
async fn applied(hub: &Hub, vacancy_id: i64, who: &store::SignedIn) -> i64 {
    let applying = Applying { cv: Some(cv(hub).await), ..applying(vacancy_id, SANNE) };
    let Ok(Applied::Sent(number)) = apply(hub, applying, Some(&who.talent())).await else {
        panic!("not sent")
    };
    number
}

async fn save_draft(hub: &Hub, vacancy_id: i64, address: &str) -> Token {
    let browser = token();
    let draft = ApplicationDraft {
        email: address.to_uppercase(),
        motivation: "Nog niet af".into(),
        ..ApplicationDraft::default()
    };
    let saved = SavedDraft { draft, cv: Some(cv(hub).await) };
    hub.store.save_draft(browser.clone(), vacancy_id, saved, now()).await.unwrap();
    browser
}

#[tokio::test]
async fn a_person_gets_all_that_is_their_own_and_nothing_of_others() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        sent(hub, id, "wim@talent.example", false).await;
        let sanne = sign_in(hub, SANNE).await;
        let number = applied(hub, id, &sanne).await;
        let received = mail(hub, now()).await.pop().unwrap();
        assert_eq!(received.to, email("ann@berkel.example"));
        let ann = participant(hub, &received.message).await;
        hub.store
            .take_step(&ann, Step::Talk, Some("Kom je langs?".into()), letter_context(), now())
            .await
            .unwrap();
        let own = hub.store.own_participant(&sanne.talent(), number).await.unwrap().unwrap();
        hub.store.change_consent(&own, true, now()).await.unwrap();
        let browser = save_draft(hub, id, SANNE).await;
        save_draft(hub, id, "wim@talent.example").await;

        let at = now() + TimeDelta::hours(1);
        let address = "https://hub.example/cv/";
        let data = hub.store.my_data(&sanne, Some(&browser), address, at).await.unwrap();
        assert_eq!((data.made_at, &part(&data, "account")["email"]), (at, &json!(SANNE)));
        assert_eq!((count(&data, "devices"), count(&data, "sign_ins"), count(&data, "drafts")), (1, 1, 1));
        let words = |list: &serde_json::Value, key: &str| -> Vec<String> {
            list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
        };
        let history = part(&data, "history");
        assert_eq!(words(&history, "action"), ["created", "consent_given"]);
        assert_eq!(words(&history, "by"), ["you", "you"]);
        let application = &part(&data, "applications")[0];
        assert_eq!((count(&data, "applications"), &application["number"]), (1, &json!(number)));
        assert_eq!(application["state"], "in_conversation");
        assert_eq!(application["vacancy"], "Lasrobot programmeren");
        assert_eq!(application["cv"]["link"], format!("{address}{number}"));
        assert_eq!(application["consent"]["given_at"], json!(now()));
        assert_eq!(application["kept_until"], "2028-01-15");
        assert_eq!(
            words(&application["timeline"], "by"),
            ["Tim van den Berg", "Berkel Staal"],
            "who has no name is known by the organisation's"
        );
        assert_eq!(application["timeline"][1]["text"], "Kom je langs?");
        assert_eq!(
            words(&part(&data, "mails"), "kind"),
            ["sign_in", "application_sent", "application_moved"]
        );
        let text = serde_json::to_string(&data).unwrap();
        for other in ["wim@", "ann@", "hash", "secret"] {
            assert!(!text.contains(other), "{other}: {text}");
        }
        let elsewhere = hub.store.my_data(&sanne, None, address, at).await.unwrap();
        assert_eq!(count(&elsewhere, "drafts"), 0, "what was typed in another browser may be another's");
    })
    .await;
}

#[tokio::test]
async fn an_account_goes_with_all_that_belongs_to_it_and_figures_stay() {
    on_each_database(async |hub| {
        let first = hub.add_vacancy(vacancy("V-1")).await;
        let mut second = vacancy("V-2");
        (second.organisation_id, second.organisation) = (2, "Slinge Zorg".into());
        hub.add(vec![second]).await.unwrap();
        let other = sent(hub, first, "wim@talent.example", false).await.1;
        hub.bring(first, VacancyState::Filled, moment()).await;
        hub.bring(first, VacancyState::Published, moment()).await;
        let sanne = sign_in(hub, SANNE).await;
        hub.store.change_account(&sanne, Some("Sanne Wolters".into()), Language::Dutch, now()).await.unwrap();
        let data = hub.store.my_data(&sanne, None, "", now()).await.unwrap();
        let account_id = part(&data, "account")["number"].as_i64().unwrap();
        let running = applied(hub, first, &sanne).await;
        let talent_link = mail(hub, now()).await.remove(0).message;
        let declined = applied(hub, first + 1, &sanne).await;
        let received = participant(hub, &mail(hub, now()).await[1].message).await;
        let no = Step::Decline(DeclineReason::Skills);
        hub.store.take_step(&received, no, Some("Sorry".into()), letter_context(), now()).await.unwrap();
        save_draft(hub, first, SANNE).await;
        let browser = save_draft(hub, first, "typed@wrong.example").await;
        // Neither the mail about the no nor that about this message was sent yet.
        let own = hub.store.own_participant(&sanne.talent(), running).await.unwrap().unwrap();
        hub.store.write_message(&own, "Hallo?".into(), letter_context(), now()).await.unwrap().unwrap();

        let leaving = hub.store.look_at_leaving(&sanne).await.unwrap();
        assert_eq!((leaving.applications, leaving.running, leaving.documents), (2, 1, 2));
        assert!(places_of(hub, SANNE).await.len() > 4);
        let gone = hub
            .store
            .erase_own_account(&sanne, Some(browser), letter_context(), now())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(gone, leaving);

        let mails = mail(hub, now()).await;
        let [told, confirmed] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!(told.to, email("ann@berkelstaal.example"));
        assert!(
            matches!(&told.message, Message::Application(ApplicationMail::ApplicationErased { talent, .. }) if talent == "Tim van den Berg")
        );
        assert_eq!((confirmed.to.as_str(), confirmed.language), (SANNE, Language::Dutch));
        assert_eq!(confirmed.message, Message::Account(AccountMail::AccountErased { is_unused: false }));
        assert_eq!(places_of(hub, SANNE).await, Vec::<String>::new());
        assert_eq!(places_of(hub, "Sanne Wolters").await, Vec::<String>::new());
        assert_eq!(places_of(hub, "Nog niet af").await, Vec::<String>::new());
        let link = crate::applications::link_in(&talent_link);
        assert_eq!(hub.store.participant_by_link(&link).await.unwrap(), None);
        for right in [&own, &received] {
            assert!(matches!(hub.store.find_application(right).await, Err(Error::NotFound)));
        }
        assert!(hub.store.find_application(&other).await.is_ok(), "another's stays");
        assert_eq!(hub.store.find_leaving(&email(SANNE)).await.unwrap(), None);
        let strays = hub
            .store
            .erase_applications(Moment { now: now() + TimeDelta::days(9), today: today() })
            .await
            .unwrap();
        assert_eq!(strays.documents, 0, "no CV was left behind");

        assert_eq!(places_of(hub, "withdrawn").await, ["application_figures.state"]);
        assert_eq!(places_of(hub, "declined").await, ["application_figures.state"]);
        let records = hub.store.list_audit_records(Subject::Account, account_id).await.unwrap();
        let actions: Vec<Action> = records.iter().map(|record| record.action).collect();
        assert_eq!(actions, [Action::Erased, Action::Changed, Action::Created]);
        assert_eq!(records[0].actor, Actor::account(account_id));
        for number in [running, declined] {
            let record = hub.store.list_audit_records(Subject::Application, number).await.unwrap().remove(0);
            assert_eq!((record.action, record.actor), (Action::Erased, Actor::account(account_id)));
        }
        let again = sign_in(hub, SANNE).await;
        assert!(hub.store.list_own_applications(&again.talent()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_applied_without_an_account_is_erased_by_letter() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        sent(hub, id, "wim@talent.example", true).await;
        let wim = email("wim@talent.example");
        let leaving = hub.store.find_leaving(&wim).await.unwrap().unwrap();
        assert_eq!((leaving.has_account, leaving.applications, leaving.running), (false, 1, 1));
        assert_eq!(
            hub.store.erase_account_of(wim.clone(), letter_context(), now()).await.unwrap(),
            Ok(leaving)
        );
        let mails = mail(hub, now()).await;
        assert_eq!((mails.len(), &mails[1].to, mails[1].language), (2, &wim, Language::German));
        assert_eq!(places_of(hub, "wim@talent.example").await, Vec::<String>::new());
        let unknown = hub.store.erase_account_of(wim, letter_context(), now()).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_last_manager_of_the_office_stays_and_staff_take_the_second_step_first() {
    on_each_database(async |hub| {
        let (eva, bas) = (email("eva@hub.example"), email("bas@hub.example"));
        let add = |who: &domain::accounts::EmailAddress| {
            hub.store.add_staff(who.clone(), StaffRole::Manager, Language::Dutch, now())
        };
        add(&eva).await.unwrap();
        let signed_in = sign_in(hub, "eva@hub.example").await;
        let own = hub.store.erase_own_account(&signed_in, None, letter_context(), now()).await.unwrap();
        assert_eq!(own, Err(EraseRefused::SecondStep));
        assert!(hub.store.look_at_leaving(&signed_in).await.unwrap().is_last_manager);
        let erase = |who: &domain::accounts::EmailAddress| {
            hub.store.erase_account_of(who.clone(), letter_context(), now())
        };
        assert_eq!(erase(&eva).await.unwrap(), Err(EraseRefused::LastManager));
        add(&bas).await.unwrap();
        let (one, other) = tokio::join!(erase(&eva), erase(&bas));
        let outcomes = [one.unwrap(), other.unwrap()];
        assert_eq!(outcomes.iter().filter(|erased| erased.is_ok()).count(), 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_colleague_did_stays_with_the_organisation() {
    on_each_database(async |hub| {
        let mut closing = vacancy("V-1");
        closing.closes_on = today();
        let id = hub.add_vacancy(closing).await;
        let add = hub.store.add_member(
            email("ann@berkel.example"),
            "berkel-staal".into(),
            MemberRole::Manager,
            Language::Dutch,
            now(),
        );
        add.await.unwrap();
        let ann = sign_in(hub, "ann@berkel.example").await;
        hub.store.change_account(&ann, Some("Ann de Vries".into()), Language::Dutch, now()).await.unwrap();
        let (talent, organisation) = sent(hub, id, "wim@talent.example", false).await;
        hub.store.take_step(&organisation, Step::Talk, None, letter_context(), now()).await.unwrap();
        let later = today() + Days::new(15);
        hub.store.ask_outcomes(&letter_context(), Moment { now: now(), today: later }).await.unwrap();
        let asked = mail(hub, now()).await.pop().unwrap();
        let Message::Vacancy(VacancyMail::AskOutcome { link, .. }) = asked.message else {
            panic!("{asked:?}")
        };
        let link = Token::parse(&link).unwrap();
        assert!(hub.store.answer_outcome(&link, VacancyOutcome::ThroughHub, now()).await.unwrap());

        hub.store
            .take_step(&organisation, Step::Place(today()), None, letter_context(), now())
            .await
            .unwrap();
        hub.store
            .ask_follow_ups(&letter_context(), Moment { now: now(), today: today() + Months::new(6) })
            .await
            .unwrap();
        let asked = mail(hub, now()).await.pop().unwrap();
        let Message::FollowUp(FollowUpMail::AskFollowUp { link: follow_up, .. }) = asked.message else {
            panic!("{asked:?}")
        };
        let follow_up = Token::parse(&follow_up).unwrap();
        assert!(hub.store.answer_follow_up(&follow_up, Whereabouts::StillThere, now()).await.unwrap());

        let leaving = hub.store.look_at_leaving(&ann).await.unwrap();
        assert_eq!(leaving.only_manager_of, ["Berkel Staal"]);
        hub.store.erase_own_account(&ann, None, letter_context(), now()).await.unwrap().unwrap();
        mail(hub, now()).await;
        let read = hub.store.find_application(&talent).await.unwrap();
        assert_eq!((read.entries[1].actor.as_str(), read.state), ("Berkel Staal", ApplicationState::Placed));
        assert_eq!(hub.store.find_outcome_question(&link, now()).await.unwrap(), None);
        assert_eq!(hub.store.find_follow_up_question(&follow_up, now()).await.unwrap(), None);
        let named = places_of(hub, "Ann de Vries").await;
        assert_eq!(named, ["organisations.contact_name"], "the organisation's own sheet names her");
        assert_eq!(places_of(hub, "ann@berkel.example").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn what_a_former_colleague_did_stays_with_the_organisation() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        let ann = sign_in(hub, "ann@berkel.example").await;
        hub.store.change_account(&ann, Some("Ans Hiddink".into()), Language::Dutch, now()).await.unwrap();
        let (talent, organisation) = sent(hub, id, "wim@talent.example", false).await;
        hub.store.take_step(&organisation, Step::Talk, None, letter_context(), now()).await.unwrap();
        mail(hub, now()).await;
        let ended = hub.store.remove_member(email("ann@berkel.example"), "berkel-staal".into(), now());
        assert!(ended.await.unwrap());
        let actor = async || hub.store.find_application(&talent).await.unwrap().entries[1].actor.clone();
        assert_eq!(actor().await, "Ans Hiddink", "who leaves an organisation is not forgotten yet");
        let ann = sign_in(hub, "ann@berkel.example").await;
        hub.store.erase_own_account(&ann, None, letter_context(), now()).await.unwrap().unwrap();
        mail(hub, now()).await;
        assert_eq!(actor().await, "Berkel Staal");
        assert_eq!(places_of(hub, "Ans Hiddink").await, Vec::<String>::new());
        assert_eq!(places_of(hub, "ann@berkel.example").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn of_two_colleagues_called_jan_only_the_one_who_goes_is_forgotten() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let mut rights = Vec::new();
        let (talent, _) = sent(hub, id, "wim@talent.example", false).await;
        let number = hub.store.find_application(&talent).await.unwrap().id;
        for address in ["jan@berkel.example", "jan.b@berkel.example"] {
            member(hub, address, "berkel-staal").await;
            let jan = sign_in(hub, address).await;
            hub.store.change_account(&jan, Some("Jan Wissink".into()), Language::Dutch, now()).await.unwrap();
            let jan = sign_in(hub, address).await;
            let member = jan.member("berkel-staal").unwrap();
            let right = hub.store.member_participant(&member, number).await.unwrap().unwrap();
            let text = format!("Groet van {address}");
            hub.store.write_message(&right, text, letter_context(), now()).await.unwrap().unwrap();
            rights.push(jan);
        }
        hub.store.erase_own_account(&rights[0], None, letter_context(), now()).await.unwrap().unwrap();
        let entries = hub.store.find_application(&talent).await.unwrap().entries;
        let said: Vec<&str> = entries.iter().rev().take(2).map(|entry| entry.actor.as_str()).collect();
        assert_eq!(said, ["Jan Wissink", "Berkel Staal"]);
        hub.store.erase_own_account(&rights[1], None, letter_context(), now()).await.unwrap().unwrap();
        mail(hub, now()).await;
        assert_eq!(places_of(hub, "Jan Wissink").await, Vec::<String>::new());
    })
    .await;
}

/// The day on the hub's own clock, which is an hour ahead, and in summer two.
fn local_day(at: DateTime<Utc>) -> NaiveDate {
    let summers = [("2027-03-28", "2027-10-31"), ("2028-03-26", "2028-10-29")];
    let is_summer = summers.iter().any(|(from, to)| (day(from)..day(to)).contains(&at.date_naive()));
    (at + TimeDelta::hours(if is_summer { 2 } else { 1 })).date_naive()
}

#[tokio::test]
async fn who_does_not_come_for_two_years_is_warned_and_then_erased() {
    on_each_database(async |hub| {
        let mut long = vacancy("V-1");
        long.closes_on = day("2028-10-10");
        let id = hub.add_vacancy(long).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        hub.store
            .add_staff(email("eva@hub.example"), StaffRole::Broker, Language::Dutch, now())
            .await
            .unwrap();
        sign_in(hub, SANNE).await;
        sign_in(hub, "lotte@talent.example").await;
        let tim = sign_in(hub, "tim@talent.example").await;
        applied(hub, id, &tim).await;
        mail(hub, now()).await;
        let other = Store::connect(&hub.url).await.unwrap();
        let mut happened = Vec::new();
        for days in 0..=800 {
            // Late in the evening, when the hub's own day may be another.
            let at = now() + TimeDelta::days(days) + TimeDelta::minutes(10 * 60 + 45);
            let date = local_day(at);
            if date == day("2028-11-01") {
                sign_in_at(hub, "lotte@talent.example", at).await;
            }
            hub.store.erase_applications(Moment { now: at, today: date }).await.unwrap();
            let would = hub.store.count_unused(Moment { now: at, today: date }).await.unwrap();
            let letter_context = letter_context();
            let (one, two) = tokio::join!(
                hub.store.look_after_unused(&letter_context, Moment { now: at, today: date }),
                other.look_after_unused(&letter_context, Moment { now: at, today: date })
            );
            let (one, two) = (one.unwrap(), two.unwrap());
            let done = Unused { warned: one.warned + two.warned, erased: one.erased + two.erased };
            assert_eq!(done, would, "{date}");
            if done == Unused::default() {
                continue;
            }
            for mail in mail(hub, at).await {
                let what = match mail.message {
                    Message::Account(AccountMail::AccountUnused { erased_on }) => {
                        format!("warned of {erased_on}")
                    }
                    Message::Account(AccountMail::AccountErased { is_unused: true }) => "erased".to_owned(),
                    other => panic!("{other:?}"),
                };
                happened.push(format!("{date} {} {what}", mail.to));
            }
        }
        other.close().await;
        let expected = [
            "2028-10-22 sanne@talent.example warned of 2028-11-21",
            "2028-10-22 lotte@talent.example warned of 2028-11-21",
            // His application was kept until the day before.
            "2028-11-08 tim@talent.example warned of 2028-12-08",
            "2028-11-21 sanne@talent.example erased",
            "2028-12-08 tim@talent.example erased",
        ];
        assert_eq!(happened, expected);
        assert_eq!(hub.store.find_leaving(&email(SANNE)).await.unwrap(), None);
        for stays in ["lotte@talent.example", "ann@berkel.example", "eva@hub.example"] {
            assert!(hub.store.find_leaving(&email(stays)).await.unwrap().unwrap().has_account, "{stays}");
        }
        assert_eq!(places_of(hub, SANNE).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn who_got_a_role_after_the_warning_stays_and_is_warned_anew_when_it_ends() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        sign_in(hub, SANNE).await;
        let look = async |days: i64| {
            let (at, date) = (now() + TimeDelta::days(days), today() + Days::new(days.unsigned_abs()));
            hub.store.look_after_unused(&letter_context(), Moment { now: at, today: date }).await.unwrap()
        };
        assert_eq!(look(699).await, Unused::default());
        assert_eq!(look(701).await, Unused { warned: 1, erased: 0 });
        let organisation = "berkel-staal".to_owned();
        let add =
            hub.store.add_member(email(SANNE), organisation, MemberRole::Editor, Language::Dutch, now());
        add.await.unwrap();
        assert_eq!(look(740).await, Unused::default());
        run(hub, "DELETE FROM memberships").await;
        assert_eq!(look(741).await, Unused { warned: 1, erased: 0 });
        assert_eq!(look(770).await, Unused::default());
        assert_eq!(look(771).await, Unused { warned: 0, erased: 1 });
    })
    .await;
}

#[tokio::test]
async fn an_account_that_cannot_be_read_holds_up_no_other() {
    on_each_database(async |hub| {
        sign_in(hub, SANNE).await;
        sign_in(hub, "lotte@talent.example").await;
        run(hub, "UPDATE accounts SET language = 'xx' WHERE email = 'sanne@talent.example'").await;
        let at = now() + TimeDelta::days(710);
        for warned in [1, 0] {
            let done = hub
                .store
                .look_after_unused(&letter_context(), Moment { now: at, today: at.date_naive() })
                .await
                .unwrap();
            assert_eq!(done, Unused { warned, erased: 0 });
        }
        // Whoever it is may go all the same.
        hub.store.erase_account_of(email(SANNE), letter_context(), at).await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_written_down_and_keeps_the_account() {
    on_each_database(async |hub| {
        let token = token();
        let link = crate::applications::token();
        let tokens = store::SignInTokens {
            link: link.clone(),
            browser: crate::applications::token(),
            code: store::Code::of([3; 8]),
        };
        let asked = store::SignInRequest {
            email: email(SANNE),
            language: Language::Dutch,
            wanted: String::new(),
            network: "192.0.2.1".into(),
        };
        hub.store.ask_sign_in(asked, tokens, now()).await.unwrap().unwrap();
        let browser = store::Browser { token: token.clone(), device: String::new(), network: String::new() };
        let who = hub.store.sign_in_by_link(link, browser, now()).await.unwrap().unwrap().who;
        let visited = now() + TimeDelta::days(20);
        hub.store.find_signed_in(&token, visited).await.unwrap().unwrap();
        let data = hub.store.my_data(&who, None, "", visited).await.unwrap();
        assert_eq!(part(&data, "account")["seen_at"], json!(visited));
        assert_eq!(part(&data, "devices")[0]["seen_at"], json!(visited));
        let at = now() + TimeDelta::days(710);
        assert_eq!(
            hub.store.count_unused(Moment { now: at, today: at.date_naive() }).await.unwrap(),
            Unused::default()
        );
        let at = visited + TimeDelta::days(700);
        assert_eq!(
            hub.store.count_unused(Moment { now: at, today: at.date_naive() }).await.unwrap().warned,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_done_to_an_account_leaves_a_record_that_names_nobody() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let eva = email("eva@hub.example");
        for role in [StaffRole::Editor, StaffRole::Editor, StaffRole::Broker] {
            hub.store.add_staff(eva.clone(), role, Language::Dutch, now()).await.unwrap();
        }
        let (organisation, language) = ("berkel-staal".to_owned(), Language::Dutch);
        let add = hub.store.add_member(eva, organisation, MemberRole::Editor, language, now());
        add.await.unwrap();
        let who = sign_in(hub, "eva@hub.example").await;
        let other = sign_in(hub, "eva@hub.example").await;
        hub.store.end_session(&who, other.session_id(), now()).await.unwrap();
        hub.store.end_session(&who, other.session_id(), now()).await.unwrap();
        hub.store.change_account(&who, Some("Eva".into()), Language::German, now()).await.unwrap();
        let password = "vier koeien in de wei".to_owned();
        hub.store.change_password(&who, password, [1; 16], now()).await.unwrap().unwrap();
        hub.store.sign_out_everywhere(&who, now()).await.unwrap();
        let happened = hub.store.list_happened(&who, 20).await.unwrap();
        let expected = [
            (Action::SignedOutEverywhere, By::Owner),
            (Action::PasswordChanged, By::Owner),
            (Action::Changed, By::Owner),
            (Action::DeviceSignedOut, By::Owner),
            (Action::MembershipGiven, By::Office),
            (Action::RoleGiven, By::Office),
            (Action::RoleGiven, By::Office),
            (Action::Created, By::Office),
        ];
        assert_eq!(happened.iter().map(|one| (one.action, one.by)).collect::<Vec<_>>(), expected);
        assert_eq!(hub.store.list_happened(&who, 2).await.unwrap(), happened[..2]);
        for name in ["eva", "koeien"] {
            let places = places_of(hub, name).await;
            assert!(!places.iter().any(|place| place.starts_with("audit_record")), "{places:?}");
        }
        assert_eq!(places_of(hub, "command_line").await, ["audit_record.actor_kind"]);
        assert_eq!(hub.store.revision().await.unwrap(), 1, "the public site shows nothing of it");
        let written = hub.store.rows_written_after(0).await.unwrap();
        assert!(written.rows.iter().all(|(subject, _)| *subject == Subject::Organisation));
        assert_eq!(hub.store.last_change().await.unwrap(), written.last);
    })
    .await;
}

#[tokio::test]
async fn consent_and_erasing_leave_a_record_beside_the_timeline() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (talent, _) = sent(hub, id, "wim@talent.example", false).await;
        let number = hub.store.find_application(&talent).await.unwrap().id;
        hub.store.change_consent(&talent, true, now()).await.unwrap();
        hub.store.change_consent(&talent, false, now()).await.unwrap();
        let at = now() + TimeDelta::days(100);
        assert_eq!(
            hub.store
                .erase_applications(Moment { now: at, today: today() + Days::new(100) })
                .await
                .unwrap()
                .applications,
            1
        );
        let records = hub.store.list_audit_records(Subject::Application, number).await.unwrap();
        let done: Vec<(Action, String)> =
            records.iter().map(|record| (record.action, record.actor.to_string())).collect();
        let expected = [
            (Action::Erased, "hub".to_owned()),
            (Action::ConsentWithdrawn, "link talent".to_owned()),
            (Action::ConsentGiven, "link talent".to_owned()),
        ];
        assert_eq!(done, expected);
    })
    .await;
}

#[tokio::test]
async fn one_row_that_cannot_be_read_holds_up_no_other() {
    on_each_database(async |hub| {
        let mut closing = vacancy("V-1");
        closing.closes_on = today() + Days::new(3);
        let id = hub.add_vacancy(closing).await;
        let mut rights = Vec::new();
        for name in ["bad", "tim", "wim"] {
            rights.push(sent(hub, id, &format!("{name}@talent.example"), false).await.0);
        }
        run(hub, "UPDATE applications SET language = 'xx' WHERE email = 'bad@talent.example'").await;
        let at = now() + TimeDelta::days(8);
        assert_eq!(hub.store.remind_organisations(&letter_context(), at).await.unwrap(), 2);
        assert_eq!(mail(hub, at).await.len(), 2);
        assert_eq!(hub.store.remind_organisations(&letter_context(), at).await.unwrap(), 0);
        let (at, date) = (now() + TimeDelta::days(18), today() + Days::new(18));
        assert_eq!(
            hub.store.expire_applications(&letter_context(), Moment { now: at, today: date }).await.unwrap(),
            2
        );
        assert_eq!(mail(hub, at).await.len(), 2);
        for right in &rights[1..] {
            assert_eq!(hub.store.find_application(right).await.unwrap().state, ApplicationState::Expired);
        }
        assert!(matches!(hub.store.find_application(&rights[0]).await, Err(Error::Unreadable(_))));

        // Once it is mended it gets its turn.
        run(hub, "UPDATE applications SET language = 'nl' WHERE email = 'bad@talent.example'").await;
        assert_eq!(
            hub.store.expire_applications(&letter_context(), Moment { now: at, today: date }).await.unwrap(),
            1
        );
        assert_eq!(hub.store.find_application(&rights[0]).await.unwrap().state, ApplicationState::Expired);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_sent_about_an_application_goes_with_it() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (gone, _) = sent(hub, id, "wim@talent.example", false).await;
        let (kept, _) = sent(hub, id, "tim@talent.example", true).await;
        for right in [&gone, &kept] {
            hub.store
                .write_message(right, "Geheim bericht".into(), letter_context(), now())
                .await
                .unwrap()
                .unwrap();
        }
        let claimed = hub.store.claim_mail(now()).await.unwrap().unwrap();
        let (at, date) = (now() + TimeDelta::days(100), today() + Days::new(100));
        assert_eq!(
            hub.store.erase_applications(Moment { now: at, today: date }).await.unwrap().applications,
            1
        );
        let waiting = mail(hub, at).await;
        assert_eq!(waiting.len(), 1, "that of the other stays");
        assert_eq!(
            participant(hub, &waiting[0].message).await.side(),
            domain::applications::Side::Organisation
        );
        // What was being sent at that moment is done, whatever became of it.
        hub.store.mail_was_sent(claimed.id, at).await.unwrap();
        hub.store.mail_failed(claimed.id, "451 later".into(), false, at).await.unwrap();
        assert_eq!(places_of(hub, "Geheim bericht").await, ["application_entries.text"]);
    })
    .await;
}
