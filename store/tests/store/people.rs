//! Who works for organisations and for the programme office: added, changed, ended, and what they may do meanwhile.

use chrono::{DateTime, TimeDelta};
use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{Colleague, MemberRole, StaffRole};
use domain::mail::Message;
use store::{
    Action, Added, Browser, By, Code, ContentEditor, Error, OfficeManager, PeopleRefused, SecondStep,
    SignInRequest, SignInTokens, SignedIn, Staff, Subject, TeamManager, Token, TotpSecret,
};

use crate::applications::{
    email, letter_context, link_in, mail, participant, sent, sign_in, sign_in_at, token,
};
use crate::hub::{Hub, now, on_each_database, vacancy};

const BERKEL: &str = "berkel-staal";

/// Gives somebody a role in the first organisation, as who keeps the server does.
async fn give(hub: &Hub, address: &str, role: MemberRole) {
    hub.store.add_member(email(address), BERKEL.into(), role, Language::Dutch, now()).await.unwrap();
}

/// A manager of the first organisation.
async fn manager(hub: &Hub, address: &str) -> TeamManager {
    give(hub, address, MemberRole::Manager).await;
    sign_in(hub, address).await.team_manager(BERKEL).unwrap()
}

/// Lets somebody in who gets a role in the programme office, with the second step; returns the token of the session.
async fn staff(hub: &Hub, address: &str, role: StaffRole) -> Token {
    hub.store.add_staff(email(address), role, Language::Dutch, now()).await.unwrap();
    enter_as_staff(hub, address).await
}

async fn enter_as_staff(hub: &Hub, address: &str) -> Token {
    let (who, session) = enter(hub, address).await;
    // The code that RFC 6238 gives for this token and moment.
    let at = DateTime::from_timestamp(1_111_111_109, 0).unwrap();
    hub.store.begin_second_step(&who, &TotpSecret::of(*b"12345678901234567890")).await.unwrap();
    let codes = vec!["abcde-fghij".to_owned()];
    hub.store.finish_second_step(&who, "081804".into(), codes, at).await.unwrap().unwrap();
    session
}

/// The right of the programme office over what the site shows.
pub(crate) async fn office(hub: &Hub) -> ContentEditor {
    ContentEditor::from(&office_staff(hub).await)
}

/// Somebody of the programme office.
pub(crate) async fn office_staff(hub: &Hub) -> Staff {
    let session = staff(hub, "office@hub.example", StaffRole::Editor).await;
    who(hub, &session).await.staff().unwrap()
}

/// Lets somebody in; returns the token of the session too.
async fn enter(hub: &Hub, address: &str) -> (SignedIn, Token) {
    let session = token();
    let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([7; 8]) };
    let (language, network) = (Language::Dutch, "192.0.2.1".to_owned());
    let asked =
        SignInRequest { email: email(address), language, wanted: String::new(), network: network.clone() };
    hub.store.ask_sign_in(asked, tokens.clone(), now()).await.unwrap().unwrap();
    let browser = Browser { token: session.clone(), device: String::new(), network };
    let who = hub.store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap().who;
    mail(hub, now()).await;
    (who, session)
}

/// Who is signed in with a session now.
async fn who(hub: &Hub, session: &Token) -> SignedIn {
    hub.store.find_signed_in(session, now()).await.unwrap().unwrap()
}

async fn office_manager(hub: &Hub, address: &str) -> (Token, OfficeManager) {
    let session = staff(hub, address, StaffRole::Manager).await;
    let right = who(hub, &session).await.office_manager().unwrap();
    (session, right)
}

async fn colleagues(hub: &Hub, right: &TeamManager) -> Vec<Colleague<MemberRole>> {
    hub.store.list_colleagues(right.team()).await.unwrap()
}

fn number<Role>(people: &[Colleague<Role>], address: &str) -> i64 {
    people.iter().find(|one| one.email.as_str() == address).unwrap().account_id
}

#[tokio::test]
async fn a_manager_adds_a_colleague_who_is_told_once() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let ann = manager(hub, "ann@berkel.example").await;
        let add = async |address: &str, role| {
            let added = hub.store.add_colleague(&ann, email(address), role, Language::German, now()).await;
            added.unwrap()
        };
        assert_eq!(add("Ben@berkel.example", MemberRole::Editor).await, Ok(Added::Told));
        let mails = mail(hub, now()).await;
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].to.as_str(), mails[0].language), ("ben@berkel.example", Language::German));
        let told = Message::Account(AccountMail::ColleagueAdded {
            by: "ann@berkel.example".into(),
            organisation: "Berkel Staal".into(),
            role: MemberRole::Editor,
        });
        assert_eq!(mails[0].message, told);
        let ben = sign_in(hub, "ben@berkel.example").await;
        assert!(ben.member(BERKEL).is_some() && ben.team(BERKEL).is_some());
        assert_eq!((ben.team_manager(BERKEL), ben.team("slinge-zorg")), (None, None));

        assert_eq!(add("ben@berkel.example", MemberRole::Manager).await, Ok(Added::Known));
        assert!(mail(hub, now()).await.is_empty(), "who works there already gets no mail");
        assert!(sign_in(hub, "ben@berkel.example").await.team_manager(BERKEL).is_some());

        // Who has an account is written to in the language of its owner.
        sign_in(hub, "cas@talent.example").await;
        assert_eq!(add("cas@talent.example", MemberRole::Editor).await, Ok(Added::Told));
        assert_eq!(mail(hub, now()).await[0].language, Language::English);

        let people = colleagues(hub, &ann).await;
        let shown: Vec<_> = people.iter().map(|one| (one.email.as_str(), one.role, one.since)).collect();
        assert_eq!(
            shown,
            [
                ("ann@berkel.example", MemberRole::Manager, Some(now())),
                ("ben@berkel.example", MemberRole::Manager, Some(now())),
                ("cas@talent.example", MemberRole::Editor, Some(now())),
            ]
        );
        let (ann_number, ben_number) = (people[0].account_id, people[1].account_id);
        let records = hub.store.list_audit_records(Subject::Account, ben_number).await.unwrap();
        let actor = format!("account {ann_number}");
        let done: Vec<_> = records.iter().map(|record| (record.action, record.actor.to_string())).collect();
        assert_eq!(
            done,
            [
                (Action::MembershipGiven, actor.clone()),
                (Action::MembershipGiven, actor.clone()),
                (Action::Created, actor.clone()),
            ]
        );
        let happened = hub.store.list_happened(&ben, 9).await.unwrap();
        assert!(happened.iter().all(|one| one.by == By::Manager), "{happened:?}");
    })
    .await;
}

#[tokio::test]
async fn who_types_an_address_learns_no_name_by_it() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let ann = manager(hub, "ann@berkel.example").await;
        let sanne = sign_in(hub, "sanne@talent.example").await;
        hub.store.change_account(&sanne, Some("Sanne Wolters".into()), Language::Dutch, now()).await.unwrap();
        let at = now() + TimeDelta::hours(1);
        let address = email("sanne@talent.example");
        let added = hub.store.add_colleague(&ann, address, MemberRole::Editor, Language::Dutch, at).await;
        assert_eq!(added.unwrap(), Ok(Added::Told));
        let name = async || colleagues(hub, &ann).await.into_iter().find_map(|one| one.name);
        assert_eq!(name().await, None);
        sign_in_at(hub, "sanne@talent.example", at + TimeDelta::minutes(1)).await;
        assert_eq!(name().await.as_deref(), Some("Sanne Wolters"));
    })
    .await;
}

#[tokio::test]
async fn its_people_leave_an_organisation_a_manager_and_the_office_need_not() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let ann = manager(hub, "ann@berkel.example").await;
        let own = number(&colleagues(hub, &ann).await, "ann@berkel.example");
        let last = Err(PeopleRefused::LastManager);
        let store = &hub.store;
        assert_eq!(store.remove_colleague(&ann, own, now()).await.unwrap(), last);
        assert_eq!(store.change_colleague(&ann, own, MemberRole::Editor, now()).await.unwrap(), last);
        let again = store.add_colleague(
            &ann,
            email("ann@berkel.example"),
            MemberRole::Editor,
            Language::Dutch,
            now(),
        );
        assert_eq!(again.await.unwrap(), Err(PeopleRefused::LastManager));
        assert_eq!(store.change_colleague(&ann, own, MemberRole::Manager, now()).await.unwrap(), Ok(()));

        // Two managers who end each other at once: one stays.
        let ben = manager(hub, "ben@berkel.example").await;
        let other = number(&colleagues(hub, &ann).await, "ben@berkel.example");
        let (one, two) = tokio::join!(
            store.remove_colleague(&ann, other, now()),
            store.remove_colleague(&ben, own, now())
        );
        let ended = [&one, &two].into_iter().filter(|ended| matches!(ended, Ok(Ok(())))).count();
        assert_eq!(ended, 1, "{one:?} {two:?}");
        let stays = colleagues(hub, &ann).await;
        assert_eq!((stays.len(), stays[0].role), (1, MemberRole::Manager));

        let session = staff(hub, "bram@hub.example", StaffRole::Broker).await;
        let broker = who(hub, &session).await.broker().unwrap();
        assert_eq!(store.count_colleagues(&broker).await.unwrap().into_values().collect::<Vec<_>>(), [1]);
        assert_eq!(store.find_team(&broker, "nergens").await.unwrap(), None);
        let office = store.find_team(&broker, BERKEL).await.unwrap().unwrap();
        assert!(office.is_office() && office.team().organisation() == "Berkel Staal");
        assert_eq!(store.remove_colleague(&office, stays[0].account_id, now()).await.unwrap(), Ok(()));
        assert!(colleagues(hub, &office).await.is_empty());
        let gone = store.remove_colleague(&office, stays[0].account_id, now()).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn who_is_ended_keeps_the_session_and_loses_the_right_and_the_links() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ann = manager(hub, "ann@berkel.example").await;
        let (_, organisation) = sent(hub, id, "tim@talent.example", false).await;
        let ben = manager(hub, "ben@berkel.example").await;
        hub.store
            .write_message(&organisation, "Kom je?".into(), letter_context(), now())
            .await
            .unwrap()
            .unwrap();
        let talent = mail(hub, now()).await.remove(0);
        let talent = participant(hub, &talent.message).await;
        hub.store.write_message(&talent, "Graag!".into(), letter_context(), now()).await.unwrap().unwrap();
        let mails = mail(hub, now()).await;
        let to_ben = mails.iter().find(|mail| mail.to.as_str() == "ben@berkel.example").unwrap();
        let link = link_in(&to_ben.message);
        assert!(hub.store.participant_by_link(&link).await.unwrap().is_some());

        let people = colleagues(hub, &ann).await;
        let (own, other) = (number(&people, "ann@berkel.example"), number(&people, "ben@berkel.example"));
        assert_eq!(hub.store.remove_colleague(&ann, other, now()).await.unwrap(), Ok(()));
        assert_eq!(hub.store.participant_by_link(&link).await.unwrap(), None);
        // The right that he held when the page was asked for is none any more.
        let late = hub.store.remove_colleague(&ben, own, now()).await;
        assert!(matches!(late, Err(Error::NotFound)));
        let late = hub.store.add_colleague(
            &ben,
            email("cas@berkel.example"),
            MemberRole::Editor,
            Language::Dutch,
            now(),
        );
        assert!(matches!(late.await, Err(Error::NotFound)));
        assert!(mail(hub, now()).await.is_empty());
        let ben = sign_in(hub, "ben@berkel.example").await;
        assert_eq!((ben.member(BERKEL), ben.team(BERKEL)), (None, None));
        let records = hub.store.list_audit_records(Subject::Account, other).await.unwrap();
        assert_eq!(records[0].action, Action::MembershipEnded);
        let change = records[0].details.as_object().unwrap().values().next().unwrap();
        assert_eq!((change["old"].as_str(), change["new"].is_null()), (Some("manager"), true));
    })
    .await;
}

#[tokio::test]
async fn who_adds_very_many_waits() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let ann = manager(hub, "ann@berkel.example").await;
        let add = async |address: String| {
            let (role, language) = (MemberRole::Editor, Language::Dutch);
            hub.store.add_colleague(&ann, email(&address), role, language, now()).await.unwrap()
        };
        for at in 0..20 {
            assert_eq!(add(format!("p{at}@berkel.example")).await, Ok(Added::Told));
        }
        let next = now() + TimeDelta::seconds(30);
        assert_eq!(add("p20@berkel.example".into()).await, Err(PeopleRefused::TooOften(next)));
        assert_eq!(add("p0@berkel.example".into()).await, Ok(Added::Known), "nobody is added");
        assert_eq!(colleagues(hub, &ann).await.len(), 21);
        assert_eq!(mail(hub, now()).await.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn managers_of_the_office_add_change_and_end_staff() {
    on_each_database(async |hub| {
        let store = &hub.store;
        let (session, eva) = office_manager(hub, "eva@hub.example").await;
        let add = async |address: &str, role| {
            store.add_office_colleague(&eva, email(address), role, Language::German, now()).await.unwrap()
        };
        assert_eq!(add("bram@hub.example", StaffRole::Editor).await, Ok(Added::Told));
        let mails = mail(hub, now()).await;
        let told = Message::Account(AccountMail::StaffAdded {
            by: "eva@hub.example".into(),
            role: StaffRole::Editor,
        });
        assert_eq!((&mails[0].message, mails[0].language, mails.len()), (&told, Language::German, 1));
        let bram = enter_as_staff(hub, "bram@hub.example").await;
        let seen = who(hub, &bram).await;
        assert!(seen.staff().is_some() && seen.broker().is_none() && seen.office_manager().is_none());
        assert_eq!(add("bram@hub.example", StaffRole::Broker).await, Ok(Added::Known));
        assert!(mail(hub, now()).await.is_empty());
        let broker = who(hub, &bram).await.broker().unwrap();

        let people = store.list_staff(&broker).await.unwrap();
        let shown: Vec<_> = people.iter().map(|one| (one.email.as_str(), one.role, one.since)).collect();
        assert_eq!(
            shown,
            [
                ("bram@hub.example", StaffRole::Broker, Some(now())),
                ("eva@hub.example", StaffRole::Manager, Some(now())),
            ]
        );
        let (other, own) = (people[0].account_id, people[1].account_id);
        let last = Err(PeopleRefused::LastManager);
        assert_eq!(store.remove_office_colleague(&eva, own, now()).await.unwrap(), last);
        let lower = store.change_office_colleague(&eva, own, StaffRole::Broker, now()).await.unwrap();
        assert_eq!(lower, last);
        assert_eq!(
            store.remove_staff(email("eva@hub.example"), now()).await.unwrap(),
            Err(PeopleRefused::LastManager)
        );

        // The session of last night, which is over for staff, does not live again without the role.
        let (_, night) = enter(hub, "bram@hub.example").await;
        let at = now() + TimeDelta::hours(12);
        assert_eq!(store.find_signed_in(&night, at).await.unwrap(), None);
        assert_eq!(store.remove_office_colleague(&eva, other, at).await.unwrap(), Ok(()));
        assert_eq!(store.find_signed_in(&night, at).await.unwrap(), None);
        let records = store.list_audit_records(Subject::Account, other).await.unwrap();
        assert_eq!(records[0].action, Action::RoleEnded);
        let late = store.list_staff(&who(hub, &session).await.broker().unwrap()).await.unwrap();
        assert_eq!(late.len(), 1);
        let gone = store.remove_office_colleague(&eva, other, at).await;
        assert!(matches!(gone, Err(Error::NotFound)));

        // Who gets a role again begins again.
        store.add_staff(email("bram@hub.example"), StaffRole::Manager, Language::Dutch, at).await.unwrap();
        let people = store.list_staff(&broker).await.unwrap();
        assert_eq!((people[0].role, people[0].since), (StaffRole::Manager, Some(at)));
        assert_eq!(store.remove_office_colleague(&eva, own, at).await.unwrap(), Ok(()));
        assert!(matches!(
            store.change_office_colleague(&eva, other, StaffRole::Editor, at).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn staff_who_are_ended_lose_their_rights_at_once_and_keep_their_session() {
    on_each_database(async |hub| {
        let (_, eva) = office_manager(hub, "eva@hub.example").await;
        let session = staff(hub, "bram@hub.example", StaffRole::Broker).await;
        let bram = who(hub, &session).await;
        let people = hub.store.list_staff(&bram.broker().unwrap()).await.unwrap();
        let other = number(&people, "bram@hub.example");
        assert_eq!(hub.store.remove_office_colleague(&eva, other, now()).await.unwrap(), Ok(()));
        let bram = who(hub, &session).await;
        assert_eq!((bram.staff(), bram.broker(), bram.second_step()), (None, None, SecondStep::NotNeeded));
    })
    .await;
}

#[tokio::test]
async fn who_keeps_the_server_ends_roles_too() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        give(hub, "ann@berkel.example", MemberRole::Manager).await;
        let end = |address: &str, slug: &str| hub.store.remove_member(email(address), slug.into(), now());
        assert!(matches!(end("ann@berkel.example", "nergens").await, Err(Error::NotFound)));
        assert!(!end("ann@berkel.example", "slinge-zorg").await.unwrap());
        assert!(!end("ben@berkel.example", BERKEL).await.unwrap());
        assert!(end("ann@berkel.example", BERKEL).await.unwrap());
        assert_eq!(sign_in(hub, "ann@berkel.example").await.member(BERKEL), None);

        for address in ["eva@hub.example", "bram@hub.example"] {
            let role = StaffRole::Manager;
            hub.store.add_staff(email(address), role, Language::Dutch, now()).await.unwrap();
        }
        let end = |address: &str| hub.store.remove_staff(email(address), now());
        assert_eq!(end("ann@berkel.example").await.unwrap(), Ok(false));
        assert_eq!(end("bram@hub.example").await.unwrap(), Ok(true));
        assert_eq!(end("eva@hub.example").await.unwrap(), Err(PeopleRefused::LastManager));
    })
    .await;
}
