//! Rights to see: every page, server function and route, for every kind of visitor.

use std::num::NonZeroU32;

use domain::Language;
use domain::accounts::{EmailAddress, StaffRole};
use domain::text::encode;
use site::server::server_functions;
use words::paths::Page;

use web::Audience;

use crate::hub::{PDF, TestHub, clock};
use crate::visitors::{ALL, Visitor, visitor_cookie};

use Visitor::{
    Editor, Ended, Manager, OtherManager, OtherTalent, StaffBroker, StaffEditor, StaffManager, Stranger,
    Talent,
};

/// The addresses at which a page is tried: things of the hub, and tokens that nobody was given.
fn examples(pattern: Page, hub: &TestHub) -> Vec<Page> {
    let token = || "A".repeat(43);
    match pattern {
        Page::Vacancy(_) => vec![Page::Vacancy("cobot-voor-de-lascel-1".into())],
        Page::Organisation(_) => vec![Page::Organisation("ijsselmetaal".into())],
        Page::Event(_) => {
            vec![Page::Event(hub.server.state.catalogue().coming_events().next().unwrap().slug())]
        }
        Page::ApplySent(_) => vec![Page::ApplySent("cobot-voor-de-lascel-1".into())],
        Page::Apply(_) => vec![Page::Apply("cobot-voor-de-lascel-1".into())],
        Page::Application(_) => vec![Page::Application("1".into()), Page::Application(token())],
        Page::Outcome(_) => vec![Page::Outcome(token())],
        Page::FollowUp(_) => vec![Page::FollowUp(token())],
        Page::ReceivedApplications(_) => vec![Page::ReceivedApplications("ijsselmetaal".into())],
        Page::AnswerApplications(_) => vec![Page::AnswerApplications("ijsselmetaal".into())],
        Page::Colleagues(_) => vec![Page::Colleagues("ijsselmetaal".into())],
        Page::AlertsLink(_) => vec![Page::AlertsLink(token())],
        Page::SignInLink(_) => vec![Page::SignInLink(token())],
        page => vec![page],
    }
}

/// What a visitor gets who opens a page: a status, and where another page is shown instead, its path.
fn expected(page: &Page, visitor: Visitor) -> (u16, Option<String>) {
    let path = |page: &Page| page.path(Language::Dutch);
    let sign_in = |page: &Page| (303, Some(format!("{}?naar={}", path(&Page::SignIn), encode(&path(page)))));
    match page {
        Page::Home
        | Page::Vacancies
        | Page::Vacancy(_)
        | Page::Organisations
        | Page::Organisation(_)
        | Page::Events
        | Page::Event(_)
        | Page::About
        | Page::Privacy
        | Page::Accessibility
        | Page::Apply(_)
        | Page::ApplySent(_)
        | Page::AlertAsked
        | Page::AccountErased
        | Page::SignIn => (200, None),
        Page::Application(key) if key.len() == 43 => (410, None),
        // The talent's own, to the first organisation.
        Page::Application(_) if matches!(visitor, Talent | Manager | Editor) => (200, None),
        Page::ReceivedApplications(_) | Page::AnswerApplications(_)
            if matches!(visitor, Manager | Editor) =>
        {
            (200, None)
        }
        // The office looks after all organisations; who looks after texts does not.
        Page::Colleagues(_) if matches!(visitor, Manager | Editor | StaffManager | StaffBroker) => {
            (200, None)
        }
        Page::OfficePeople | Page::OfficeMail if matches!(visitor, StaffManager | StaffBroker) => (200, None),
        Page::Application(_)
        | Page::ReceivedApplications(_)
        | Page::AnswerApplications(_)
        | Page::Colleagues(_)
        | Page::OfficePeople
        | Page::OfficeMail
            if visitor.is_signed_in() =>
        {
            (404, None)
        }
        // Nobody here asked for a mail.
        Page::SignInCode => (303, Some(path(&Page::SignIn))),
        Page::SignInLink(_) | Page::Outcome(_) | Page::FollowUp(_) | Page::AlertsLink(_) => (410, None),
        // Nothing is looked for.
        Page::NewAlert => (303, Some(path(&Page::Vacancies))),
        Page::SecondStep if visitor.is_signed_in() => (303, Some(path(&Page::My))),
        Page::My | Page::Profile | Page::Saved | Page::Account | Page::EraseAccount | Page::Alerts
            if visitor.is_signed_in() =>
        {
            (200, None)
        }
        Page::SecondStep
        | Page::My
        | Page::Profile
        | Page::Saved
        | Page::Account
        | Page::EraseAccount
        | Page::Alerts
        | Page::Application(_)
        | Page::ReceivedApplications(_)
        | Page::AnswerApplications(_)
        | Page::Colleagues(_)
        | Page::OfficePeople
        | Page::OfficeMail => sign_in(page),
        Page::Style => (404, None),
    }
}

/// What a visitor gets who sends an empty form to a page.
fn expected_of_form(page: &Page, visitor: Visitor) -> u16 {
    match page {
        Page::SignIn | Page::Apply(_) => 422,
        Page::Application(key) if key.len() == 43 => 400,
        Page::Application(_) if matches!(visitor, Talent | Manager | Editor) => 400,
        Page::Colleagues(_) if matches!(visitor, Manager | Editor | StaffManager | StaffBroker) => 400,
        Page::OfficePeople | Page::OfficeMail if matches!(visitor, StaffManager | StaffBroker) => 400,
        // An answer without a step.
        Page::AnswerApplications(_) if matches!(visitor, Manager | Editor) => 422,
        // Nobody knows which of its commands is meant.
        Page::ReceivedApplications(_) if matches!(visitor, Manager | Editor) => 400,
        // An organisation's form without a vacancy is as wrong as another's.
        Page::Colleagues(_)
        | Page::OfficePeople
        | Page::OfficeMail
        | Page::Application(_)
        | Page::ReceivedApplications(_)
        | Page::AnswerApplications(_)
            if visitor.is_signed_in() =>
        {
            404
        }
        Page::AlertsLink(_) => 400,
        Page::SignInCode | Page::SignInLink(_) | Page::Outcome(_) | Page::FollowUp(_) => 410,
        // Everybody here has taken the second step, or needs none; and nothing of a profile must be filled in.
        Page::SecondStep | Page::Profile if visitor.is_signed_in() => 303,
        Page::EraseAccount if visitor.is_signed_in() => 422,
        Page::Account | Page::Saved | Page::Alerts if visitor.is_signed_in() => 400,
        Page::SecondStep
        | Page::Account
        | Page::EraseAccount
        | Page::Profile
        | Page::Saved
        | Page::Alerts
        | Page::NewAlert
        | Page::Application(_)
        | Page::ReceivedApplications(_)
        | Page::AnswerApplications(_)
        | Page::Colleagues(_)
        | Page::OfficePeople
        | Page::OfficeMail => 303,
        _ => 405,
    }
}

#[tokio::test]
async fn every_page_is_shown_to_whom_it_is_for() {
    // All of them ask from one address, and more than a person would.
    let hub = TestHub::start_with(|config| config.limits.burst = NonZeroU32::MAX).await;
    apply_as_talent(&hub).await;
    for visitor in ALL {
        let cookie = visitor_cookie(&hub, visitor).await;
        for page in Page::patterns().into_iter().flat_map(|pattern| examples(pattern, &hub)) {
            let path = page.path(Language::Dutch);
            let answer = hub.get_with(&path, &[("cookie", &cookie)]).await;
            let shown = Some(answer.header("location").to_owned()).filter(|location| !location.is_empty());
            assert_eq!((answer.status.as_u16(), shown), expected(&page, visitor), "{visitor:?} opens {path}");
            let is_kept = !answer.header("cache-control").contains("no-store");
            let is_own = matches!(
                page,
                Page::SignIn | Page::Apply(_) | Page::ApplySent(_) | Page::AlertAsked | Page::AccountErased
            );
            let is_public = expected(&page, Stranger).0 == 200 && !is_own;
            assert_eq!(is_kept, is_public, "{visitor:?} keeps {path}");

            let answer = hub.post(&path, &cookie, "").await;
            assert_eq!(answer.status.as_u16(), expected_of_form(&page, visitor), "{visitor:?} sends {path}");
        }
    }
}

/// The talent applies for the first vacancy, with a CV: the application has number 1.
async fn apply_as_talent(hub: &TestHub) {
    let cookie = hub.sign_in("sanne@talent.example").await;
    let fields = [("name", "Sanne Wolters"), ("motivation", "Ik wil leren lassen."), ("do", "send")];
    let sent =
        hub.post_parts("/solliciteren/cobot-voor-de-lascel-1", &cookie, &fields, Some(("cv.pdf", PDF))).await;
    assert_eq!(sent.leads_to(), "/sollicitaties/1 application/Sent", "{}", sent.text());
}

#[tokio::test]
async fn a_cv_is_given_to_whom_it_concerns() {
    let hub = TestHub::start().await;
    apply_as_talent(&hub).await;
    let manager = visitor_cookie(&hub, Manager).await;
    let shut = hub.get_with("/cv/1", &[("cookie", &manager)]).await;
    assert_eq!(shut.header("location"), "/sollicitaties/1", "first it is opened");
    assert_eq!(hub.post("/sollicitaties/1", &manager, "do=see").await.status, 303);
    for visitor in ALL {
        let cookie = visitor_cookie(&hub, visitor).await;
        let answer = hub.get_with("/cv/1", &[("cookie", &cookie)]).await;
        let expected = match visitor {
            Talent | Manager | Editor => 200,
            Stranger | Ended => 303,
            OtherTalent | OtherManager | StaffManager | StaffBroker | StaffEditor => 404,
        };
        assert_eq!(answer.status, expected, "{visitor:?}");
        assert_eq!(
            hub.get_with(&format!("/cv/{}", "A".repeat(43)), &[("cookie", &cookie)]).await.status,
            410
        );
    }
}

#[tokio::test]
async fn everybody_gets_their_own_data_and_nobody_elses() {
    let hub = TestHub::start().await;
    apply_as_talent(&hub).await;
    let mut known = Vec::new();
    for visitor in ALL {
        let cookie = visitor_cookie(&hub, visitor).await;
        let answer = hub.get_with("/mijn/gegevens.json", &[("cookie", &cookie)]).await;
        if !visitor.is_signed_in() {
            assert_eq!(answer.status, 303, "{visitor:?}");
            continue;
        }
        assert_eq!(answer.status, 200, "{visitor:?}");
        let data: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
        let own = data["account"]["email"].as_str().unwrap().to_owned();
        for other in &known {
            assert!(!answer.text().contains(other), "{visitor:?} reads {other}");
        }
        let applications = data["applications"].as_array().unwrap().len();
        assert_eq!(applications, usize::from(visitor == Talent), "{visitor:?}");
        known.push(own);
    }
    assert_eq!(known.len(), 8);
}

#[tokio::test]
async fn every_server_function_says_who_may_ask() {
    let hub = TestHub::start().await;
    // Searching is for everybody.
    let public = ["/api/map_vacancies", "/api/search_vacancies", "/api/suggest_vacancies"];
    let mut known = server_functions();
    known.sort();
    assert_eq!(known, public);
    for visitor in ALL {
        let cookie = visitor_cookie(&hub, visitor).await;
        for path in public {
            let answer =
                hub.get_with(&format!("{path}?filter=q%3Dlas&language=nl"), &[("cookie", &cookie)]).await;
            assert_eq!(answer.status, 200, "{visitor:?} asks {path}");
        }
    }
}

#[tokio::test]
async fn every_page_has_one_row_which_says_for_whom_it_is() {
    let hub = TestHub::start().await;
    let rows = hub.server.pages.rows();
    for pattern in Page::patterns() {
        let found: Vec<_> = rows.iter().filter(|row| row.page.as_ref() == Some(&pattern)).collect();
        let [row] = found.as_slice() else { panic!("{} has {} rows", pattern.name(), found.len()) };
        let paths: Vec<String> = Language::ALL.iter().map(|language| pattern.path(*language)).collect();
        assert_eq!(row.patterns, paths, "{}", pattern.name());
        for page in examples(pattern.clone(), &hub) {
            let (stranger, _) = expected(&page, Stranger);
            match row.audience {
                Audience::Everyone | Audience::Concerned => {}
                Audience::SignedIn | Audience::Organisation | Audience::Office => {
                    assert_eq!(stranger, 303, "a stranger signs in first for {}", pattern.name());
                }
                Audience::Developers => assert_eq!(stranger, 404, "{}", pattern.name()),
            }
        }
    }
}

#[tokio::test]
async fn every_other_route_is_known() {
    let hub = TestHub::start().await;
    let mut known = server::paths(&hub.server);
    let files = hub.server.pages.rows().iter().filter(|row| row.page.is_none());
    known.extend(files.flat_map(|row| row.patterns.clone()));
    known.sort();
    let mut expected = vec![
        // For their owners: tests of their own walk them with every visitor.
        "/cv/{key}",
        "/mijn/gegevens.json",
        // Each of these says itself who may ask.
        "/api/{*function}",
        // For everybody.
        "/healthz",
        "/readyz",
        "/qr/{language}/{file}",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemaps/{file}",
        "/manifest.webmanifest",
        "/logo.svg",
        "/logos/{file}",
        "/og/{file}",
        "/ics/{file}",
        "/zoek/{file}",
        "/vacatures.atom",
        "/vacatures.json",
        "/agenda.ics",
        "/de/stellen.atom",
        "/de/stellen.json",
        "/de/termine.ics",
        "/en/vacancies.atom",
        "/en/vacancies.json",
        "/en/events.ics",
    ];
    expected.sort_unstable();
    assert_eq!(known, expected, "nor does a true hub show its mail");
}

#[tokio::test]
async fn staff_see_nothing_of_staff_before_the_second_step() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let email = EmailAddress::parse("eva@hub.example").unwrap();
    store.add_staff(email, StaffRole::Manager, Language::Dutch, clock()).await.unwrap();
    hub.sign_in("eva@hub.example").await;
    let (token, browser) = (hub.new_link("eva@hub.example").await, "Mozilla/5.0 (X11; Linux) Firefox/130.0");
    let headers = [("origin", "https://hub.example"), ("user-agent", browser)];
    let answer = hub.ask("POST", &format!("/inloggen/{token}"), &headers, axum::body::Body::empty()).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/inloggen/tweede-stap"));
    let cookie = answer.cookie("__Host-session");
    for path in ["/mijn", "/mijn/account", "/mijn/profiel", "/kantoor/mensen", "/meldingen"] {
        let page = hub.get_with(path, &[("cookie", &cookie)]).await;
        let wanted = format!("/inloggen/tweede-stap?naar={}", encode(path));
        assert_eq!((page.status.as_u16(), page.header("location")), (303, wanted.as_str()));
    }
    for form in
        ["do=password&password=lang-genoeg-wachtwoord", "do=address&email=x@hub.example", "do=everywhere"]
    {
        let changed = hub.post("/mijn/account", &cookie, form).await;
        assert_eq!(changed.status, 303, "{form}");
        assert!(changed.header("location").starts_with("/inloggen/tweede-stap"), "{form}");
    }
    let page = hub.get_with("/inloggen/tweede-stap", &[("cookie", &cookie)]).await;
    assert!(page.text().contains("name=\"code\"") && !page.text().contains("otpauth"));
    let wrong = hub.post("/inloggen/tweede-stap", &cookie, "code=000000").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Deze code klopt niet"));
    let right = hub.post("/inloggen/tweede-stap?naar=%2Fmijn%2Faccount", &cookie, "code=ABCDE+fghij").await;
    assert_eq!((right.status.as_u16(), right.header("location")), (303, "/mijn/account"));
    let devices = hub.get_with("/mijn/account", &[("cookie", &cookie)]).await;
    assert!(devices.text().contains("Firefox, Linux"));
}
