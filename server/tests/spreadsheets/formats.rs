//! The many forms in which the same table comes.

use std::io::Write;

use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::Vacancy;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use server::spreadsheets::ImportOptions;

use crate::office::{EVENT, Office, VACANCY, csv};

/// A zip archive whose directory says that every entry unpacks to a hundred bytes.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        deflate.write_all(bytes).unwrap();
        let packed = deflate.finish().unwrap();
        let mut about = Vec::new();
        about.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        about.extend((packed.len() as u32).to_le_bytes());
        about.extend(100u32.to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &about, &[0; 10]].concat());
        directory.extend((file.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        file.extend([b"PK\x03\x04", about.as_slice(), name.as_bytes(), &packed].concat());
    }
    let count = (entries.len() as u16).to_le_bytes();
    let (size, offset) = ((directory.len() as u32).to_le_bytes(), (file.len() as u32).to_le_bytes());
    file.extend([&directory, &b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &offset, &[0, 0]].concat());
    file
}

/// Imports two forms of the same vacancies and proves that they are the same.
async fn same(one: &[u8], other: &[u8]) -> Vec<Vacancy> {
    let (first, second) = (Office::new().await, Office::new().await);
    first.import::<Vacancy>(&first.file("one", one)).await.unwrap();
    second.import::<Vacancy>(&second.file("other", other)).await.unwrap();
    let rows = first.rows::<Vacancy>().await;
    assert_eq!(rows, second.rows::<Vacancy>().await);
    rows
}

#[tokio::test]
async fn separators_marks_and_line_ends_make_no_difference() {
    let plain = csv(&VACANCY, &[&[("Titel", "Één; twee, \"drie\"")]]);
    let commas = plain.replace("\";\"", "\",\"").replacen(';', ",", VACANCY.len() - 1);
    let tabs = plain.replace("\";\"", "\"\t\"").replacen(';', "\t", VACANCY.len() - 1);
    let utf_16: Vec<u8> = format!("\u{feff}{tabs}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for form in [
        format!("\u{feff}{plain}").into_bytes(),
        plain.replace("\r\n", "\n").into_bytes(),
        plain.replace("\r\n", "\r").into_bytes(),
        format!("sep=;\r\n{plain}").into_bytes(),
        format!("\r\n;;;\r\n{plain}\r\n;;;;;;;;;;;;;;\r\n").into_bytes(),
        commas.into_bytes(),
        tabs.into_bytes(),
        utf_16,
    ] {
        assert_eq!(same(plain.as_bytes(), &form).await[0].title, "Één; twee, \"drie\"");
    }
}

#[tokio::test]
async fn windows_1252_is_read_as_what_it_means() {
    let plain = csv(&VACANCY, &[&[("Titel", "Café ’t Hoekje"), ("Vergoeding per maand", "€ 1.250,00")]]);
    let (bytes, _, has_failed) = encoding_rs::WINDOWS_1252.encode(&plain);
    assert!(!has_failed);
    assert_eq!(same(plain.as_bytes(), &bytes).await[0].title, "Café ’t Hoekje");
}

#[tokio::test]
async fn values_between_bars_are_several_values() {
    let office = Office::new().await;
    office
        .import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, &[&[("Niveau", "hbo | mbo 4|")]])))
        .await
        .unwrap();
    let levels: Vec<_> = office.rows::<Vacancy>().await[0].levels.iter().map(|level| level.word()).collect();
    assert_eq!(levels, ["mbo 4", "hbo"]);
}

#[tokio::test]
async fn lines_are_those_of_the_file_also_after_a_cell_of_many_lines() {
    let office = Office::new().await;
    let rows: &[&[(&str, &str)]] =
        &[&[("Tekst", "een\r\ntwee\r\ndrie")], &[("Kenmerk", "V-2"), ("Plaats", "X")]];
    let file = office.file("v.csv", format!("\r\n{}", csv(&VACANCY, rows)));
    let (_, report) = office.import_with::<Vacancy>(&file, &ImportOptions::default()).await;
    assert!(report.contains("line 6 (V-2), column Plaats"), "{report}");
}

/// A workbook with the header and one row of text, and what `change` makes of it.
fn xlsx(good: &[(&str, &str)], change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Leeg").unwrap().set_hidden(true);
    let sheet = workbook.add_worksheet();
    sheet.set_active(true);
    for (at, (name, value)) in (0..).zip(good) {
        sheet.write_string(0, at, *name).unwrap();
        sheet.write_string(1, at, *value).unwrap();
    }
    change(sheet);
    workbook.save_to_buffer().unwrap()
}

fn column(good: &[(&str, &str)], name: &str) -> u16 {
    good.iter().position(|(known, _)| *known == name).unwrap() as u16
}

#[tokio::test]
async fn a_workbook_gives_the_same_rows_as_text() {
    let extra = [("Uren per week", "36"), ("Grensoverschrijdend", "ja")];
    let columns: Vec<_> = VACANCY.into_iter().chain(extra).collect();
    let workbook = xlsx(&columns, |sheet| {
        let date = Format::new().set_num_format("d-m-yyyy");
        let day = ExcelDateTime::from_ymd(2027, 2, 1).unwrap();
        sheet.write_datetime_with_format(1, column(&columns, "Startdatum"), &day, &date).unwrap();
        sheet.write_number(1, column(&columns, "Uren per week"), 36.0).unwrap();
        sheet.write_number(1, column(&columns, "Vergoeding per maand"), 1250.0).unwrap();
        sheet.write_boolean(1, column(&columns, "Grensoverschrijdend"), true).unwrap();
        let title = Formula::new("=\"Stage \"&\"lasrobot\"").set_result("Stage lasrobot");
        sheet.write_formula(1, column(&columns, "Titel"), title).unwrap();
    });
    let rows = same(csv(&columns, &[&[]]).as_bytes(), &workbook).await;
    assert_eq!((rows[0].hours_per_week, rows[0].is_cross_border), (Some(36), true));
}

#[tokio::test]
async fn a_workbook_of_several_sheets_gives_the_one_that_is_asked_for() {
    let mut workbook = Workbook::new();
    let sheets: [(&str, &[(&str, &str)]); 3] =
        [("Toelichting", &[("Let op", "x")]), ("Bijeenkomsten", &EVENT), ("VACATURES", &VACANCY)];
    for (name, cells) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (at, (column, value)) in (0..).zip(cells) {
            sheet.write_string(0, at, *column).unwrap();
            sheet.write_string(1, at, *value).unwrap();
        }
    }
    let office = Office::new().await;
    let file = office.file("alles.xlsx", workbook.save_to_buffer().unwrap());
    assert_eq!(office.import::<Vacancy>(&file).await.unwrap().added, 1);
    assert_eq!(office.import::<Event>(&file).await.unwrap().added, 1);
    // No sheet is called after organisations, so the first is taken, and it is another table.
    let refused = office.import::<Organisation>(&file).await.unwrap_err().to_string();
    assert!(refused.contains("its header is not right; missing: Kenmerk"), "{refused}");
}

#[tokio::test]
async fn a_moment_in_a_workbook_keeps_its_minutes() {
    let office = Office::new().await;
    let workbook = xlsx(&EVENT, |sheet| {
        let moment = Format::new().set_num_format("d-m-yyyy h:mm");
        let end = ExcelDateTime::from_ymd(2027, 2, 1).unwrap().and_hms(23, 59, 0.0).unwrap();
        sheet.write_datetime_with_format(1, column(&EVENT, "Einde"), &end, &moment).unwrap();
    });
    office.import::<Event>(&office.file("e.xlsx", workbook)).await.unwrap();
    assert_eq!(office.rows::<Event>().await[0].ends_at.to_string(), "2027-02-01 23:59:00");
}

#[tokio::test]
async fn a_error_in_a_workbook_names_its_row() {
    let office = Office::new().await;
    let workbook = xlsx(&VACANCY, |sheet| {
        sheet.write_string(4, column(&VACANCY, "Kenmerk"), "V-9").unwrap();
        sheet.write_number(4, column(&VACANCY, "Vergoeding per maand"), 12.345).unwrap();
    });
    let (outcome, report) =
        office.import_with::<Vacancy>(&office.file("v.xlsx", workbook), &ImportOptions::default()).await;
    assert!(outcome.is_err());
    assert!(
        report.contains("line 5 (V-9), column Vergoeding per maand: \"12,345\"; expected an amount"),
        "{report}"
    );
}
