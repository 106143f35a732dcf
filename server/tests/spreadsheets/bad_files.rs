//! Every bad file gets a clear error and leaves the hub as it was.

use std::fs;
use std::path::Path;

use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::Vacancy;
use server::spreadsheets::{ImportOptions, Sheet};

use crate::formats::zip;
use crate::office::{Changes, EVENT, Office, VACANCY, csv};

/// Imports a bad file; gives the error and the report, with the hub proved to be unchanged.
async fn refused<T: Sheet + std::fmt::Debug>(office: &Office, path: &Path) -> String {
    let before = (office.rows::<T>().await, office.rows::<Organisation>().await);
    let (outcome, report) = office.import_with::<T>(path, &ImportOptions::default()).await;
    let error = outcome.unwrap_err().to_string();
    assert!(error.contains("othing was changed"), "{error}");
    assert_eq!((office.rows::<T>().await, office.rows::<Organisation>().await), before);
    format!("{error}\n{report}")
}

/// Imports one good vacancy and then a bad file.
async fn refused_vacancies(bytes: impl AsRef<[u8]>) -> String {
    let office = Office::new().await;
    let good = office.file("good.csv", csv(&VACANCY, &[&[("Kenmerk", "V-0")]]));
    office.import::<Vacancy>(&good).await.unwrap();
    refused::<Vacancy>(&office, &office.file("bad.csv", bytes)).await
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in: {text}");
}

async fn wrong_cell(changes: Changes<'_>, message: &str) {
    let text = refused_vacancies(csv(&VACANCY, &[&[], &[&[("Kenmerk", "V-2")], changes].concat()])).await;
    has(&text, "1 row is wrong");
    has(&text, "line 3 (V-2), column ");
    has(&text, message);
}

#[tokio::test]
async fn an_empty_file_is_refused() {
    has(&refused_vacancies("").await, "it is empty");
    has(&refused_vacancies("\u{feff}\r\n\r\n").await, "it is empty");
}

#[tokio::test]
async fn a_file_with_only_a_header_is_refused() {
    has(&refused_vacancies(csv(&VACANCY, &[])).await, "it has a header but no rows");
}

#[tokio::test]
async fn a_missing_and_a_double_column_are_named() {
    let file = csv(&VACANCY, &[&[]]).replace("Titel", "Soort").replace(";Niveau;", ";Nivo;");
    let text = refused_vacancies(file).await;
    has(&text, "missing: Titel, Niveau; more than once: Soort");
}

#[tokio::test]
async fn a_nul_byte_is_refused_with_its_line() {
    let text = refused_vacancies(csv(&VACANCY, &[&[], &[("Kenmerk", "V-2"), ("Titel", "a\0b")]])).await;
    has(&text, "line 3 holds a NUL byte");
}

#[tokio::test]
async fn a_cell_of_two_megabytes_is_refused_with_its_line_and_column() {
    let long = "a".repeat(2 << 20);
    let text = refused_vacancies(csv(&VACANCY, &[&[], &[("Kenmerk", "V-2"), ("Tekst", &long)]])).await;
    has(&text, "line 3, column Tekst: the cell has more than 100,000 characters");
}

#[tokio::test]
async fn an_open_quotation_mark_is_refused_with_its_line() {
    let text = refused_vacancies(csv(&VACANCY, &[&[]]) + "V-2;\"Stage\r\nV-3;x\r\n").await;
    has(&text, "the quotation mark that opens on line 3 is never closed");
}

#[tokio::test]
async fn utf_8_that_breaks_off_is_refused_with_its_line() {
    let mut bytes = csv(&VACANCY, &[&[("Titel", "Coöperatie")], &[("Kenmerk", "V-2")]]).into_bytes();
    bytes.push(0xC3);
    has(&refused_vacancies(bytes).await, "line 4 is not valid UTF-8");
}

#[tokio::test]
async fn an_unknown_organisation_is_refused() {
    wrong_cell(&[("Organisatie", "Nergens BV")], "column Organisatie: \"Nergens BV\"; expected the name of")
        .await;
    let office = Office::new().await;
    let file = office.file("e.csv", csv(&EVENT, &[&[("Gastheer", "Nergens BV")]]));
    has(&refused::<Event>(&office, &file).await, "line 2 (E-1), column Gastheer: \"Nergens BV\"");
}

#[tokio::test]
async fn the_same_reference_twice_is_refused_with_both_lines() {
    let text = refused_vacancies(csv(&VACANCY, &[&[], &[]])).await;
    has(&text, "line 3 (V-1), column Kenmerk: \"V-1\"; expected a Kenmerk of its own; line 2 has this one");
}

#[tokio::test]
async fn the_same_name_for_two_organisations_is_refused() {
    let office = Office::new().await;
    let header = "Kenmerk;Naam;Soort;Topsector;Plaats\n";
    let taken = format!("{header}O-3;ijsselmétaal;onderneming;Bouw;Ulft\n");
    let text = refused::<Organisation>(&office, &office.file("o.csv", taken)).await;
    has(&text, "a name of its own; O-1 has this one already");
    let twice = format!("{header}O-3;Bouwhart;onderneming;Bouw;Ulft\nO-4;BOUWHART;onderneming;Bouw;Ulft\n");
    let text = refused::<Organisation>(&office, &office.file("o.csv", twice)).await;
    has(&text, "line 3 (O-4), column Naam: \"BOUWHART\"; expected a name of its own; O-3 has");
}

#[tokio::test]
async fn cells_that_can_not_be_are_refused() {
    wrong_cell(&[("Sluitingsdatum", "31-02-2027")], "\"31-02-2027\"; expected a day that exists").await;
    wrong_cell(&[("Vergoeding per maand", "€ -10,00")], "\"€ -10,00\"; expected an amount").await;
    wrong_cell(&[("Sluitingsdatum", "02-02-2027")], "a closing day that is not after the start day").await;
    wrong_cell(&[("Titel", "")], "column Titel: (empty); expected a value").await;
    wrong_cell(&[("Titel", "\u{1b}[2J")], "column Titel: \"·[2J\"; expected text without control").await;
}

#[tokio::test]
async fn closing_before_opening_is_refused() {
    let columns: Vec<_> = VACANCY.into_iter().chain([("Geplaatst op", "16-01-2027")]).collect();
    let text = refused_vacancies(csv(&columns, &[&[]])).await;
    has(&text, "column Sluitingsdatum: \"15-01-2027\"; expected a closing day that is not before");
}

#[tokio::test]
async fn a_row_with_more_cells_than_the_header_is_refused() {
    let text = refused_vacancies(csv(&VACANCY, &[&[]]) + "V-2;a;b;c;d;e;f;g;h;i;j;k;l\r\n").await;
    has(&text, "column number 12: \"k\"; expected nothing; the header has 11 columns");
}

#[tokio::test]
async fn of_ten_thousand_wrong_rows_fifty_are_shown_and_the_rest_is_counted() {
    let references: Vec<String> = (0..10_000).map(|number| format!("V-{number}")).collect();
    let rows: Vec<[(&str, &str); 2]> =
        references.iter().map(|reference| [("Kenmerk", reference.as_str()), ("Plaats", "Elders")]).collect();
    let rows: Vec<Changes<'_>> = rows.iter().map(<[_; 2]>::as_slice).collect();
    let text = refused_vacancies(csv(&VACANCY, &rows)).await;
    has(&text, "10,000 rows are wrong");
    has(&text, "… and 9,950 more");
    assert_eq!(text.matches("column Plaats").count(), 50);
}

#[tokio::test]
async fn a_zip_that_is_no_workbook_is_refused() {
    has(&refused_vacancies(zip(&[("hallo.txt", b"hallo")])).await, "it is a zip file but no XLSX workbook");
    has(&refused_vacancies(b"PK\x03\x04 and no more").await, "the workbook is damaged");
    has(&refused_vacancies(zip(&[("xl/workbook.xml", b"<html>")])).await, "the workbook is damaged");
    has(&refused_vacancies([0xD0, 0xCF, 0x11, 0xE0, 0xA1]).await, "an old .xls workbook or has a password");
}

#[tokio::test]
async fn a_zip_bomb_is_refused_before_it_unpacks() {
    let zeros = vec![b' '; 32 << 20];
    let text = refused_vacancies(zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/big.xml", &zeros)])).await;
    has(&text, "a zip bomb");
}

#[tokio::test]
async fn a_folder_a_device_and_a_file_that_is_not_there_are_refused() {
    let office = Office::new().await;
    has(&refused::<Vacancy>(&office, office.folder()).await, "it is a folder, not a file");
    has(&refused::<Vacancy>(&office, Path::new("/dev/full")).await, "it is not an ordinary file");
    has(&refused::<Vacancy>(&office, &office.path("weg.csv")).await, "No such file");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new().await;
    let file = office.file("v.csv", csv(&VACANCY, &[&[]]));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything; then there is nothing to prove.
    if fs::File::open(&file).is_err() {
        has(&refused::<Vacancy>(&office, &file).await, "Permission denied");
    }
}
