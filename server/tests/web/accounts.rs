//! Signing in through pages: cookies, links, codes, errors beside their fields.

use axum::body::Body;
use domain::Language;
use domain::accounts::mail::{AccountMail, SecondStepChange};
use domain::accounts::{EmailAddress, StaffRole};
use domain::mail::Message;
use store::{Token, TotpSecret};

use crate::hub::{TestHub, clock};

async fn ask_for_link(hub: &TestHub, form: &str) -> (String, Message) {
    let answer = hub.post("/inloggen", "", form).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/inloggen/code"));
    let mail = hub.mail().await.pop().unwrap();
    (answer.cookie("__Host-sign-in"), mail.message)
}

#[tokio::test]
async fn a_talent_signs_in_by_the_link_of_a_mail() {
    let hub = TestHub::start().await;
    let page = hub.get("/inloggen?naar=%2Fvacatures%3Fq%3Dlas").await;
    assert!(page.text().contains("value=\"/vacatures?q=las\""));
    let (asked_by, message) =
        ask_for_link(&hub, "email=Sanne%2Bstage%40Talent.example&naar=%2Fvacatures%3Fq%3Dlas").await;
    let Message::Account(AccountMail::SignIn { link, .. }) = message else { panic!("{message:?}") };
    let code_page = hub.get_with("/inloggen/code", &[("cookie", &asked_by)]).await;
    assert!(code_page.text().contains("sanne+stage@talent.example"));

    let shown = hub.get(&format!("/inloggen/{link}")).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("Account maken") && shown.header("set-cookie").is_empty());
    let pressed = hub.post(&format!("/inloggen/{link}"), "", "").await;
    assert_eq!((pressed.status.as_u16(), pressed.header("location")), (303, "/vacatures?q=las"));
    let set = pressed.header("set-cookie");
    assert!(set.starts_with("__Host-session="), "{set}");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/", "; Max-Age=15552000"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    let cookie = pressed.cookie("__Host-session");
    assert!(
        hub.get_with("/mijn", &[("cookie", &cookie)]).await.text().contains("sanne+stage@talent.example")
    );

    let again = hub.post(&format!("/inloggen/{link}"), "", "").await;
    assert_eq!(again.status, 410);
    assert!(again.text().contains("Deze link is al gebruikt"));
}

#[tokio::test]
async fn a_code_lets_in_the_browser_that_asked() {
    let hub = TestHub::start().await;
    let (asked_by, message) = ask_for_link(&hub, "email=sanne%40talent.example").await;
    let Message::Account(AccountMail::SignIn { code, .. }) = message else { panic!("{message:?}") };
    let wrong = hub.post("/inloggen/code", &asked_by, "code=12345").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Deze code klopt niet"));
    assert_eq!(hub.post("/inloggen/code", "", &format!("code={code}")).await.status, 410);
    let right = hub.post("/inloggen/code", &asked_by, &format!("code={code}")).await;
    assert_eq!((right.status.as_u16(), right.header("location")), (303, "/mijn"));
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let hub = TestHub::start().await;
    for (address, error) in [
        ("/inloggen", "Vul een e-mailadres in"),
        ("/de/anmelden", "Gib eine E-Mail-Adresse ein"),
        ("/en/sign-in", "Fill in an e-mail address"),
    ] {
        let answer = hub.post(address, "", "email=%3Csanne%3E+%22&naar=%2Fmijn").await;
        assert_eq!(answer.status, 422);
        let text = answer.text();
        assert!(text.contains(error) && text.contains("aria-invalid=\"true\""), "{address}");
        assert!(
            text.contains("value=\"&lt;sanne&gt; &quot;\"") && text.contains("value=\"/mijn\""),
            "{address}"
        );
    }
    // PostgreSQL keeps no such letter in a text, and nobody goes so far.
    for (name, wanted) in [("tim", "/mijn%00".to_owned()), ("bea", format!("/{}", "x".repeat(10_000)))] {
        let odd = hub.post("/inloggen", "", &format!("email={name}%40talent.example&naar={wanted}")).await;
        assert_eq!(odd.status, 303, "{name}");
    }
    let cookie = hub.sign_in("sanne@talent.example").await;
    let form = format!("do=person&name={}&language=nl", "x".repeat(10_000));
    let long = hub.post("/mijn/account", &cookie, &form).await;
    assert_eq!(long.status, 422);
    assert!(long.text().contains("hoogstens 120 tekens") && long.text().contains(&"x".repeat(10_000)));
    let same = hub.post("/mijn/account", &cookie, "do=address&email=Sanne%40talent.example").await;
    assert!(same.text().contains("Dit is al je adres"));
    let short = hub.post("/mijn/account", &cookie, "do=password&password=kort").await;
    assert!(short.text().contains("minstens 10 tekens") && !short.text().contains("value=\"kort\""));
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_answer() {
    let hub = TestHub::start().await;
    hub.sign_in("sanne@talent.example").await;
    hub.mail().await;
    let page = async |address: &str| {
        let asked_by = ask_for_link(&hub, &format!("email={address}%40talent.example")).await.0;
        let page = hub.get_with("/inloggen/code", &[("cookie", &asked_by)]).await;
        without_nonce(page.text()).replace(address, "somebody")
    };
    assert_eq!(page("sanne").await, page("wouter").await);
    let wrong = async |address: &str| {
        let form = format!("email={address}%40talent.example&password=vier+koeien");
        let answer = hub.post("/inloggen", "", &form).await;
        assert_eq!(answer.status, 422);
        without_nonce(answer.text()).replace(address, "somebody")
    };
    assert_eq!(wrong("sanne").await, wrong("wouter").await);
}

/// A page without the number that each answer has anew.
fn without_nonce(page: &str) -> String {
    let mut parts = page.split("nonce=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').map_or("", |(_, rest)| rest))
}

#[tokio::test]
async fn who_tries_too_often_is_told_how_long_to_wait() {
    let hub = TestHub::start().await;
    for _ in 0..5 {
        assert_eq!(hub.post("/inloggen", "", "email=sanne%40talent.example").await.status, 303);
    }
    let often = hub.post("/inloggen", "", "email=sanne%40talent.example").await;
    assert_eq!((often.status.as_u16(), often.header("retry-after")), (429, "31"));
    assert!(often.text().contains("Wacht 31 seconden"), "{}", often.text());
    assert_eq!(hub.mail().await.len(), 5);
}

#[tokio::test]
async fn an_account_is_changed_by_its_owner() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    hub.mail().await;
    let saved = hub.post("/mijn/account", &cookie, "do=person&name=Sanne+van+%27t+Wolters&language=de").await;
    assert_eq!((saved.status.as_u16(), saved.leads_to().as_str()), (303, "/mijn/account account/Person"));
    let with = format!("{cookie}; {}", saved.cookie("flash"));
    let read = hub.get_with("/mijn/account", &[("cookie", &with), ("sec-fetch-dest", "empty")]).await;
    assert_eq!(read.header("set-cookie"), "", "a script that follows a form shows no page");
    let page = hub.get_with("/mijn/account", &[("cookie", &with)]).await;
    assert!(page.header("set-cookie").starts_with("flash=; "), "it is said once");
    assert!(
        page.text().contains("Opgeslagen.") && page.text().contains("Sanne van &#x27;t Wolters")
            || page.text().contains("Sanne van 't Wolters")
    );

    let form = "do=password&password=vier+koeien+in+de+wei";
    assert_eq!(hub.post("/mijn/account", &cookie, form).await.status, 303);
    let told = hub.mail().await.pop().unwrap();
    assert_eq!((told.message, told.language.code()), (Message::Account(AccountMail::PasswordChanged), "de"));
    let form = "email=sanne%40talent.example&password=vier+koeien+in+de+wei&naar=%2F%2Fevil.example";
    let entered = hub.post("/inloggen", "", form).await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/mijn"));

    let asked = hub.post("/mijn/account", &cookie, "do=address&email=s.wolters%40talent.example").await;
    assert_eq!(asked.header("location"), "/inloggen/code");
    let Message::Account(AccountMail::ConfirmAddress { link, .. }) = hub.mail().await.pop().unwrap().message
    else {
        panic!()
    };
    assert!(hub.get(&format!("/inloggen/{link}")).await.text().contains("Adres bevestigen"));
    let changed = hub.post(&format!("/inloggen/{link}"), "", "").await;
    assert_eq!(changed.leads_to(), "/mijn/account account/Address");
    let there = entered.cookie("__Host-session");
    let everywhere = hub.post("/mijn/account", &there, "do=everywhere").await;
    assert!(everywhere.header("set-cookie").starts_with("__Host-session=; "));
    assert!(everywhere.header("set-cookie").contains("; Max-Age=0"));
    assert_eq!(hub.get_with("/mijn", &[("cookie", &cookie)]).await.status, 303);
}

#[tokio::test]
async fn who_signs_in_again_leaves_no_session_behind() {
    let hub = TestHub::start().await;
    let before = hub.sign_in("sanne@talent.example").await;
    let link = hub.new_link("sanne@talent.example").await;
    let after = hub.post(&format!("/inloggen/{link}"), &before, "").await.cookie("__Host-session");
    assert_eq!(hub.get_with("/mijn", &[("cookie", &before)]).await.status, 303);
    assert_eq!(hub.get_with("/mijn", &[("cookie", &after)]).await.status, 200);
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let headers = [
        ("cookie", cookie.as_str()),
        ("origin", "https://evil.example"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let answer = hub.ask("POST", "/mijn/account", &headers, Body::from("do=everywhere")).await;
    assert_eq!(answer.status, 403);
    assert_eq!(hub.get_with("/mijn", &[("cookie", &cookie)]).await.status, 200);
}

#[tokio::test]
async fn without_https_the_cookie_has_a_plain_name() {
    let hub = TestHub::start_with(|config| config.public_url = "http://127.0.0.1:3000".into()).await;
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = hub.ask("POST", "/inloggen", &headers, Body::from("email=sanne%40talent.example")).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("sign-in=") && !set.contains("Secure"), "{set}");
}

#[tokio::test]
async fn nonsense_in_the_address_of_a_link_is_no_error_of_ours() {
    let hub = TestHub::start().await;
    for link in ["x", "..%2F..", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%F0%9F%90%84"] {
        let answer = hub.get(&format!("/inloggen/{link}")).await;
        assert_eq!(answer.status, 410, "{link}");
        assert!(answer.text().contains("Deze link kennen wij niet"));
    }
}

#[tokio::test]
async fn the_pressed_button_decides_whether_a_password_is_tried() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    hub.post("/mijn/account", &cookie, "do=password&password=vier+koeien+in+de+wei").await;
    hub.mail().await;
    let page = hub.get("/inloggen").await;
    let form = page.text().split("<form method=\"post\"").nth(1).unwrap();
    let first = form.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(first.contains("unseen") && !first.contains("name="), "Enter presses no choice: {first}");
    assert!(page.text().contains("value=\"link\"") && page.text().contains("value=\"password\""));

    // A browser filled in an old password by itself.
    let (_, message) = ask_for_link(&hub, "email=sanne%40talent.example&password=vijf+koeien&do=link").await;
    assert_eq!(message.kind().code(), "sign_in");
    let form = "email=sanne%40talent.example&password=";
    let entered = async |rest: &str| hub.post("/inloggen", "", &format!("{form}{rest}")).await;
    for by_password in ["vier+koeien+in+de+wei&do=password", "vier+koeien+in+de+wei"] {
        assert_eq!(entered(by_password).await.header("location"), "/mijn", "{by_password}");
    }
    let wrong = entered("vijf+koeien&do=password").await;
    assert_eq!(wrong.status, 422);
    let forgotten = entered("&do=password").await;
    assert_eq!(forgotten.status, 422);
    assert!(forgotten.text().contains("id=\"password-fault\"") && forgotten.text().contains("Vul dit in."));
    assert!(hub.mail().await.is_empty());
    assert_eq!(entered("").await.header("location"), "/inloggen/code");
}

#[tokio::test]
async fn staff_get_new_recovery_codes_and_another_phone_on_the_account_page() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let talent = hub.sign_in("sanne@talent.example").await;
    let page = hub.get_with("/mijn/account", &[("cookie", &talent)]).await;
    assert!(!page.text().contains("recovery-codes"));
    assert_eq!(hub.post("/mijn/account", &talent, "do=recovery-codes").await.status, 404);
    assert_eq!(hub.post("/mijn/account", &talent, "do=other-phone&code=000000").await.status, 404);

    let eva = EmailAddress::parse("eva@hub.example").unwrap();
    store.add_staff(eva, StaffRole::Manager, Language::Dutch, clock()).await.unwrap();
    let cookie = hub.sign_in("eva@hub.example").await;
    let with = [("cookie", cookie.as_str())];
    hub.mail().await;
    let page = hub.get_with("/mijn/account", &with).await;
    assert!(page.text().contains("Je hebt nog 1 herstelcode."), "{}", page.text());
    let codes = hub.post("/mijn/account", &cookie, "do=recovery-codes").await;
    assert_eq!((codes.status.as_u16(), codes.header("cache-control")), (200, "no-store"));
    let first = codes.text().split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!((first.len(), codes.text().matches("<li><code>").count()), (11, 10));
    assert!(codes.text().contains("href=\"/mijn/account\""));
    let change = |change| Message::Account(AccountMail::SecondStepChanged { change });
    assert_eq!(hub.mail().await.pop().unwrap().message, change(SecondStepChange::NewCodes));
    assert!(hub.get_with("/mijn/account", &with).await.text().contains("Je hebt nog 10 herstelcodes."));

    for wrong in ["000000", "abcde-fghij", ""] {
        let answer = hub.post("/mijn/account", &cookie, &format!("do=other-phone&code={wrong}")).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(
            answer.text().contains("Deze code klopt niet") && answer.text().contains("id=\"code-fault\"")
        );
    }
    let begun = hub.post("/mijn/account", &cookie, &format!("do=other-phone&code={first}")).await;
    let set_up = "/inloggen/tweede-stap?naar=%2Fmijn%2Faccount";
    assert_eq!((begun.status.as_u16(), begun.header("location")), (303, set_up));
    for (path, title) in [
        (set_up, "Stel je nieuwe telefoon in"),
        ("/de/anmelden/zweiter-schritt", "Neues Handy einrichten"),
        ("/en/sign-in/second-step", "Set up your new phone"),
    ] {
        let page = hub.get_with(path, &with).await;
        assert!(
            page.text().contains(title) && page.text().contains("class=\"qr\""),
            "{path}: {}",
            page.text()
        );
    }
    let wrong = hub.post(set_up, &cookie, "code=000000").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Deze code klopt niet") && wrong.text().contains("class=\"qr\""));

    // The same with a token of which we know the code at this moment.
    let session = Token::parse(cookie.split_once('=').unwrap().1).unwrap();
    let who = store.find_signed_in(&session, clock()).await.unwrap().unwrap();
    let renewed = vec!["vwxyz-23456".to_owned()];
    store.renew_recovery_codes(&who, renewed, clock()).await.unwrap();
    let token = TotpSecret::of(*b"09876543210987654321");
    store.begin_other_phone(&who, "vwxyz-23456".into(), token, clock()).await.unwrap().unwrap();
    hub.mail().await;
    let done = hub.post(set_up, &cookie, "code=522859").await;
    assert!(done.text().contains("Bewaar je herstelcodes") && done.text().contains("href=\"/mijn/account\""));
    assert_eq!(hub.mail().await.pop().unwrap().message, change(SecondStepChange::NewPhone));
    let page = hub.get_with("/mijn/account", &with).await;
    for happened in
        ["Tweede stap op een andere telefoon gezet", "Nieuwe herstelcodes gemaakt", "Herstelcode gebruikt"]
    {
        assert!(page.text().contains(happened), "{happened}");
    }
    let over = hub.get_with(set_up, &with).await;
    assert_eq!(over.header("location"), "/mijn/account");
}
