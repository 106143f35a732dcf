//! Talents: the profile, what fits it, and what is kept.

use domain::text::encode;

use crate::hub::{PDF, TestHub, TestResponse};

const PROFILE: &[(&str, &str)] = &[
    ("name", "Sanne van den Berg"),
    ("programme", "Werktuigbouwkunde"),
    ("level", "hbo"),
    ("study_fields[]", "mechatronica"),
    ("skills[]", "PLC programming"),
    ("skills[]", "jongleren \"<b>\""),
    ("home_place", "Ulft"),
    ("roots", "Gendringen"),
    ("fits", "yes"),
];

fn shows(answer: &TestResponse, text: &str) {
    assert!(answer.text().contains(text), "{text} is not in {}", answer.text());
}

#[tokio::test]
async fn what_fits_is_marked_with_its_reasons_and_comes_first_when_asked() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let with = [("cookie", cookie.as_str())];
    let before = hub.get_with("/vacatures", &with).await;
    assert!(!before.text().contains("data-talent") && !before.text().contains("sorteer\" value=\"past"));
    let saved = hub.post_parts("/mijn/profiel", &cookie, PROFILE, Some(("cv.pdf", PDF))).await;
    assert_eq!((saved.status.as_u16(), saved.leads_to().as_str()), (303, "/mijn/profiel profile/null"));
    let form = hub.get_with("/mijn/profiel", &with).await;
    for part in [
        "value=\"Sanne van den Berg\"",
        "value=\"PLC-programmering\"",
        "jongleren &quot;&lt;b&gt;&quot;",
        "cv.pdf",
        "value=\"Gendringen\"",
    ] {
        shows(&form, part);
    }
    shows(&hub.get_with("/mijn/account", &with).await, "value=\"Sanne van den Berg\"");
    // A skill that the hub knows is shown in the reader's language, another as it was typed.
    for (path, skill) in [("/de/mein/profil", "SPS-Programmierung"), ("/en/my/profile", "PLC programming")] {
        let form = hub.get_with(path, &with).await;
        // Once where skills are suggested, and once where this one was chosen.
        assert_eq!(form.text().matches(&format!("value=\"{skill}\"")).count(), 2, "{path}");
        shows(&form, "jongleren &quot;&lt;b&gt;&quot;");
    }
    let marked = hub.get_with("/vacatures?sorteer=past", &with).await;
    shows(&marked, "class=\"mark\"");
    shows(&marked, "jouw richting");
    shows(&marked, "data-talent=\"");
    shows(&marked, "value=\"past\" selected");
    let first = marked.text().find("class=\"card\"").unwrap();
    let mark = marked.text().find("class=\"mark\"").unwrap();
    let second = marked.text()[first + 1..].find("class=\"card\"").unwrap() + first + 1;
    assert!(first < mark && mark < second, "the first card is marked");
    shows(&hub.get_with("/de/stellen?sorteer=past", &with).await, "Passt zu dir");
    shows(&hub.get_with("/mijn", &with).await, "jouw richting");
    let found = hub.get_with("/api/search_vacancies?filter=sorteer%3Dpast&language=nl", &with).await;
    let stranger = hub.get("/api/search_vacancies?filter=sorteer%3Dpast&language=nl").await;
    assert_ne!(found.body, stranger.body, "the server tells a browser without an index the same");
    assert!(!hub.get("/vacatures?sorteer=past").await.text().contains("class=\"mark\""));

    let off: Vec<(&str, &str)> = PROFILE.iter().copied().filter(|(name, _)| *name != "fits").collect();
    hub.post_parts("/mijn/profiel", &cookie, &off, None).await;
    let after = hub.get_with("/vacatures", &with).await;
    assert!(!after.text().contains("data-talent") && !after.text().contains("class=\"mark\""));
}

#[tokio::test]
async fn a_profile_says_what_is_wrong_beside_each_field_and_keeps_what_was_typed() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let long = "x".repeat(10_000);
    let fields = [
        ("name", long.as_str()),
        ("programme", "van den Berg & \"zonen\""),
        ("institution", long.as_str()),
        ("from", "morgen"),
        ("hours", "99"),
        ("about", long.as_str()),
        ("skills[]", "lassen"),
    ];
    for (path, hours) in [
        ("/mijn/profiel", "1 tot en met 40"),
        ("/de/mein/profil", "von 1 bis 40"),
        ("/en/my/profile", "from 1 to 40"),
    ] {
        let wrong = hub.post_parts(path, &cookie, &fields, Some(("cv.pdf", b"<html>"))).await;
        assert_eq!(wrong.status, 422);
        shows(&wrong, "van den Berg &amp; &quot;zonen&quot;");
        shows(&wrong, &format!("value=\"{long}\""));
        shows(&wrong, hours);
        for field in ["name", "institution", "from", "hours", "about", "cv"] {
            shows(&wrong, &format!("id=\"{field}-fault\""));
        }
    }
    assert!(hub.get_with("/mijn/profiel", &[("cookie", &cookie)]).await.text().contains("id=\"programme\""));
}

#[tokio::test]
async fn the_cv_of_the_profile_is_ready_when_applying() {
    let hub = TestHub::start().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    hub.post_parts("/mijn/profiel", &cookie, PROFILE, Some(("cv.pdf", PDF))).await;
    let path = "/solliciteren/cobot-voor-de-lascel-1";
    shows(&hub.get_with(path, &[("cookie", &cookie)]).await, "cv.pdf");
    let fields = [("name", "Sanne"), ("motivation", "Ik wil leren lassen."), ("do", "send")];
    let sent = hub.post_parts(path, &cookie, &fields, None).await;
    assert_eq!(sent.status, 303);
    let own = hub.get_with("/cv/1", &[("cookie", &cookie)]).await;
    assert_eq!((own.status.as_u16(), &own.body[..]), (200, PDF));
    let profiles = hub.get_with("/cv/profiel", &[("cookie", &cookie)]).await;
    assert_eq!((profiles.status.as_u16(), &profiles.body[..]), (200, PDF));
    assert!(profiles.header("content-disposition").starts_with("attachment"));
    assert!(hub.get("/cv/profiel").await.header("location").starts_with("/inloggen"));
    let other = hub.sign_in("lotte@talent.example").await;
    assert_eq!(hub.get_with("/cv/profiel", &[("cookie", &other)]).await.status, 404);
    let without = hub.sign_in("tim@talent.example").await;
    hub.post_parts("/mijn/profiel", &without, PROFILE, Some(("cv.pdf", PDF))).await;
    let fields = [("name", "Tim"), ("motivation", "Ik ook."), ("remove-cv", "yes"), ("do", "send")];
    assert_eq!(hub.post_parts(path, &without, &fields, None).await.status, 303);
    assert_eq!(hub.get_with("/cv/2", &[("cookie", &without)]).await.status, 404);
}

#[tokio::test]
async fn a_vacancy_is_kept_after_signing_in() {
    let hub = TestHub::start().await;
    let slug = "cobot-voor-de-lascel-1";
    shows(&hub.get(&format!("/vacatures/{slug}")).await, &format!("/mijn/bewaard?vacature={slug}"));
    let stranger = hub.get(&format!("/mijn/bewaard?vacature={slug}")).await;
    let wanted = encode(&format!("/mijn/bewaard?vacature={slug}"));
    assert_eq!(stranger.header("location"), format!("/inloggen?naar={wanted}"));
    let cookie = hub.sign_in("sanne@talent.example").await;
    let with = [("cookie", cookie.as_str())];
    shows(&hub.get_with(&format!("/mijn/bewaard?vacature={slug}"), &with).await, "name=\"note\"");
    let long = format!("do=save&vacancy=1&note={}", "x".repeat(501));
    assert_eq!(hub.post("/mijn/bewaard", &cookie, &long).await.status, 422);
    let note = encode("d'Hondt </textarea><script>alert(1)</script>");
    assert_eq!(
        hub.post("/mijn/bewaard", &cookie, &format!("do=save&vacancy=1&note={note}")).await.status,
        303
    );
    let list = hub.get_with("/en/my/saved", &with).await;
    shows(&list, "Hondt");
    assert!(!list.text().contains("<script>alert"));
    let change = hub.get_with(&format!("/mijn/bewaard?vacature={slug}"), &with).await;
    assert!(!change.text().contains("<script>alert"));
    assert_eq!(hub.post("/mijn/bewaard", &cookie, "do=save&vacancy=999").await.status, 404);
    assert_eq!(hub.post("/mijn/bewaard", &cookie, "do=remove&vacancy=1").await.status, 303);
    shows(&hub.get_with("/mijn/bewaard", &with).await, "nog niets bewaard");
}
