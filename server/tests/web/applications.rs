//! Applying and answering through pages: forms with a file, links in mails, errors beside their fields.

use domain::Moment;
use domain::accounts::mail::AccountMail;
use domain::applications::LARGEST_CV;
use domain::applications::mail::{AboutApplication, ApplicationMail};
use domain::follow_ups::mail::FollowUpMail;
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;

use crate::hub::{PDF, TestHub, TestResponse};

const FORM: &str = "/solliciteren/cobot-voor-de-lascel-1";
const FIELDS: [(&str, &str); 4] = [
    ("name", "Tim van den Berg"),
    ("email", "Tim+stage@müller.example"),
    ("motivation", "Ik wil l'art du lassen leren.\r\nمرحبا"),
    ("do", "send"),
];

fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FIELDS.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    kept.chain(changed.iter().copied()).collect()
}

fn about(message: &Message) -> &AboutApplication {
    match message {
        Message::Application(
            ApplicationMail::ConfirmApplication(about)
            | ApplicationMail::ApplicationReceived(about)
            | ApplicationMail::ApplicationSent { about, .. }
            | ApplicationMail::ApplicationMoved { about, .. }
            | ApplicationMail::ApplicationMessage { about, .. },
        ) => about,
        other => panic!("{other:?}"),
    }
}

/// The page that the newest mail to an address leads to.
async fn page_in_mail(hub: &TestHub, address: &str) -> String {
    let mails = hub.mail().await;
    let mail = mails.iter().rev().find(|mail| mail.to.as_str() == address).unwrap();
    format!("/sollicitaties/{}", about(&mail.message).link)
}

/// Applies without an account and presses the button of the mail; the pages of talent and organisation.
async fn apply(hub: &TestHub) -> (String, String) {
    let sent = hub.post_parts(FORM, "", &FIELDS, Some(("../../cv d'Hondt.pdf", PDF))).await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, format!("{FORM}/verstuurd").as_str()));
    let talent = page_in_mail(hub, "tim+stage@müller.example").await;
    let shown = hub.get(&talent).await;
    assert_eq!(shown.status, 200);
    assert!(
        shown.text().contains("Nog niet verstuurd") && shown.text().contains("cv d'Hondt.pdf"),
        "{}",
        shown.text()
    );
    assert!(hub.mail().await.is_empty(), "opening the link sends nothing");
    let pressed = hub.post(&talent, "", "do=confirm").await;
    assert_eq!(pressed.leads_to(), format!("{talent} application/Sent"));
    // The organisation has no address: the office hears of it.
    let organisation = page_in_mail(hub, &hub.server.state.hub().contact.email).await;
    (talent, organisation)
}

#[tokio::test]
async fn an_application_goes_from_the_form_to_the_first_day() {
    let hub = TestHub::start().await;
    let vacancy = hub.get("/vacatures/cobot-voor-de-lascel-1").await;
    assert!(vacancy.text().contains(&format!("href=\"{FORM}\"")));
    let (talent, organisation) = apply(&hub).await;
    let shut = hub.get(&organisation).await;
    assert!(shut.text().contains("Sollicitatie openen") && !shut.text().contains("du lassen leren"));
    assert_eq!(hub.get(&talent).await.text().matches("Gezien").count(), 0, "a program opened the link");
    assert_eq!(hub.post(&organisation, "", "do=see").await.header("location"), organisation);
    let opened = hub.get(&organisation).await;
    assert!(
        opened.text().contains("du lassen leren.\nمرحبا")
            && opened.text().contains("mailto:tim+stage@müller.example")
    );
    assert!(hub.get(&talent).await.text().contains("Gezien"));

    let cv = hub.get(&organisation.replace("/sollicitaties/", "/cv/")).await;
    assert_eq!((cv.status.as_u16(), cv.header("content-type"), &cv.body[..]), (200, "application/pdf", PDF));
    assert!(
        cv.header("content-disposition")
            .starts_with("attachment; filename=\"cv.pdf\"; filename*=UTF-8''cv%20d%27Hondt.pdf")
    );
    assert_eq!((cv.header("cache-control"), cv.header("x-content-type-options")), ("no-store", "nosniff"));

    let said = hub.post(&organisation, "", "do=message&message=Kom+je+langs%3F").await;
    assert_eq!(said.status, 303);
    let link = page_in_mail(&hub, "tim+stage@müller.example").await;
    assert!(hub.get(&link).await.text().contains("Kom je langs?"));
    assert_eq!(hub.post(&organisation, "", "do=answer&step=offer&words=Welkom").await.status, 303);
    let offered = hub.get(&talent).await;
    assert!(offered.text().contains("biedt je deze plek aan") && offered.text().contains("Welkom"));
    assert_eq!(hub.post(&talent, "", "do=accept").await.leads_to(), format!("{talent} application/Accepted"));
    let again = hub.post(&talent, "", "do=accept").await;
    assert_eq!(again.status, 409);
    assert!(again.text().contains("Dat kan niet meer"), "{}", again.text());
    assert_eq!(hub.post(&organisation, "", "do=answer&step=place&from=2027-02-01").await.status, 303);
    assert!(hub.get(&talent).await.text().contains("Geplaatst: begint op 1 februari 2027"));
    let german = hub.get(&talent.replace("/sollicitaties/", "/de/bewerbungen/")).await;
    assert!(german.text().contains("Vermittelt: Beginn am 1. Februar 2027"));
}

#[tokio::test]
async fn consent_is_given_on_the_form_and_taken_back_on_the_page() {
    let hub = TestHub::start().await;
    let form = hub.get(FORM).await;
    assert!(form.text().contains("12 februari 2027") && form.text().contains("15 januari 2028"));
    let sent = hub.post_parts(FORM, "", &with(&[("keep", "yes")]), None).await;
    assert_eq!(sent.status, 303);
    let talent = page_in_mail(&hub, "tim+stage@müller.example").await;
    hub.post(&talent, "", "do=confirm").await;
    let mails = hub.mail().await;
    let until = mails.iter().find_map(|mail| match &mail.message {
        Message::Application(ApplicationMail::ApplicationSent { kept_until, .. }) => {
            Some(kept_until.to_string())
        }
        _ => None,
    });
    assert_eq!(until.as_deref(), Some("2028-01-15"));
    assert!(hub.get(&talent).await.text().contains("15 januari 2028"));
    for (form, until) in [("do=keep&keep=no", "12 februari 2027"), ("do=keep&keep=yes", "15 januari 2028")] {
        let changed = hub.post(&talent, "", form).await;
        assert_eq!(changed.leads_to(), format!("{talent} application/ConsentChanged"));
        assert!(hub.get(&talent).await.text().contains(until), "{form}");
    }
}

#[tokio::test]
async fn what_was_withdrawn_unread_stays_unread() {
    let hub = TestHub::start().await;
    let (talent, organisation) = apply(&hub).await;
    assert_eq!(hub.post(&talent, "", "do=withdraw").await.status, 303);
    hub.post(&organisation, "", "do=see").await;
    let page = hub.get(&organisation).await;
    assert!(page.text().contains("ingetrokken voordat iemand haar opende"), "{}", page.text());
    assert!(!page.text().contains("du lassen leren") && !page.text().contains("tim+stage"));
    let cv = hub.get(&organisation.replace("/sollicitaties/", "/cv/")).await;
    assert_eq!((cv.status.as_u16(), cv.header("location")), (303, organisation.as_str()));
}

#[tokio::test]
async fn silence_is_seen_by_the_office_and_speed_by_everybody() {
    let hub = TestHub::start().await;
    let (state, clock) = (&hub.server.state, crate::hub::clock());
    let apply = async |name: &str, days: i64| {
        let (at, page) =
            (clock - chrono::TimeDelta::days(days), format!("{}@talent.example", name.to_lowercase()));
        let draft = domain::applications::ApplicationDraft {
            name: name.into(),
            email: page.clone(),
            motivation: "Graag.".into(),
            ..Default::default()
        };
        let applying = store::Applying {
            vacancy_id: 1,
            application: draft.check(&[]).unwrap(),
            cv: None,
            language: domain::Language::Dutch,
            network: "192.0.2.1".into(),
            browser: None,
        };
        let store = state.store();
        store
            .apply(applying, None, state.letter_context(), Moment { now: at, today: at.date_naive() })
            .await
            .unwrap()
            .unwrap();
        hub.post(&page_in_mail(&hub, &page).await, "", "do=confirm").await;
        page_in_mail(&hub, &state.hub().contact.email).await
    };
    apply("Stil", 4).await;
    for name in ["Ada", "Bea", "Cas"] {
        let organisation = apply(name, 3).await;
        hub.post(&organisation, "", "do=answer&step=talk").await;
        hub.mail().await;
    }
    state.count_answers().await.unwrap();
    let vacancy = hub.get("/vacatures/cobot-voor-de-lascel-1").await;
    assert!(vacancy.text().contains("binnen 1 dag"), "{}", vacancy.text());

    let (eva, role) = ("eva@hub.example", domain::accounts::StaffRole::Manager);
    let address = domain::accounts::EmailAddress::parse(eva).unwrap();
    state.store().add_staff(address, role, domain::Language::Dutch, clock).await.unwrap();
    let eva = hub.sign_in(eva).await;
    let my = async || hub.get_with("/mijn", &[("cookie", &eva)]).await;
    let title = "Wachten al een maand op antwoord";
    assert!(!my().await.text().contains(title), "it was confirmed just now");
    let earlier = "UPDATE applications SET submitted_at = '2026-10-20T12:00:00+00:00' WHERE name = 'Stil'";
    let connection = sea_orm::Database::connect(&hub.server.config.database_url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&connection, earlier).await.unwrap();
    let shown = my().await;
    assert!(shown.text().contains(title));
    assert_eq!(shown.text().matches("Cobot voor de lascel</a>").count(), 1, "of four applications one waits");
}

#[tokio::test]
async fn an_answer_that_lacks_something_is_explained_beside_its_field() {
    let hub = TestHub::start().await;
    let (talent, organisation) = apply(&hub).await;
    hub.post(&organisation, "", "do=see").await;
    let long = "x".repeat(10_000);
    for (form, error) in [
        ("do=answer".to_owned(), "Kies een antwoord."),
        ("do=answer&step=decline".to_owned(), "Kies een reden."),
        ("do=answer&step=place&from=31-02-2027".to_owned(), "Kies een antwoord."),
        (format!("do=answer&step=talk&words={long}"), "hoogstens 4000 tekens"),
        (format!("do=message&message={long}"), "hoogstens 4000 tekens"),
        ("do=message&message=+++".to_owned(), "Vul dit in."),
    ] {
        let answer = hub.post(&organisation, "", &form).await;
        if form.contains("place") {
            // A first day is asked for only once they talk.
            assert!(answer.text().contains("Vul de eerste dag in.") || answer.status == 422, "{form}");
            continue;
        }
        assert_eq!(answer.status, 422, "{form}");
        assert!(answer.text().contains(error), "{form}");
    }
    let declined = hub.post(&organisation, "", "do=answer&step=decline&reason=skills&words=Sorry").await;
    assert_eq!(declined.status, 303);
    assert!(hub.get(&talent).await.text().contains("Vaardigheden of ervaring sluiten niet aan"));
    assert_eq!(hub.post(&talent, "", "do=answer&step=offer").await.status, 409);
}

fn assert_error(answer: &TestResponse, texts: &[&str]) {
    assert_eq!(answer.status, 422);
    for text in texts {
        assert!(answer.text().contains(text), "{text} is missing");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_application_stands_beside_its_field_and_nothing_is_lost() {
    let hub = TestHub::start().await;
    for (address, texts) in [
        (FORM, ["Vul dit in.", "Vul een e-mailadres in"]),
        ("/de/bewerben/cobot-voor-de-lascel-1", ["Bitte ausfüllen.", "Gib eine E-Mail-Adresse ein"]),
        ("/en/apply/cobot-voor-de-lascel-1", ["Fill this in.", "Fill in an e-mail address"]),
    ] {
        let fields = [("name", ""), ("email", "<tim>\""), ("motivation", "<b>Ik</b>")];
        let wrong = hub.post_parts(address, "", &fields, None).await;
        assert_error(&wrong, &texts);
        assert_error(
            &wrong,
            &[
                "value=\"&lt;tim&gt;&quot;\"",
                "&lt;b&gt;Ik&lt;/b&gt;",
                "href=\"#name\"",
                "aria-invalid=\"true\"",
            ],
        );
    }
    let long = "é".repeat(10_000);
    let wrong = hub.post_parts(FORM, "", &with(&[("name", &long), ("motivation", &long)]), None).await;
    assert_error(&wrong, &["hoogstens 120 tekens", "hoogstens 4000 tekens", &long]);
    assert!(hub.mail().await.is_empty());
}

#[tokio::test]
async fn a_file_that_is_no_cv_is_refused_and_one_that_is_stays_with_the_draft() {
    let hub = TestHub::start().await;
    let large = vec![b' '; LARGEST_CV + 1];
    let huge = vec![b' '; 50 * 1024 * 1024];
    let program = [&PDF[..PDF.len() - 6], b"<< /S /JavaScript >> %%EOF"].concat();
    for (file, error) in [
        (&large[..], "groter dan 5 MB"),
        (&huge[..], "groter dan 5 MB"),
        (b"<html><script>alert(1)</script></html>", "geen pdf"),
        (&program[..], "zit een programma"),
    ] {
        let wrong = hub.post_parts(FORM, "", &FIELDS, Some(("cv.pdf", file))).await;
        assert_error(&wrong, &[error, "Ik wil l'art du lassen leren.", "id=\"cv-fault\""]);
    }
    let wrong = hub.post_parts(FORM, "", &with(&[("name", "")]), Some(("cv.pdf", PDF))).await;
    assert_error(&wrong, &["We hebben cv.pdf (1 kB) al"]);
    let drafting = wrong.cookie("__Host-draft");
    let again = hub.get_with(FORM, &[("cookie", &drafting)]).await;
    assert!(again.text().contains("We hebben cv.pdf (1 kB) al") && again.text().contains("du lassen leren"));
    assert!(!hub.get(FORM).await.text().contains("du lassen leren"), "another browser has no draft");

    // Through signing in, the draft stays.
    let first = hub.post_parts(FORM, &drafting, &with(&[("do", "sign-in")]), None).await;
    assert_eq!(first.header("location"), "/inloggen?naar=%2Fsolliciteren%2Fcobot-voor-de-lascel-1");
    let session = hub.sign_in("sanne@talent.example").await;
    let cookies = format!("{session}; {drafting}");
    let form = hub.get_with(FORM, &[("cookie", &cookies)]).await;
    assert!(
        form.text().contains("We hebben cv.pdf")
            && form.text().contains("Je solliciteert als sanne@talent.example")
    );
    hub.mail().await;
    let sent = hub.post_parts(FORM, &cookies, &FIELDS, None).await;
    assert_eq!(sent.leads_to(), "/sollicitaties/1 application/Sent");
    let page = hub.get_with("/sollicitaties/1", &[("cookie", &session)]).await;
    assert!(page.text().contains("Download cv.pdf (1 kB)"), "the CV came along from the draft");
    assert!(
        !hub.get_with(FORM, &[("cookie", &cookies)]).await.text().contains("du lassen leren"),
        "what was sent is no draft"
    );
    let twice = hub.post_parts(FORM, &cookies, &FIELDS, None).await;
    assert_eq!(twice.leads_to(), "/sollicitaties/1 application/Known");
    let my = hub.get_with("/mijn", &[("cookie", &session)]).await;
    assert!(my.text().contains("href=\"/sollicitaties/1\"") && my.text().contains("Verstuurd"));
}

#[tokio::test]
async fn an_organisation_asks_its_own_questions() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let (email, role) = ("ann@ijsselmetaal.example", domain::accounts::MemberRole::Editor);
    let address = domain::accounts::EmailAddress::parse(email).unwrap();
    let language = domain::Language::Dutch;
    store.add_member(address, "ijsselmetaal".into(), role, language, crate::hub::clock()).await.unwrap();
    let member = hub.sign_in(email).await;
    let long = format!("do=change&vacancy=1&version=1&questions[]={}&questions[]=Twee", "x".repeat(201));
    let wrong = hub.post("/organisatie/ijsselmetaal", &member, &long).await;
    assert_error(&wrong, &["hoogstens 200 tekens", "value=\"Twee\""]);
    let saved = hub
        .post(
            "/organisatie/ijsselmetaal",
            &member,
            "do=change&vacancy=1&version=1&questions%5B%5D=&questions%5B%5D=Heb+je+een+rijbewijs%3F",
        )
        .await;
    assert_eq!(saved.leads_to(), "/organisatie/ijsselmetaal received/Questions");
    assert!(hub.get(FORM).await.text().contains("Heb je een rijbewijs?"));
    let missing = hub.post_parts(FORM, "", &FIELDS, None).await;
    assert_error(&missing, &["id=\"answer-0-fault\""]);
    hub.mail().await;
    let sent = hub
        .post_parts(
            FORM,
            "",
            &with(&[("questions[]", "Heb je een rijbewijs?"), ("answers[]", "Ja, sinds juni.")]),
            None,
        )
        .await;
    assert_eq!(sent.status, 303);
    let talent = page_in_mail(&hub, "tim+stage@müller.example").await;
    hub.post(&talent, "", "do=confirm").await;
    let list = hub.get_with("/organisatie/ijsselmetaal", &[("cookie", &member)]).await;
    assert!(list.text().contains("Tim van den Berg") && list.text().contains("1 sollicitatie"));
    hub.post("/sollicitaties/1", &member, "do=see").await;
    let opened = hub.get_with("/sollicitaties/1", &[("cookie", &member)]).await;
    assert!(opened.text().contains("Heb je een rijbewijs?") && opened.text().contains("Ja, sinds juni."));
}

#[tokio::test]
async fn nobody_applies_for_what_is_closed_or_not_there() {
    let hub = TestHub::start().await;
    assert_eq!(hub.get("/solliciteren/cobot-1").await.status, 404);
    assert_eq!(hub.get("/solliciteren/iets-999").await.status, 404);
    assert_eq!(hub.get("/solliciteren/..%2F..%2Fetc").await.status, 404);
    let state = domain::vacancies::VacancyState::Filled;
    hub.bring(1, state).await;
    hub.server.state.refresh().await.unwrap();
    let closed = hub.get(FORM).await;
    assert_eq!(
        (closed.status.as_u16(), closed.header("location")),
        (303, "/vacatures/cobot-voor-de-lascel-1")
    );
    assert_eq!(hub.post_parts(FORM, "", &FIELDS, None).await.status, 303);
    assert!(hub.mail().await.is_empty());
}

#[tokio::test]
async fn an_organisation_says_with_one_press_what_became_of_a_vacancy() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let vacancy = store.find_vacancy(1).await.unwrap().unwrap().vacancy;
    let later = vacancy.closes_on + chrono::Days::new(14);
    store
        .ask_outcomes(&hub.server.state.letter_context(), Moment { now: crate::hub::clock(), today: later })
        .await
        .unwrap();
    let asked = hub.mail().await.into_iter().find_map(|mail| match mail.message {
        Message::Vacancy(VacancyMail::AskOutcome { link, vacancy: title, .. }) if title == vacancy.title => {
            Some(link)
        }
        _ => None,
    });
    let page = format!("/vervuld/{}", asked.unwrap());
    let shown = hub.get(&page).await;
    assert!(shown.text().contains("Ja, via de hub") && !shown.text().contains("Dank je"));
    assert_eq!(hub.post(&page, "", "answer=perhaps").await.status, 422, "nonsense is no answer");
    assert!(!hub.get(&page).await.text().contains("Dank je"));
    assert_eq!(hub.post(&page, "", "answer=through_hub").await.header("location"), page);
    assert!(hub.get(&page).await.text().contains("Dank je. Je antwoord: Ja, via de hub."));
    let german = page.replace("/vervuld/", "/de/besetzt/");
    assert_eq!(hub.post(&german, "", "answer=not_filled").await.status, 303);
    assert!(hub.get(&german).await.text().contains("Deine Antwort: Nein."));
}

#[tokio::test]
async fn an_organisation_says_with_one_press_where_somebody_is_who_was_placed() {
    let hub = TestHub::start().await;
    let (_, organisation) = apply(&hub).await;
    hub.post(&organisation, "", "do=see").await;
    hub.post(&organisation, "", "do=answer&step=talk").await;
    assert_eq!(hub.post(&organisation, "", "do=answer&step=place&from=2026-12-01").await.status, 303);
    hub.mail().await;
    let later = chrono::NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
    let (store, letter_context) = (hub.server.state.store(), hub.server.state.letter_context());
    store.ask_follow_ups(&letter_context, Moment { now: crate::hub::clock(), today: later }).await.unwrap();
    let asked = hub.mail().await;
    assert_eq!(asked.len(), 1);
    let Message::FollowUp(FollowUpMail::AskFollowUp { link, .. }) = &asked[0].message else {
        panic!("{asked:?}")
    };

    let dutch = format!("/plaatsing/{link}");
    let shown = hub.get(&dutch).await;
    assert!(shown.text().contains("Waar is het talent van “Cobot voor de lascel” nu?"));
    assert!(
        shown.text().contains("Op 1 december 2026 begon iemand") && shown.text().contains("na 6 maanden")
    );
    assert!(!shown.text().contains("Tim van den Berg"), "a name is nobody's business any more");
    assert!(!hub.get(&dutch).await.text().contains("Dank je"), "opening answers nothing");
    assert_eq!(hub.post(&dutch, "", "answer=perhaps").await.status, 422, "nonsense is no answer");
    for (page, code, thanks) in [
        (dutch.clone(), "still_there", "Dank je. Je antwoord: Nog bij ons."),
        (format!("/de/vermittlung/{link}"), "in_region", "Deine Antwort: Anderswo in der Region."),
        (format!("/en/placement/{link}"), "left", "Your answer: Left the region."),
    ] {
        assert!(!hub.get(&page).await.text().contains(thanks));
        let pressed = hub.post(&page, "", &format!("answer={code}")).await;
        assert_eq!((pressed.status.as_u16(), pressed.header("location")), (303, page.as_str()));
        assert!(hub.get(&page).await.text().contains(thanks), "{thanks}");
    }
    for gone in ["A".repeat(43), "x".into()] {
        let answer = hub.get(&format!("/plaatsing/{gone}")).await;
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("Deze vraag is er niet meer"));
    }
}

#[tokio::test]
async fn who_applied_without_an_account_is_offered_one_with_the_same_address() {
    let hub = TestHub::start().await;
    let (talent, organisation) = apply(&hub).await;
    let page = hub.get(&talent).await;
    for part in [
        "action=\"/inloggen\"",
        "name=\"email\" value=\"tim+stage@müller.example\"",
        "name=\"naar\" value=\"/mijn\"",
    ] {
        assert!(page.text().contains(part), "{part}: {}", page.text());
    }
    let german = hub.get(&talent.replace("/sollicitaties/", "/de/bewerbungen/")).await;
    assert!(
        german.text().contains("action=\"/de/anmelden\"") && german.text().contains("Alles an einem Ort")
    );
    hub.post(&organisation, "", "do=see").await;
    assert!(!hub.get(&organisation).await.text().contains("account-offer"), "not an organisation");

    let form = "email=tim%2Bstage%40m%C3%BCller.example&naar=%2Fmijn&do=link";
    let asked = hub.post("/inloggen", "", form).await;
    assert_eq!(asked.header("location"), "/inloggen/code");
    let Message::Account(AccountMail::SignIn { link, .. }) = hub.mail().await.pop().unwrap().message else {
        panic!()
    };
    let entered = hub.post(&format!("/inloggen/{link}"), "", "").await;
    assert_eq!(entered.header("location"), "/mijn");
    let cookie = entered.cookie("__Host-session");
    let my = hub.get_with("/mijn", &[("cookie", &cookie)]).await;
    assert!(my.text().contains("Cobot voor de lascel"), "{}", my.text());
    let own = hub.get_with(&talent, &[("cookie", &cookie)]).await;
    assert!(!own.text().contains("account-offer"), "not to who is signed in");

    // Before it was confirmed there is one thing to do.
    hub.post_parts(FORM, "", &with(&[("email", "lotte@talent.example")]), None).await;
    let unsent = page_in_mail(&hub, "lotte@talent.example").await;
    let page = hub.get(&unsent).await;
    assert!(page.text().contains("Nog niet verstuurd") && !page.text().contains("account-offer"));
}

#[tokio::test]
async fn a_file_that_is_not_given_says_so_in_the_language_of_who_asks() {
    let hub = TestHub::start().await;
    let gone = format!("/cv/{}", "A".repeat(43));
    for (asked, language) in [("", "nl"), ("de-AT,en;q=0.5", "de"), ("fr, en;q=0.3", "en"), ("fr", "nl")] {
        let answer = hub.get_with(&gone, &[("accept-language", asked)]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-language")), (410, language), "{asked}");
    }
    for path in ["/cv/1", "/cv/profiel", "/mijn/gegevens.json"] {
        let answer = hub.get_with(path, &[("accept-language", "de")]).await;
        assert!(answer.header("location").starts_with("/de/anmelden?naar="), "{path}");
    }
    let cookie = hub.sign_in("sanne@talent.example").await;
    hub.post("/mijn/account", &cookie, "do=person&name=&language=en").await;
    let headers = [("cookie", cookie.as_str()), ("accept-language", "de")];
    for path in ["/cv/99", "/cv/profiel"] {
        let answer = hub.get_with(path, &headers).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-language")), (404, "en"), "{path}");
    }
}
