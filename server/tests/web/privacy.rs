//! What people do with their own data: read what happened, take it along, have it erased.

use axum::body::Body;
use domain::Language;
use domain::Moment;
use domain::accounts::mail::AccountMail;
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::mail::Message;

use crate::hub::{PDF, TestHub, clock};

const SANNE: &str = "sanne@talent.example";

async fn apply(hub: &TestHub, cookie: &str) {
    let fields = [("name", "Sanne Wolters"), ("motivation", "Ik wil leren lassen."), ("do", "send")];
    let sent =
        hub.post_parts("/solliciteren/cobot-voor-de-lascel-1", cookie, &fields, Some(("cv.pdf", PDF))).await;
    assert_eq!(sent.leads_to(), "/sollicitaties/1 application/Sent", "{}", sent.text());
    hub.mail().await;
}

#[tokio::test]
async fn the_account_page_tells_what_happened_and_leads_to_ones_data() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in(SANNE).await;
    let language = "do=person&name=Sanne&language=nl";
    assert_eq!(hub.post("/mijn/account", &cookie, language).await.status, 303);
    for (address, erase, texts) in [
        (
            "/mijn/account",
            "/mijn/wissen",
            ["Account gemaakt", "Naam of taal gewijzigd", "21 november 2026, 13.00"],
        ),
        (
            "/de/mein/konto",
            "/de/mein/loeschen",
            ["Konto erstellt", "Name oder Sprache geändert", "21. November 2026, 13:00"],
        ),
        (
            "/en/my/account",
            "/en/my/erase",
            ["Account created", "Name or language changed", "21 November 2026, 13:00"],
        ),
    ] {
        let page = hub.get_with(address, &[("cookie", &cookie)]).await;
        let text = page.text();
        for expected in texts {
            assert!(text.contains(expected), "{address}: {expected}");
        }
        assert!(text.contains("href=\"/mijn/gegevens.json\""), "{address}");
        assert!(text.contains(&format!("href=\"{erase}\"")), "{address}");
    }
}

#[tokio::test]
async fn ones_data_comes_as_a_file_that_nobody_keeps() {
    let hub = TestHub::start().await;
    let stranger = hub.get("/mijn/gegevens.json").await;
    assert_eq!(
        (stranger.status.as_u16(), stranger.header("location")),
        (303, "/inloggen?naar=%2Fmijn%2Faccount")
    );
    let cookie = hub.sign_in(SANNE).await;
    apply(&hub, &cookie).await;
    let file = hub.get_with("/mijn/gegevens.json", &[("cookie", &cookie)]).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "application/json"));
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"mijn-gegevens-2026-11-21.json\"");
    let text = file.text();
    let data: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(data["account"]["email"], SANNE);
    assert_eq!(data["applications"][0]["motivation"], "Ik wil leren lassen.");
    assert_eq!(data["applications"][0]["cv"]["link"], "https://hub.example/cv/1");
    assert_eq!(hub.get_with("/cv/1", &[("cookie", &cookie)]).await.status, 200);
    let places = ["\"made_at\"", "\"account\"", "\"applications\"", "\"mails\"", "\"history\""];
    let places: Vec<usize> = places.iter().map(|part| text.find(part).unwrap()).collect();
    assert!(places.is_sorted(), "its parts have an order: {places:?}");
    assert_eq!(hub.post("/mijn/gegevens.json", &cookie, "").await.status, 405);
}

#[tokio::test]
async fn an_account_is_erased_by_who_types_its_address() {
    for (page, gone, error, button, done, kept) in [
        (
            "/mijn/wissen",
            "/gewist",
            "Dit is niet het adres van je account",
            "Account voorgoed wissen",
            "Je account is gewist",
            "zonder naam en adres",
        ),
        (
            "/de/mein/loeschen",
            "/de/geloescht",
            "Das ist nicht die Adresse deines Kontos",
            "Konto endgültig löschen",
            "Dein Konto ist gelöscht",
            "ohne Namen und Adresse",
        ),
        (
            "/en/my/erase",
            "/en/erased",
            "This is not the address of your account",
            "Erase account for good",
            "Your account is erased",
            "without name and address",
        ),
    ] {
        let hub = TestHub::start().await;
        let cookie = hub.sign_in(SANNE).await;
        apply(&hub, &cookie).await;
        for _ in 0..2 {
            let shown = hub.get_with(page, &[("cookie", &cookie)]).await;
            assert_eq!(shown.status, 200);
            assert!(shown.text().contains(button) && shown.text().contains(kept), "{page}");
        }
        let wrong = hub.post(page, &cookie, "do=erase&email=%3Csanne%3E+%22").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains(error) && wrong.text().contains("aria-invalid=\"true\""), "{page}");
        assert!(wrong.text().contains("value=\"&lt;sanne&gt; &quot;\""), "{page}");
        let foreign = [
            ("cookie", cookie.as_str()),
            ("origin", "https://evil.example"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let body = Body::from("do=erase&email=sanne%40talent.example");
        assert_eq!(hub.ask("POST", page, &foreign, body).await.status, 403);
        assert_eq!(hub.get_with("/mijn", &[("cookie", &cookie)]).await.status, 200);

        let erased = hub.post(page, &cookie, "do=erase&email=Sanne%40Talent.example").await;
        let next = erased.header("location");
        assert_eq!((erased.status.as_u16(), next), (303, gone));
        assert!(erased.header("set-cookie").starts_with("__Host-session=; "));
        assert!(erased.header("set-cookie").contains("; Max-Age=0"));
        assert!(hub.get(next).await.text().contains(done), "{page}");
        assert_eq!(hub.get_with("/mijn", &[("cookie", &cookie)]).await.status, 303);
        let kinds: Vec<&str> = hub.mail().await.iter().map(|mail| mail.message.kind().code()).collect();
        assert_eq!(kinds, ["application_erased", "account_erased"]);
        let again = hub.post(page, &cookie, "do=erase&email=sanne%40talent.example").await;
        assert_eq!(again.status, 303, "who sends it twice is asked to sign in");
        assert!(hub.mail().await.is_empty());
    }
}

#[tokio::test]
async fn who_is_needed_is_told_so_before_leaving() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let email = |text: &str| EmailAddress::parse(text).unwrap();
    let organisation = "ijsselmetaal".to_owned();
    let ann = email("ann@ijsselmetaal.example");
    store.add_member(ann, organisation, MemberRole::Manager, Language::Dutch, clock()).await.unwrap();
    let cookie = hub.sign_in("ann@ijsselmetaal.example").await;
    let page = hub.get_with("/mijn/wissen", &[("cookie", &cookie)]).await;
    assert!(page.text().contains("Jij bent de enige beheerder van IJsselmetaal"), "{}", page.text());
    let erased = hub.post("/mijn/wissen", &cookie, "do=erase&email=ann%40ijsselmetaal.example").await;
    assert_eq!(erased.header("location"), "/gewist");

    let eva = email("eva@hub.example");
    store.add_staff(eva, StaffRole::Manager, Language::Dutch, clock()).await.unwrap();
    let cookie = hub.sign_in("eva@hub.example").await;
    let page = hub.get_with("/mijn/wissen", &[("cookie", &cookie)]).await;
    assert!(page.text().contains("laatste manager") && !page.text().contains("name=\"email\""));
    let stays = hub.post("/mijn/wissen", &cookie, "do=erase&email=eva%40hub.example").await;
    assert_eq!(stays.status, 409);
    assert!(stays.text().contains("laatste manager"));
    assert_eq!(hub.get_with("/mijn", &[("cookie", &cookie)]).await.status, 200);
    // In a session without the second step nobody erases anything.
    let link = hub.new_link("eva@hub.example").await;
    let waits = hub.post(&format!("/inloggen/{link}"), "", "").await.cookie("__Host-session");
    let sent = hub.post("/mijn/wissen", &waits, "do=erase&email=eva%40hub.example").await;
    assert_eq!(sent.header("location"), "/inloggen/tweede-stap?naar=%2Fmijn%2Fwissen");
}

#[tokio::test]
async fn an_owner_who_is_warned_keeps_the_account_by_signing_in() {
    let hub = TestHub::start().await;
    hub.sign_in(SANNE).await;
    hub.mail().await;
    let (store, letter_context) = (hub.server.state.store(), hub.server.state.letter_context());
    let at = clock() + chrono::TimeDelta::days(705);
    store.look_after_unused(&letter_context, Moment { now: at, today: at.date_naive() }).await.unwrap();
    let warned = store.claim_mail(at).await.unwrap().unwrap();
    assert!(matches!(warned.message, Message::Account(AccountMail::AccountUnused { .. })));
    let cookie = hub.sign_in(SANNE).await;
    let page = hub.get_with("/mijn/account", &[("cookie", &cookie)]).await;
    let text = page.text();
    assert!(text.contains("Gemaild dat het account verdwijnt") && text.contains(" · de hub"), "{text}");
    let at = clock() + chrono::TimeDelta::days(699);
    assert_eq!(
        store.count_unused(Moment { now: at, today: at.date_naive() }).await.unwrap(),
        store::Unused::default()
    );
}

#[tokio::test]
async fn the_privacy_statement_says_what_goes_and_what_stays() {
    let hub = TestHub::start().await;
    for (page, texts) in [
        ("/privacy", ["twee jaar", "Als je je account wist", "Reservekopieën"]),
        ("/de/datenschutz", ["zwei Jahre", "Wenn du dein Konto löschst", "Sicherungskopien"]),
        ("/en/privacy", ["two years", "When you erase your account", "Backups"]),
    ] {
        let answer = hub.get(page).await;
        for text in texts {
            assert!(answer.text().contains(text), "{page}: {text}");
        }
    }
}
