//! Signing in, sessions, addresses, passwords and the second step.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Language;
use domain::accounts::mail::{AccountMail, SecondStepChange};
use domain::accounts::{EmailAddress, MemberRole, PasswordError, StaffRole};
use domain::mail::Message;
use store::{
    Action, Browser, By, Code, Error, LinkError, Refused, SecondStep, SignInRequest, SignInTokens, SignedIn,
    Token, TotpSecret,
};

use crate::hub::{Hub, now, on_each_database};

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn later(minutes: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(minutes)
}

/// Bytes that no other call gets.
fn fresh<const N: usize>() -> [u8; N] {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    std::array::from_fn(|at| next[at % 4].wrapping_mul(31).wrapping_add(at as u8) ^ (at as u8) << 3)
}

fn tokens() -> SignInTokens {
    SignInTokens { link: Token::of(fresh()), browser: Token::of(fresh()), code: Code::of(fresh()) }
}

fn browser() -> Browser {
    Browser { token: Token::of(fresh()), device: "Firefox, Linux".into(), network: "192.0.2.1".into() }
}

fn asked(address: &str) -> SignInRequest {
    SignInRequest {
        email: email(address),
        language: Language::German,
        wanted: "/mijn".into(),
        network: "192.0.2.1".into(),
    }
}

/// Asks for a link and returns what the mail says.
async fn mailed(hub: &Hub, address: &str, at: DateTime<Utc>) -> (SignInTokens, Message) {
    let tokens = tokens();
    hub.store.ask_sign_in(asked(address), tokens.clone(), at).await.unwrap().unwrap();
    let mail = hub.store.claim_mail(at).await.unwrap().unwrap();
    assert_eq!((mail.to, mail.language), (email(address), Language::German));
    hub.store.mail_was_sent(mail.id, at).await.unwrap();
    (tokens, mail.message)
}

async fn signed_in(hub: &Hub, address: &str, at: DateTime<Utc>) -> (SignedIn, Token) {
    let (tokens, _) = mailed(hub, address, at).await;
    let browser = browser();
    let token = browser.token.clone();
    let let_in = hub.store.sign_in_by_link(tokens.link, browser, at).await.unwrap().unwrap();
    assert!(!let_in.changed_address);
    assert_eq!(let_in.wanted, "/mijn");
    (let_in.who, token)
}

#[tokio::test]
async fn a_link_makes_an_account_and_works_once() {
    on_each_database(async |hub| {
        let (tokens, message) = mailed(hub, "Sanne@Example.nl", now()).await;
        let Message::Account(AccountMail::SignIn { link, code }) = message else { panic!("{message:?}") };
        assert_eq!(Token::parse(&link).as_ref(), Some(&tokens.link));
        assert_eq!(code, tokens.code.digits());

        // Programs that guard mailboxes open links; that changes nothing.
        for _ in 0..3 {
            let offer = hub.store.find_sign_in(&tokens.link, later(1)).await.unwrap().unwrap();
            assert!(offer.is_new && !offer.changes_address);
            assert_eq!((offer.email.as_str(), offer.wanted.as_str()), ("sanne@example.nl", "/mijn"));
        }
        let browser = browser();
        let session = browser.token.clone();
        let pressed = hub.store.sign_in_by_link(tokens.link.clone(), browser, later(1)).await.unwrap();
        let who = pressed.unwrap().who;
        assert_eq!(who.viewer().email.as_str(), "sanne@example.nl");
        assert_eq!(who.language(), Language::German);
        assert_eq!(who.second_step(), SecondStep::NotNeeded);
        assert_eq!(hub.store.find_signed_in(&session, later(2)).await.unwrap(), Some(who));

        let again = hub.store.sign_in_by_link(tokens.link.clone(), self::browser(), later(2)).await.unwrap();
        assert_eq!(again.unwrap_err(), Refused::Link(LinkError::Used));
        assert_eq!(hub.store.find_sign_in(&tokens.link, later(2)).await.unwrap(), Err(LinkError::Used));
        let offer = mailed(hub, "sanne@example.nl", later(3)).await.0.link;
        assert!(!hub.store.find_sign_in(&offer, later(3)).await.unwrap().unwrap().is_new);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_pressed_twice_at_once_lets_one_in() {
    on_each_database(async |hub| {
        let (tokens, _) = mailed(hub, "sanne@example.nl", now()).await;
        let press = || hub.store.sign_in_by_link(tokens.link.clone(), browser(), now());
        let (one, other) = tokio::join!(press(), press());
        let outcomes = [one.unwrap().is_ok(), other.unwrap().is_ok()];
        assert_eq!(outcomes.iter().filter(|let_in| **let_in).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_links_of_a_new_address_that_are_pressed_at_once_make_one_account() {
    on_each_database(async |hub| {
        let (one, _) = mailed(hub, "sanne@example.nl", now()).await;
        let (other, _) = mailed(hub, "sanne@example.nl", now()).await;
        let press = |link: &Token| hub.store.sign_in_by_link(link.clone(), browser(), now());
        let (one, other) = tokio::join!(press(&one.link), press(&other.link));
        let one = one.unwrap().unwrap().who;
        other.unwrap().unwrap();
        assert_eq!(hub.store.list_sessions(&one).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_over_after_a_quarter_of_an_hour() {
    on_each_database(async |hub| {
        let (tokens, _) = mailed(hub, "sanne@example.nl", now()).await;
        let at = later(15);
        assert_eq!(hub.store.find_sign_in(&tokens.link, at).await.unwrap(), Err(LinkError::Expired));
        let pressed = hub.store.sign_in_by_link(tokens.link, browser(), at).await.unwrap();
        assert_eq!(pressed.unwrap_err(), Refused::Link(LinkError::Expired));
        let unknown = hub.store.find_sign_in(&Token::of([9; 32]), at).await.unwrap();
        assert_eq!(unknown, Err(LinkError::Unknown));
    })
    .await;
}

#[tokio::test]
async fn a_code_works_in_the_browser_that_asked_and_five_wrong_ones_end_it() {
    on_each_database(async |hub| {
        let (tokens, _) = mailed(hub, "sanne@example.nl", now()).await;
        let enter = |asked_by: &Token, code: Option<Code>| {
            hub.store.sign_in_by_code(asked_by.clone(), code, browser(), later(1))
        };
        let elsewhere = enter(&Token::of([9; 32]), Some(tokens.code.clone())).await.unwrap();
        assert_eq!(elsewhere.unwrap_err(), Refused::Link(LinkError::Unknown));
        assert_eq!(enter(&tokens.browser, None).await.unwrap().unwrap_err(), Refused::Wrong);
        assert!(enter(&tokens.browser, Some(tokens.code.clone())).await.unwrap().is_ok());
        let used = enter(&tokens.browser, Some(tokens.code)).await.unwrap();
        assert_eq!(used.unwrap_err(), Refused::Link(LinkError::Used));

        let (tokens, _) = mailed(hub, "sanne@example.nl", now()).await;
        for _ in 0..5 {
            assert_eq!(enter(&tokens.browser, None).await.unwrap().unwrap_err(), Refused::Wrong);
        }
        let right_too_late = enter(&tokens.browser, Some(tokens.code)).await.unwrap();
        assert_eq!(right_too_late.unwrap_err(), Refused::Link(LinkError::Expired));
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_mail_too_often_waits_longer_each_time() {
    on_each_database(async |hub| {
        let ask = |at: DateTime<Utc>| hub.store.ask_sign_in(asked("sanne@example.nl"), tokens(), at);
        for _ in 0..5 {
            ask(now()).await.unwrap().unwrap();
        }
        let half_a_minute = now() + TimeDelta::seconds(30);
        assert_eq!(ask(now()).await.unwrap().unwrap_err(), Refused::TooOften(half_a_minute));
        ask(half_a_minute).await.unwrap().unwrap();
        let then = half_a_minute + TimeDelta::minutes(1);
        assert_eq!(ask(half_a_minute).await.unwrap().unwrap_err(), Refused::TooOften(then));
        let other = hub.store.ask_sign_in(asked("tim@example.nl"), tokens(), half_a_minute).await.unwrap();
        other.unwrap();
        ask(later(25 * 60)).await.unwrap().unwrap();
        assert!(hub.store.tidy(later(60 * 24 * 40)).await.unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn a_school_signs_in_all_day_and_a_flood_waits() {
    on_each_database(async |hub| {
        let ask = async |number: i64, network: &str, at: DateTime<Utc>| {
            let mut asked = asked(&format!("student-{number}@school.example"));
            asked.network = network.to_owned();
            hub.store.ask_sign_in(asked, tokens(), at).await.unwrap()
        };
        // A class at once, and then somebody every half minute.
        for number in 0..50 {
            ask(number, "192.0.2.7", now()).await.unwrap();
        }
        for number in 50..250 {
            ask(number, "192.0.2.7", now() + TimeDelta::seconds(30 * number)).await.unwrap();
        }
        let mut through = 0;
        let next = loop {
            match ask(1000 + through, "192.0.2.8", now()).await {
                Ok(()) => through += 1,
                Err(Refused::TooOften(next)) => break next,
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!((through, next), (55, now() + TimeDelta::seconds(30)));
        ask(2000, "192.0.2.8", next).await.unwrap();
        assert!(ask(2001, "192.0.2.8", next).await.is_err());
        ask(2002, "192.0.2.9", next).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_password_lets_in_who_knows_it() {
    on_each_database(async |hub| {
        let (who, session) = signed_in(hub, "sanne@example.nl", now()).await;
        let other = signed_in(hub, "sanne@example.nl", now()).await.1;
        assert!(!who.has_password());
        let set = |password: &str| hub.store.change_password(&who, password.to_owned(), [1; 16], now());
        assert_eq!(set("kort").await.unwrap(), Err(PasswordError::TooShort));
        assert_eq!(set("1234567890").await.unwrap(), Err(PasswordError::Common));
        set("vier koeien in de wei").await.unwrap().unwrap();
        let told = hub.store.claim_mail(now()).await.unwrap().unwrap();
        assert_eq!(told.message, Message::Account(AccountMail::PasswordChanged));
        assert!(hub.store.find_signed_in(&session, now()).await.unwrap().unwrap().has_password());
        assert_eq!(hub.store.find_signed_in(&other, now()).await.unwrap(), None);

        let enter = |address: &str, password: &str| {
            hub.store.sign_in_by_password(asked(address), password.to_owned(), browser(), now())
        };
        for (address, password) in [
            ("sanne@example.nl", "vijf koeien"),
            ("tim@example.nl", "vier koeien in de wei"),
            ("sanne@example.nl", ""),
        ] {
            assert_eq!(enter(address, password).await.unwrap().unwrap_err(), Refused::Wrong);
        }
        let who = enter("SANNE@example.nl", "vier koeien in de wei").await.unwrap().unwrap().who;
        assert_eq!(who.viewer().email.as_str(), "sanne@example.nl");
        for _ in 0..5 {
            assert_eq!(enter("sanne@example.nl", "vijf koeien").await.unwrap().unwrap_err(), Refused::Wrong);
        }
        let right = enter("sanne@example.nl", "vier koeien in de wei").await.unwrap().unwrap_err();
        assert_eq!(right, Refused::TooOften(now() + TimeDelta::seconds(30)));
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_nobody_comes_or_after_half_a_year() {
    on_each_database(async |hub| {
        let day = |days: i64| now() + TimeDelta::days(days);
        let find = |token: &Token, at| {
            let token = token.clone();
            async move { hub.store.find_signed_in(&token, at).await.unwrap() }
        };
        let (_, idle) = signed_in(hub, "sanne@example.nl", now()).await;
        assert_eq!(find(&idle, day(30)).await, None);
        let (_, busy) = signed_in(hub, "sanne@example.nl", now()).await;
        for days in (20..180).step_by(20) {
            assert!(find(&busy, day(days)).await.is_some(), "after {days} days");
        }
        assert_eq!(find(&busy, day(180)).await, None);

        hub.store
            .add_staff(email("eva@example.nl"), StaffRole::Manager, Language::Dutch, now())
            .await
            .unwrap();
        let (_, staff) = signed_in(hub, "eva@example.nl", now()).await;
        assert!(find(&staff, later(11 * 60)).await.is_some());
        assert_eq!(find(&staff, later(24 * 60)).await, None);
        assert!(hub.store.tidy(day(200)).await.unwrap() >= 3);
        assert_eq!(find(&Token::of([9; 32]), now()).await, None);
    })
    .await;
}

#[tokio::test]
async fn one_ends_ones_own_sessions_only() {
    on_each_database(async |hub| {
        let (sanne, here) = signed_in(hub, "sanne@example.nl", now()).await;
        let there = signed_in(hub, "sanne@example.nl", now()).await.1;
        let (tim, tims) = signed_in(hub, "tim@example.nl", now()).await;
        let sessions = hub.store.list_sessions(&sanne).await.unwrap();
        assert_eq!(sessions.len(), 2);
        assert_eq!(sessions.iter().filter(|session| session.is_this).count(), 1);
        assert_eq!(sessions[0].device, "Firefox, Linux");

        hub.store.end_session(&sanne, tim.session_id(), now()).await.unwrap();
        let other = sessions.iter().find(|session| !session.is_this).unwrap().id;
        hub.store.end_session(&sanne, other, now()).await.unwrap();
        assert_eq!(hub.store.find_signed_in(&there, now()).await.unwrap(), None);
        signed_in(hub, "sanne@example.nl", now()).await;
        hub.store.sign_out_everywhere(&sanne, now()).await.unwrap();
        assert_eq!(hub.store.list_sessions(&sanne).await.unwrap(), vec![]);
        assert_eq!(hub.store.find_signed_in(&here, now()).await.unwrap(), None);
        assert!(hub.store.find_signed_in(&tims, now()).await.unwrap().is_some());
        hub.store.sign_out(&tim).await.unwrap();
        assert_eq!(hub.store.find_signed_in(&tims, now()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn another_address_is_confirmed_by_who_reads_its_mail() {
    on_each_database(async |hub| {
        let (who, session) = signed_in(hub, "sanne@example.nl", now()).await;
        let (old_link, _) = mailed(hub, "sanne@example.nl", now()).await;
        let tokens = tokens();
        let change = hub.store.ask_address_change(&who, asked("s.wolters@example.nl"), tokens.clone(), now());
        change.await.unwrap().unwrap();
        let mail = hub.store.claim_mail(now()).await.unwrap().unwrap();
        assert_eq!(
            (mail.to.as_str(), mail.message.kind().code()),
            ("s.wolters@example.nl", "confirm_address")
        );
        let offer = hub.store.find_sign_in(&tokens.link, later(1)).await.unwrap().unwrap();
        assert!(offer.changes_address && !offer.is_new);

        let let_in = hub.store.sign_in_by_link(tokens.link, browser(), later(1)).await.unwrap().unwrap();
        assert!(let_in.changed_address);
        let seen = hub.store.find_signed_in(&session, later(2)).await.unwrap().unwrap();
        assert_eq!(seen.viewer().email.as_str(), "s.wolters@example.nl");
        let told = hub.store.claim_mail(later(1)).await.unwrap().unwrap();
        assert_eq!(told.to.as_str(), "sanne@example.nl");
        assert_eq!(
            told.message,
            Message::Account(AccountMail::AddressChanged { address: "s.wolters@example.nl".into() })
        );
        let old = hub.store.find_sign_in(&old_link.link, later(2)).await.unwrap();
        assert_eq!(old, Err(LinkError::Used), "a link to the old address makes no second account");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_another_account_got_meanwhile_stays_there() {
    on_each_database(async |hub| {
        let (who, session) = signed_in(hub, "sanne@example.nl", now()).await;
        let tokens = tokens();
        let change = hub.store.ask_address_change(&who, asked("tim@example.nl"), tokens.clone(), now());
        change.await.unwrap().unwrap();
        let mail = hub.store.claim_mail(now()).await.unwrap().unwrap();
        hub.store.mail_was_sent(mail.id, now()).await.unwrap();
        signed_in(hub, "tim@example.nl", now()).await;
        assert_eq!(hub.store.find_sign_in(&tokens.link, now()).await.unwrap(), Err(LinkError::Overtaken));
        let pressed = hub.store.sign_in_by_link(tokens.link, browser(), now()).await.unwrap();
        assert_eq!(pressed.unwrap_err(), Refused::Link(LinkError::Overtaken));
        let seen = hub.store.find_signed_in(&session, now()).await.unwrap().unwrap();
        assert_eq!(seen.viewer().email.as_str(), "sanne@example.nl");
    })
    .await;
}

#[tokio::test]
async fn staff_have_no_rights_before_the_second_step() {
    on_each_database(async |hub| {
        let store = &hub.store;
        store.add_staff(email("eva@example.nl"), StaffRole::Broker, Language::Dutch, now()).await.unwrap();
        let (eva, session) = signed_in(hub, "eva@example.nl", now()).await;
        assert_eq!((eva.second_step(), eva.staff()), (SecondStep::NotSetUp, None));
        assert_eq!(eva.viewer().staff_role, None);

        let token = TotpSecret::of(*b"12345678901234567890");
        store.begin_second_step(&eva, &token).await.unwrap();
        assert!(store.find_begun_second_step(&eva).await.unwrap().is_some_and(|begun| begun == token));
        let (at, right) = (DateTime::from_timestamp(1_111_111_109, 0).unwrap(), "081804");
        let recovery = || vec!["abcde-fghij".to_owned(), "klmno-pqrst".to_owned()];
        let wrong = store.finish_second_step(&eva, "000000".into(), recovery(), at).await.unwrap();
        assert_eq!(wrong, Err(Refused::Wrong));
        store.finish_second_step(&eva, right.into(), recovery(), at).await.unwrap().unwrap();
        let eva = store.find_signed_in(&session, now()).await.unwrap().unwrap();
        assert_eq!(eva.staff().unwrap().role(), StaffRole::Broker);
        assert!(matches!(store.begin_second_step(&eva, &token).await, Err(Error::NotFound)));

        let (again, session) = signed_in(hub, "eva@example.nl", now()).await;
        assert_eq!((again.second_step(), again.staff()), (SecondStep::Waiting, None));
        assert_eq!(store.find_begun_second_step(&again).await.unwrap().map(|_| ()), None);
        let used = store.take_second_step(&again, right.into(), at).await.unwrap();
        assert_eq!(used, Err(Refused::Wrong), "a code works once");
        store.take_second_step(&again, "ABCDE FGHIJ".into(), at).await.unwrap().unwrap();
        assert!(store.find_signed_in(&session, now()).await.unwrap().unwrap().staff().is_some());
        let (third, _) = signed_in(hub, "eva@example.nl", now()).await;
        for _ in 0..5 {
            let used = store.take_second_step(&third, "abcde-fghij".into(), at).await.unwrap();
            assert_eq!(used, Err(Refused::Wrong));
        }
        let often = store.take_second_step(&third, "klmno-pqrst".into(), at).await.unwrap();
        assert_eq!(often, Err(Refused::TooOften(at + TimeDelta::seconds(30))));
    })
    .await;
}

/// The moments for which there are codes below, each in another half minute.
fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// Somebody of staff who has taken the second step, with the phone and at the first moment of RFC 6238, and two recovery codes.
async fn with_second_step(hub: &Hub) -> (SignedIn, Token) {
    let store = &hub.store;
    store.add_staff(email("eva@example.nl"), StaffRole::Manager, Language::Dutch, now()).await.unwrap();
    let (eva, session) = signed_in(hub, "eva@example.nl", now()).await;
    store.begin_second_step(&eva, &TotpSecret::of(*b"12345678901234567890")).await.unwrap();
    let recovery = vec!["abcde-fghij".to_owned(), "klmno-pqrst".to_owned()];
    let set_up = store.finish_second_step(&eva, "081804".into(), recovery, moment(1_111_111_109));
    set_up.await.unwrap().unwrap();
    (store.find_signed_in(&session, now()).await.unwrap().unwrap(), session)
}

/// What the old and the other phone show at 1,700,000,000 seconds.
const CODES_LATER: (&str, &str) = ("921300", "779147");

/// Which change of the second step a mail tells of that waits to be sent.
async fn told(hub: &Hub) -> Option<SecondStepChange> {
    let mail = hub.store.claim_mail(now()).await.unwrap()?;
    hub.store.mail_was_sent(mail.id, now()).await.unwrap();
    assert_eq!(mail.to, email("eva@example.nl"));
    match mail.message {
        Message::Account(AccountMail::SecondStepChanged { change }) => Some(change),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn another_phone_takes_the_place_of_the_old_one_only_when_it_is_confirmed() {
    on_each_database(async |hub| {
        let store = &hub.store;
        let (eva, session) = with_second_step(hub).await;
        let other = || TotpSecret::of(*b"09876543210987654321");
        let (at, later_on) = (moment(1_234_567_890), moment(1_700_000_000));
        let wrong = store.begin_other_phone(&eva, "000000".into(), other(), at).await.unwrap();
        assert_eq!(wrong, Err(Refused::Wrong));
        assert!(store.find_begun_second_step(&eva).await.unwrap().is_none());
        store.begin_other_phone(&eva, "005924".into(), other(), at).await.unwrap().unwrap();
        assert!(store.find_begun_second_step(&eva).await.unwrap() == Some(other()));

        // The old phone still lets in, and who came in by it confirms nothing of this session.
        let (second, elsewhere) = signed_in(hub, "eva@example.nl", now()).await;
        let refused = store.begin_other_phone(&second, "klmno-pqrst".into(), other(), at).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        store.take_second_step(&second, CODES_LATER.0.into(), later_on).await.unwrap().unwrap();
        let second = store.find_signed_in(&elsewhere, now()).await.unwrap().unwrap();
        assert!(store.find_begun_second_step(&second).await.unwrap().is_none());
        let finish = async |who: &SignedIn, code: &str| {
            let recovery = vec!["new-codes".to_owned()];
            store.finish_second_step(who, code.to_owned(), recovery, at).await.unwrap()
        };
        assert_eq!(finish(&second, "467947").await, Err(Refused::Wrong));
        assert_eq!(finish(&eva, "005924").await, Err(Refused::Wrong), "a code of the old phone");
        assert_eq!(told(hub).await, None);

        finish(&eva, "467947").await.unwrap();
        assert_eq!(told(hub).await, Some(SecondStepChange::NewPhone));
        assert_eq!(store.find_signed_in(&elsewhere, now()).await.unwrap(), None, "others are signed out");
        let eva = store.find_signed_in(&session, now()).await.unwrap().unwrap();
        assert_eq!(eva.second_step(), SecondStep::Taken);
        assert!(store.find_begun_second_step(&eva).await.unwrap().is_none());
        let (third, _) = signed_in(hub, "eva@example.nl", now()).await;
        for (code, at) in [("467947", at), ("klmno-pqrst", at), (CODES_LATER.0, later_on)] {
            let old = store.take_second_step(&third, code.to_owned(), at).await.unwrap();
            assert_eq!(old, Err(Refused::Wrong), "{code}");
        }
        store.take_second_step(&third, CODES_LATER.1.into(), later_on).await.unwrap().unwrap();
        let happened = store.list_happened(&eva, 1).await.unwrap();
        assert_eq!((happened[0].action, happened[0].by), (Action::PhoneChanged, By::Owner));
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_begins_another_phone_and_new_ones_end_the_old() {
    on_each_database(async |hub| {
        let store = &hub.store;
        let (eva, _) = with_second_step(hub).await;
        let (at, token) = (moment(1_234_567_890), || TotpSecret::of([7; 20]));
        assert_eq!(store.count_recovery_codes(&eva).await.unwrap(), 2);
        let begun = store.begin_other_phone(&eva, "ABCDE fghij".into(), token(), at).await.unwrap();
        begun.unwrap();
        assert_eq!(store.count_recovery_codes(&eva).await.unwrap(), 1);
        let again = store.begin_other_phone(&eva, "abcde-fghij".into(), token(), at).await.unwrap();
        assert_eq!(again, Err(Refused::Wrong), "each works once");

        let renewed = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
        store.renew_recovery_codes(&eva, renewed.clone(), at).await.unwrap();
        assert_eq!(told(hub).await, Some(SecondStepChange::NewCodes));
        assert_eq!(store.count_recovery_codes(&eva).await.unwrap(), 3);
        let (other, _) = signed_in(hub, "eva@example.nl", now()).await;
        let waits = store.renew_recovery_codes(&other, renewed, at).await;
        assert!(matches!(waits, Err(Error::NotFound)), "the second step was not taken");
        let old = store.take_second_step(&other, "klmno-pqrst".into(), at).await.unwrap();
        assert_eq!(old, Err(Refused::Wrong));
        store.take_second_step(&other, "two".into(), at).await.unwrap().unwrap();
        let happened = store.list_happened(&eva, 3).await.unwrap();
        assert_eq!(
            happened.iter().map(|one| one.action).collect::<Vec<_>>(),
            [Action::RecoveryCodeUsed, Action::RecoveryCodesRenewed, Action::RecoveryCodeUsed]
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_phone_and_codes_sets_the_second_step_up_anew_after_a_reset() {
    on_each_database(async |hub| {
        let store = &hub.store;
        let (_, session) = with_second_step(hub).await;
        let (waits, _) = signed_in(hub, "eva@example.nl", now()).await;
        for _ in 0..5 {
            let wrong = store.take_second_step(&waits, "000000".into(), now()).await.unwrap();
            assert_eq!(wrong, Err(Refused::Wrong));
        }
        let unknown = store.reset_second_step(email("nobody@example.nl"), now()).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
        assert!(store.reset_second_step(email("eva@example.nl"), now()).await.unwrap());
        assert_eq!(told(hub).await, Some(SecondStepChange::Reset));
        assert_eq!(store.find_signed_in(&session, now()).await.unwrap(), None);
        let (eva, session) = signed_in(hub, "eva@example.nl", now()).await;
        assert_eq!((eva.second_step(), eva.staff()), (SecondStep::NotSetUp, None));
        assert_eq!(store.count_recovery_codes(&eva).await.unwrap(), 0);
        assert!(!store.reset_second_step(email("eva@example.nl"), now()).await.unwrap());
        assert_eq!(told(hub).await, None, "there was nothing to take away");
        let happened = store.list_happened(&eva, 1).await.unwrap();
        assert_eq!((happened[0].action, happened[0].by), (Action::SecondStepReset, By::Office));

        // Neither the tries nor the code of before stand in the way.
        store.begin_second_step(&eva, &TotpSecret::of(*b"12345678901234567890")).await.unwrap();
        let recovery = vec!["abcde-fghij".to_owned()];
        let set_up = store.finish_second_step(&eva, "081804".into(), recovery, moment(1_111_111_109));
        set_up.await.unwrap().unwrap();
        assert!(store.find_signed_in(&session, now()).await.unwrap().unwrap().staff().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_member_has_rights_over_its_own_organisations_only() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let add = |slug: &str, role| {
            let language = Language::Dutch;
            hub.store.add_member(email("ben@example.nl"), slug.to_owned(), role, language, now())
        };
        add("berkel-staal", MemberRole::Editor).await.unwrap();
        add("berkel-staal", MemberRole::Manager).await.unwrap();
        assert!(matches!(add("nergens", MemberRole::Editor).await, Err(Error::NotFound)));
        let (ben, _) = signed_in(hub, "ben@example.nl", now()).await;
        let memberships = &ben.viewer().memberships;
        assert_eq!(memberships.len(), 1);
        assert_eq!(
            (memberships[0].organisation.as_str(), memberships[0].role),
            ("Berkel Staal", MemberRole::Manager)
        );
        assert!(ben.member("berkel-staal").is_some() && ben.member("slinge-zorg").is_none());
        hub.store.change_account(&ben, Some("Ben ten Have".into()), Language::English, now()).await.unwrap();
        let (ben, _) = signed_in(hub, "ben@example.nl", now()).await;
        assert_eq!((ben.viewer().name.as_deref(), ben.language()), (Some("Ben ten Have"), Language::English));
    })
    .await;
}

#[tokio::test]
async fn requests_that_run_at_once_are_counted_in_any_order() {
    on_each_database(async |hub| {
        let a_second_later = now() + TimeDelta::seconds(1);
        let ask = |address: &'static str, at| hub.store.ask_sign_in(asked(address), tokens(), at);
        assert!(ask("tim@example.nl", a_second_later).await.unwrap().is_ok());
        // From the same network, and written down after it, though it came before.
        assert!(ask("sanne@example.nl", now()).await.unwrap().is_ok());
    })
    .await;
}
