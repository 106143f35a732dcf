//! Mail that waits to be sent.

use chrono::TimeDelta;
use domain::Language;
use domain::accounts::EmailAddress;
use store::{Code, SignInRequest, SignInTokens, Token};

use crate::hub::{Hub, now, on_each_database};

async fn write_mail(hub: &Hub, number: u8) {
    let asked = SignInRequest {
        email: EmailAddress::parse(&format!("talent{number}@example.nl")).unwrap(),
        language: Language::Dutch,
        wanted: "/mijn".into(),
        network: "192.0.2.1".into(),
    };
    let tokens = SignInTokens {
        link: Token::of([number; 32]),
        browser: Token::of([number + 100; 32]),
        code: Code::of([number; 8]),
    };
    hub.store.ask_sign_in(asked, tokens, now()).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_mail_is_claimed_by_one_and_given_back_when_nothing_is_heard() {
    on_each_database(async |hub| {
        write_mail(hub, 1).await;
        write_mail(hub, 2).await;
        let (one, other) = tokio::join!(hub.store.claim_mail(now()), hub.store.claim_mail(now()));
        let (one, other) = (one.unwrap().unwrap(), other.unwrap().unwrap());
        assert_ne!(one.id, other.id);
        assert_eq!(hub.store.claim_mail(now() + TimeDelta::minutes(4)).await.unwrap(), None);
        hub.store.mail_was_sent(one.id, now()).await.unwrap();
        let again = hub.store.claim_mail(now() + TimeDelta::minutes(5)).await.unwrap().unwrap();
        assert_eq!(again, other, "who was killed meanwhile leaves it to the next");
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_fails_is_tried_later_each_time_and_given_up_after_days() {
    on_each_database(async |hub| {
        write_mail(hub, 1).await;
        let (mut at, mut waits) = (now(), Vec::new());
        while let Some(mail) = hub.store.claim_mail(at).await.unwrap() {
            hub.store.mail_failed(mail.id, "451 try again".into(), false, at).await.unwrap();
            let status = hub.store.list_mail(10).await.unwrap().remove(0);
            assert_eq!(status.failure.as_deref(), Some("451 try again"));
            let Some(due) = status.due_at else { break };
            waits.push((due - at).num_minutes());
            at = due;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        assert_eq!(hub.store.claim_mail(at + TimeDelta::days(30)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_can_never_be_sent_is_given_up_at_once() {
    on_each_database(async |hub| {
        write_mail(hub, 1).await;
        let mail = hub.store.claim_mail(now()).await.unwrap().unwrap();
        hub.store.mail_failed(mail.id, "550 no such user".into(), true, now()).await.unwrap();
        assert_eq!(hub.store.claim_mail(now() + TimeDelta::days(30)).await.unwrap(), None);
        let status = hub.store.list_mail(10).await.unwrap().remove(0);
        assert_eq!((status.attempts, status.sent_at, status.due_at), (1, None, None));
        assert_eq!((status.to.as_str(), status.kind.as_str()), ("talent1@example.nl", "sign_in"));
    })
    .await;
}
