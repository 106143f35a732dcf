//! How long it takes to import vacancies that resemble real ones, and how much memory.
//!
//! `cargo run --release -p store --example import_speed -- 50000 sqlite:target/import_speed/hub.db`

use std::error::Error;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate};
use domain::hub::LocalText;
use domain::organisations::{
    BrandGrade, KnownOrganisation, Organisation, OrganisationKind, OrganisationState,
};
use domain::text::Cents;
use domain::vacancies::{Level, Pay, Remote, Vacancy, VacancyKind, VacancyState};
use store::{Actor, Change, ImportBatch, Store};

const ORGANISATIONS: usize = 200;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().map_or(Ok(50_000), |count| count.parse())?;
    let url = arguments.next().unwrap_or_else(|| "sqlite:target/import_speed/hub.db".to_owned());
    let store = Store::connect(&url).await?;
    store.migrate().await?;
    let (now, today) = (DateTime::default(), NaiveDate::default());

    store.import(batch((0..ORGANISATIONS).map(organisation).collect(), vec![]), now, |_| ()).await?;
    let vacancies: Vec<Vacancy> = (0..count).map(vacancy).collect();
    report("made the rows", None);
    let start = Instant::now();
    store.import(batch(vacancies, vec![]), now, |_| ()).await?;
    report("imported", Some(start));

    let start = Instant::now();
    let open = store.list_open_vacancies(today).await?;
    report(&format!("listed {} open", open.len()), Some(start));
    drop(open);

    let start = Instant::now();
    let existing = store.existing::<Vacancy>().await?;
    report("read what exists", Some(start));
    let shift = |(id, old): (i64, Vacancy)| Change {
        id,
        new: Vacancy { closes_on: old.closes_on + Days::new(7), ..old.clone() },
        old,
    };
    let changed = existing.into_values().map(shift).collect();
    let start = Instant::now();
    store.import(batch(vec![], changed), now, |_| ()).await?;
    report("changed every row", Some(start));

    let start = Instant::now();
    for id in 1..=1_000 {
        store.find_vacancy(id).await?;
    }
    report("found 1,000 one by one", Some(start));
    store.close().await;
    Ok(())
}

fn batch<T>(added: Vec<T>, changed: Vec<Change<T>>) -> ImportBatch<T> {
    ImportBatch { actor: Actor::import("example"), today: NaiveDate::default(), added, changed }
}

fn report(what: &str, start: Option<Instant>) {
    let seconds = start.map_or(0.0, |start| start.elapsed().as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!("{what}: {seconds:.2} s, {}", peak.replace('\t', " "));
}

fn organisation(number: usize) -> Organisation {
    Organisation {
        reference: format!("O-{number}"),
        name: format!("Organisatie {number}"),
        kind: OrganisationKind::Company,
        sector: "Smart industry".to_owned(),
        employees: Some(85),
        place: "Ulft".to_owned(),
        website: None,
        contact_name: None,
        email: None,
        kvk_number: None,
        brand_grade: BrandGrade::ConnectedWith,
        state: OrganisationState::Member,
        member_since: None,
        logo: None,
        text: LocalText::default(),
    }
}

fn vacancy(number: usize) -> Vacancy {
    let title = format!("Lasrobot {number} programmeren");
    let owner = KnownOrganisation {
        id: (number % ORGANISATIONS + 1) as i64,
        name: format!("Organisatie {}", number % ORGANISATIONS),
        state: OrganisationState::Member,
    };
    let kind = VacancyKind::ALL[number % VacancyKind::ALL.len()];
    let closes_on = NaiveDate::default() + Days::new(number as u64 % 90);
    Vacancy {
        reference: format!("V-{number}"),
        levels: vec![Level::Mbo4, Level::Hbo],
        study_fields: vec!["Mechatronica".to_owned(), "ICT".to_owned()],
        skills: vec!["Python".to_owned(), "ROS".to_owned(), "lassen".to_owned()],
        hours_per_week: Some(36),
        weeks: Some(20),
        pay: Some(Pay { from: Cents(45_000), to: Cents(60_000) }),
        remote: Remote::Partly,
        state: VacancyState::Published,
        text: "Je leert lassen met een robot en schrijft er zelf programma’s voor. ".repeat(20),
        ..Vacancy::minimal(title, &owner, kind, "Ulft".to_owned(), closes_on)
    }
}
