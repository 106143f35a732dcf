//! A database for one test, and rows with good defaults.

use std::panic::{AssertUnwindSafe, resume_unwind};

use chrono::{DateTime, NaiveDate, Utc};
use domain::events::{Audience, Event, EventKind, EventState};
use domain::hub::LocalText;
use domain::organisations::{
    BrandGrade, KnownOrganisation, Organisation, OrganisationKind, OrganisationState,
};
use domain::text::Cents;
use domain::vacancies::{Level, Pay, Remote, Vacancy, VacancyKind, VacancyState};
use domain::{Language, Moment};
use futures::FutureExt;
use store::{Actor, Change, Error, ImportBatch, Importable, Store};
use store_tests::{address_of, name_of_its_own, new_file, new_on_server, run_on_server};

pub(crate) const FILE: &str = "test.csv";

/// A store with an empty database, and where that is.
pub(crate) struct Hub {
    pub(crate) store: Store,
    pub(crate) url: String,
}

/// Runs a test on a database with tables, of every kind that this machine has.
pub(crate) async fn on_each_database(test: impl AsyncFn(&Hub)) {
    let folder = tempfile::tempdir().unwrap();
    test(&open(new_file(folder.path()).await.unwrap()).await).await;
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        run_and_drop(&server, new_on_server(&server).await.unwrap(), test).await;
    }
}

/// Runs a test on a database without tables, of every kind that this machine has.
pub(crate) async fn on_each_empty_database(test: impl AsyncFn(&Hub)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a folder/hub.db").display());
    test(&open(url).await).await;

    let Ok(server) = std::env::var("TEST_DATABASE_URL") else { return };
    let name = name_of_its_own();
    run_on_server(&server, &format!("CREATE DATABASE {name}")).await.unwrap();
    run_and_drop(&server, address_of(&server, &name), test).await;
}

/// Runs a test on a database of a server, which goes afterwards whatever the outcome.
async fn run_and_drop(server: &str, address: String, test: impl AsyncFn(&Hub)) {
    let name = address.rsplit('/').next().unwrap().to_owned();
    let hub = open(address).await;
    let outcome = AssertUnwindSafe(test(&hub)).catch_unwind().await;
    hub.store.close().await;
    run_on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

async fn open(url: String) -> Hub {
    Hub { store: Store::connect(&url).await.unwrap(), url }
}

impl Hub {
    /// Does what no function of the store does yet.
    pub(crate) async fn run(&self, sql: &str) {
        run_on_server(&self.url, sql).await.unwrap();
    }

    /// Adds rows as an import does.
    pub(crate) async fn add<T: Importable>(&self, added: Vec<T>) -> Result<(), Error> {
        self.store.import(batch(added, vec![]), now(), |_| ()).await
    }

    /// Changes the row with the reference of `new` into `new`, as an import does.
    pub(crate) async fn change<T: Importable>(&self, new: T) -> Result<(), Error> {
        let (id, old) = self.store.existing::<T>().await?.remove(new.reference()).unwrap();
        self.store.import(batch(vec![], vec![Change { id, old, new }]), now(), |_| ()).await
    }

    /// Brings a vacancy to a state, as an import does.
    pub(crate) async fn bring(&self, id: i64, state: VacancyState, moment: Moment) {
        let rows = self.store.existing::<Vacancy>().await.unwrap();
        let (_, old) = rows.into_values().find(|(number, _)| *number == id).unwrap();
        let new = Vacancy { state, ..old.clone() };
        let changed = vec![Change { id, old, new }];
        let batch = ImportBatch { actor: Actor::import(FILE), today: moment.today, added: vec![], changed };
        self.store.import(batch, moment.now, |_| ()).await.unwrap();
    }

    /// What is known of a vacancy of any state.
    pub(crate) async fn vacancy(&self, id: i64) -> Vacancy {
        let rows = self.store.existing::<Vacancy>().await.unwrap();
        rows.into_values().find(|(number, _)| *number == id).unwrap().1
    }

    /// Adds two organisations: `O-1`, Berkel Staal, and `O-2`, Slinge Zorg.
    pub(crate) async fn add_organisations(&self) {
        self.add(vec![organisation("O-1", "Berkel Staal"), organisation("O-2", "Slinge Zorg")])
            .await
            .unwrap();
    }

    /// Adds the two organisations and a vacancy of the first; returns its number.
    pub(crate) async fn add_vacancy(&self, vacancy: Vacancy) -> i64 {
        self.add_organisations().await;
        let reference = vacancy.reference.clone();
        self.add(vec![vacancy]).await.unwrap();
        self.store.existing::<Vacancy>().await.unwrap()[&reference].0
    }
}

pub(crate) fn batch<T>(added: Vec<T>, changed: Vec<Change<T>>) -> ImportBatch<T> {
    ImportBatch { actor: Actor::import(FILE), today: today(), added, changed }
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// The moment of most tests.
pub(crate) fn moment() -> Moment {
    Moment { now: now(), today: today() }
}

pub(crate) fn today() -> NaiveDate {
    day("2026-11-21")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn organisation(reference: &str, name: &str) -> Organisation {
    Organisation {
        reference: reference.to_owned(),
        name: name.to_owned(),
        kind: OrganisationKind::Company,
        sector: "Smart industry".to_owned(),
        employees: Some(85),
        place: "Ulft".to_owned(),
        website: Some("https://berkelstaal.example".to_owned()),
        contact_name: Some("Ann de Vries".to_owned()),
        email: Some("ann@berkelstaal.example".to_owned()),
        kvk_number: Some("12345678".to_owned()),
        brand_grade: BrandGrade::InitiativeOf,
        state: OrganisationState::Member,
        member_since: Some(day("2019-01-01")),
        logo: Some("berkel-staal.svg".to_owned()),
        text: LocalText { nl: "Staal “met” hart ❤".to_owned(), de: Some("Stahl".to_owned()), en: None },
    }
}

pub(crate) fn vacancy(reference: &str) -> Vacancy {
    let owner =
        KnownOrganisation { id: 1, name: "Berkel Staal".to_owned(), state: OrganisationState::Member };
    let (title, place) = ("Lasrobot programmeren".to_owned(), "Ulft".to_owned());
    Vacancy {
        reference: reference.to_owned(),
        levels: vec![Level::Mbo4, Level::Hbo],
        study_fields: vec!["Mechatronica".to_owned(), "ICT \"breed\"".to_owned()],
        hours_per_week: Some(36),
        weeks: Some(20),
        starts_on: Some(day("2027-02-01")),
        pay: Some(Pay { from: Cents(45_000), to: Cents(60_050) }),
        is_cross_border: true,
        remote: Remote::Partly,
        seats: 2,
        state: VacancyState::Published,
        published_on: Some(day("2026-11-01")),
        text: "Je leert lassen.\n\n* met een robot".to_owned(),
        ..Vacancy::minimal(title, &owner, VacancyKind::Internship, place, day("2027-01-15"))
    }
}

pub(crate) fn event(reference: &str, starts_at: &str) -> Event {
    Event {
        reference: reference.to_owned(),
        title: "Kijkje in de smederij".to_owned(),
        kind: EventKind::CompanyVisit,
        host_id: Some(1),
        host: Some("Berkel Staal".to_owned()),
        place: "Ulft".to_owned(),
        starts_at: starts_at.parse().unwrap(),
        ends_at: day("2027-12-31").and_hms_opt(17, 30, 0).unwrap(),
        capacity: Some(25),
        audience: Audience::Everyone,
        state: EventState::Published,
        language: Language::German,
        text: "Neem stevige schoenen mee.".to_owned(),
    }
}
