use axum::body::Body;

use crate::hub::TestHub;

const EVERY_KIND: [&str; 10] = [
    "/",
    "/vacatures?q=lasrobot",
    "/bestaat-niet",
    "/pkg/smarthub.css",
    "/vacatures.atom",
    "/vacatures.json",
    "/agenda.ics",
    "/sitemap.xml",
    "/robots.txt",
    "/logos/ijsselmetaal.svg",
];

#[tokio::test]
async fn every_answer_says_what_it_may_do() {
    let hub = TestHub::start().await;
    for address in EVERY_KIND {
        let answer = hub.get(address).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {address}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"), "{address}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{address}: {policy}"
        );
        assert!(!answer.headers.contains_key("strict-transport-security"), "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
        assert!(answer.headers.contains_key("cache-control"), "{address}");
    }
}

#[tokio::test]
async fn scripts_of_a_page_need_the_number_of_that_answer() {
    let hub = TestHub::start().await;
    let numbers = ["/", "/"].map(|address| hub.get(address));
    let mut seen = Vec::new();
    for answer in numbers {
        let answer = answer.await;
        let policy = answer.header("content-security-policy").to_owned();
        let number =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
        let scripts = policy.split("script-src").nth(1).unwrap().split(';').next().unwrap();
        assert!(!scripts.contains("'unsafe-inline'") && !scripts.contains("'unsafe-eval'"), "{policy}");
        for tag in answer.text().split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{number}\"")), "<script{tag}>");
        }
        seen.push(number);
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test]
async fn behind_tls_browsers_stay_with_https() {
    let hub = TestHub::start_with(|config| config.is_behind_tls = true).await;
    for address in EVERY_KIND {
        let answer = hub.get(address).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000", "{address}");
        assert!(answer.header("content-security-policy").ends_with("upgrade-insecure-requests"), "{address}");
    }
}

#[tokio::test]
async fn a_picture_that_could_hold_a_script_is_shut_in() {
    let hub = TestHub::start().await;
    for address in ["/logos/ijsselmetaal.svg", "/icons/icon.svg", "/logo.svg"] {
        let answer = hub.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert!(answer.header("content-security-policy").contains("sandbox"), "{address}");
    }
}

#[tokio::test]
async fn the_number_of_a_request_is_ours() {
    let hub = TestHub::start().await;
    let given = [("x-request-id", "attacker-1234")];
    let (one, two) = (hub.get_with("/", &given).await, hub.get_with("/", &given).await);
    assert_ne!(one.header("x-request-id"), "attacker-1234");
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
    let behind = TestHub::start_with(|config| config.trusted_proxies = 1).await;
    assert_eq!(behind.get_with("/", &given).await.header("x-request-id"), "attacker-1234");
    let bad = behind.get_with("/", &[("x-request-id", "<script>alert(1)</script>")]).await;
    assert!(!bad.header("x-request-id").contains('<'));
}

#[tokio::test]
async fn a_page_that_fails_shows_the_number_of_the_request() {
    let hub = TestHub::start().await;
    let slug = hub.server.state.catalogue().open_vacancies().remove(0).slug();
    hub.server.state.store().clone().close().await;
    let answer = hub.get(&format!("/de/stellen/{slug}")).await;
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains(answer.header("x-request-id")), "{}", answer.text());
    assert!(answer.text().contains("lang=\"de\""));
}

#[tokio::test]
async fn a_refusal_is_a_page_in_the_language_of_the_visitor() {
    let hub = TestHub::start().await;
    let answer = hub.get(&format!("/de/stellen?q={}", "a".repeat(5000))).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (414, "text/html; charset=utf-8"));
    assert!(answer.text().contains("lang=\"de\""));
    let answer = hub.ask("POST", "/", &[("sec-fetch-site", "cross-site")], Body::empty()).await;
    assert!(answer.text().contains("lang=\"nl\""));
}
