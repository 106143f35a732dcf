//! Rights to change: every command of every form, filled in, by every kind of visitor, to what is theirs and what is not.
//! A visitor who is refused changes nothing.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use domain::command::SaveAnswer;
use web::CommandRow;
use workplace::received::ChangeQuestions;

use crate::hub::{PDF, TestHub};
use crate::visitors::{self, Visitor, visitor_cookie};

use Visitor::{
    Editor, Ended, Manager, OtherManager, OtherTalent, StaffBroker, StaffEditor, StaffManager, Stranger,
    Talent,
};

const VACANCY: &str = "/vacatures/cobot-voor-de-lascel-1";
const APPLY: &str = "/solliciteren/cobot-voor-de-lascel-1";
const APPLICATION: &str = "/sollicitaties/1";
const RECEIVED: &str = "/organisatie/ijsselmetaal";
const TEAM: &str = "/organisatie/ijsselmetaal/collegas";
const MAIL: &str = "/kantoor/mail";
const OFFICE: &str = "/kantoor/mensen";
const ACCOUNT: &str = "/mijn/account";

/// Somebody with an account, and what they need to use it.
const SIGNED_IN: &[Visitor] =
    &[Talent, OtherTalent, Manager, Editor, OtherManager, StaffManager, StaffBroker, StaffEditor];

/// A command, filled in so that it would change something.
struct Example {
    noun: &'static str,
    verb: &'static str,
    /// The page whose form sends it.
    page: String,
    /// The fields beside the button.
    fields: &'static str,
    /// What must be done before: by whom, on which page, with which form.
    before: &'static [Form],
    /// Those who may. All others must be refused.
    may: &'static [Visitor],
}

fn example(noun: &'static str, verb: &'static str, page: &str, fields: &'static str) -> Example {
    Example { noun, verb, page: page.to_owned(), fields, before: &[], may: SIGNED_IN }
}

/// A form: who sends it, on which page, and its fields.
type Form = (Visitor, &'static str, &'static str);

const OPENED: &[Form] = &[(Manager, APPLICATION, "do=see")];
const OFFERED: &[Form] = &[(Manager, APPLICATION, "do=see"), (Manager, APPLICATION, "do=answer&step=offer")];
const ACCEPTED: &[Form] = &[
    (Manager, APPLICATION, "do=see"),
    (Manager, APPLICATION, "do=answer&step=offer"),
    (Talent, APPLICATION, "do=accept"),
    (Talent, "/solliciteren/junior-developer-tester-2", "do=send&name=Sanne&motivation=Ik+wil+ook+hier"),
];

fn examples() -> Vec<Example> {
    let link = |words: &str| format!("/{words}/{}", "A".repeat(43));
    let by = |example: Example, may: &'static [Visitor]| Example { may, ..example };
    let after = |example: Example, before: &'static [Form]| Example { before, ..example };
    let everybody: &[Visitor] = &visitors::ALL;
    vec![
        by(example("sign-in", "ask", "/inloggen", "email=nieuw%40talent.example&do=link"), everybody),
        by(example("sign-in", "enter-code", "/inloggen/code", "code=123456"), &[]),
        by(example("sign-in", "press-link", &link("inloggen"), ""), &[]),
        // Nobody here is without it; its own tests take it.
        by(example("second-step", "take", "/inloggen/tweede-stap", "code=000000"), &[]),
        example("account", "sign-out", ACCOUNT, ""),
        example("account", "person", ACCOUNT, "name=Nieuwe+Naam&language=en"),
        example("account", "address", ACCOUNT, "email=ander%40talent.example"),
        example("account", "password", ACCOUNT, "password=vier+koeien+in+de+wei"),
        by(example("account", "recovery-codes", ACCOUNT, ""), &[StaffManager, StaffBroker, StaffEditor]),
        by(
            example("account", "other-phone", ACCOUNT, "code=abcde-fghij"),
            &[StaffManager, StaffBroker, StaffEditor],
        ),
        // The number of nobody's session.
        by(example("account", "end", ACCOUNT, "session=999"), &[]),
        example("account", "everywhere", ACCOUNT, ""),
        by(example("account", "erase", "/mijn/wissen", "email=sanne%40talent.example"), &[Talent]),
        example("profile", "change", "/mijn/profiel", "name=Sanne&programme=Lassen&skills%5B%5D=lassen"),
        example("saved-vacancies", "save", "/mijn/bewaard", "vacancy=1&note=Bellen"),
        by(
            after(
                example("saved-vacancies", "remove", "/mijn/bewaard", "vacancy=1"),
                &[(Talent, "/mijn/bewaard", "do=save&vacancy=1&note=Bellen")],
            ),
            &[Talent],
        ),
        by(
            example(
                "alerts",
                "add",
                "/meldingen/nieuw",
                "zoek=q%3Dcobot&email=sanne%40talent.example&frequency=elke-dag",
            ),
            everybody,
        ),
        by(example("alerts", "confirm", &link("meldingen"), "alert=1"), &[]),
        by(
            after(
                example("alerts", "change", "/meldingen", "alert=1&frequency=elke-week"),
                &[(Talent, "/meldingen/nieuw", "zoek=q%3Dcobot&frequency=elke-dag")],
            ),
            &[Talent],
        ),
        by(
            after(
                example("alerts", "stop", "/meldingen", "alert=1"),
                &[(Talent, "/meldingen/nieuw", "zoek=q%3Dcobot&frequency=elke-dag")],
            ),
            &[Talent],
        ),
        by(
            after(
                example("alerts", "stop-all", "/meldingen", ""),
                &[(Talent, "/meldingen/nieuw", "zoek=q%3Dcobot&frequency=elke-dag")],
            ),
            &[Talent],
        ),
        by(example("alerts", "unsubscribe", &link("meldingen"), "List-Unsubscribe=One-Click"), &[]),
        by(
            example("application", "send", APPLY, "name=Tim&email=tim%40talent.example&motivation=Ik+wil"),
            // The talent has sent it before.
            &[
                Stranger,
                OtherTalent,
                Manager,
                Editor,
                OtherManager,
                StaffManager,
                StaffBroker,
                StaffEditor,
                Ended,
            ],
        ),
        by(example("application", "see", APPLICATION, ""), &[Manager, Editor]),
        by(after(example("application", "answer", APPLICATION, "step=talk"), OPENED), &[Manager, Editor]),
        by(after(example("application", "accept", APPLICATION, ""), OFFERED), &[Talent]),
        by(example("application", "withdraw", APPLICATION, ""), &[Talent]),
        by(after(example("application", "withdraw-others", APPLICATION, ""), ACCEPTED), &[Talent]),
        by(example("application", "keep", APPLICATION, "keep=yes"), &[Talent]),
        by(
            after(example("application", "message", APPLICATION, "message=Dag"), OPENED),
            &[Talent, Manager, Editor],
        ),
        by(
            after(
                example("application", "confirm", APPLICATION, ""),
                &[(Talent, APPLICATION, "do=withdraw")],
            ),
            &[Talent],
        ),
        by(example("outcome", "answer", &link("vervuld"), "answer=through_hub"), &[]),
        by(example("follow-up", "answer", &link("plaatsing"), "answer=still_there"), &[]),
        by(
            example(
                "questions",
                "change",
                "/organisatie/ijsselmetaal",
                "vacancy=1&version=1&questions%5B%5D=Heb+je+een+rijbewijs%3F",
            ),
            &[Manager, Editor],
        ),
        by(example("received", "move", RECEIVED, "card=1&step=talk"), &[Manager, Editor]),
        by(example("received", "save-view", RECEIVED, "name=Op+ons&query=wacht%3Dja"), &[Manager, Editor]),
        by(
            after(
                example("received", "remove-view", RECEIVED, "name=Op+ons"),
                &[(Manager, RECEIVED, "do=save-view&name=Op+ons&query=wacht%3Dja")],
            ),
            &[Manager],
        ),
        by(
            example("received", "answer", "/organisatie/ijsselmetaal/antwoorden", "id%5B%5D=1&step=talk"),
            &[Manager, Editor],
        ),
        by(
            example("people", "add", TEAM, "email=dirk%40ijsselmetaal.example&role=editor"),
            &[Manager, StaffManager, StaffBroker],
        ),
        by(example("people", "add", OFFICE, "email=dirk%40hub.example&role=editor"), &[StaffManager]),
        by(
            example("people", "change", TEAM, "person={editor}&role=manager"),
            &[Manager, StaffManager, StaffBroker],
        ),
        by(example("people", "change", OFFICE, "person={staff_editor}&role=broker"), &[StaffManager]),
        // No mail was given up here; its own test sends some again.
        by(example("mail", "send-again", MAIL, "id%5B%5D=1"), &[]),
        by(
            example("mail", "save-view", MAIL, "name=Opgegeven&query=stand%3Dopgegeven"),
            &[StaffManager, StaffBroker],
        ),
        by(
            after(
                example("mail", "remove-view", MAIL, "name=Opgegeven"),
                &[(StaffManager, MAIL, "do=save-view&name=Opgegeven&query=stand%3Dopgegeven")],
            ),
            &[StaffManager],
        ),
        by(example("people", "end", TEAM, "person={editor}"), &[Manager, StaffManager, StaffBroker]),
        by(example("people", "end", OFFICE, "person={staff_editor}"), &[StaffManager]),
    ]
}

#[tokio::test]
async fn every_command_changes_something_for_those_who_may_and_nothing_for_others() {
    for example in examples() {
        let hub = TestHub::start_with(|config| config.limits.burst = NonZeroU32::MAX).await;
        let mut cookies = Vec::new();
        for visitor in visitors::ALL {
            cookies.push((visitor, visitor_cookie(&hub, visitor).await));
        }
        let cookie = |visitor: Visitor| &cookies.iter().find(|(other, _)| *other == visitor).unwrap().1;
        let fields = [("name", "Sanne Wolters"), ("motivation", "Ik wil leren lassen."), ("do", "send")];
        let sent = hub.post_parts(APPLY, cookie(Talent), &fields, Some(("cv.pdf", PDF))).await;
        assert_eq!(sent.header("location"), APPLICATION);
        for (visitor, page, form) in example.before {
            let done = hub.post(page, cookie(*visitor), form).await;
            assert_eq!(done.status, 303, "{visitor:?} sends {form} to {page}: {}", done.text());
        }
        let account = async |address: &str| hub.account_id(address).await.to_string();
        let fields = example.fields.replace("{editor}", &account("ben@ijsselmetaal.example").await);
        let fields = fields.replace("{staff_editor}", &account("joost@hub.example").await);
        let form = if fields.contains("do=") || fields.contains("List-") {
            fields
        } else {
            format!("do={}&{fields}", example.verb)
        };
        let told = |visitor: Visitor| format!("{visitor:?} sends {form} to {}", example.page);
        for visitor in visitors::ALL.into_iter().filter(|visitor| !example.may.contains(visitor)) {
            let before = hub.fingerprint().await;
            let answer = hub.post(&example.page, cookie(visitor), &form).await;
            assert_eq!(
                hub.fingerprint().await,
                before,
                "{} and is answered {}",
                told(visitor),
                answer.status
            );
            let is_refused = matches!(answer.status.as_u16(), 303 | 401 | 403 | 404 | 409 | 410 | 422);
            assert!(is_refused, "{} and is answered {}", told(visitor), answer.status);
        }
        let Some(first) = example.may.first() else { continue };
        let before = hub.fingerprint().await;
        let answer = hub.post(&example.page, cookie(*first), &form).await;
        assert!(matches!(answer.status.as_u16(), 200 | 303), "{}: {}", told(*first), answer.text());
        assert_ne!(hub.fingerprint().await, before, "{}", told(*first));
    }
}

#[tokio::test]
async fn every_command_of_every_page_has_an_example() {
    let hub = TestHub::start().await;
    let known: BTreeSet<(&str, &str)> = hub
        .server
        .pages
        .rows()
        .iter()
        .flat_map(|row| &row.commands)
        .map(|CommandRow { noun, verb, .. }| (*noun, *verb))
        .collect();
    let tried: BTreeSet<(&str, &str)> =
        examples().iter().map(|example| (example.noun, example.verb)).collect();
    assert_eq!(known, tried);
}

#[tokio::test]
async fn a_form_that_asks_for_no_command_of_its_page_is_a_bad_request() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    for form in ["", "do=", "do=fly", "do=add&email=x%40y.example&role=manager"] {
        assert_eq!(hub.post(ACCOUNT, &cookie, form).await.status, 400, "{form}");
    }
    assert_eq!(hub.post(VACANCY, &cookie, "do=save").await.status, 405, "a page without commands");
}

#[tokio::test]
async fn the_browsers_program_runs_the_same_command_by_its_own_door() {
    let hub = TestHub::start().await;
    let manager = visitor_cookie(&hub, Manager).await;
    let other = visitor_cookie(&hub, OtherManager).await;
    let path = "/api/questions/change/ijsselmetaal";
    let command = |version: i64, questions: &[&str]| {
        ChangeQuestions::kept(1, version, questions.iter().map(|question| (*question).to_owned()).collect())
    };
    let question = "Heb je een rijbewijs?";
    let (status, error) = call(&hub, path, &other, &command(1, &[question])).await;
    assert_eq!((status, error), (404, Err(domain::CommandError::NotFound)));
    let (status, error) = call(&hub, path, "", &command(1, &[question])).await;
    assert_eq!((status, error), (401, Err(domain::CommandError::SignIn)));
    let (status, error) = call(&hub, path, &manager, &command(1, &["Kort?", &"x".repeat(201)])).await;
    let longest = domain::applications::LONGEST_QUESTION;
    let wrong = domain::FieldErrors::of("questions[1]", domain::FieldError::TooLong { longest });
    assert_eq!((status, error), (422, Err(domain::CommandError::Fields(wrong))));
    let saved = call(&hub, path, &manager, &command(1, &[question])).await;
    assert_eq!(saved, (200, Ok(SaveAnswer::Saved { version: 2 })));
    let stale = call(&hub, path, &manager, &command(1, &["Waarom wij?"])).await;
    assert_eq!(stale, (200, Ok(SaveAnswer::Stale(command(2, &[question])))), "somebody else was first");
    let again = call(&hub, path, &manager, &command(1, &[question])).await;
    assert_eq!(again, (200, Ok(SaveAnswer::Saved { version: 2 })), "an answer that got lost");
    assert!(hub.get(APPLY).await.text().contains(question));

    let bytes = postcard::to_allocvec(&command(2, &[])).unwrap();
    let foreign = [
        ("cookie", manager.as_str()),
        ("content-type", "application/vnd.postcard"),
        ("origin", "https://evil.example"),
    ];
    assert_eq!(hub.ask("POST", path, &foreign, bytes.clone().into()).await.status, 403, "of another site");
    let as_form = [
        ("cookie", manager.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "https://hub.example"),
    ];
    assert_eq!(hub.ask("POST", path, &as_form, bytes.into()).await.status, 400, "as a form");
    assert!(hub.get(APPLY).await.text().contains(question));
}

/// Runs a command as the browser's program does.
async fn call<C: domain::Command>(
    hub: &TestHub,
    path: &str,
    cookie: &str,
    command: &C,
) -> (u16, Result<C::Answer, domain::CommandError>) {
    let headers =
        [("cookie", cookie), ("content-type", "application/vnd.postcard"), ("origin", "https://hub.example")];
    let answer = hub.ask("POST", path, &headers, postcard::to_allocvec(command).unwrap().into()).await;
    if answer.status == 200 {
        return (200, Ok(postcard::from_bytes(&answer.body).unwrap()));
    }
    (answer.status.as_u16(), Err(postcard::from_bytes(&answer.body).unwrap()))
}
