//! Alerts: from a search to a mail, and out again.

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::alerts::mail::AlertMail;
use domain::alerts::{Frequency, MOST_OF_ORGANISATION};
use domain::mail::Message;
use domain::text::encode;
use domain::vacancies::{Vacancy, VacancyState};
use store::{Actor, Change, ImportBatch};

use crate::hub::{TestHub, TestResponse, clock, today};

/// The path of the page that the newest mail leads to.
async fn link(hub: &TestHub) -> String {
    match hub.mail().await.pop().unwrap().message {
        Message::Alert(AlertMail::ConfirmAlert { link } | AlertMail::Alert { link, .. }) => {
            format!("/meldingen/{link}")
        }
        other => panic!("{other:?}"),
    }
}

/// The number of the vacancy "Cobot voor de lascel".
pub(crate) async fn cobot(hub: &TestHub) -> i64 {
    let all = hub.server.state.store().existing::<Vacancy>().await.unwrap();
    all.into_values().find(|(_, vacancy)| vacancy.title == "Cobot voor de lascel").unwrap().0
}

/// Adds a public vacancy like another, under another reference.
pub(crate) async fn publish(hub: &TestHub, like: i64, reference: String, at: DateTime<Utc>) {
    let store = hub.server.state.store();
    let known = store.find_vacancy(like).await.unwrap().unwrap().vacancy;
    let closes_on = at.date_naive().max(today()) + TimeDelta::days(400);
    let added = Vacancy { reference, closes_on, starts_on: None, state: VacancyState::Published, ..known };
    let changed: Vec<Change<Vacancy>> = Vec::new();
    let batch = ImportBatch { actor: Actor::import("test"), today: today(), added: vec![added], changed };
    store.import(batch, at, |_| ()).await.unwrap();
}

fn shows(answer: &TestResponse, text: &str) {
    assert!(answer.text().contains(text), "{text} is not in {}", answer.text());
}

#[tokio::test]
async fn a_search_becomes_an_alert_that_comes_once_and_ends_by_one_press() {
    let hub = TestHub::start().await;
    let results = hub.get("/vacatures?q=cobot").await;
    shows(&results, "href=\"/meldingen/nieuw?q=cobot\"");
    let form = hub.get("/meldingen/nieuw?q=cobot").await;
    shows(&form, "“cobot”");
    shows(&form, "name=\"email\"");
    assert_eq!(form.header("cache-control"), "no-store");

    let wrong = hub.post("/meldingen/nieuw", "", "zoek=q%3Dcobot&email=sanne&frequency=elke-week").await;
    assert_eq!(wrong.status, 422);
    shows(&wrong, "value=\"sanne\"");
    shows(&wrong, "value=\"elke-week\" selected");
    let sent = hub
        .post("/meldingen/nieuw", "", "zoek=q%3Dcobot&email=sanne%40talent.example&frequency=meteen")
        .await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, "/meldingen/nieuw/gevraagd?q=cobot"));
    shows(&hub.get(sent.header("location")).await, "Bevestig je adres");

    let path = link(&hub).await;
    let page = hub.get(&path).await;
    shows(&page, "Nog niet bevestigd");
    assert!(!page.text().contains("account-offer"), "first the address is confirmed");
    assert_eq!(hub.server.state.send_alerts(clock()).await.unwrap(), 0, "opening confirms nothing");
    let id =
        page.text().split("name=\"alert\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let on = hub.post(&path, "", &format!("do=confirm&alert={id}")).await;
    assert_eq!(on.leads_to(), format!("{path} alerts/On"));
    let offer = hub.get(&path).await;
    shows(&offer, "name=\"email\" value=\"sanne@talent.example\"");
    shows(&offer, "name=\"naar\" value=\"/meldingen\"");
    shows(&hub.get(&path.replace("/meldingen/", "/en/alerts/")).await, "action=\"/en/sign-in\"");
    let cookie = hub.sign_in("tim@talent.example").await;
    let signed_in = hub.get_with(&path, &[("cookie", &cookie)]).await;
    assert!(!signed_in.text().contains("account-offer"));
    hub.mail().await;
    assert_eq!(hub.server.state.send_alerts(clock()).await.unwrap(), 0, "never empty");

    let like = cobot(&hub).await;
    let at = clock() + TimeDelta::minutes(1);
    for number in 0..3 {
        publish(&hub, like, format!("NIEUW-{number}"), at).await;
    }
    let later = at + TimeDelta::minutes(1);
    assert_eq!(hub.server.state.send_alerts(later).await.unwrap(), 1);
    assert_eq!(hub.server.state.send_alerts(later).await.unwrap(), 0, "once");
    let mails = hub.mail_at(later).await;
    let Message::Alert(AlertMail::Alert { link, vacancies, others, .. }) = &mails[0].message else {
        panic!("{mails:?}")
    };
    assert_eq!((vacancies.len(), *others), (MOST_OF_ORGANISATION, 1), "two of each organisation");

    // A mail program sends this without cookies or an origin.
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let path = format!("/meldingen/{link}");
    let body = || axum::body::Body::from("List-Unsubscribe=One-Click");
    assert_eq!(hub.ask("POST", &path, &headers, body()).await.status, 200);
    shows(&hub.get(&path).await, "Je hebt geen meldingen");
    assert_eq!(hub.ask("POST", &path, &headers, body()).await.status, 200);
    let unknown = format!("/meldingen/{}", "A".repeat(43));
    assert_eq!(hub.ask("POST", &unknown, &headers, body()).await.status, 410);
}

#[tokio::test]
async fn who_is_signed_in_follows_an_organisation_and_changes_it() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let with = [("cookie", cookie.as_str())];
    shows(&hub.get("/organisaties/ijsselmetaal").await, "/meldingen/nieuw?organisatie=ijsselmetaal");
    let form = hub.get_with("/meldingen/nieuw?organisatie=ijsselmetaal", &with).await;
    shows(&form, "sanne@talent.example");
    assert!(!form.text().contains("name=\"email\""));
    let zoek = encode("organisatie=ijsselmetaal");
    let on = hub.post("/meldingen/nieuw", &cookie, &format!("zoek={zoek}&frequency=elke-week")).await;
    assert_eq!(on.leads_to(), "/meldingen alerts/On");
    let list = hub.get_with("/meldingen", &with).await;
    shows(&list, "Organisaties die je volgt");
    shows(&list, "href=\"/organisaties/ijsselmetaal\"");
    for (path, heading) in
        [("/de/benachrichtigungen", "denen du folgst"), ("/en/alerts", "Organisations you follow")]
    {
        shows(&hub.get_with(path, &with).await, heading);
    }
    assert_eq!(hub.post("/meldingen", &cookie, "do=change&alert=1&frequency=meteen").await.status, 303);
    assert_eq!(hub.post("/meldingen", &cookie, "do=change&alert=99&frequency=meteen").await.status, 404);
    assert_eq!(hub.post("/meldingen", &cookie, "do=change&alert=1&frequency=soms").await.status, 422);
    assert_eq!(hub.post("/meldingen", &cookie, "do=stop-all").await.status, 303);
    shows(&hub.get_with("/meldingen", &with).await, "Je hebt geen meldingen");
}

#[tokio::test]
async fn an_alert_is_for_a_search_that_says_something() {
    let hub = TestHub::start().await;
    for nothing in ["", "?sorteer=nieuwste", "?plaats=Atlantis", "?organisatie=bestaat-niet", "?niveau=hoog"]
    {
        let answer = hub.get(&format!("/meldingen/nieuw{nothing}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/vacatures"), "{nothing}");
    }
    assert_eq!(
        hub.post("/meldingen/nieuw", "", "email=a%40b.example").await.header("location"),
        "/vacatures"
    );
    let hostile = hub.get("/meldingen/nieuw?q=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(!hostile.text().contains("<script>alert"));
    shows(&hub.get("/en/alerts/new?q=cobot&plaats=Atlantis").await, "“cobot”");
    assert_eq!(hub.get(&format!("/meldingen/{}", "A".repeat(43))).await.status, 410);
    assert_eq!(hub.get("/meldingen/x").await.status, 410);
}

/// One vacancy is published every day five minutes before seven, from the end of November to that of the next year: over both
/// changes of the clock, and within the time that each look looks back. Looked at four times an hour.
#[tokio::test]
async fn in_a_year_daily_alerts_come_at_seven_and_weekly_ones_on_mondays() {
    let hub = TestHub::start().await;
    let state = &hub.server.state;
    let like = cobot(&hub).await;
    for (address, frequency) in
        [("dag@talent.example", Frequency::Daily), ("week@talent.example", Frequency::Weekly)]
    {
        let cookie = hub.sign_in(address).await;
        let form = format!("zoek={}&frequency={}", encode("q=cobot"), frequency.slug());
        assert_eq!(hub.post("/meldingen/nieuw", &cookie, &form).await.status, 303);
    }
    hub.mail().await;
    let (mut daily, mut weekly) = (Vec::new(), Vec::new());
    let (start, seven) = (clock(), NaiveTime::from_hms_opt(7, 0, 0).unwrap());
    for quarter in 1..=(366 * 24 * 4_i64) {
        let now = start + TimeDelta::minutes(15 * quarter);
        let local = now.with_timezone(&Amsterdam).naive_local();
        if local.time() == seven {
            publish(&hub, like, format!("DAG-{quarter}"), now - TimeDelta::minutes(5)).await;
        }
        // Nothing is due between; the hours around seven are looked at in full.
        if !(6..=8).contains(&local.hour()) {
            continue;
        }
        state.store().tidy(now).await.unwrap();
        if state.send_alerts(now).await.unwrap() > 0 {
            for mail in hub.mail_at(now).await {
                let days = if mail.to.as_str() == "dag@talent.example" { &mut daily } else { &mut weekly };
                days.push((local, mail));
            }
        }
    }
    assert_eq!(daily.len(), 366, "one a day");
    assert!(daily.iter().chain(&weekly).all(|(local, _)| local.time() == seven));
    assert!(weekly.iter().all(|(local, _)| local.weekday() == chrono::Weekday::Mon));
    assert_eq!(weekly.len(), 53);
    let told = |mails: &[(chrono::NaiveDateTime, store::DueMail)]| -> usize {
        let count = |mail: &store::DueMail| match &mail.message {
            Message::Alert(AlertMail::Alert { vacancies, others, .. }) => vacancies.len() + *others as usize,
            other => panic!("{other:?}"),
        };
        mails.iter().map(|(_, mail)| count(mail)).sum()
    };
    assert_eq!(told(&daily), daily.len(), "each once");
    // Those after the last Monday are not told weekly yet.
    let last = weekly.last().unwrap().0;
    let until = daily.iter().filter(|(local, _)| *local <= last).count();
    assert_eq!(told(&weekly), until, "each once");
}
