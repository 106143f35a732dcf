//! A server that is killed at any moment has kept every write that it acknowledged, and has written each mail once.
//!
//! The test starts this same program again as a server, lets several clients write through it, and kills it.

#![expect(clippy::unwrap_used, reason = "a test that can't go on panics")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::hub::{HubState, Settings, World};
use axum::extract::{Path as AtPath, State};
use axum::http::StatusCode;
use axum::routing::post;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::events::{Audience, Event, EventKind, EventState};
use domain::hub::LocalText;
use domain::organisations::{
    BrandGrade, KnownOrganisation, Organisation, OrganisationKind, OrganisationState,
};
use domain::vacancies::{Vacancy, VacancyKind, VacancyState};
use server::config::{Flags, load};
use server::mail::{Mailer, deliver};
use server::{ServerState, listen, router, serve};
use store::{Actor, ImportBatch, Importable, Store};
use tokio_util::sync::CancellationToken;
use web::Assets;

const DATABASE: &str = "CRASH_TEST_DATABASE";
const ROUNDS: u64 = 50;
const CLIENTS: u64 = 3;
/// Those who apply meanwhile.
const TALENTS: u64 = 2;
const VACANCY: &str = "/solliciteren/lassen-1";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

fn event(reference: &str) -> Event {
    let day = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
    Event {
        reference: reference.to_owned(),
        title: format!("Bijeenkomst {reference}"),
        kind: EventKind::Social,
        host_id: None,
        host: None,
        place: "Ulft".to_owned(),
        starts_at: day.and_time(NaiveTime::from_hms_opt(13, 0, 0).unwrap()),
        ends_at: day.and_time(NaiveTime::from_hms_opt(15, 0, 0).unwrap()),
        capacity: None,
        audience: Audience::Everyone,
        state: EventState::Published,
        language: Language::Dutch,
        text: String::new(),
    }
}

/// An organisation with a vacancy, which gets the number 1.
async fn fill(store: &Store) {
    let organisation = Organisation {
        reference: "O-1".to_owned(),
        name: "Berkel Staal".to_owned(),
        kind: OrganisationKind::Company,
        sector: "Smart industry".to_owned(),
        employees: None,
        place: "Ulft".to_owned(),
        website: None,
        contact_name: None,
        email: None,
        kvk_number: None,
        brand_grade: BrandGrade::ConnectedWith,
        state: OrganisationState::Member,
        logo: None,
        member_since: None,
        text: LocalText::default(),
    };
    let day = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
    let owner =
        KnownOrganisation { id: 1, name: organisation.name.clone(), state: OrganisationState::Member };
    let (title, place) = ("Lassen".to_owned(), "Ulft".to_owned());
    let vacancy = Vacancy {
        reference: "V-1".to_owned(),
        state: VacancyState::Published,
        ..Vacancy::minimal(title, &owner, VacancyKind::Internship, place, day)
    };
    import(store, vec![organisation]).await.unwrap();
    import(store, vec![vacancy]).await.unwrap();
}

async fn import<T: Importable>(store: &Store, added: Vec<T>) -> Result<(), store::Error> {
    let today = now().date_naive();
    let batch = ImportBatch { actor: Actor::import("crash"), today, added, changed: Vec::new() };
    store.import(batch, now(), |_| {}).await
}

/// Adds an event and answers only when the database has it.
async fn add(State(store): State<Store>, AtPath(reference): AtPath<String>) -> StatusCode {
    match import(&store, vec![event(&reference)]).await {
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
    if store.is_empty().await.unwrap() {
        fill(&store).await;
    }
    let hub_file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/hub.toml");
    let mut config = load(&hub_file, &Flags::default()).unwrap();
    config.limits.is_loopback_exempt = true;
    config.trusted_proxies = 1;
    config.demo = None;
    config.data_folder = Path::new(url.strip_prefix("sqlite:").unwrap()).parent().unwrap().to_owned();
    let settings = Settings {
        public_url: "http://127.0.0.1".to_owned(),
        is_development: false,
        has_mailbox: false,
        synonyms: String::new(),
    };
    let world = World { clock: now, random: server::random::fill };
    let state = HubState::start(config.hub.clone(), store.clone(), settings, world).await.unwrap();
    let limits = config.limits.clone();
    let mailer = Mailer::new(state.clone(), &config).unwrap();
    tokio::spawn(deliver(mailer, now, CancellationToken::new()));
    let server = ServerState::open(state, Assets::find(Path::new("/nowhere/hash.txt")), config).unwrap();
    let routes =
        router(server).merge(axum::Router::new().route("/crash/{reference}", post(add)).with_state(store));
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
        if stream.write_all(request.as_bytes()).is_err() || !is_answered(&mut stream, "201") {
            return;
        }
        acknowledged.lock().unwrap().push(reference);
    }
}

/// Applies under one address after the other until the server is gone; notes each that was acknowledged.
fn apply_until_killed(address: SocketAddr, name: &str, acknowledged: &Mutex<Vec<String>>) {
    let Ok(mut stream) = TcpStream::connect(address) else { return };
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    for number in 0..250_u8 {
        let email = format!("{name}.{number}@talent.example");
        let form = format!("name=Tim&email={email}&motivation=Graag&do=send");
        // Each comes from another network, as a proxy would say.
        let request = format!(
            "POST {VACANCY} HTTP/1.1\r\nhost: hub\r\nx-forwarded-for: 10.{}.{}.{number}\r\ncontent-type: \
             application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            name.len(),
            number,
            form.len()
        );
        if stream.write_all(request.as_bytes()).is_err() || !is_answered(&mut stream, "303") {
            return;
        }
        acknowledged.lock().unwrap().push(email);
    }
}

fn is_answered(stream: &mut TcpStream, status: &str) -> bool {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return false;
        }
        head.push(byte[0]);
    }
    head.starts_with(format!("HTTP/1.1 {status}").as_bytes())
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

/// Every application is there and was written about once; every mail that counts as sent is there, and no other but the one
/// that was on its way at each kill.
async fn check_applications(url: &str, folder: &Path, applied: &[String]) {
    let store = Store::connect(url).await.unwrap();
    let mails = store.list_mail(1_000_000).await.unwrap();
    let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    let each: BTreeSet<&str> = to.iter().copied().collect();
    assert_eq!(to.len(), each.len(), "somebody got a mail twice");
    for address in applied {
        assert!(each.contains(address.as_str()), "{address} applied and gets no mail");
        let email = EmailAddress::parse(address).unwrap();
        let kept = store.find_leaving(&email).await.unwrap().map(|leaving| leaving.applications);
        assert_eq!(kept, Some(1), "the application of {address}");
    }
    let files: BTreeSet<String> = std::fs::read_dir(folder.join("mail"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "eml"))
        .collect();
    let sent: BTreeSet<String> =
        mails.iter().filter(|mail| mail.sent_at.is_some()).map(|mail| format!("{}.eml", mail.id)).collect();
    assert!(!sent.is_empty(), "no mail was sent; the test proves little");
    assert!(sent.is_subset(&files), "sent and lost: {:?}", sent.difference(&files));
    let on_their_way = mails.iter().filter(|mail| mail.sent_at.is_none() && mail.attempts > 0).count();
    assert!(files.len() <= sent.len() + on_their_way, "a mail that nobody wrote");
    store.close().await;
}

#[test]
fn a_killed_server_has_kept_every_write_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("hub.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let applied = Arc::new(Mutex::new(Vec::new()));
    let mut seed = 0x5eed_1234_5678_9abc_u64;
    for round in 0..ROUNDS {
        let (mut child, address) = start_server(&url);
        let mut clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let acknowledged = Arc::clone(&acknowledged);
                std::thread::spawn(move || {
                    write_until_killed(address, &format!("E-{round}-{client}"), &acknowledged);
                })
            })
            .collect();
        clients.extend((0..TALENTS).map(|talent| {
            let applied = Arc::clone(&applied);
            std::thread::spawn(move || apply_until_killed(address, &format!("t.{round}.{talent}"), &applied))
        }));
        std::thread::sleep(Duration::from_millis(20 + next(&mut seed) % 180));
        child.kill().unwrap();
        child.wait().unwrap();
        for client in clients {
            client.join().unwrap();
        }
        runtime.block_on(check(&url, &acknowledged.lock().unwrap()));
    }
    runtime.block_on(check_applications(&url, folder.path(), &applied.lock().unwrap()));
    let count = acknowledged.lock().unwrap().len();
    let applications = applied.lock().unwrap().len();
    assert!(applications as u64 > ROUNDS, "only {applications} applications were acknowledged");
    assert!(count as u64 > ROUNDS, "only {count} writes were acknowledged; the test proves little");
}
