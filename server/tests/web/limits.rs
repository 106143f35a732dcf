use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use server::config::Config;

use crate::hub::{TestHub, TestResponse};

fn three_at_once(config: &mut Config) {
    config.limits.requests_per_second = NonZeroU32::MIN;
    config.limits.burst = NonZeroU32::new(3).unwrap();
}

async fn from(hub: &TestHub, peer: &str, headers: &[(&str, &str)]) -> TestResponse {
    let mut request = Request::builder().uri("/robots.txt");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
    hub.send(request).await
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let hub = TestHub::start_with(three_at_once).await;
    for _ in 0..3 {
        assert_eq!(from(&hub, "192.0.2.1", &[]).await.status, 200);
    }
    let refused = from(&hub, "192.0.2.1", &[]).await;
    assert_eq!(refused.status, 429);
    assert!((1..=2).contains(&refused.header("retry-after").parse::<u32>().unwrap()));
    assert!(refused.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(from(&hub, "192.0.2.2", &[]).await.status, 200, "another address is not concerned");
}

#[tokio::test]
async fn files_of_the_site_and_health_have_no_limit() {
    let hub = TestHub::start_with(three_at_once).await;
    for _ in 0..10 {
        assert_eq!(hub.get("/pkg/smarthub.css").await.status, 200);
        assert_eq!(hub.get("/healthz").await.status, 200);
    }
}

#[tokio::test]
async fn an_ipv6_network_counts_as_one_visitor() {
    let hub = TestHub::start_with(three_at_once).await;
    for last in 1..=3 {
        assert_eq!(from(&hub, &format!("2001:db8::{last}"), &[]).await.status, 200);
    }
    assert_eq!(from(&hub, "2001:db8::99", &[]).await.status, 429);
    assert_eq!(from(&hub, "2001:db8:0:1::99", &[]).await.status, 200);
}

#[tokio::test]
async fn what_a_visitor_says_of_his_address_is_not_believed() {
    let hub = TestHub::start_with(three_at_once).await;
    for number in 0..3 {
        let forwarded = format!("203.0.113.{number}");
        assert_eq!(from(&hub, "192.0.2.1", &[("x-forwarded-for", &forwarded)]).await.status, 200);
    }
    assert_eq!(from(&hub, "192.0.2.1", &[("x-forwarded-for", "203.0.113.9")]).await.status, 429);
}

#[tokio::test]
async fn behind_a_proxy_only_the_last_hop_counts() {
    let hub = TestHub::start_with(|config| {
        three_at_once(config);
        config.trusted_proxies = 1;
    })
    .await;
    for number in 0..3 {
        let forwarded = format!("10.0.0.{number}, 203.0.113.1");
        assert_eq!(from(&hub, "127.0.0.1", &[("x-forwarded-for", &forwarded)]).await.status, 200);
    }
    assert_eq!(from(&hub, "127.0.0.1", &[("x-forwarded-for", "10.0.0.9, 203.0.113.1")]).await.status, 429);
    assert_eq!(from(&hub, "127.0.0.1", &[("x-forwarded-for", "203.0.113.2")]).await.status, 200);
}

#[tokio::test]
async fn this_machine_is_limited_unless_the_operator_says_otherwise() {
    let hub = TestHub::start_with(three_at_once).await;
    let mut last = 0;
    for _ in 0..4 {
        last = from(&hub, "127.0.0.1", &[]).await.status.as_u16();
    }
    assert_eq!(last, 429);
    let hub = TestHub::start_with(|config| {
        three_at_once(config);
        config.limits.is_loopback_exempt = true;
    })
    .await;
    for _ in 0..10 {
        assert_eq!(from(&hub, "127.0.0.1", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn an_address_has_a_longest_length() {
    let hub = TestHub::start().await;
    assert_eq!(hub.get(&format!("/vacatures?q={}", "a".repeat(4000))).await.status, 200);
    assert_eq!(hub.get(&format!("/vacatures?q={}", "a".repeat(4096))).await.status, 414);
}

/// A body of which nothing comes.
fn endless() -> Body {
    Body::from_stream(futures::stream::pending::<Result<String, std::io::Error>>())
}

#[tokio::test]
async fn a_body_has_a_largest_size_whether_it_is_announced_or_not() {
    let hub = TestHub::start_with(|config| config.limits.body_bytes = 1000).await;
    let announced = hub.ask("POST", "/inloggen", &[("content-length", "1001")], Body::empty()).await;
    assert_eq!(announced.status, 413);
    let parts = futures::stream::iter((0..11).map(|_| Ok::<_, std::io::Error>("x".repeat(100))));
    assert_eq!(hub.ask("POST", "/inloggen", &[], Body::from_stream(parts)).await.status, 413);
    assert_eq!(hub.ask("POST", "/inloggen", &[], Body::from("x".repeat(1000))).await.status, 422);
}

#[tokio::test]
async fn a_function_of_the_browsers_program_takes_no_file_and_little_else() {
    let hub = TestHub::start().await;
    let large = [("content-length", "262145")];
    assert_eq!(hub.ask("POST", "/api/search_vacancies", &large, Body::empty()).await.status, 413);
    let file = [("content-type", "multipart/form-data; boundary=border")];
    assert_eq!(hub.ask("POST", "/api/search_vacancies", &file, endless()).await.status, 415);
}

#[tokio::test]
async fn nothing_of_a_body_is_read_before_it_is_known_who_asks_for_what() {
    let hub = TestHub::start().await;
    let file = [("content-type", "multipart/form-data; boundary=border")];
    for (page, status) in [
        ("/solliciteren/er-is-geen-99", 404),
        ("/mijn/profiel", 303),
        ("/kantoor/mensen", 303),
        ("/organisatie/ijsselmetaal", 303),
        ("/vacatures", 405),
        ("/nergens", 404),
    ] {
        let answer = tokio::time::timeout(Duration::from_secs(3), hub.ask("POST", page, &file, endless()));
        assert_eq!(answer.await.unwrap().status, status, "{page}");
    }
}

#[tokio::test]
async fn the_head_of_a_part_is_not_read_without_end() {
    let hub = TestHub::start().await;
    let file = [("content-type", "multipart/form-data; boundary=border")];
    let head =
        std::iter::once("--border\r\nx: ".to_owned()).chain(std::iter::repeat_with(|| "x".repeat(1000)));
    let body = Body::from_stream(futures::stream::iter(head.map(Ok::<_, std::io::Error>)));
    let answer = hub.ask("POST", "/solliciteren/cobot-voor-de-lascel-1", &file, body);
    assert_eq!(tokio::time::timeout(Duration::from_secs(3), answer).await.unwrap().status, 400);
}

#[tokio::test]
async fn a_change_asked_for_by_another_site_is_refused() {
    let hub = TestHub::start().await;
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "https://evil.example")],
        vec![("origin", "null")],
    ] {
        for method in ["POST", "PUT", "DELETE"] {
            let answer = hub.ask(method, "/api/x", &headers, Body::empty()).await;
            assert_eq!(answer.status, 403, "{method} {headers:?}");
        }
        assert_eq!(hub.get_with("/", &headers).await.status, 200, "reading is allowed");
    }
    let ours = [("sec-fetch-site", "same-origin"), ("origin", "https://hub.example")];
    assert_ne!(hub.ask("POST", "/api/x", &ours, Body::empty()).await.status, 403);
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let hub = TestHub::start_with(|config| config.limits.timeout_seconds = 1).await;
    assert_eq!(hub.ask("POST", "/inloggen", &[], endless()).await.status, 408);
}
