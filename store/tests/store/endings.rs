//! The end of a vacancy before its closing day, and what follows it.

use chrono::{Days, NaiveDate};
use domain::Moment;
use domain::applications::{ApplicationState, KEPT_DAYS_AFTER_CLOSING, kept_until};
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{Vacancy, VacancyOutcome, VacancyState};
use store::Token;

use crate::applications::{letter_context, mail, sent};
use crate::hub::{Hub, moment, now, on_each_database, today, vacancy};

fn in_days(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

/// How many applications would be erased on a day.
async fn erasable(hub: &Hub, on: NaiveDate) -> u64 {
    hub.store.count_erasable(Moment { now: now(), today: on }).await.unwrap().applications
}

/// The links by which somebody is asked on a day what became of a vacancy, and on which day that is said to have closed.
async fn asked(hub: &Hub, on: NaiveDate) -> Vec<(Token, NaiveDate)> {
    hub.store.ask_outcomes(&letter_context(), Moment { now: now(), today: on }).await.unwrap();
    let links = mail(hub, now()).await.into_iter().filter_map(|mail| match mail.message {
        Message::Vacancy(VacancyMail::AskOutcome { link, closed_on, .. }) => {
            Some((Token::parse(&link).unwrap(), closed_on))
        }
        _ => None,
    });
    links.collect()
}

#[tokio::test]
async fn what_follows_the_end_of_a_vacancy_counts_from_the_day_on_which_it_is_filled() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let planned = vacancy("V-1").closes_on;
        assert!(planned > in_days(40));
        let (talent, _) = sent(hub, id, "tim@talent.example", false).await;
        let state = async |next| {
            hub.bring(id, next, moment()).await;
        };
        let kept = async || hub.store.find_application(&talent).await.unwrap().kept_until();
        assert_eq!(kept().await, kept_until(planned, false));
        state(VacancyState::Filled).await;
        assert_eq!(kept().await, in_days(KEPT_DAYS_AFTER_CLOSING));
        assert_eq!(
            (erasable(hub, in_days(KEPT_DAYS_AFTER_CLOSING)).await, erasable(hub, in_days(29)).await),
            (0, 1)
        );
        assert!(asked(hub, in_days(13)).await.is_empty());
        let (link, closed_on) = asked(hub, in_days(14)).await.remove(0);
        assert_eq!(closed_on, today());
        assert!(hub.store.answer_outcome(&link, VacancyOutcome::ThroughHub, now()).await.unwrap());

        // It is offered again: all counts from its closing day, and it is asked anew.
        state(VacancyState::Published).await;
        assert_eq!(kept().await, kept_until(planned, false));
        assert_eq!(erasable(hub, in_days(29)).await, 0);
        assert!(asked(hub, in_days(14)).await.is_empty());
        let again = asked(hub, planned + Days::new(14)).await;
        assert_eq!((again.len(), again[0].1), (1, planned));

        // Nobody answered, and the organisation gives the place up.
        state(VacancyState::Expired).await;
        assert_eq!(
            hub.store
                .expire_applications(&letter_context(), Moment { now: now(), today: in_days(14) })
                .await
                .unwrap(),
            0
        );
        assert_eq!(
            hub.store
                .expire_applications(&letter_context(), Moment { now: now(), today: in_days(15) })
                .await
                .unwrap(),
            1
        );
        assert_eq!(hub.store.find_application(&talent).await.unwrap().state, ApplicationState::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_sheet_that_says_filled_ends_a_vacancy_on_the_day_it_is_read() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let (talent, _) = sent(hub, id, "tim@talent.example", false).await;
        let kept = async || hub.store.find_application(&talent).await.unwrap().kept_until();
        hub.change(Vacancy { state: VacancyState::Filled, ..vacancy("V-1") }).await.unwrap();
        assert_eq!(kept().await, in_days(KEPT_DAYS_AFTER_CLOSING));
        // Another day in the sheet does not move an end that was; one before it does.
        let later = Vacancy { closes_on: in_days(300), state: VacancyState::Filled, ..vacancy("V-1") };
        hub.change(later).await.unwrap();
        assert_eq!(kept().await, in_days(KEPT_DAYS_AFTER_CLOSING));
        let before = today() - Days::new(10);
        hub.change(Vacancy { closes_on: before, state: VacancyState::Filled, ..vacancy("V-1") })
            .await
            .unwrap();
        assert_eq!(kept().await, kept_until(before, false));
    })
    .await;
}
