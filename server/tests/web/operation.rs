use domain::vacancies::VacancyState;
use server::keep_fresh;
use tokio_util::sync::CancellationToken;

use crate::hub::{TestHub, clock, today};

#[tokio::test]
async fn watchers_learn_whether_the_server_can_work() {
    let hub = TestHub::start().await;
    assert_eq!(hub.get("/healthz").await.text(), "ok\n");
    let ready = hub.get("/readyz").await;
    assert_eq!(ready.status, 200);
    assert!(ready.text().contains("\"open_vacancies\":3"), "{}", ready.text());
    hub.site.state.store().clone().close().await;
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
    let text = hub.site.metrics.render();
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
    let background = tokio::spawn(keep_fresh(hub.site.clone(), stop.clone()));
    let card = hub.site.state.catalogue().open_vacancies().remove(0);
    let store = hub.site.state.store();
    store.change_vacancy_state(card.id, VacancyState::Filled, "test", clock(), today()).await.unwrap();
    let mut tries = 0;
    while hub.get("/vacatures.atom").await.text().contains(&card.slug()) {
        tries += 1;
        assert!(tries < 50, "still public after five seconds");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    stop.cancel();
    background.await.unwrap();
}
