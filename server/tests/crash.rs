//! A server that is killed at any moment has kept every write that it acknowledged.
//!
//! The test starts this same program again as a server, lets several clients write through it, and kills it.

#![expect(clippy::unwrap_used, reason = "a test that can't go on panics")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::server::{Assets, HubState, Settings, World};
use axum::extract::{Path as AtPath, State};
use axum::http::StatusCode;
use axum::routing::post;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::Language;
use domain::events::{Audience, Event, EventKind};
use server::config::{Flags, load};
use server::{Site, listen, router, serve};
use store::{ImportBatch, Store};
use tokio_util::sync::CancellationToken;

const DATABASE: &str = "CRASH_TEST_DATABASE";
const ROUNDS: u64 = 50;
const CLIENTS: u64 = 4;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

fn event(reference: &str) -> Event {
    let day = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
    Event {
        reference: reference.to_owned(),
        title: format!("Bijeenkomst {reference}"),
        kind: EventKind::Social,
        host: None,
        place: "Ulft".to_owned(),
        starts_at: day.and_time(NaiveTime::from_hms_opt(13, 0, 0).unwrap()),
        ends_at: day.and_time(NaiveTime::from_hms_opt(15, 0, 0).unwrap()),
        capacity: None,
        audience: Audience::Everyone,
        language: Language::Dutch,
        text: String::new(),
    }
}

/// Adds an event and answers only when the database has it.
async fn add(State(store): State<Store>, AtPath(reference): AtPath<String>) -> StatusCode {
    let today = now().date_naive();
    let batch =
        ImportBatch { actor: "crash".to_owned(), today, added: vec![event(&reference)], changed: Vec::new() };
    match store.import(batch, now(), |_| {}).await {
        Ok(()) => StatusCode::CREATED,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The server that is killed; without its variable this test has nothing to do.
#[test]
fn the_server_that_is_killed() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        // Should the parent go first, this ends by itself.
        let _ = tokio::time::timeout(Duration::from_secs(30), run_server(&url)).await;
    });
}

async fn run_server(url: &str) {
    let store = Store::connect(url).await.unwrap();
    store.migrate().await.unwrap();
    let hub_file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/hub.toml");
    let mut config = load(&hub_file, &Flags::default()).unwrap();
    config.limits.is_loopback_exempt = true;
    let settings = Settings {
        public_url: "http://127.0.0.1".to_owned(),
        is_development: false,
        has_mailbox: false,
        assets: Assets::find(Path::new("/nowhere/hash.txt")),
        synonyms: String::new(),
    };
    let world = World { clock: now, chance: server::chance::fill };
    let state = HubState::start(config.hub.clone(), store.clone(), settings, world).await.unwrap();
    let limits = config.limits.clone();
    let site = Site::open(state, config).unwrap();
    let routes =
        router(site).merge(axum::Router::new().route("/crash/{reference}", post(add)).with_state(store));
    let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    println!("\nport {}", listener.local_addr().unwrap().port());
    serve(listener, routes, limits, CancellationToken::new()).await;
}

fn start_server(url: &str) -> (Child, SocketAddr) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["the_server_that_is_killed", "--exact", "--nocapture"])
        .env(DATABASE, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("port ")?.parse().ok());
    (child, SocketAddr::from(([127, 0, 0, 1], port.unwrap())))
}

/// Adds events one after the other until the server is gone; notes each that was acknowledged.
fn write_until_killed(address: SocketAddr, name: &str, acknowledged: &Mutex<Vec<String>>) {
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    for number in 0.. {
        let reference = format!("{name}-{number}");
        let request = format!("POST /crash/{reference} HTTP/1.1\r\nhost: hub\r\ncontent-length: 0\r\n\r\n");
        if stream.write_all(request.as_bytes()).is_err() || !is_created(&mut stream) {
            return;
        }
        acknowledged.lock().unwrap().push(reference);
    }
}

fn is_created(stream: &mut TcpStream) -> bool {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return false;
        }
        head.push(byte[0]);
    }
    head.starts_with(b"HTTP/1.1 201")
}

/// A row of numbers that is the same in every run.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

async fn check(url: &str, acknowledged: &[String]) {
    let store = Store::connect(url).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let kept = store.existing::<Event>().await.unwrap();
    let lost: Vec<&String> = acknowledged.iter().filter(|reference| !kept.contains_key(*reference)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    store.close().await;
}

#[test]
fn a_killed_server_has_kept_every_write_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("hub.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut seed = 0x5eed_1234_5678_9abc_u64;
    for round in 0..ROUNDS {
        let (mut child, address) = start_server(&url);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let acknowledged = Arc::clone(&acknowledged);
                std::thread::spawn(move || {
                    write_until_killed(address, &format!("E-{round}-{client}"), &acknowledged);
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(20 + next(&mut seed) % 180));
        child.kill().unwrap();
        child.wait().unwrap();
        for client in clients {
            client.join().unwrap();
        }
        runtime.block_on(check(&url, &acknowledged.lock().unwrap()));
    }
    let count = acknowledged.lock().unwrap().len();
    assert!(count as u64 > ROUNDS, "only {count} writes were acknowledged; the test proves little");
}
