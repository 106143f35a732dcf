//! A small hub for tests: a database in a file, a few rows, a site of a few files, a clock that stands still.

use std::path::{Path, PathBuf};

use ::hub::{HubState, Settings, World};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::{Vacancy, VacancyState};
use sea_orm::{ConnectionTrait, Database, Statement};
use server::config::{Config, Flags, load};
use server::spreadsheets::{ImportOptions, Sheet, import};
use server::{ServerState, router, surrounded};
use store::{
    Actor, Browser, Change, Code, DueMail, ImportBatch, Importable, SecondStep, SignInRequest, SignInTokens,
    SignedIn, Store, Token, TotpSecret,
};
use store_tests::{new_file, new_on_server};
use tempfile::TempDir;
use tower::ServiceExt;
use web::Assets;

const ORGANISATIONS: &str = include_str!("organisaties.csv");
const VACANCIES: &str = include_str!("vacatures.csv");
const EVENTS: &str = include_str!("bijeenkomsten.csv");

/// Saturday 21 November 2026, one o'clock in the Achterhoek.
pub(crate) fn clock() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

/// The day of [`clock`].
pub(crate) fn today() -> NaiveDate {
    clock().date_naive()
}

/// The demo's `hub.toml`, which is the example for all hubs.
pub(crate) fn hub_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/hub.toml")
}

/// The smallest file that counts as a CV.
pub(crate) const PDF: &[u8] =
    b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A hub that answers requests.
pub(crate) struct TestHub {
    /// What the router works with.
    pub(crate) server: ServerState,
    /// The folder with database, site and logos; it goes when the hub does.
    folder: TempDir,
    router: Router,
}

/// What the hub answered.
pub(crate) struct TestResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl TestResponse {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// A cookie that the answer sets, as the browser sends it back.
    pub(crate) fn cookie(&self, name: &str) -> String {
        let set = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let own = set.into_iter().find(|cookie| cookie.starts_with(&format!("{name}="))).unwrap();
        own.split(';').next().unwrap().to_owned()
    }

    /// Where the answer leads to, and what that page says once: `/mijn/account account/Person`.
    pub(crate) fn leads_to(&self) -> String {
        let set = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let flash = set.into_iter().find(|cookie| cookie.starts_with("flash=")).map(|cookie| {
            let path = self.header("location").split('?').next().unwrap();
            assert!(cookie.contains(&format!("; Path={path}; ")), "{cookie}");
            let (_, json) = web::pairs(cookie.split(';').next().unwrap().as_bytes()).remove(0);
            let (noun, word): (String, serde_json::Value) = serde_json::from_str(&json).unwrap();
            format!(" {noun}/{}", word.to_string().replace(['"', '{', '}'], ""))
        });
        format!("{}{}", self.header("location"), flash.unwrap_or_default())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl TestHub {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// A hub whose operator changed the configuration.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().unwrap();
        write_site(folder.path());
        let mut config = load(&hub_file(), &Flags::default()).unwrap();
        config.public_url = "https://hub.example".into();
        config.database_url = database(folder.path()).await;
        config.data_folder = folder.path().to_owned();
        config.site_root = folder.path().join("site");
        config.is_development = false;
        change(&mut config);
        let mut store = Store::connect(&config.database_url).await.unwrap();
        if config.documents.url.is_some() {
            store = store.with_documents(server::documents::open(&config).unwrap());
        }
        fill(&store, &config, folder.path()).await;
        let assets = Assets::find(Path::new("/nowhere/hash.txt"));
        let assets = if config.is_development { assets } else { assets.with_style(&config.site_root) };
        let settings = Settings {
            public_url: config.public_url.clone(),
            is_development: config.is_development,
            has_mailbox: config.has_mailbox(),
            synonyms: String::new(),
        };
        let state = HubState::start(
            config.hub.clone(),
            store,
            settings,
            World { clock, random: server::random::fill },
        )
        .await
        .unwrap();
        let server = ServerState::open(state, assets, config).unwrap();
        Self { router: router(server.clone()), server, folder }
    }

    /// The same hub with other routes, surrounded as the true ones are.
    pub(crate) fn with_routes(mut self, routes: Router) -> Self {
        self.router = surrounded(&self.server, routes);
        self
    }

    /// All routes, to be served at a true address.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// Imports a spreadsheet of more vacancies.
    pub(crate) async fn add_vacancies(&self, rows: &str) {
        let state = &self.server.state;
        fill_sheet::<Vacancy>(state.store(), &self.server.config, self.folder.path(), rows).await;
        state.refresh().await.unwrap();
    }

    /// Adds rows as an import does.
    pub(crate) async fn add<T: Importable>(&self, added: Vec<T>) {
        self.add_at(clock(), added).await;
    }

    /// Adds rows as an import at some moment of today does.
    pub(crate) async fn add_at<T: Importable>(&self, at: DateTime<Utc>, added: Vec<T>) {
        let changed = Vec::new();
        self.import(at, ImportBatch { actor: Actor::import("test"), today: today(), added, changed }).await;
    }

    /// Brings a vacancy to a state, as an import does.
    pub(crate) async fn bring(&self, id: i64, state: VacancyState) {
        let rows = self.server.state.store().existing::<Vacancy>().await.unwrap();
        let (_, old) = rows.into_values().find(|(number, _)| *number == id).unwrap();
        let new = Vacancy { state, ..old.clone() };
        self.replace(Change { id, old, new }).await;
    }

    /// Changes the row with a reference as an import does.
    pub(crate) async fn change<T: Importable>(&self, reference: &str, change: impl FnOnce(&mut T)) {
        let rows = self.server.state.store().existing::<T>().await.unwrap();
        let (id, old) = rows[reference].clone();
        let mut new = old.clone();
        change(&mut new);
        self.replace(Change { id, old, new }).await;
    }

    async fn replace<T: Importable>(&self, change: Change<T>) {
        let (added, changed) = (Vec::new(), vec![change]);
        self.import(clock(), ImportBatch { actor: Actor::import("test"), today: today(), added, changed })
            .await;
    }

    async fn import<T: Importable>(&self, at: DateTime<Utc>, batch: ImportBatch<T>) {
        self.server.state.store().import(batch, at, |_| ()).await.unwrap();
    }

    /// Lets somebody in and returns the cookie of the session. Staff take the second step too.
    pub(crate) async fn sign_in(&self, address: &str) -> String {
        let store = self.server.state.store();
        let link = Token::parse(&self.new_link(address).await).unwrap();
        let session = Token::of(self.server.state.random());
        let browser =
            Browser { token: session.clone(), device: String::new(), network: "192.0.2.1".to_owned() };
        let who = store.sign_in_by_link(link, browser, clock()).await.unwrap().unwrap().who;
        if who.second_step() == SecondStep::NotSetUp {
            // The code that RFC 6238 gives for this token and moment.
            let at = DateTime::from_timestamp(1_111_111_109, 0).unwrap();
            store.begin_second_step(&who, &TotpSecret::of(*b"12345678901234567890")).await.unwrap();
            store
                .finish_second_step(&who, "081804".into(), vec!["abcde-fghij".into()], at)
                .await
                .unwrap()
                .unwrap();
        }
        format!("__Host-session={}", session.to_text())
    }

    /// Lets somebody in and returns the right of the session.
    pub(crate) async fn signed_in(&self, address: &str) -> SignedIn {
        let cookie = self.sign_in(address).await;
        let session = Token::parse(cookie.split_once('=').unwrap().1).unwrap();
        self.server.state.store().find_signed_in(&session, clock()).await.unwrap().unwrap()
    }

    /// The token of a link to sign in, as a mail would carry it.
    pub(crate) async fn new_link(&self, address: &str) -> String {
        let store = self.server.state.store();
        let token = || Token::of(self.server.state.random());
        let asked = SignInRequest {
            email: EmailAddress::parse(address).unwrap(),
            language: Language::Dutch,
            wanted: String::new(),
            network: "192.0.2.1".to_owned(),
        };
        let tokens =
            SignInTokens { link: token(), browser: token(), code: Code::of(self.server.state.random()) };
        let link = tokens.link.to_text();
        store.ask_sign_in(asked, tokens, clock()).await.unwrap().unwrap();
        link
    }

    /// The number of an account.
    pub(crate) async fn account_id(&self, address: &str) -> i64 {
        let database = Database::connect(&self.server.config.database_url).await.unwrap();
        let asked = format!("SELECT id FROM accounts WHERE email = '{address}'");
        let row = database.query_one_raw(Statement::from_string(database.get_database_backend(), asked));
        let id = row.await.unwrap().unwrap().try_get_by_index(0).unwrap();
        database.close().await.unwrap();
        id
    }

    /// All that the database holds, table by table, but for what is counted against those who try too often.
    pub(crate) async fn fingerprint(&self) -> String {
        let database = Database::connect(&self.server.config.database_url).await.unwrap();
        let backend = database.get_database_backend();
        let texts = async |asked: String| -> Vec<String> {
            let rows = database.query_all_raw(Statement::from_string(backend, asked)).await.unwrap();
            let text = |row: &sea_orm::QueryResult| row.try_get_by_index::<Option<String>>(0).unwrap();
            rows.iter().map(|row| text(row).unwrap_or_default()).collect()
        };
        let is_sqlite = backend == sea_orm::DbBackend::Sqlite;
        let tables = if is_sqlite {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        } else {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        };
        let mut all = Vec::new();
        for table in texts(tables.to_owned()).await.into_iter().filter(|table| table != "tries") {
            let rows = if is_sqlite {
                let columns = format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}')");
                let columns = texts(columns).await.join(" || ',' || ");
                format!("SELECT {columns} FROM \"{table}\" ORDER BY 1")
            } else {
                format!("SELECT t::text FROM \"{table}\" t ORDER BY 1")
            };
            all.push(format!("{table}: {}", texts(rows).await.join("\n")));
        }
        database.close().await.unwrap();
        all.join("\n\n")
    }

    /// Sends a form, as a browser does from one of our pages.
    pub(crate) async fn post(&self, address: &str, cookie: &str, form: &str) -> TestResponse {
        let headers = [
            ("cookie", cookie),
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "https://hub.example"),
        ];
        self.ask("POST", address, &headers, Body::from(form.to_owned())).await
    }

    /// Sends a form with a file, as a browser does from one of our pages.
    pub(crate) async fn post_parts(
        &self,
        address: &str,
        cookie: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> TestResponse {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--border\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let (name, bytes) = file.unwrap_or_default();
        body.extend(format!("--border\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"{name}\"\r\nContent-Type: application/pdf\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(b"\r\n--border--\r\n");
        let headers = [
            ("cookie", cookie),
            ("content-type", "multipart/form-data; boundary=border"),
            ("origin", "https://hub.example"),
        ];
        self.ask("POST", address, &headers, Body::from(body)).await
    }

    /// The mail that waits to be sent, the oldest first; it counts as sent then.
    pub(crate) async fn mail(&self) -> Vec<DueMail> {
        self.mail_at(clock()).await
    }

    /// The same at another moment.
    pub(crate) async fn mail_at(&self, now: DateTime<Utc>) -> Vec<DueMail> {
        let store = self.server.state.store();
        let mut mails = Vec::new();
        while let Some(mail) = store.claim_mail(now).await.unwrap() {
            store.mail_was_sent(mail.id, now).await.unwrap();
            mails.push(mail);
        }
        mails
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> TestResponse {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        TestResponse { status: head.status, headers: head.headers, body }
    }

    pub(crate) async fn get(&self, address: &str) -> TestResponse {
        self.get_with(address, &[]).await
    }

    pub(crate) async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> TestResponse {
        self.ask("GET", address, headers, Body::empty()).await
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> TestResponse {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body).unwrap()).await
    }
}

/// A database of its own with all tables: a file, or one of the PostgreSQL at `HUB_TESTS_ON`, when that is set.
async fn database(folder: &Path) -> String {
    match std::env::var("HUB_TESTS_ON") {
        Ok(server) => new_on_server(&server).await.unwrap(),
        Err(_) => new_file(folder).await.unwrap(),
    }
}

async fn fill(store: &Store, config: &Config, folder: &Path) {
    fill_sheet::<Organisation>(store, config, folder, ORGANISATIONS).await;
    fill_sheet::<Vacancy>(store, config, folder, VACANCIES).await;
    fill_sheet::<Event>(store, config, folder, EVENTS).await;
}

async fn fill_sheet<T: Sheet>(store: &Store, config: &Config, folder: &Path, rows: &str) {
    let file = folder.join("rows.csv");
    std::fs::write(&file, rows).unwrap();
    let options = ImportOptions { file: "test".to_owned(), ..ImportOptions::default() };
    let region = &config.hub.region;
    let mut report = Vec::new();
    let done = import::<T>(store, region, &file, &options, clock(), today(), &mut report).await;
    done.unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(&report)));
}

fn write_site(folder: &Path) {
    let files: [(&str, String); 6] = [
        ("site/pkg/smarthub.css", "main { color: #15211b }\n".repeat(200)),
        ("site/pkg/smarthub.aZ3456789012345678901A.js", "export const hub = 1;\n".repeat(200)),
        ("site/fonts/figtree.woff2", "a font".repeat(200)),
        ("site/icons/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned()),
        ("site/.secret", "nobody sees this".to_owned()),
        ("logos/ijsselmetaal.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned()),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(folder.join("secret.txt"), "outside").unwrap();
}
