use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use domain::vacancies::VacancyState;
use server::keep_fresh;
use tokio_util::sync::CancellationToken;

use crate::hub::TestHub;

#[tokio::test]
async fn watchers_learn_whether_the_server_can_work() {
    let hub = TestHub::start().await;
    assert_eq!(hub.get("/healthz").await.text(), "ok\n");
    let ready = hub.get("/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(ready.text().contains("\"open_vacancies\":3"), "{}", ready.text());
    hub.server.state.store().clone().close().await;
    assert_eq!(hub.get("/readyz").await.status, 503);
    assert_eq!(hub.get("/healthz").await.status, 200);
    assert_eq!(hub.get("/vacatures").await.status, 200, "pages show the last catalogue");
}

#[tokio::test]
async fn metrics_count_by_route_and_not_by_address() {
    let hub = TestHub::start().await;
    hub.get("/ics/a-secret-address.ics").await;
    hub.get("/pkg/smarthub.css").await;
    hub.get("/de/stellen/another-secret-9").await;
    let text = hub.server.metrics.render();
    assert!(text.contains("route=\"/ics/{file}\""), "{text}");
    assert!(text.contains("route=\"file\""), "{text}");
    assert!(
        text.contains("smarthub_request_seconds_bucket") && text.contains("smarthub_rate_limited_total"),
        "{text}"
    );
    assert!(text.contains("route=\"/vacatures/{slug}\"") && !text.contains("another-secret"), "{text}");
    assert!(!text.contains("a-secret-address"), "{text}");
    assert_eq!(hub.get("/metrics").await.status, 404, "metrics have an address of their own");
}

#[tokio::test]
async fn a_change_in_the_database_is_public_within_seconds() {
    let hub = TestHub::start().await;
    let stop = CancellationToken::new();
    let background = tokio::spawn(keep_fresh(hub.server.clone(), stop.clone()));
    let card = hub.server.state.catalogue().open_vacancies().remove(0);
    hub.bring(card.id, VacancyState::Filled).await;
    let mut throttle = 0;
    while hub.get("/vacatures.atom").await.text().contains(&card.slug()) {
        throttle += 1;
        assert!(throttle < 50, "still public after five seconds");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    stop.cancel();
    background.await.unwrap();
}

#[tokio::test]
async fn a_page_that_panics_becomes_an_apology_with_a_number() {
    let fails = || async { std::hint::black_box(Option::<StatusCode>::None).unwrap() };
    let hub = TestHub::start().await.with_routes(Router::new().route("/en/broken", get(fails)));
    for _ in 0..2 {
        let answer = hub.get("/en/broken").await;
        assert_eq!(answer.status, 500);
        assert!(answer.text().contains(answer.header("x-request-id")), "{}", answer.text());
        assert!(
            answer.text().contains("lang=\"en\"") && !answer.text().contains("unwrap"),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn a_page_that_takes_too_long_is_given_up() {
    let never = || std::future::pending::<StatusCode>();
    let hub = TestHub::start_with(|config| config.limits.timeout_seconds = 1).await;
    let hub = hub.with_routes(Router::new().route("/never", get(never)));
    let answer = hub.get("/never").await;
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains(answer.header("x-request-id")), "{}", answer.text());
    assert!(answer.headers.contains_key("content-security-policy"));
}
