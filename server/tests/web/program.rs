//! The program itself, started as an operator does: what it does without being asked.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ::hub::HubState;
use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::EmailAddress;
use domain::alerts::Frequency;
use domain::applications::ApplicationDraft;
use domain::vacancies::{Vacancy, VacancyFilter, VacancyState};
use store::{
    Applied, Applying, Browser, Code, ImportBatch, SignInRequest, SignInTokens, SignedIn, Token, WantedAlert,
};

use crate::hub::{TestHub, hub_file};

/// A program that ends with its test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

async fn sign_in(state: &HubState, address: &str, at: DateTime<Utc>) -> SignedIn {
    let token = || Token::of(state.random());
    let asked = SignInRequest {
        email: EmailAddress::parse(address).unwrap(),
        language: Language::German,
        wanted: String::new(),
        network: "192.0.2.1".into(),
    };
    let tokens = SignInTokens { link: token(), browser: token(), code: Code::of(state.random()) };
    state.store().ask_sign_in(asked, tokens.clone(), at).await.unwrap().unwrap();
    let browser = Browser { token: token(), device: String::new(), network: "192.0.2.1".into() };
    state.store().sign_in_by_link(tokens.link, browser, at).await.unwrap().unwrap().who
}

/// Publishes a vacancy like the first of the hub; returns its number.
async fn publish(state: &HubState, reference: &str, closes_on: chrono::NaiveDate, at: DateTime<Utc>) -> i64 {
    let like = state.store().find_vacancy(1).await.unwrap().unwrap().vacancy;
    let vacancy = Vacancy {
        reference: reference.into(),
        title: format!("Bau mit an {reference}"),
        closes_on,
        published_on: None,
        state: VacancyState::Published,
        ..like
    };
    let batch = ImportBatch {
        actor: store::Actor::import("test"),
        today: at.date_naive(),
        added: vec![vacancy],
        changed: Vec::new(),
    };
    state.store().import(batch, at, |_| ()).await.unwrap();
    state.store().existing::<Vacancy>().await.unwrap()[reference].0
}

async fn apply(state: &HubState, who: &SignedIn, vacancy_id: i64, at: DateTime<Utc>) {
    let draft = ApplicationDraft {
        name: "Sanne".into(),
        email: who.viewer().email.to_string(),
        motivation: "Ik wil leren lassen.".into(),
        ..ApplicationDraft::default()
    };
    let applying = Applying {
        vacancy_id,
        application: draft.check(&[]).unwrap(),
        cv: None,
        language: Language::German,
        network: "192.0.2.1".into(),
        browser: None,
    };
    let talent = who.talent();
    let applied = state
        .store()
        .apply(applying, Some(&talent), state.letter_context(), Moment { now: at, today: at.date_naive() })
        .await;
    assert!(matches!(applied, Ok(Ok(Applied::Sent(_)))), "{applied:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_reminds_tells_what_is_new_and_erases_by_itself() {
    let hub = TestHub::start().await;
    let (state, now) = (&hub.server.state, server::clock::now());
    let (ago, today) = (|days| now - TimeDelta::days(days), now.date_naive());
    let sanne = sign_in(state, "sanne@talent.example", ago(70)).await;
    let waiting = publish(state, "V-waits", today + Days::new(60), ago(65)).await;
    apply(state, &sanne, waiting, ago(8)).await;
    let over = publish(state, "V-over", today - Days::new(40), ago(65)).await;
    apply(state, &sanne, over, ago(60)).await;
    let filter = VacancyFilter::parse("q=zeppelin");
    let (title, frequency, language) = ("“zeppelin”".into(), Frequency::AtOnce, Language::German);
    let alert = WantedAlert { filter, title, frequency, language };
    state.store().add_alert(&sanne.subscriber(), alert, ago(2)).await.unwrap().unwrap();
    publish(state, "Zeppelin", today + Days::new(60), ago(1)).await;
    let folder = hub.server.config.mail_folder();
    std::fs::create_dir_all(&folder).unwrap();
    let old = folder.join("0.eml");
    std::fs::write(&old, "old").unwrap();
    std::fs::File::options().write(true).open(&old).unwrap().set_modified(ago(9).into()).unwrap();

    let program = Command::new(built_server())
        .arg("serve")
        .env("SMARTHUB_CONFIG", hub_file())
        .env("SMARTHUB_ADDRESS", "127.0.0.1:0")
        .env("SMARTHUB_PUBLIC_URL", "https://hub.example")
        .env("SMARTHUB_DATA_FOLDER", &hub.server.config.data_folder)
        .env("DATABASE_URL", &hub.server.config.database_url)
        .env("LEPTOS_SITE_ROOT", &hub.server.config.site_root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _program = Program(program);
    let done = async || {
        let sent = state.store().list_mail(100).await.unwrap();
        let is_sent = |kind: &str| sent.iter().any(|mail| mail.kind == kind && mail.sent_at.is_some());
        let own = state.store().list_own_applications(&sanne.talent()).await.unwrap();
        [is_sent("application_waits"), is_sent("alert"), own.len() == 1, !old.exists()]
    };
    for _ in 0..300 {
        if done().await == [true; 4] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(done().await, [true; 4], "reminded, told, erased, tidied");
    let own = state.store().list_own_applications(&sanne.talent()).await.unwrap();
    assert_eq!(own[0].vacancy.id, waiting, "what may be kept is kept");
    let mails = state.store().list_mail(100).await.unwrap();
    let alert = mails.iter().find(|mail| mail.kind == "alert").unwrap();
    let letter = std::fs::read_to_string(folder.join(format!("{}.json", alert.id))).unwrap();
    assert!(letter.contains("1 neue Stelle"), "{letter}");
}

/// The server that was built beside these tests; `cargo test` of the workspace builds it.
fn built_server() -> std::path::PathBuf {
    let tests = std::env::current_exe().unwrap();
    let server = tests.ancestors().nth(2).unwrap().join("server");
    let written = |path: &std::path::Path| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    let libraries = std::fs::read_dir(tests.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let is_library = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("libserver-") && name.ends_with(".rlib")
    };
    let newest = libraries.filter(is_library).filter_map(|path| written(&path)).max();
    assert!(written(&server) >= newest, "this server is not that of these tests: cargo build -p server");
    server
}
