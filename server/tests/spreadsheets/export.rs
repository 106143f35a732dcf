//! What an export writes.

use std::fs;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::Vacancy;
use server::spreadsheets::{ExportError, Kind, export};

use crate::office::{EVENT, Office, VACANCY, csv};

#[tokio::test]
async fn a_cell_can_not_become_a_formula() {
    let office = Office::new().await;
    let titles = ["=1+1", "+1", "-1", "@SUM(1)", "'=1", "＝1", "'t Hoekje", "=HYPERLINK(\"x\")"];
    let references: Vec<String> = (0..titles.len()).map(|at| format!("-{at}")).collect();
    let rows: Vec<[(&str, &str); 2]> = references
        .iter()
        .zip(titles)
        .map(|(reference, title)| [("Kenmerk", reference.as_str()), ("Titel", title)])
        .collect();
    // Written by hand, a text that starts like a formula is just that text.
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(<[_; 2]>::as_slice).collect();
    let guarded = csv(&VACANCY, &rows).replace("\"'=1\"", "\"''=1\"");
    office.import::<Vacancy>(&office.file("v.csv", guarded)).await.unwrap();

    let text = fs::read_to_string(office.export(Kind::Vacancies, "uit.csv").await).unwrap();
    let mut reader = csv_reader(&text);
    for (record, title) in reader.records().zip(titles) {
        let record = record.unwrap();
        assert!(
            record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝'])),
            "{record:?}"
        );
        assert_eq!(record[1].trim_start_matches('\''), title.trim_start_matches('\''));
    }
    let mut workbook: Xlsx<_> = open_workbook(office.export(Kind::Vacancies, "uit.xlsx").await).unwrap();
    assert!(workbook.worksheet_formula("vacatures").unwrap().is_empty());
    for name in ["uit.csv", "uit.xlsx"] {
        assert_eq!(office.import::<Vacancy>(&office.path(name)).await.unwrap().unchanged, titles.len());
    }
}

fn csv_reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes())
}

#[tokio::test]
async fn text_is_exported_as_dutch_excel_opens_it() {
    let office = Office::new().await;
    let text = fs::read_to_string(office.export(Kind::Organisations, "organisaties.csv").await).unwrap();
    assert!(text.starts_with("\u{feff}Kenmerk;Naam;Soort;"), "{text}");
    assert!(text.contains("\r\nO-1;IJsselmetaal;onderneming;High Tech;;Ulft;Oude IJsselstreek;"), "{text}");
}

#[tokio::test]
async fn a_workbook_holds_real_dates_and_numbers() {
    let office = Office::new().await;
    let columns: Vec<_> = EVENT.into_iter().chain([("Capaciteit", "20")]).collect();
    let rows: &[&[(&str, &str)]] =
        &[&[], &[("Kenmerk", "E-2"), ("Begin", "01-02-2027 00:00"), ("Einde", "02-02-2027 00:00")]];
    office.import::<Event>(&office.file("e.csv", csv(&columns, rows))).await.unwrap();
    let mut workbook: Xlsx<_> = open_workbook(office.export(Kind::Events, "e.xlsx").await).unwrap();
    let range = workbook.worksheet_range("bijeenkomsten").unwrap();
    let cell = |row, name: &str| {
        let at =
            range.rows().next().unwrap().iter().position(|header| header.get_string() == Some(name)).unwrap();
        range.get((row, at)).unwrap().clone()
    };
    assert!(matches!(cell(1, "Begin"), Data::DateTime(_)));
    assert_eq!(cell(1, "Capaciteit"), Data::Float(20.0));
    assert_eq!(cell(2, "Begin"), Data::String("01-02-2027 00:00".to_owned()));
    assert_eq!(office.import::<Event>(&office.path("e.xlsx")).await.unwrap().unchanged, 2);
}

#[tokio::test]
async fn an_export_that_fails_leaves_the_old_file() {
    let office = Office::new().await;
    let unknown = export(&office.store, &office.region, Kind::Vacancies, &office.path("v.pdf")).await;
    assert!(matches!(unknown, Err(ExportError::UnknownFormat)));
    let folder = office.path("map.csv");
    fs::create_dir(&folder).unwrap();
    let onto_folder = export(&office.store, &office.region, Kind::Vacancies, &folder).await;
    assert!(onto_folder.unwrap_err().to_string().contains("is a directory"));
    let nowhere = export(&office.store, &office.region, Kind::Vacancies, &office.path("weg/v.csv")).await;
    assert!(nowhere.unwrap_err().to_string().contains("No such file"));
    let names: Vec<_> =
        fs::read_dir(office.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".partial")), "{names:?}");
    assert!(office.rows::<Organisation>().await.len() == 2);
}
