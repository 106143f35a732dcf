//! Applications: sent, confirmed, answered, moved on, reminded of, erased.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::{EmailAddress, MemberRole};
use domain::applications::mail::ApplicationMail;
use domain::applications::{
    ApplicationDraft, ApplicationState, CvError, DeclineReason, NewApplication, Side, Step, kept_until,
};
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{VacancyOutcome, VacancyState};
use store::{
    Applied, ApplyRefused, Applying, Browser, Code, DueMail, EditableQuestions, Erased, Error, LetterContext,
    Member, MyData, Participant, Saved, SavedDraft, SignInRequest, SignInTokens, SignedIn, StoredCv, Talent,
    Token,
};

use crate::hub::{Hub, day, moment, now, on_each_database, today, vacancy};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// Bytes that no other call gets.
fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    for part in bytes.chunks_mut(4) {
        let next = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        part.copy_from_slice(&next[..part.len()]);
    }
}

pub(crate) fn token() -> Token {
    let mut bytes = [0; 32];
    random(&mut bytes);
    Token::of(bytes)
}

/// A part of somebody's data, as JSON.
pub(crate) fn part(data: &MyData, name: &str) -> serde_json::Value {
    serde_json::from_str(data.part(name).unwrap()).unwrap()
}

/// How many there are in a part of somebody's data.
pub(crate) fn count(data: &MyData, name: &str) -> usize {
    part(data, name).as_array().unwrap().len()
}

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn letter_context() -> LetterContext {
    LetterContext::new(random, email("office@hub.example"), Language::Dutch)
}

fn filled(address: &str, may_be_kept: bool) -> NewApplication {
    let draft = ApplicationDraft {
        name: "Tim van den Berg".into(),
        email: address.into(),
        motivation: "Ik wil leren lassen.".into(),
        answers: Vec::new(),
        may_be_kept,
    };
    draft.check(&[]).unwrap()
}

pub(crate) fn applying(vacancy_id: i64, address: &str) -> Applying {
    Applying {
        vacancy_id,
        application: filled(address, false),
        cv: None,
        language: Language::German,
        network: "192.0.2.1".into(),
        browser: None,
    }
}

pub(crate) async fn apply(
    hub: &Hub,
    applying: Applying,
    by: Option<&Talent>,
) -> Result<Applied, ApplyRefused> {
    hub.store.apply(applying, by, letter_context(), Moment { now: now(), today: today() }).await.unwrap()
}

/// The mail that waits, the oldest first; it counts as sent then.
pub(crate) async fn mail(hub: &Hub, at: DateTime<Utc>) -> Vec<DueMail> {
    let mut mails = Vec::new();
    while let Some(mail) = hub.store.claim_mail(at).await.unwrap() {
        hub.store.mail_was_sent(mail.id, at).await.unwrap();
        mails.push(mail);
    }
    mails
}

pub(crate) fn link_in(message: &Message) -> Token {
    let Message::Application(message) = message else { panic!("{message:?}") };
    let about = match message {
        ApplicationMail::ConfirmApplication(about)
        | ApplicationMail::ApplicationKnown(about)
        | ApplicationMail::ApplicationReceived(about)
        | ApplicationMail::ApplicationSent { about, .. }
        | ApplicationMail::ApplicationWaits { about, .. }
        | ApplicationMail::ApplicationMoved { about, .. }
        | ApplicationMail::ApplicationMessage { about, .. } => about,
        other @ ApplicationMail::ApplicationErased { .. } => panic!("{other:?}"),
    };
    Token::parse(&about.link).unwrap()
}

pub(crate) async fn participant(hub: &Hub, message: &Message) -> Participant {
    hub.store.participant_by_link(&link_in(message)).await.unwrap().unwrap()
}

pub(crate) async fn sign_in(hub: &Hub, address: &str) -> SignedIn {
    sign_in_at(hub, address, now()).await
}

pub(crate) async fn sign_in_at(hub: &Hub, address: &str, at: DateTime<Utc>) -> SignedIn {
    let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([7; 8]) };
    let asked = SignInRequest {
        email: email(address),
        language: Language::English,
        wanted: String::new(),
        network: "192.0.2.1".into(),
    };
    hub.store.ask_sign_in(asked, tokens.clone(), at).await.unwrap().unwrap();
    let browser = Browser { token: token(), device: String::new(), network: "192.0.2.1".into() };
    let who = hub.store.sign_in_by_link(tokens.link, browser, at).await.unwrap().unwrap().who;
    mail(hub, at).await;
    who
}

pub(crate) async fn member(hub: &Hub, address: &str, organisation: &str) -> Member {
    let (role, language) = (MemberRole::Editor, Language::English);
    hub.store.add_member(email(address), organisation.into(), role, language, now()).await.unwrap();
    sign_in(hub, address).await.member(organisation).unwrap()
}

async fn state(hub: &Hub, who: &Participant) -> ApplicationState {
    hub.store.find_application(who).await.unwrap().state
}

/// An application that is with the organisation: the rights of both sides.
pub(crate) async fn sent(
    hub: &Hub,
    vacancy_id: i64,
    address: &str,
    may_be_kept: bool,
) -> (Participant, Participant) {
    let applying = Applying { application: filled(address, may_be_kept), ..applying(vacancy_id, address) };
    apply(hub, applying, None).await.unwrap();
    let confirm = mail(hub, now()).await.remove(0);
    let talent = participant(hub, &confirm.message).await;
    hub.store
        .confirm_application(&talent, letter_context(), Moment { now: now(), today: today() })
        .await
        .unwrap()
        .unwrap();
    let mails = mail(hub, now()).await;
    (talent, participant(hub, &mails[1].message).await)
}

#[tokio::test]
async fn who_applies_without_an_account_confirms_by_mail() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let applied = apply(hub, applying(id, "Tim@talent.example"), None).await;
        assert_eq!(applied, Ok(Applied::Mailed(email("tim@talent.example"))));
        let mails = mail(hub, now()).await;
        assert_eq!(mails.len(), 1, "the organisation hears nothing yet");
        assert_eq!((mails[0].to.as_str(), mails[0].language), ("tim@talent.example", Language::German));
        assert!(matches!(&mails[0].message, Message::Application(ApplicationMail::ConfirmApplication(about)) if about.talent == "Tim van den Berg"));

        let who = participant(hub, &mails[0].message).await;
        for _ in 0..3 {
            assert_eq!(state(hub, &who).await, ApplicationState::Unconfirmed, "looking changes nothing");
        }
        for _ in 0..2 {
            hub.store.confirm_application(&who, letter_context(), Moment { now: now(), today: today() }).await.unwrap().unwrap();
        }
        let mails = mail(hub, now()).await;
        assert_eq!(mails.len(), 2, "pressing twice sends once");
        let until = kept_until(vacancy("V-1").closes_on, false);
        assert!(matches!(&mails[0].message, Message::Application(ApplicationMail::ApplicationSent { kept_until, .. }) if *kept_until == until));
        assert!(matches!(&mails[1].message, Message::Application(ApplicationMail::ApplicationReceived(about)) if about.vacancy == vacancy("V-1").title));
        let read = hub.store.find_application(&who).await.unwrap();
        assert_eq!((read.name.as_str(), read.motivation.as_str()), ("Tim van den Berg", "Ik wil leren lassen."));
        assert_eq!(read.entries.len(), 1);
        assert_eq!((read.entries[0].side, read.entries[0].state), (Side::Talent, Some(ApplicationState::Submitted)));
        let organisation = participant(hub, &mails[1].message).await;
        assert_eq!(organisation.side(), Side::Organisation);
        assert_eq!(hub.store.participant_by_link(&token()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_same_application_twice_at_the_same_moment_is_one() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let send = || apply(hub, applying(id, "tim@talent.example"), None);
        let (one, other) = tokio::join!(send(), send());
        assert_eq!((one.is_ok(), other.is_ok()), (true, true));
        let mails = mail(hub, now()).await;
        let (first, second) =
            (participant(hub, &mails[0].message).await, participant(hub, &mails[1].message).await);
        let confirm = |who: Participant| async move {
            hub.store
                .confirm_application(&who, letter_context(), Moment { now: now(), today: today() })
                .await
                .unwrap()
                .unwrap();
        };
        tokio::join!(confirm(first.clone()), confirm(second));
        let received = mail(hub, now()).await;
        assert_eq!(
            received
                .iter()
                .filter(|mail| matches!(
                    mail.message,
                    Message::Application(ApplicationMail::ApplicationReceived(_))
                ))
                .count(),
            1
        );

        let again = apply(hub, applying(id, "tim@talent.example"), None).await;
        assert_eq!(again, Ok(Applied::Mailed(email("tim@talent.example"))), "a stranger learns nothing");
        let mails = mail(hub, now()).await;
        assert!(matches!(mails[0].message, Message::Application(ApplicationMail::ApplicationKnown(_))));
        assert_eq!(participant(hub, &mails[0].message).await, first);
    })
    .await;
}

#[tokio::test]
async fn who_is_signed_in_sends_at_once_and_after_withdrawing_again() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let other = sign_in(hub, "lotte@talent.example").await.talent();
        let Ok(Applied::Sent(number)) = apply(hub, applying(id, "typed@wrong.example"), Some(&talent)).await
        else {
            panic!("not sent")
        };
        let mails = mail(hub, now()).await;
        assert_eq!((mails[0].to.as_str(), mails[0].language), ("sanne@talent.example", Language::English));
        assert_eq!(apply(hub, applying(id, "x@y.example"), Some(&talent)).await, Ok(Applied::Known(number)));
        assert!(mail(hub, now()).await.is_empty());

        assert_eq!(hub.store.own_participant(&other, number).await.unwrap(), None);
        let who = hub.store.own_participant(&talent, number).await.unwrap().unwrap();
        assert!(hub.store.take_step(&who, Step::Withdraw, None, letter_context(), now()).await.unwrap());
        let mails = mail(hub, now()).await;
        assert!(matches!(
            &mails[0].message,
            Message::Application(ApplicationMail::ApplicationMoved {
                state: ApplicationState::Withdrawn,
                ..
            })
        ));
        let mut better = applying(id, "sanne@talent.example");
        better.application.motivation = "Nu wel.".into();
        assert_eq!(apply(hub, better, Some(&talent)).await, Ok(Applied::Sent(number)));
        let read = hub.store.find_application(&who).await.unwrap();
        assert_eq!((read.state, read.motivation.as_str()), (ApplicationState::Submitted, "Nu wel."));
        let own = hub.store.list_own_applications(&talent).await.unwrap();
        assert_eq!(own.iter().map(|row| row.id).collect::<Vec<_>>(), [number]);
        assert!(hub.store.list_own_applications(&other).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_organisation_answers_and_the_talent_hears_it() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (talent, organisation) = sent(hub, id, "tim@talent.example", false).await;
        let step = async |who: &Participant, step, text: Option<&str>| {
            hub.store.take_step(who, step, text.map(str::to_owned), letter_context(), now()).await.unwrap()
        };
        assert!(step(&organisation, Step::See, None).await);
        assert!(mail(hub, now()).await.is_empty(), "that somebody looked fills no mailbox");
        assert!(!step(&organisation, Step::See, None).await);
        assert!(!step(&organisation, Step::Accept, None).await, "only the talent accepts");
        assert!(!step(&talent, Step::Accept, None).await, "nothing was offered");
        hub.store.write_message(&organisation, "Kom je langs?".into(), letter_context(), now()).await.unwrap().unwrap();
        assert!(matches!(&mail(hub, now()).await[0].message, Message::Application(ApplicationMail::ApplicationMessage { text, .. }) if text == "Kom je langs?"));
        hub.store.write_message(&talent, "Graag!".into(), letter_context(), now()).await.unwrap().unwrap();
        let mails = mail(hub, now()).await;
        assert_eq!(participant(hub, &mails[0].message).await.side(), Side::Organisation);

        assert!(step(&organisation, Step::Offer, Some("Welkom")).await);
        let mails = mail(hub, now()).await;
        let Message::Application(ApplicationMail::ApplicationMoved { state, text, .. }) = &mails[0].message else { panic!("{mails:?}") };
        assert_eq!((*state, text.as_deref()), (ApplicationState::Offered, Some("Welkom")));
        assert!(step(&talent, Step::Accept, None).await);
        mail(hub, now()).await;
        assert!(step(&organisation, Step::Place(day("2027-02-01")), None).await);
        let mails = mail(hub, now()).await;
        assert!(matches!(&mails[0].message, Message::Application(ApplicationMail::ApplicationMoved { placed_from, .. }) if *placed_from == Some(day("2027-02-01"))));
        let read = hub.store.find_application(&talent).await.unwrap();
        assert_eq!((read.state, read.placed_from), (ApplicationState::Placed, Some(day("2027-02-01"))));
        assert_eq!(read.entries.len(), 7);
        assert!(!step(&talent, Step::Withdraw, None).await, "who starts does not withdraw here");
    })
    .await;
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (talent, organisation) = sent(hub, id, "tim@talent.example", false).await;
        let decline = hub.store.take_step(
            &organisation,
            Step::Decline(DeclineReason::Filled),
            None,
            letter_context(),
            now(),
        );
        let withdraw = hub.store.take_step(&talent, Step::Withdraw, None, letter_context(), now());
        let (declined, withdrawn) = tokio::join!(decline, withdraw);
        assert!(declined.unwrap() ^ withdrawn.unwrap());
        assert_eq!(hub.store.find_application(&talent).await.unwrap().entries.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_the_organisation_that_was_asked_sees_an_application() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let theirs = member(hub, "cas@slinge.example", "slinge-zorg").await;
        let talent = sign_in(hub, "sanne@talent.example").await.talent();
        let change = |member, version, questions: &[&str]| {
            let questions = questions.iter().map(|question| (*question).to_owned()).collect();
            hub.store.change_questions(member, id, version, questions, now())
        };
        let first =
            hub.store.list_received_vacancies(&ours, today()).await.unwrap().remove(0).questions.version;
        let saved = change(&ours, first, &["Heb je een rijbewijs?"]).await.unwrap();
        assert_eq!(saved, Saved::Written { version: first + 1 });
        let there = EditableQuestions { version: first + 1, questions: vec!["Heb je een rijbewijs?".into()] };
        assert_eq!(change(&ours, first, &["Waarom wij?"]).await.unwrap(), Saved::Stale(Box::new(there)));
        let again = change(&ours, first, &["Heb je een rijbewijs?"]).await.unwrap();
        assert_eq!(again, Saved::Written { version: first + 1 }, "an answer that got lost");
        assert!(matches!(change(&theirs, first + 1, &[]).await, Err(Error::NotFound)));
        assert_eq!(hub.store.list_questions(id).await.unwrap(), ["Heb je een rijbewijs?"]);

        apply(hub, applying(id, "wim@talent.example"), None).await.unwrap();
        let unconfirmed = participant(hub, &mail(hub, now()).await[0].message).await;
        let Ok(Applied::Sent(number)) = apply(hub, applying(id, "sanne@talent.example"), Some(&talent)).await
        else {
            panic!("not sent")
        };
        let mails = mail(hub, now()).await;
        assert_eq!((mails[1].to.as_str(), mails[1].language), ("ann@berkel.example", Language::English));
        assert!(hub.store.member_participant(&ours, number).await.unwrap().is_some());
        assert_eq!(hub.store.member_participant(&theirs, number).await.unwrap(), None);
        let hidden = hub.store.find_application(&unconfirmed).await.unwrap().id;
        assert_eq!(hub.store.member_participant(&ours, hidden).await.unwrap(), None, "not confirmed yet");
        let received = hub.store.list_received_vacancies(&ours, today()).await.unwrap();
        assert_eq!(received.iter().map(|one| one.applications).collect::<Vec<_>>(), [1]);
        assert!(hub.store.list_received_vacancies(&theirs, today()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_accepts_can_withdraw_the_others() {
    on_each_database(async |hub| {
        let first = hub.add_vacancy(vacancy("V-1")).await;
        let mut second = vacancy("V-2");
        second.organisation = "Slinge Zorg".into();
        hub.add(vec![second]).await.unwrap();
        let second = first + 1;
        let (talent, organisation) = sent(hub, first, "tim@talent.example", false).await;
        let (other, _) = sent(hub, second, "tim@talent.example", false).await;
        let (stranger, _) = sent(hub, second, "wim@talent.example", false).await;
        hub.store.take_step(&organisation, Step::Offer, None, letter_context(), now()).await.unwrap();
        hub.store.take_step(&talent, Step::Accept, None, letter_context(), now()).await.unwrap();
        assert_eq!(hub.store.count_others(&talent).await.unwrap(), 1);
        assert_eq!(hub.store.count_others(&organisation).await.unwrap(), 0);
        assert_eq!(hub.store.withdraw_others(&organisation, letter_context(), now()).await.unwrap(), 0);
        assert_eq!(hub.store.withdraw_others(&talent, letter_context(), now()).await.unwrap(), 1);
        assert_eq!(state(hub, &other).await, ApplicationState::Withdrawn);
        assert_eq!(state(hub, &stranger).await, ApplicationState::Submitted);
        assert_eq!(state(hub, &talent).await, ApplicationState::Accepted);
    })
    .await;
}

#[tokio::test]
async fn who_accepts_is_one_person_with_an_account_and_before() {
    on_each_database(async |hub| {
        let first = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![vacancy("V-2"), vacancy("V-3")]).await.unwrap();
        let (before, _) = sent(hub, first, "tim@talent.example", false).await;
        let tim = sign_in(hub, "tim@talent.example").await.talent();
        let Ok(Applied::Sent(number)) = apply(hub, applying(first + 1, "x@y.example"), Some(&tim)).await
        else {
            panic!("not sent")
        };
        mail(hub, now()).await;
        sent(hub, first + 2, "wim@talent.example", false).await;
        let with_account = hub.store.own_participant(&tim, number).await.unwrap().unwrap();
        for who in [&before, &with_account] {
            assert_eq!(hub.store.count_others(who).await.unwrap(), 1);
        }
        assert_eq!(hub.store.withdraw_others(&with_account, letter_context(), now()).await.unwrap(), 1);
        assert_eq!(state(hub, &before).await, ApplicationState::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_opened_in_time_is_opened_late_or_never() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let opened = async |who: &Participant| hub.store.find_application(who).await.unwrap().is_opened();
        let open = async |who: &Participant| {
            hub.store.take_step(who, Step::See, None, letter_context(), now()).await.unwrap()
        };
        let (talent, organisation) = sent(hub, id, "tim@talent.example", false).await;
        hub.store.take_step(&talent, Step::Withdraw, None, letter_context(), now()).await.unwrap();
        assert!(!open(&organisation).await, "it was taken back unread");
        assert!(!opened(&organisation).await);
        hub.store
            .confirm_application(&talent, letter_context(), Moment { now: now(), today: today() })
            .await
            .unwrap()
            .unwrap();
        assert!(open(&organisation).await && opened(&organisation).await);
        hub.store.take_step(&talent, Step::Withdraw, None, letter_context(), now()).await.unwrap();
        assert!(opened(&organisation).await, "it was read before");
        hub.store
            .confirm_application(&talent, letter_context(), Moment { now: now(), today: today() })
            .await
            .unwrap()
            .unwrap();
        assert!(!opened(&organisation).await, "what is sent again may say something else");

        let late = vacancy("V-1").closes_on + Days::new(15);
        assert_eq!(
            hub.store
                .expire_applications(&letter_context(), Moment { now: now(), today: late })
                .await
                .unwrap(),
            1
        );
        assert!(!opened(&organisation).await);
        for _ in 0..2 {
            assert!(open(&organisation).await);
        }
        let read = hub.store.find_application(&organisation).await.unwrap();
        assert_eq!((read.state, read.is_opened()), (ApplicationState::Expired, true));
        let seen = read.entries.iter().filter(|entry| entry.state == Some(ApplicationState::Seen)).count();
        assert_eq!(seen, 2, "once in time, and once late");
    })
    .await;
}

#[tokio::test]
async fn an_address_answers_until_colleagues_are_known_and_the_office_under_its_own() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (_, contact) = sent(hub, id, "tim@talent.example", false).await;
        hub.store.write_message(&contact, "Hallo".into(), letter_context(), now()).await.unwrap().unwrap();
        let talent = participant(hub, &mail(hub, now()).await[0].message).await;
        hub.store.write_message(&talent, "Dag".into(), letter_context(), now()).await.unwrap().unwrap();
        let received = link_in(&mail(hub, now()).await[0].message);
        assert!(hub.store.participant_by_link(&received).await.unwrap().is_some());
        member(hub, "ann@berkel.example", "berkel-staal").await;
        assert_eq!(hub.store.participant_by_link(&received).await.unwrap(), None);

        hub.run("DELETE FROM memberships").await;
        hub.run("UPDATE organisations SET email = NULL").await;
        hub.store
            .write_message(&talent, "Is daar iemand?".into(), letter_context(), now())
            .await
            .unwrap()
            .unwrap();
        let mails = mail(hub, now()).await;
        assert_eq!(mails[0].to, email("office@hub.example"));
        let office = participant(hub, &mails[0].message).await;
        hub.store
            .write_message(&office, "Wij zoeken het uit.".into(), letter_context(), now())
            .await
            .unwrap()
            .unwrap();
        let entries = hub.store.find_application(&talent).await.unwrap().entries;
        let actor = &entries.last().unwrap().actor;
        assert_eq!(actor, "office@hub.example", "not the organisation's contact");
    })
    .await;
}

#[tokio::test]
async fn a_closed_vacancy_takes_no_application_and_nobody_tries_without_end() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        apply(hub, applying(id, "tim@talent.example"), None).await.unwrap();
        let who = participant(hub, &mail(hub, now()).await[0].message).await;
        hub.bring(id, VacancyState::Filled, moment()).await;
        assert_eq!(apply(hub, applying(id, "wim@talent.example"), None).await, Err(ApplyRefused::Closed));
        let late = hub
            .store
            .confirm_application(&who, letter_context(), Moment { now: now(), today: today() })
            .await
            .unwrap();
        assert_eq!(late, Err(ApplyRefused::Closed));
        assert_eq!(apply(hub, applying(99, "wim@talent.example"), None).await, Err(ApplyRefused::Closed));

        let open = id;
        hub.bring(open, VacancyState::Published, moment()).await;
        let mut refused = 0;
        for _ in 0..8 {
            refused += u32::from(apply(hub, applying(id, "vic@talent.example"), None).await.is_err());
        }
        assert_eq!(refused, 3, "five times are free");
    })
    .await;
}

#[tokio::test]
async fn organisations_are_reminded_twice_and_a_year_passes_in_order() {
    on_each_database(async |hub| {
        let mut offered = vacancy("V-1");
        // Over the end of summer time and the beginning of the next.
        offered.closes_on = day("2027-04-10");
        let id = hub.add_vacancy(offered).await;
        let (talent, _) = sent(hub, id, "tim@talent.example", false).await;
        let (answered, organisation) = sent(hub, id, "wim@talent.example", false).await;
        hub.store.take_step(&organisation, Step::Talk, None, letter_context(), now()).await.unwrap();
        mail(hub, now()).await;
        let mut happened = Vec::new();
        for days in 0..=365 {
            let (at, date) = (now() + TimeDelta::days(days), today() + Days::new(days as u64));
            hub.store.remind_organisations(&letter_context(), at).await.unwrap();
            hub.store.remind_organisations(&letter_context(), at).await.unwrap();
            hub.store.expire_applications(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            let would = hub.store.count_erasable(Moment { now: at, today: date }).await.unwrap();
            let erased = hub.store.erase_applications(Moment { now: at, today: date }).await.unwrap();
            assert_eq!(would, erased);
            for mail in mail(hub, at).await {
                match mail.message {
                    Message::Application(ApplicationMail::ApplicationWaits { days: waits, .. }) => {
                        happened.push((date, format!("reminded after {waits}")));
                    }
                    Message::Application(ApplicationMail::ApplicationMoved { state, .. }) => {
                        happened.push((date, state.code().to_owned()));
                    }
                    other => panic!("{other:?}"),
                }
            }
            if erased.applications > 0 {
                happened.push((date, format!("erased {}", erased.applications)));
            }
        }
        let expected = [
            ("2026-11-28", "reminded after 7"),
            ("2026-12-05", "reminded after 14"),
            ("2027-04-25", "expired"),
            ("2027-05-09", "erased 2"),
        ];
        assert_eq!(happened, expected.map(|(date, what)| (day(date), what.to_owned())));
        for who in [&talent, &answered] {
            assert!(matches!(hub.store.find_application(who).await, Err(Error::NotFound)));
        }
    })
    .await;
}

pub(crate) async fn cv(hub: &Hub) -> StoredCv {
    let mut name = [0; 32];
    random(&mut name);
    hub.store.keep_cv("cv van Tim.pdf", PDF.to_vec(), name).await.unwrap().unwrap()
}

#[tokio::test]
async fn what_may_not_be_kept_goes_and_figures_stay() {
    on_each_database(async |hub| {
        let mut offered = vacancy("V-1");
        offered.closes_on = today();
        let id = hub.add_vacancy(offered).await;
        let mut rights = Vec::new();
        for (name, may_be_kept) in [("tim", false), ("wim", true), ("pim", false)] {
            let address = format!("{name}@talent.example");
            let applying = Applying {
                application: filled(&address, may_be_kept),
                cv: Some(cv(hub).await),
                ..applying(id, &address)
            };
            apply(hub, applying, None).await.unwrap();
            let who = participant(hub, &mail(hub, now()).await[0].message).await;
            hub.store
                .confirm_application(&who, letter_context(), Moment { now: now(), today: today() })
                .await
                .unwrap()
                .unwrap();
            let mails = mail(hub, now()).await;
            let organisation = participant(hub, &mails[1].message).await;
            let step = Step::Decline(DeclineReason::Other);
            let answered = now() + TimeDelta::hours(60);
            assert!(
                hub.store.take_step(&organisation, step, None, letter_context(), answered).await.unwrap()
            );
            rights.push((who, organisation));
        }
        let (name, bytes) = hub.store.read_cv(&rights[0].1).await.unwrap().unwrap();
        assert_eq!((name.as_str(), bytes.as_slice()), ("cv van Tim.pdf", PDF));
        // Taking consent back shortens the time.
        hub.store.change_consent(&rights[2].0, true, now()).await.unwrap();
        hub.store.change_consent(&rights[2].0, false, now()).await.unwrap();
        assert!(
            hub.store.change_consent(&rights[2].1, true, now()).await.is_err(),
            "only the talent consents"
        );

        let usual = async |at| hub.store.usual_answer_days(at).await.unwrap().into_values().next();
        assert_eq!(usual(now() + TimeDelta::days(4)).await, Some(3));
        let after = async |days: u64| {
            let at = now() + TimeDelta::days(days as i64);
            hub.store.erase_applications(Moment { now: at, today: today() + Days::new(days) }).await.unwrap()
        };
        assert_eq!(after(28).await, Erased::default());
        let first = after(29).await;
        assert_eq!((first.applications, first.documents), (2, 2));
        assert!(hub.store.participant_by_link(&token()).await.unwrap().is_none());
        assert!(hub.store.find_application(&rights[0].0).await.is_err());
        assert!(hub.store.read_cv(&rights[1].0).await.unwrap().is_some());
        assert_eq!(after(365).await.applications, 0);
        assert_eq!((after(366).await.applications, after(366).await.documents), (1, 0));
        assert_eq!(usual(now() + TimeDelta::days(4)).await, Some(3), "figures name nobody, and stay");
    })
    .await;
}

#[tokio::test]
async fn a_cv_is_known_by_its_bytes() {
    on_each_database(async |hub| {
        let keep = async |bytes: &[u8]| hub.store.keep_cv("cv.pdf", bytes.to_vec(), [9; 32]).await.unwrap();
        assert_eq!(keep(b"<html><script>alert(1)</script></html>").await, Err(CvError::NotPdf));
        assert_eq!(keep(&vec![0; 6 * 1024 * 1024]).await, Err(CvError::TooLarge));
        let program = [&PDF[..PDF.len() - 6], b"<< /S /JavaScript >> %%EOF"].concat();
        assert_eq!(keep(&program).await, Err(CvError::Active));
        assert_eq!(keep(PDF).await.unwrap().cv().bytes, PDF.len() as u64);
    })
    .await;
}

#[tokio::test]
async fn a_draft_stays_with_its_browser_until_it_is_sent() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (browser, other) = (token(), token());
        let draft = ApplicationDraft { motivation: "Ik wil".into(), ..ApplicationDraft::default() };
        let saved = SavedDraft { draft, cv: Some(cv(hub).await) };
        hub.store.save_draft(browser.clone(), id, SavedDraft::default(), now()).await.unwrap();
        hub.store.save_draft(browser.clone(), id, saved.clone(), now()).await.unwrap();
        assert_eq!(hub.store.find_draft(&browser, id).await.unwrap(), Some(saved.clone()));
        assert_eq!(hub.store.find_draft(&other, id).await.unwrap(), None);
        let send =
            Applying { cv: saved.cv, browser: Some(browser.clone()), ..applying(id, "tim@talent.example") };
        apply(hub, send, None).await.unwrap();
        assert_eq!(hub.store.find_draft(&browser, id).await.unwrap(), None);

        hub.store.save_draft(other.clone(), id, SavedDraft::default(), now()).await.unwrap();
        let later = now() + TimeDelta::days(8);
        let erased = hub.store.erase_applications(Moment { now: later, today: today() }).await.unwrap();
        assert_eq!((erased.drafts, erased.applications), (1, 1), "nobody confirmed the application either");
        assert_eq!(hub.store.find_draft(&other, id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn after_an_address_changed_links_in_the_old_mailbox_lead_nowhere() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        apply(hub, applying(id, "tim@talent.example"), None).await.unwrap();
        let confirm = mail(hub, now()).await.remove(0).message;
        let who = participant(hub, &confirm).await;
        hub.store
            .confirm_application(&who, letter_context(), Moment { now: now(), today: today() })
            .await
            .unwrap()
            .unwrap();
        let received = mail(hub, now()).await.remove(1).message;
        let signed_in = sign_in(hub, "tim@talent.example").await;
        let number = hub.store.list_own_applications(&signed_in.talent()).await.unwrap()[0].id;

        let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([8; 8]) };
        let asked = SignInRequest {
            email: email("tim@new.example"),
            language: Language::Dutch,
            wanted: String::new(),
            network: "192.0.2.1".into(),
        };
        hub.store.ask_address_change(&signed_in, asked, tokens.clone(), now()).await.unwrap().unwrap();
        let browser = Browser { token: token(), device: String::new(), network: "192.0.2.1".into() };
        let signed_in = hub.store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap().who;
        mail(hub, now()).await;

        assert_eq!(hub.store.participant_by_link(&link_in(&confirm)).await.unwrap(), None);
        assert!(hub.store.participant_by_link(&link_in(&received)).await.unwrap().is_some());
        let own = hub.store.own_participant(&signed_in.talent(), number).await.unwrap().unwrap();
        assert_eq!(hub.store.find_application(&own).await.unwrap().email, email("tim@new.example"));
        let organisation = participant(hub, &received).await;
        hub.store.take_step(&organisation, Step::Talk, None, letter_context(), now()).await.unwrap();
        assert_eq!(mail(hub, now()).await[0].to, email("tim@new.example"));
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_asked_twice_what_became_of_a_vacancy() {
    on_each_database(async |hub| {
        let closing = |reference: &str, closes_on: &str| {
            let mut offered = vacancy(reference);
            offered.closes_on = day(closes_on);
            offered
        };
        hub.add_vacancy(closing("V-1", "2026-12-01")).await;
        let drafted =
            domain::vacancies::Vacancy { state: VacancyState::Draft, ..closing("V-2", "2026-12-01") };
        // It closed before anybody could be asked.
        hub.add(vec![drafted, closing("V-3", "2026-10-01"), closing("V-4", "2026-12-02")]).await.unwrap();
        let mut asked = Vec::new();
        let mut links = Vec::new();
        for days in 0..=365_u64 {
            let (at, date) = (now() + TimeDelta::days(days as i64), today() + Days::new(days));
            hub.store.ask_outcomes(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            hub.store.ask_outcomes(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            for mail in mail(hub, at).await {
                let Message::Vacancy(VacancyMail::AskOutcome { link, closed_on, .. }) = mail.message else {
                    panic!("{mail:?}")
                };
                assert_eq!(mail.to, email("ann@berkelstaal.example"));
                links.push((Token::parse(&link).unwrap(), at));
                asked.push((date, closed_on));
            }
            if date == day("2026-12-20") {
                let (link, _) = &links[1];
                for outcome in [VacancyOutcome::NotFilled, VacancyOutcome::ThroughHub] {
                    assert!(hub.store.answer_outcome(link, outcome, at).await.unwrap());
                }
            }
        }
        let expected = [
            ("2026-12-15", "2026-12-01"),
            ("2026-12-16", "2026-12-02"),
            // The other was answered.
            ("2026-12-29", "2026-12-01"),
        ];
        assert_eq!(asked, expected.map(|(date, closed_on)| (day(date), day(closed_on))));
        let (link, sent_at) = &links[1];
        let find = async |at| hub.store.find_outcome_question(link, at).await.unwrap();
        let almost = *sent_at + TimeDelta::days(364);
        assert_eq!(find(almost).await.unwrap().outcome, Some(VacancyOutcome::ThroughHub));
        assert_eq!(find(*sent_at + TimeDelta::days(365)).await, None);
        let late =
            hub.store.answer_outcome(link, VacancyOutcome::Unknown, *sent_at + TimeDelta::days(365)).await;
        assert!(!late.unwrap());
        assert_eq!(hub.store.find_outcome_question(&token(), now()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_hub_that_begins_late_asks_once_at_first() {
    on_each_database(async |hub| {
        let mut offered = vacancy("V-1");
        offered.closes_on = today();
        hub.add_vacancy(offered).await;
        let mut asked = Vec::new();
        for days in 35..=60 {
            let (at, date) = (now() + TimeDelta::days(days), today() + Days::new(days as u64));
            hub.store.ask_outcomes(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            hub.store.ask_outcomes(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            asked.extend(mail(hub, at).await.iter().map(|_| days));
        }
        assert_eq!(asked, [35], "two weeks later it is too late to ask again");
    })
    .await;
}

#[tokio::test]
async fn who_left_the_organisation_answers_no_more_for_it() {
    on_each_database(async |hub| {
        let mut offered = vacancy("V-1");
        offered.closes_on = today();
        hub.add_vacancy(offered).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        hub.store
            .ask_outcomes(&letter_context(), Moment { now: now(), today: today() + Days::new(14) })
            .await
            .unwrap();
        let Message::Vacancy(VacancyMail::AskOutcome { link, .. }) = &mail(hub, now()).await[0].message
        else {
            panic!("not asked")
        };
        let link = Token::parse(link).unwrap();
        assert!(hub.store.answer_outcome(&link, VacancyOutcome::Otherwise, now()).await.unwrap());
        hub.run("DELETE FROM memberships").await;
        assert_eq!(hub.store.find_outcome_question(&link, now()).await.unwrap(), None);
        assert!(!hub.store.answer_outcome(&link, VacancyOutcome::Unknown, now()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_was_not_sent_reaches_nobody_and_is_sent_only_as_it_was_seen() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        apply(hub, applying(id, "tim@talent.example"), None).await.unwrap();
        let first = participant(hub, &mail(hub, now()).await[0].message).await;
        let message = hub.store.write_message(&first, "Hallo?".into(), letter_context(), now()).await;
        assert!(matches!(message, Err(Error::NotFound)), "the organisation does not know of it");
        assert!(mail(hub, now()).await.is_empty());

        // Somebody else fills in the form with the same address, before the button is pressed.
        let mut other = applying(id, "tim@talent.example");
        other.application.motivation = "Dit schreef Tim niet.".into();
        apply(hub, other, None).await.unwrap();
        let links = mail(hub, now()).await;
        assert_eq!(links.len(), 1);
        let again = participant(hub, &links[0].message).await;
        assert_eq!(hub.store.find_application(&again).await.unwrap().motivation, "Dit schreef Tim niet.");
        hub.store
            .confirm_application(&again, letter_context(), Moment { now: now(), today: today() })
            .await
            .unwrap()
            .unwrap();
        let sent = mail(hub, now()).await;

        // And once it is sent, nobody writes over it.
        apply(hub, applying(id, "tim@talent.example"), None).await.unwrap();
        let organisation = participant(hub, &sent[1].message).await;
        let kept = hub.store.find_application(&organisation).await.unwrap();
        assert_eq!(kept.motivation, "Dit schreef Tim niet.");
        mail(hub, now()).await;
        let mut refused = 0;
        for number in 0..25 {
            let text = format!("Bericht {number}");
            refused += u32::from(
                hub.store.write_message(&again, text, letter_context(), now()).await.unwrap().is_err(),
            );
        }
        assert_eq!(refused, 5, "twenty messages are free");
    })
    .await;
}

#[tokio::test]
async fn an_older_link_leads_nowhere_once_the_form_was_filled_in_anew() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let link = async |motivation: &str| {
            let mut filled = applying(id, "tim@talent.example");
            filled.application.motivation = motivation.into();
            apply(hub, filled, None).await.unwrap();
            link_in(&mail(hub, now()).await[0].message)
        };
        let (first, same, newer) = (link("Een").await, link("Een").await, link("Twee").await);
        for older in [first, same] {
            assert_eq!(hub.store.participant_by_link(&older).await.unwrap(), None);
        }
        assert!(hub.store.participant_by_link(&newer).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_colleague_with_another_address_keeps_no_way_in_by_the_old_mailbox() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        let (_, organisation) = sent(hub, id, "tim@talent.example", false).await;
        assert_eq!(organisation.side(), Side::Organisation);
        hub.store
            .write_message(&organisation, "Hallo".into(), letter_context(), now())
            .await
            .unwrap()
            .unwrap();
        let talent = participant(hub, &mail(hub, now()).await[0].message).await;
        hub.store.write_message(&talent, "Dag".into(), letter_context(), now()).await.unwrap().unwrap();
        let received = link_in(&mail(hub, now()).await[0].message);
        assert!(hub.store.participant_by_link(&received).await.unwrap().is_some());

        let ann = sign_in(hub, "ann@berkel.example").await;
        let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([9; 8]) };
        let asked = SignInRequest {
            email: email("ann@elders.example"),
            language: Language::Dutch,
            wanted: String::new(),
            network: "192.0.2.1".into(),
        };
        hub.store.ask_address_change(&ann, asked, tokens.clone(), now()).await.unwrap().unwrap();
        let browser = Browser { token: token(), device: String::new(), network: "192.0.2.1".into() };
        hub.store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap();
        assert_eq!(hub.store.participant_by_link(&received).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn who_gets_an_address_that_another_had_gets_nothing_else() {
    on_each_database(async |hub| {
        let first = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![vacancy("V-2")]).await.unwrap();
        let (old, new) = ("sanne@school.example", "sanne@talent.example");
        let sanne = sign_in(hub, old).await;
        let Ok(Applied::Sent(number)) = apply(hub, applying(first, old), Some(&sanne.talent())).await else {
            panic!("not sent")
        };
        let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([8; 8]) };
        let (language, network) = (Language::Dutch, "192.0.2.1".to_owned());
        let asked =
            SignInRequest { email: email(new), language, wanted: String::new(), network: network.clone() };
        hub.store.ask_address_change(&sanne, asked, tokens.clone(), now()).await.unwrap().unwrap();
        let browser = Browser { token: token(), device: String::new(), network };
        let sanne = hub.store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap().who;

        let next = sign_in(hub, old).await.talent();
        assert!(hub.store.list_own_applications(&next).await.unwrap().is_empty());
        assert_eq!(hub.store.own_participant(&next, number).await.unwrap(), None);
        let Ok(Applied::Sent(other)) = apply(hub, applying(first, old), Some(&next)).await else {
            panic!("the address is free again")
        };
        let Ok(Applied::Sent(third)) = apply(hub, applying(first + 1, new), Some(&sanne.talent())).await
        else {
            panic!("not sent")
        };
        let own = hub.store.own_participant(&sanne.talent(), third).await.unwrap().unwrap();
        assert_eq!(hub.store.withdraw_others(&own, letter_context(), now()).await.unwrap(), 1);
        let theirs = hub.store.own_participant(&next, other).await.unwrap().unwrap();
        assert_eq!(state(hub, &theirs).await, ApplicationState::Submitted);
        assert_eq!(apply(hub, applying(first, new), Some(&sanne.talent())).await, Ok(Applied::Sent(number)));
    })
    .await;
}
