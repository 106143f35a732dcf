//! Mail to organisations before their vacancies close.

use chrono::Days;
use domain::Moment;
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{Vacancy, VacancyState};
use store::Store;

use crate::applications::{mail, member};
use crate::hub::{Hub, now, on_each_database, today, vacancy};

/// To whom it was told, and how many days before.
async fn told(hub: &Hub) -> Vec<(String, u32)> {
    let mails = mail(hub, now()).await.into_iter();
    let told = mails.filter_map(|mail| match mail.message {
        Message::Vacancy(VacancyMail::VacancyCloses(closing)) => Some((mail.to.to_string(), closing.days)),
        _ => None,
    });
    told.collect()
}

fn in_days(days: u64) -> Moment {
    Moment { now: now(), today: today() + Days::new(days) }
}

#[tokio::test]
async fn of_two_servers_one_tells_once_for_each_closing_day() {
    on_each_database(async |hub| {
        let closes_on = today() + Days::new(10);
        let id = hub.add_vacancy(Vacancy { closes_on, ..vacancy("V-1") }).await;
        member(hub, "ann@berkel.example", "berkel-staal").await;
        let other = Store::connect(&hub.url).await.unwrap();
        let tell = async |days| {
            let (one, two) =
                tokio::join!(hub.store.tell_of_closing(in_days(days)), other.tell_of_closing(in_days(days)));
            one.unwrap();
            two.unwrap();
            told(hub).await
        };
        let ann = "ann@berkel.example".to_owned();
        assert_eq!(tell(2).await, [], "eight days before");
        assert_eq!(tell(3).await, [(ann.clone(), 7)]);
        assert_eq!(tell(4).await, [], "once");
        hub.change(Vacancy { closes_on: today() + Days::new(20), ..hub.vacancy(id).await }).await.unwrap();
        assert_eq!(tell(5).await, []);
        assert_eq!(tell(14).await, [(ann, 6)], "another closing day, and nobody looked for a day");
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_what_is_not_public_or_of_an_organisation_without_people() {
    on_each_database(async |hub| {
        let closes_on = today() + Days::new(7);
        let id = hub.add_vacancy(Vacancy { closes_on, ..vacancy("V-1") }).await;
        let published_on = Some(today() - Days::new(6));
        hub.add(vec![Vacancy { closes_on, published_on, ..vacancy("V-2") }]).await.unwrap();
        member(hub, "zoe@slinge.example", "slinge-zorg").await;
        assert_eq!(hub.store.tell_of_closing(in_days(0)).await.unwrap(), 1, "the other is new");
        assert_eq!(told(hub).await, [], "Berkel has nobody here");

        member(hub, "ann@berkel.example", "berkel-staal").await;
        let closes_on = today() + Days::new(6);
        let (state, old) = (VacancyState::Filled, hub.vacancy(id).await);
        hub.change(Vacancy { closes_on, state, ..old }).await.unwrap();
        assert_eq!(hub.store.tell_of_closing(in_days(0)).await.unwrap(), 0, "one is filled, the other new");
    })
    .await;
}
