//! Placements: asked about by mail for two years, without a name, and answered without signing in.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::Moment;
use domain::applications::Step;
use domain::follow_ups::mail::FollowUpMail;
use domain::follow_ups::{FollowUp, Whereabouts};
use domain::mail::Message;
use store::{Browser, Code, Error, Participant, SignInRequest, SignInTokens, Store, Token};

use crate::applications::{email, letter_context, mail, member, sent, sign_in, token};
use crate::hub::{Hub, day, now, on_each_database, today, vacancy};

/// Days on which the clock is changed, in turn forward and back.
const CLOCK_CHANGES: [&str; 4] = ["2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29"];

/// Noon in the Achterhoek.
fn noon(date: NaiveDate) -> DateTime<Utc> {
    let changes = CLOCK_CHANGES.iter().filter(|change| day(change) <= date).count();
    let hour = if changes % 2 == 1 { 10 } else { 11 };
    date.and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

/// Somebody applies and starts on a day; the right of the organisation.
async fn placed(hub: &Hub, vacancy_id: i64, address: &str, from: &str) -> Participant {
    let (_, organisation) = sent(hub, vacancy_id, address, false).await;
    for step in [Step::Talk, Step::Place(day(from))] {
        assert!(hub.store.take_step(&organisation, step, None, letter_context(), now()).await.unwrap());
    }
    mail(hub, now()).await;
    organisation
}

/// What is asked in the mail that waits: to whom, about whom, and the link.
async fn questions(hub: &Hub, at: DateTime<Utc>) -> Vec<(String, FollowUp, Token)> {
    let mails = mail(hub, at).await.into_iter().map(|mail| match mail.message {
        Message::FollowUp(FollowUpMail::AskFollowUp { link, follow_up }) => {
            (mail.to.to_string(), follow_up, Token::parse(&link).unwrap())
        }
        other => panic!("{other:?}"),
    });
    mails.collect()
}

#[tokio::test]
async fn placements_are_asked_about_after_6_12_and_24_months() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let mut rights = Vec::new();
        for (name, from) in [
            ("old", "2025-01-01"),
            ("end", "2026-08-31"),
            ("spring", "2026-09-10"),
            ("autumn", "2027-04-10"),
            ("late", "2028-12-01"),
        ] {
            rights.push(placed(hub, id, &format!("{name}@talent.example"), from).await);
        }
        let (_, running) = sent(hub, id, "talks@talent.example", false).await;
        hub.store.take_step(&running, Step::Talk, None, letter_context(), now()).await.unwrap();
        mail(hub, now()).await;
        let mut asked = Vec::new();
        for date in today().iter_days().take_while(|date| *date <= day("2029-01-31")) {
            let at = noon(date);
            hub.store.erase_applications(Moment { now: at, today: date }).await.unwrap();
            for at in [at, at + TimeDelta::hours(1)] {
                hub.store.ask_follow_ups(&letter_context(), Moment { now: at, today: date }).await.unwrap();
            }
            // Four weeks over which the clock goes forward are over an hour later in the day.
            for (to, follow_up, link) in questions(hub, at + TimeDelta::hours(1)).await {
                assert_eq!((to.as_str(), follow_up.of), ("ann@berkelstaal.example", 1));
                assert_eq!(follow_up.vacancy, "Lasrobot programmeren");
                asked.push((date, follow_up.placed_from, follow_up.months));
                if follow_up.months == 12 {
                    assert!(hub.store.answer_follow_up(&link, Whereabouts::InRegion, at).await.unwrap());
                }
            }
        }
        for who in rights {
            assert!(matches!(hub.store.find_application(&who).await, Err(Error::NotFound)), "long erased");
        }
        let expected = [
            ("2027-01-01", "2025-01-01", 24),
            ("2027-01-29", "2025-01-01", 24),
            // The last day of a month without that day.
            ("2027-02-28", "2026-08-31", 6),
            // Spring.
            ("2027-03-10", "2026-09-10", 6),
            ("2027-03-28", "2026-08-31", 6),
            ("2027-04-07", "2026-09-10", 6),
            ("2027-08-31", "2026-08-31", 12),
            ("2027-09-10", "2026-09-10", 12),
            // Autumn.
            ("2027-10-10", "2027-04-10", 6),
            ("2027-11-07", "2027-04-10", 6),
            ("2028-04-10", "2027-04-10", 12),
            ("2028-08-31", "2026-08-31", 24),
            ("2028-09-10", "2026-09-10", 24),
            ("2028-09-28", "2026-08-31", 24),
            ("2028-10-08", "2026-09-10", 24),
        ];
        assert_eq!(asked, expected.map(|(date, from, months)| (day(date), day(from), months)));
    })
    .await;
}

#[tokio::test]
async fn of_two_servers_one_asks() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        for number in 0..3 {
            placed(hub, id, &format!("talent-{number}@talent.example"), "2026-12-01").await;
        }
        let other = Store::connect(&hub.url).await.unwrap();
        for (days, expected) in [(0, 3), (1, 0), (28, 3), (56, 0)] {
            let date = day("2027-06-01") + Days::new(days);
            let (at, letter_context) = (noon(date), letter_context());
            let (one, two) = tokio::join!(
                hub.store.ask_follow_ups(&letter_context, Moment { now: at, today: date }),
                other.ask_follow_ups(&letter_context, Moment { now: at, today: date })
            );
            one.unwrap();
            two.unwrap();
            let questions = questions(hub, at).await;
            let mut numbers: Vec<_> =
                questions.iter().map(|(_, follow_up, _)| (follow_up.number, follow_up.of)).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, [(1, 3), (2, 3), (3, 3)][..expected], "{days}");
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_later_answer_counts_and_a_link_works_for_a_year() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        placed(hub, id, "tim@talent.example", "2026-12-01").await;
        let date = day("2027-06-01");
        let at = noon(date);
        hub.store.ask_follow_ups(&letter_context(), Moment { now: at, today: date }).await.unwrap();
        let (_, follow_up, link) = questions(hub, at).await.remove(0);
        let find = async |at| hub.store.find_follow_up_question(&link, at).await.unwrap();
        for _ in 0..3 {
            let question = find(at).await.unwrap();
            assert_eq!(
                (question.follow_up, question.whereabouts),
                (follow_up.clone(), None),
                "looking answers nothing"
            );
        }
        for whereabouts in [Whereabouts::Left, Whereabouts::StillThere] {
            assert!(hub.store.answer_follow_up(&link, whereabouts, at).await.unwrap());
            assert_eq!(find(at).await.unwrap().whereabouts, Some(whereabouts));
        }
        let year = at + TimeDelta::days(365);
        assert!(find(year - TimeDelta::days(1)).await.is_some());
        assert_eq!(find(year).await, None);
        assert!(!hub.store.answer_follow_up(&link, Whereabouts::Left, year).await.unwrap());
        let unknown = token();
        assert_eq!(hub.store.find_follow_up_question(&unknown, at).await.unwrap(), None);
        assert!(!hub.store.answer_follow_up(&unknown, Whereabouts::Left, at).await.unwrap());

        // The answer after a year is another.
        let date = day("2027-12-01");
        hub.store.ask_follow_ups(&letter_context(), Moment { now: noon(date), today: date }).await.unwrap();
        let (_, _, later) = questions(hub, noon(date)).await.remove(0);
        let question = hub.store.find_follow_up_question(&later, noon(date)).await.unwrap().unwrap();
        assert_eq!((question.follow_up.months, question.whereabouts), (12, None));
        hub.store.tidy(year).await.unwrap();
        assert_eq!(find(at).await, None, "what works no more is thrown away");
        assert!(hub.store.find_follow_up_question(&later, noon(date)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn only_who_answers_for_the_organisation_answers_about_its_placements() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        member(hub, "ben@berkel.example", "berkel-staal").await;
        member(hub, "cas@slinge.example", "slinge-zorg").await;
        placed(hub, id, "tim@talent.example", "2026-05-21").await;
        hub.store.ask_follow_ups(&letter_context(), Moment { now: now(), today: today() }).await.unwrap();
        let mut asked = questions(hub, now()).await;
        asked.sort_by(|one, other| one.0.cmp(&other.0));
        let to: Vec<&str> = asked.iter().map(|(to, ..)| to.as_str()).collect();
        assert_eq!(to, ["ann@berkel.example", "ben@berkel.example"]);
        let (ann, ben) = (&asked[0].2, &asked[1].2);
        let find = async |link: &Token| hub.store.find_follow_up_question(link, now()).await.unwrap();
        assert!(hub.store.answer_follow_up(ann, Whereabouts::Left, now()).await.unwrap());
        assert_eq!(
            find(ben).await.unwrap().whereabouts,
            Some(Whereabouts::Left),
            "colleagues see one answer"
        );

        // Ann gets another address, and the old mailbox may be somebody else's.
        let signed_in = sign_in(hub, "ann@berkel.example").await;
        let tokens = SignInTokens { link: token(), browser: token(), code: Code::of([9; 8]) };
        let asked = SignInRequest {
            email: email("ann@elders.example"),
            language: domain::Language::Dutch,
            wanted: String::new(),
            network: "192.0.2.1".into(),
        };
        hub.store.ask_address_change(&signed_in, asked, tokens.clone(), now()).await.unwrap().unwrap();
        let browser = Browser { token: token(), device: String::new(), network: "192.0.2.1".into() };
        hub.store.sign_in_by_link(tokens.link, browser, now()).await.unwrap().unwrap();
        assert_eq!(find(ann).await, None);
        assert!(find(ben).await.is_some());

        hub.run("DELETE FROM memberships").await;
        assert_eq!(find(ben).await, None, "ben left");
        assert!(!hub.store.answer_follow_up(ben, Whereabouts::StillThere, now()).await.unwrap());
    })
    .await;
}
