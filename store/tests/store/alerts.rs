//! Alerts: asked for, confirmed, told once, ended.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::alerts::mail::AlertMail;
use domain::alerts::{CONFIRMED_WITHIN, Frequency, MOST_ALERTS};
use domain::mail::Message;
use domain::vacancies::{Vacancy, VacancyCard, VacancyFilter, VacancyState};
use store::{AlertRefused, DueMail, Error, Subscriber, Token, WantedAlert, round_at_once};

use crate::applications::{email, letter_context, mail, sign_in};
use crate::hub::{Hub, day, now, on_each_database, today, vacancy};

const NETWORK: &str = "192.0.2.1";

fn wanted(query: &str, frequency: Frequency) -> WantedAlert {
    WantedAlert {
        filter: VacancyFilter::parse(query),
        title: query.to_owned(),
        frequency,
        language: Language::German,
    }
}

/// The token in the newest mail about alerts.
async fn link(hub: &Hub, at: DateTime<Utc>) -> Token {
    match mail(hub, at).await.pop().unwrap().message {
        Message::Alert(AlertMail::ConfirmAlert { link } | AlertMail::Alert { link, .. }) => {
            Token::parse(&link).unwrap()
        }
        other => panic!("{other:?}"),
    }
}

async fn ask(hub: &Hub, address: &str, query: &str, at: DateTime<Utc>) -> Result<(), AlertRefused> {
    let wanted = wanted(query, Frequency::AtOnce);
    hub.store.ask_alert(email(address), wanted, NETWORK.into(), letter_context(), at).await.unwrap()
}

async fn subscriber(hub: &Hub, link: &Token, at: DateTime<Utc>) -> Subscriber {
    hub.store.subscriber_by_link(link, at).await.unwrap().unwrap()
}

async fn card(hub: &Hub, id: i64) -> VacancyCard {
    hub.store.find_vacancy(id).await.unwrap().unwrap().card()
}

/// Looks after all alerts with what a search would have found; returns how many mails that makes.
async fn look(
    hub: &Hub,
    frequency: Frequency,
    round: DateTime<Utc>,
    found: &[VacancyCard],
    at: DateTime<Utc>,
) -> u64 {
    let (due, _) = hub.store.due_alerts(&[(frequency, round)], 0, 50).await.unwrap();
    let since = due.iter().map(store::DueAlert::since).min().unwrap_or(at);
    let new = hub.store.published_after(since).await.unwrap();
    let looked = due.into_iter().map(|due| {
        let is_new = |card: &&VacancyCard| new.iter().any(|(id, at)| *id == card.id && due.may_be_new(*at));
        let found = found.iter().filter(is_new).cloned().collect();
        (due, found)
    });
    hub.store.tell_alerts(looked.collect(), &letter_context(), at).await.unwrap()
}

/// A draft that becomes public at a moment; returns its number.
async fn publish(hub: &Hub, reference: &str, at: DateTime<Utc>) -> i64 {
    let draft = Vacancy { state: VacancyState::Draft, published_on: None, ..vacancy(reference) };
    hub.add(vec![draft]).await.unwrap();
    let id = hub.store.existing::<Vacancy>().await.unwrap()[reference].0;
    hub.bring(id, VacancyState::Published, Moment { now: at, today: today() }).await;
    id
}

#[tokio::test]
async fn who_is_not_signed_in_confirms_the_address_before_anything_comes() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        ask(hub, "sanne@talent.example", "q=las&sorteer=nieuwste", now()).await.unwrap();
        let link = link(hub, now()).await;
        let who = subscriber(hub, &link, now()).await;
        let alert = hub.store.list_alerts(&who).await.unwrap().remove(0);
        assert_eq!((alert.is_confirmed, alert.filter.to_query_string().as_str()), (false, "q=las"));

        let first = publish(hub, "V-1", now() + TimeDelta::minutes(1)).await;
        let later = now() + TimeDelta::minutes(2);
        let cards = vec![card(hub, first).await];
        assert_eq!(look(hub, Frequency::AtOnce, later, &cards, later).await, 0, "nobody confirmed");

        hub.store.confirm_alert(&who, alert.id, later).await.unwrap().unwrap();
        let much_later = later + TimeDelta::minutes(5);
        assert_eq!(look(hub, Frequency::AtOnce, much_later, &cards, much_later).await, 0, "not new any more");
        let second = publish(hub, "V-2", much_later).await;
        let cards = vec![cards[0].clone(), card(hub, second).await];
        let at = much_later + TimeDelta::minutes(1);
        assert_eq!(look(hub, Frequency::AtOnce, much_later + TimeDelta::seconds(1), &cards, at).await, 1);
        let mails = mail(hub, at).await;
        assert_eq!((mails.len(), mails[0].language), (1, Language::German));
        let Message::Alert(AlertMail::Alert { vacancies, others, .. }) = &mails[0].message else {
            panic!("{mails:?}")
        };
        assert_eq!(
            (vacancies.len(), vacancies[0].slug.ends_with(&format!("-{second}")), *others),
            (1, true, 0)
        );

        let tomorrow = at + TimeDelta::days(1);
        assert_eq!(look(hub, Frequency::AtOnce, tomorrow, &cards, tomorrow).await, 0, "told once");
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_is_written_during_a_look_is_told_by_the_next_and_once() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let who = sign_in(hub, "sanne@talent.example").await.subscriber();
        hub.store.add_alert(&who, wanted("q=las", Frequency::AtOnce), now()).await.unwrap().unwrap();
        let minute = |count| now() + TimeDelta::minutes(count);
        let first = publish(hub, "V-1", minute(5)).await;
        let cards = vec![card(hub, first).await];
        assert_eq!(
            look(hub, Frequency::AtOnce, round_at_once(minute(6), minute(5)), &cards, minute(6)).await,
            1
        );
        // It began before that look, and ended after it.
        let slow = publish(hub, "V-2", minute(4)).await;
        let cards = vec![cards[0].clone(), card(hub, slow).await];
        assert_eq!(
            look(hub, Frequency::AtOnce, round_at_once(minute(7), minute(5)), &cards, minute(7)).await,
            0
        );
        let settled = round_at_once(minute(16), minute(5));
        assert_eq!(settled, minute(15));
        let two = [
            look(hub, Frequency::AtOnce, settled, &cards, minute(16)),
            look(hub, Frequency::AtOnce, settled, &cards, minute(16)),
        ];
        let told = futures::future::join_all(two).await;
        assert_eq!(told.iter().sum::<u64>(), 1, "two servers look");
        assert_eq!(mail(hub, minute(16)).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_changed_or_opened_again_is_not_new() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let published = hub.store.last_publication().await.unwrap().unwrap();
        assert_eq!(published, now());
        hub.change(Vacancy { title: "Anders".into(), ..vacancy("V-1") }).await.unwrap();
        let later = now() + TimeDelta::days(1);
        for state in [VacancyState::Filled, VacancyState::Published] {
            hub.bring(id, state, Moment { now: later, today: today() }).await;
        }
        assert_eq!(hub.store.last_publication().await.unwrap().unwrap(), now());
        assert_eq!(hub.store.published_after(now()).await.unwrap(), []);
        assert_eq!(hub.store.published_after(now() - TimeDelta::seconds(1)).await.unwrap(), [(id, now())]);
    })
    .await;
}

#[tokio::test]
async fn alerts_belong_to_their_address() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let mine = sign_in(hub, "sanne@talent.example").await.subscriber();
        let others = sign_in(hub, "tim@talent.example").await.subscriber();
        for query in ["q=las", "q=las", "q=zorg"] {
            hub.store.add_alert(&mine, wanted(query, Frequency::Daily), now()).await.unwrap().unwrap();
        }
        let list = hub.store.list_alerts(&mine).await.unwrap();
        assert_eq!(list.iter().map(|alert| alert.title.as_str()).collect::<Vec<_>>(), ["q=las", "q=zorg"]);
        assert_eq!(hub.store.list_alerts(&others).await.unwrap(), []);
        let id = list[0].id;
        assert!(matches!(hub.store.change_alert(&others, id, Frequency::Weekly).await, Err(Error::NotFound)));
        assert!(matches!(hub.store.confirm_alert(&others, id, now()).await, Err(Error::NotFound)));
        hub.store.remove_alerts(&others, Some(id)).await.unwrap();
        hub.store.remove_alerts(&others, None).await.unwrap();
        hub.store.change_alert(&mine, id, Frequency::Weekly).await.unwrap();
        let list = hub.store.list_alerts(&mine).await.unwrap();
        assert_eq!((list.len(), list[0].frequency), (2, Frequency::Weekly));
        hub.store.add_alert(&mine, wanted("q=las", Frequency::AtOnce), now()).await.unwrap().unwrap();
        assert_eq!(hub.store.list_alerts(&mine).await.unwrap()[0].frequency, Frequency::AtOnce);
        hub.store.remove_alerts(&mine, Some(id)).await.unwrap();
        hub.store.remove_alerts(&mine, Some(id)).await.unwrap();
        assert_eq!(hub.store.list_alerts(&mine).await.unwrap().len(), 1);
        for number in 1..MOST_ALERTS {
            let wanted = wanted(&format!("q=las{number}"), Frequency::Daily);
            hub.store.add_alert(&mine, wanted, now()).await.unwrap().unwrap();
        }
        let refused = hub.store.add_alert(&mine, wanted("q=meer", Frequency::Daily), now()).await.unwrap();
        assert_eq!(refused, Err(AlertRefused::TooMany));
        hub.store.remove_alerts(&mine, None).await.unwrap();
        assert_eq!(hub.store.list_alerts(&mine).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_alert_comes_in_the_language_that_its_owner_reads_mail_in() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let sanne = sign_in(hub, "sanne@talent.example").await;
        let who = sanne.subscriber();
        let set = async |query: &str, language| {
            let wanted = WantedAlert { language, ..wanted(query, Frequency::AtOnce) };
            hub.store.add_alert(&who, wanted, now()).await.unwrap().unwrap();
        };
        set("q=las", Language::German).await;
        set("q=zorg", Language::English).await;
        // Asked for anew, by who reads another language now.
        set("q=las", Language::English).await;
        let languages = async |reference: &str, minutes| {
            let at = now() + TimeDelta::minutes(minutes);
            let cards = vec![card(hub, publish(hub, reference, at).await).await];
            look(hub, Frequency::AtOnce, at, &cards, at).await;
            mail(hub, at).await.into_iter().map(|mail| mail.language).collect::<Vec<_>>()
        };
        assert_eq!(languages("V-1", 1).await, [Language::English, Language::English]);
        hub.store.change_account(&sanne, None, Language::Dutch, now()).await.unwrap();
        assert_eq!(languages("V-2", 2).await, [Language::Dutch, Language::Dutch]);
    })
    .await;
}

#[tokio::test]
async fn what_an_alert_has_not_sent_yet_ends_with_it() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let who = sign_in(hub, "sanne@talent.example").await.subscriber();
        for query in ["q=las", "q=lassen"] {
            let wanted = wanted(query, Frequency::AtOnce);
            hub.store.add_alert(&who, wanted, now()).await.unwrap().unwrap();
        }
        let at = now() + TimeDelta::minutes(1);
        let cards = vec![card(hub, publish(hub, "V-1", at).await).await];
        assert_eq!(look(hub, Frequency::AtOnce, at, &cards, at).await, 2);
        let first = hub.store.list_alerts(&who).await.unwrap()[0].id;
        hub.store.remove_alerts(&who, Some(first)).await.unwrap();
        let mails = mail(hub, at).await;
        assert!(
            matches!(&mails[..], [DueMail { message: Message::Alert(AlertMail::Alert { title, .. }), .. }] if title == "q=lassen"),
            "{mails:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn one_press_in_a_mail_program_ends_the_alert_of_that_mail() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let who = sign_in(hub, "sanne@talent.example").await.subscriber();
        for query in ["q=las", "q=zorg"] {
            hub.store.add_alert(&who, wanted(query, Frequency::AtOnce), now()).await.unwrap().unwrap();
        }
        let at = now() + TimeDelta::minutes(1);
        let id = publish(hub, "V-1", at).await;
        let cards = vec![card(hub, id).await];
        let later = at + TimeDelta::minutes(1);
        assert_eq!(look(hub, Frequency::AtOnce, later, &cards, later).await, 2);
        let link = link(hub, later).await;
        for _ in 0..2 {
            assert!(hub.store.unsubscribe(&link, later).await.unwrap(), "again is as well");
            assert_eq!(hub.store.list_alerts(&who).await.unwrap().len(), 1);
        }
        assert_eq!(subscriber(hub, &link, later).await, who, "the page of the rest");
        let years_later = later + TimeDelta::days(731);
        assert!(!hub.store.unsubscribe(&link, years_later).await.unwrap());
        assert!(!hub.store.unsubscribe(&Token::of([9; 32]), later).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn asking_without_end_is_stopped_and_what_nobody_confirms_goes() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        for _ in 0..6 {
            ask(hub, "sanne@talent.example", "q=las", now()).await.ok();
        }
        assert!(matches!(
            ask(hub, "sanne@talent.example", "q=zorg", now()).await,
            Err(AlertRefused::TooOften(_))
        ));
        let token = link(hub, now()).await;
        let who = subscriber(hub, &token, now()).await;
        assert_eq!(hub.store.list_alerts(&who).await.unwrap().len(), 1);
        hub.store.tidy(now() + CONFIRMED_WITHIN).await.unwrap();
        assert_eq!(hub.store.list_alerts(&who).await.unwrap().len(), 1);
        hub.store.tidy(now() + CONFIRMED_WITHIN + TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(hub.store.list_alerts(&who).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn other_mail_does_not_wait_for_alerts() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let who = sign_in(hub, "sanne@talent.example").await.subscriber();
        hub.store.add_alert(&who, wanted("q=las", Frequency::AtOnce), now()).await.unwrap().unwrap();
        let at = now() + TimeDelta::minutes(1);
        let id = publish(hub, "V-1", at).await;
        let cards = vec![card(hub, id).await];
        assert_eq!(look(hub, Frequency::AtOnce, at, &cards, at).await, 1);
        let later = at + TimeDelta::minutes(1);
        ask(hub, "tim@talent.example", "q=zorg", later).await.unwrap();
        let kinds: Vec<&str> = mail(hub, later).await.iter().map(|mail| mail.message.kind().code()).collect();
        assert_eq!(kinds, ["confirm_alert", "alert"]);
    })
    .await;
}

#[tokio::test]
async fn who_knows_an_address_can_not_fill_its_list() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let who = sign_in(hub, "sanne@talent.example").await.subscriber();
        let mut at = now();
        for number in 0..7 {
            at += TimeDelta::days(2);
            ask(hub, "sanne@talent.example", &format!("q=las{number}"), at).await.unwrap();
        }
        let waiting = hub.store.list_alerts(&who).await.unwrap();
        let titles: Vec<&str> = waiting.iter().map(|alert| alert.title.as_str()).collect();
        assert_eq!(titles, ["q=las2", "q=las3", "q=las4", "q=las5", "q=las6"], "the oldest go");
        at += TimeDelta::days(2);
        let weekly = wanted("q=las2", Frequency::Weekly);
        let asked =
            hub.store.ask_alert(email("sanne@talent.example"), weekly, NETWORK.into(), letter_context(), at);
        asked.await.unwrap().unwrap();
        let again = hub.store.list_alerts(&who).await.unwrap().remove(0);
        assert_eq!(again.frequency, Frequency::Weekly, "as it was asked for last");
        hub.store.confirm_alert(&who, waiting[0].id, at).await.unwrap().unwrap();
        hub.store.tidy(at + CONFIRMED_WITHIN + TimeDelta::seconds(1)).await.unwrap();
        let left = hub.store.list_alerts(&who).await.unwrap();
        assert_eq!(left.iter().map(|alert| alert.title.as_str()).collect::<Vec<_>>(), ["q=las2"]);
        let token = link(hub, at).await;
        hub.store.remove_alerts(&who, None).await.unwrap();
        assert!(
            hub.store.subscriber_by_link(&token, at).await.unwrap().is_some(),
            "it says that all is over"
        );
        hub.store.tidy(at + TimeDelta::days(2)).await.unwrap();
        assert!(hub.store.subscriber_by_link(&token, at).await.unwrap().is_none(), "the address is gone");
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_that_closed_at_midnight_in_amsterdam_is_not_new_half_an_hour_later() {
    on_each_database(async |hub| {
        hub.add_organisations().await;
        let draft = |reference, closes_on| Vacancy {
            state: VacancyState::Draft,
            published_on: None,
            closes_on: day(closes_on),
            ..vacancy(reference)
        };
        hub.add(vec![draft("V-1", "2026-11-20"), draft("V-2", "2026-11-21")]).await.unwrap();
        // In Amsterdam the 21st has begun; in UTC it is still the 20th.
        let half_past_midnight: DateTime<Utc> = "2026-11-20T23:30:00Z".parse().unwrap();
        let moment = Moment { now: half_past_midnight, today: day("2026-11-21") };
        let rows = hub.store.existing::<Vacancy>().await.unwrap();
        for reference in ["V-1", "V-2"] {
            let id = rows[reference].0;
            hub.bring(id, VacancyState::Published, moment).await;
        }
        let new = hub.store.published_after(half_past_midnight - TimeDelta::days(1)).await.unwrap();
        assert_eq!(new, [(rows["V-2"].0, half_past_midnight)]);
    })
    .await;
}
