//! What is exported can be imported without a change, whatever the rows hold.

use chrono::{Duration, NaiveDate};
use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::Vacancy;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use server::spreadsheets::{ImportOptions, Kind, Sheet};

use crate::office::{Office, csv};

/// Pieces of text that spreadsheets stumble over.
const PIECES: [&str; 26] = [
    "=", "+", "-", "@", "'", "\"", ";", ",", "\n", "\t", "|", " ", "é", "€", "ß", "😀", "_x0041_", "_x",
    "&lt;", "<b>", "0", "1", "001", "a", "TRUE", "\u{2028}",
];

fn line() -> impl Strategy<Value = String> {
    let plain: Vec<&str> = PIECES.into_iter().filter(|piece| !["\n", "\t", "|"].contains(piece)).collect();
    prop::collection::vec(select(plain), 1..8)
        .prop_map(|pieces| format!("{}a", pieces.concat()).trim().to_owned())
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES.to_vec()), 0..20).prop_map(|pieces| pieces.concat().trim().to_owned())
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0i64..200_000).prop_map(|days| NaiveDate::from_ymd_opt(1890, 1, 1).unwrap() + Duration::days(days))
}

fn written(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

/// An apostrophe more before what an import takes one from.
fn guarded(text: &str) -> String {
    let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

type Cells = Vec<(&'static str, String)>;

fn vacancy() -> impl Strategy<Value = Cells> {
    let pay = select(vec!["", "0", "€ 450,50", "1.250", "2700 - 3200"]);
    (line(), line(), text(), day(), pay, select(vec!["", "1", "36"]), select(vec!["concept", "gepubliceerd"]))
        .prop_map(|(title, skill, text, day, pay, hours, state)| {
            vec![
                ("Titel", title),
                ("Organisatie", "IJsselmetaal".into()),
                ("Soort", "stage".into()),
                ("Niveau", "hbo|mbo 4".into()),
                ("Vaardigheden", format!("Rust|{skill}")),
                ("Plaats", "'s-heerenberg".into()),
                ("Uren per week", hours.into()),
                ("Startdatum", written(day)),
                ("Sluitingsdatum", written(day)),
                ("Vergoeding per maand", pay.into()),
                ("Status", state.into()),
                ("Tekst", text),
            ]
        })
}

fn event() -> impl Strategy<Value = Cells> {
    (line(), text(), day(), 0i64..1440, 1i64..2880).prop_map(|(title, text, day, minute, length)| {
        let begin = day.and_hms_opt(0, 0, 0).unwrap() + Duration::minutes(minute);
        let moment = |moment: chrono::NaiveDateTime| moment.format("%d-%m-%Y %H:%M").to_string();
        vec![
            ("Titel", title),
            ("Soort", "pitch".into()),
            ("Gastheer", "IJsselmetaal".into()),
            ("Plaats", "Ulft".into()),
            ("Begin", moment(begin)),
            ("Einde", moment(begin + Duration::minutes(length))),
            ("Doelgroep", "leden".into()),
            ("Tekst", text),
        ]
    })
}

fn organisation() -> impl Strategy<Value = Cells> {
    (line(), text(), day(), select(vec!["", "0", "2400"]), select(vec!["", "00000001"])).prop_map(
        |(sector, text, day, employees, kvk)| {
            vec![
                ("Soort", "overheid".into()),
                ("Topsector", sector),
                ("Medewerkers", employees.into()),
                ("Plaats", "Ulft".into()),
                ("KvK-nummer", kvk.into()),
                ("Lid sinds", written(day)),
                ("Omschrijving (de)", text),
            ]
        },
    )
}

/// Imports random rows, exports them and imports them again: into the same hub and into a new one.
fn holds<T: Sheet>(kind: Kind, row: impl Strategy<Value = Cells>, name: Option<&'static str>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let rows = prop::collection::vec(row, 1..12);
    let outcome = TestRunner::new(config).run(&rows, |rows| {
        runtime.block_on(round_trip::<T>(kind, &rows, name));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

async fn round_trip<T: Sheet>(kind: Kind, rows: &[Cells], name: Option<&'static str>) {
    let office = Office::new().await;
    let own = |at: usize| {
        [("Kenmerk", format!("={at}"))].into_iter().chain(name.map(|name| (name, format!("Naam {at}"))))
    };
    let rows: Vec<Cells> =
        rows.iter().enumerate().map(|(at, row)| own(at).chain(row.iter().cloned()).collect()).collect();
    let good: Vec<(&str, &str)> = rows[0].iter().map(|(column, _)| (*column, "")).collect();
    let rows: Vec<Cells> = rows
        .into_iter()
        .map(|row| row.into_iter().map(|(column, cell)| (column, guarded(&cell))).collect())
        .collect();
    let rows: Vec<Vec<(&str, &str)>> =
        rows.iter().map(|row| row.iter().map(|(column, cell)| (*column, cell.as_str())).collect()).collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let (outcome, report) =
        office.import_with::<T>(&office.file("in.csv", csv(&good, &rows)), &ImportOptions::default()).await;
    outcome.unwrap_or_else(|error| panic!("{error} {report}"));
    let stored = office.rows::<T>().await;
    for file in ["uit.csv", "uit.xlsx"] {
        office.export(kind, file).await;
        let outcome = office.import::<T>(&office.path(file)).await.unwrap();
        assert_eq!((outcome.added, outcome.changed, outcome.unchanged), (0, 0, stored.len()), "{file}");
        let other = Office::new().await;
        other.import::<T>(&office.path(file)).await.unwrap();
        assert!(other.rows::<T>().await == stored, "{file}: another hub has other rows");
    }
}

#[test]
fn vacancies_come_back_as_they_went() {
    holds::<Vacancy>(Kind::Vacancies, vacancy(), None);
}

#[test]
fn events_come_back_as_they_went() {
    holds::<Event>(Kind::Events, event(), None);
}

#[test]
fn organisations_come_back_as_they_went() {
    holds::<Organisation>(Kind::Organisations, organisation(), Some("Naam"));
}
