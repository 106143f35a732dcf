//! What an organisation received, as a list: pages, filters, counts and exports.

use std::fmt::Write as _;

use domain::applications::mail::ApplicationMail;
use domain::applications::{ApplicationState, DeclineReason, RECEIVED, Step};
use domain::list::ListQuery;
use domain::mail::Message;
use domain::stages::Stage;
use domain::text::fold;
use domain::vacancies::Vacancy;
use futures::TryStreamExt;
use store::{BulkAnswer, ChosenRows, DueMail, Member};

use crate::applications::{apply, applying, letter_context, mail, member, sent};
use crate::hub::{Hub, now, on_each_database, vacancy};

/// Adds applications to a vacancy, by name and hour of arrival.
async fn receive(hub: &Hub, vacancy_id: i64, who: &[(&str, &str, u32)]) {
    let mut rows = String::new();
    let receiver = format!("(SELECT organisation_id FROM vacancies WHERE id = {vacancy_id})");
    for (number, (name, state, hour)) in who.iter().enumerate() {
        let at = format!("'2026-11-21T{hour:02}:00:00+00:00'");
        let comma = if number == 0 { "" } else { ", " };
        write!(
            rows,
            "{comma}({vacancy_id}, {receiver}, '{name}', '{}', 'a{number}@talent.example', 'nl', '', '[]', '{state}', {at}, 0, \
             {at}, {at})",
            fold(name)
        )
        .unwrap();
    }
    hub.run(&format!(
        "INSERT INTO applications (vacancy_id, organisation_id, name, folded_name, email, language, motivation, answers, \
         state, state_since, reminders, created_at, submitted_at) VALUES {rows}"
    ))
    .await;
}

fn query(text: &str) -> ListQuery {
    ListQuery::parse(&RECEIVED, text)
}

async fn names(hub: &Hub, who: &Member, text: &str) -> Vec<String> {
    let page = hub.store.page_received(who, &query(text)).await.unwrap();
    page.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a_list_is_filtered_counted_and_exported_by_one_query() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let theirs = member(hub, "cas@slinge.example", "slinge-zorg").await;
        let people = [
            ("Fenna 100%", "submitted", 8),
            ("Noor", "seen", 9),
            ("Daan", "declined", 10),
            ("Fenna B", "seen", 11),
        ];
        receive(hub, id, &people).await;

        assert_eq!(names(hub, &ours, "").await, ["Fenna B", "Daan", "Noor", "Fenna 100%"]);
        assert_eq!(names(hub, &ours, "sorteer=naam").await, ["Daan", "Fenna 100%", "Fenna B", "Noor"]);
        assert_eq!(names(hub, &ours, "stand=gezien&sorteer=ontvangen").await, ["Noor", "Fenna B"]);
        assert_eq!(names(hub, &ours, "wacht=ja").await, ["Fenna B", "Noor", "Fenna 100%"]);
        assert_eq!(names(hub, &ours, "wacht=ja&stand=verstuurd&stand=afgewezen").await, ["Fenna 100%"]);
        assert_eq!(
            names(hub, &ours, "wacht=ja&stand=afgewezen").await,
            [""; 0],
            "who has an answer does not wait"
        );
        assert_eq!(names(hub, &ours, "q=f%C3%89nna").await, ["Fenna B", "Fenna 100%"]);
        assert_eq!(names(hub, &ours, "q=%25").await, ["Fenna 100%"], "a percent sign is only a letter");
        assert_eq!(names(hub, &ours, "q=_").await, [""; 0], "and so is a line");
        assert_eq!(names(hub, &ours, &format!("vacature={id}")).await.len(), 4);
        assert_eq!(names(hub, &ours, &format!("vacature={}", id + 1)).await, [""; 0]);

        let seen = query("stand=gezien");
        assert_eq!(hub.store.count_received(&ours, &seen).await.unwrap(), 2);
        let rows = hub.store.stream_received(&ours, &seen).await.unwrap();
        let rows: Vec<_> = rows.try_collect().await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.vacancy.as_str())).collect();
        assert_eq!(told, [("Fenna B", "Lasrobot programmeren"), ("Noor", "Lasrobot programmeren")]);

        assert_eq!(names(hub, &theirs, "").await, [""; 0]);
        assert_eq!(hub.store.count_received(&theirs, &query("")).await.unwrap(), 0);
        let rows = hub.store.stream_received(&theirs, &query("")).await.unwrap();
        assert!(rows.try_collect::<Vec<_>>().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_board_has_a_column_for_each_stage_with_the_first_of_it() {
    const NEW: &str = ApplicationState::Submitted.code();
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let theirs = member(hub, "cas@slinge.example", "slinge-zorg").await;
        receive(hub, id, &[("Sanne", NEW, 1), ("Tim", NEW, 2), ("Jan", NEW, 3), ("Eva", NEW, 4)]).await;
        let letters = letter_context();
        let answer = |id, step| {
            let chosen = ChosenRows::Some(vec![id]);
            hub.store.answer_received(&ours, chosen, step, None, &letters, now())
        };
        answer(1, Step::Talk).await.unwrap().unwrap();
        answer(2, Step::Decline(DeclineReason::Filled)).await.unwrap().unwrap();
        let board = hub.store.board_received(&ours, &query(""), 1).await.unwrap();
        let shown: Vec<(Stage, u64, Vec<&str>)> = board
            .iter()
            .map(|column| {
                (column.stage, column.count, column.rows.iter().map(|row| row.name.as_str()).collect())
            })
            .collect();
        assert_eq!(
            shown,
            [
                (Stage::New, 2, vec!["Eva"]),
                (Stage::Seen, 0, vec![]),
                (Stage::Conversation, 1, vec!["Sanne"]),
                (Stage::Offered, 0, vec![]),
                (Stage::Placed, 0, vec![]),
                (Stage::Ended, 1, vec!["Tim"]),
            ]
        );
        let found = hub.store.board_received(&ours, &query("q=jan"), 20).await.unwrap();
        assert_eq!(found.iter().map(|column| column.count).collect::<Vec<_>>(), [1, 0, 0, 0, 0, 0]);
        let none = hub.store.board_received(&theirs, &query(""), 20).await.unwrap();
        assert!(none.iter().all(|column| column.count == 0 && column.rows.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn every_row_of_a_long_list_is_on_one_page_there_and_back() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let names: Vec<String> = (0..60).map(|number| format!("Talent {number:02}")).collect();
        let people: Vec<_> =
            names.iter().zip(0..60_u32).map(|(name, number)| (name.as_str(), "seen", number / 3)).collect();
        receive(hub, id, &people).await;

        let first = query("");
        let mut there = vec![hub.store.page_received(&ours, &first).await.unwrap()];
        while let Some(next) = there.last().unwrap().next.clone() {
            there.push(hub.store.page_received(&ours, &first.with_cursor(Some(next))).await.unwrap());
        }
        assert_eq!(there.iter().map(|page| page.rows.len()).collect::<Vec<_>>(), [25, 25, 10]);
        let all: Vec<_> =
            there.iter().flat_map(|page| page.rows.iter().map(|row| row.name.clone())).collect();
        let newest_first: Vec<_> = names.iter().rev().cloned().collect();
        assert_eq!(all, newest_first);

        let back = first.with_cursor(there[2].previous.clone());
        let back = hub.store.page_received(&ours, &back).await.unwrap();
        assert_eq!(back.rows, there[1].rows);
        let back = hub.store.page_received(&ours, &first.with_cursor(back.previous)).await.unwrap();
        assert_eq!((back.rows, back.previous), (there[0].rows.clone(), None));
    })
    .await;
}

#[tokio::test]
async fn what_was_received_goes_with_its_vacancy_to_another_organisation() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let theirs = member(hub, "cas@slinge.example", "slinge-zorg").await;
        let (_, received) = sent(hub, id, "tim@talent.example", false).await;
        apply(hub, applying(id, "sanne@talent.example"), None).await.unwrap();
        assert_eq!(
            names(hub, &ours, "").await,
            ["Tim van den Berg"],
            "nobody has received what waits for its sender"
        );

        hub.change(Vacancy { organisation_id: 2, organisation: "Slinge Zorg".into(), ..vacancy("V-1") })
            .await
            .unwrap();
        assert_eq!(names(hub, &ours, "").await, [""; 0]);
        assert_eq!(names(hub, &theirs, "").await, ["Tim van den Berg"]);
        assert_eq!(hub.store.find_application(&received).await.unwrap().vacancy.organisation, "Slinge Zorg");
    })
    .await;
}

fn told(mails: &[DueMail]) -> Vec<(&str, ApplicationState)> {
    let moved = mails.iter().filter_map(|mail| match &mail.message {
        Message::Application(ApplicationMail::ApplicationMoved { state, .. }) => {
            Some((mail.to.as_str(), *state))
        }
        _ => None,
    });
    moved.collect()
}

#[tokio::test]
async fn an_answer_to_many_is_to_each_what_a_single_one_is() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        hub.add(vec![Vacancy { organisation_id: 2, organisation: "Slinge Zorg".into(), ..vacancy("V-2") }])
            .await
            .unwrap();
        let other = hub.store.existing::<Vacancy>().await.unwrap()["V-2"].0;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let mut received = Vec::new();
        for (vacancy, address) in [
            (id, "tim@talent.example"),
            (id, "sanne@talent.example"),
            (id, "noor@talent.example"),
            (other, "daan@talent.example"),
        ] {
            let (_, organisation) = sent(hub, vacancy, address, false).await;
            received.push((hub.store.find_application(&organisation).await.unwrap().id, organisation));
        }
        let entries = async |at: usize| {
            let application = hub.store.find_application(&received[at].1).await.unwrap();
            let last = application.entries.last().cloned();
            (
                application.state,
                last.map(|entry| (entry.side, entry.actor, entry.state, entry.reason, entry.text)),
            )
        };

        let step = || Step::Decline(DeclineReason::Filled);
        let single = hub.store.member_participant(&ours, received[2].0).await.unwrap().unwrap();
        assert!(
            hub.store
                .take_step(&single, step(), Some("Helaas".into()), letter_context(), now())
                .await
                .unwrap()
        );
        mail(hub, now()).await;

        let chosen = ChosenRows::Some(received.iter().map(|(id, _)| *id).collect());
        let answer = async || {
            let text = Some("Helaas".to_owned());
            hub.store
                .answer_received(&ours, chosen.clone(), step(), text, &letter_context(), now())
                .await
                .unwrap()
        };
        assert_eq!(answer().await, Ok(BulkAnswer { answered: 2, passed_over: 2 }));
        let mails = mail(hub, now()).await;
        let declined = ApplicationState::Declined;
        assert_eq!(told(&mails), [("tim@talent.example", declined), ("sanne@talent.example", declined)]);
        assert_eq!(entries(0).await, entries(2).await);
        assert_eq!(entries(1).await, entries(2).await);
        assert_eq!(entries(2).await.0, declined);
        assert_eq!(entries(3).await.0, ApplicationState::Submitted, "another organisation's stays as it is");

        assert_eq!(answer().await, Ok(BulkAnswer { answered: 0, passed_over: 4 }), "once is enough");
        assert!(mail(hub, now()).await.is_empty());
        let days = hub.store.usual_answer_days(now()).await.unwrap();
        assert_eq!(days.len(), 1, "three answers count for the organisation that gave them");
        let known = received.iter().map(|(id, _)| *id).collect();
        assert_eq!(hub.store.names_received(&ours, known).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn all_that_match_are_answered_when_they_are_as_many_as_were_seen() {
    on_each_database(async |hub| {
        let id = hub.add_vacancy(vacancy("V-1")).await;
        let ours = member(hub, "ann@berkel.example", "berkel-staal").await;
        let names: Vec<String> = (0..120).map(|number| format!("Talent {number:03}")).collect();
        let people: Vec<_> = names
            .iter()
            .zip(0..120_u32)
            .map(|(name, number)| {
                (name.as_str(), if number < 110 { "submitted" } else { "declined" }, number / 6)
            })
            .collect();
        receive(hub, id, &people).await;
        let answer = async |count| {
            let chosen = ChosenRows::All { query: query("wacht=ja"), count };
            hub.store
                .answer_received(&ours, chosen, Step::Talk, None, &letter_context(), now())
                .await
                .unwrap()
        };
        assert_eq!(answer(109).await, Err(110));
        assert_eq!(
            hub.store.count_received(&ours, &query("wacht=ja")).await.unwrap(),
            110,
            "nothing was done"
        );
        assert!(mail(hub, now()).await.is_empty());

        assert_eq!(answer(110).await, Ok(BulkAnswer { answered: 110, passed_over: 0 }));
        assert_eq!(hub.store.count_received(&ours, &query("stand=in%20gesprek")).await.unwrap(), 110);
        assert_eq!(hub.store.count_received(&ours, &query("stand=afgewezen")).await.unwrap(), 10);
        assert_eq!(told(&mail(hub, now()).await).len(), 110);
    })
    .await;
}
