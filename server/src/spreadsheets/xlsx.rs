//! Workbooks of Excel and its likes: their cells as the text that the same table has as CSV.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use domain::text::{slug, write_date, write_date_time};

use super::archive;
use super::file_error::FileError;
use super::rows::{MOST_COLUMNS, Rows};

/// Reads the rows of the sheet that is called `wanted`; without one, those of the first visible sheet.
pub(super) fn read(bytes: Vec<u8>, wanted: &str, rows: &mut Rows<'_>) -> Result<(), FileError> {
    archive::check(&bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheet = sheet_name(&workbook, wanted).ok_or(FileError::Empty)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(damaged)?;
    let mut line = 0;
    let mut row: Vec<String> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (at_row, at_column) = cell.get_position();
        if line != at_row as usize + 1 {
            rows.push(line, std::mem::take(&mut row))?;
            line = at_row as usize + 1;
        }
        put(&mut row, at_column as usize, text(cell.get_value()));
    }
    rows.push(line, row)
}

fn sheet_name(workbook: &Xlsx<Cursor<Vec<u8>>>, wanted: &str) -> Option<String> {
    let is_table = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let sheets = || workbook.sheets_metadata().iter().filter(is_table);
    let named = sheets().find(|sheet| slug(&sheet.name) == wanted);
    named.or_else(|| sheets().next()).map(|sheet| sheet.name.clone())
}

fn damaged(error: XlsxError) -> FileError {
    FileError::Damaged(error.to_string())
}

/// Puts a text in its column; beyond the limit it only makes the row too wide.
fn put(row: &mut Vec<String>, column: usize, text: String) {
    if text.is_empty() {
        return;
    }
    let column = column.min(MOST_COLUMNS);
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    row[column] = text;
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(is_so) => if *is_so { "WAAR" } else { "ONWAAR" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) => iso_text(text),
    }
}

/// The fifteen digits that Excel keeps, with a decimal comma: a dot could be read as one of thousands.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string().replace('.', ",")
}

fn moment_text(moment: &ExcelDateTime) -> String {
    match moment.as_datetime() {
        Some(time) if moment.as_f64() < 1.0 => time.format("%H:%M").to_string(),
        Some(time) => date_text(time + TimeDelta::milliseconds(500)),
        None => number_text(moment.as_f64()),
    }
}

fn iso_text(text: &str) -> String {
    let moment = text.trim_end_matches('Z').parse::<NaiveDateTime>();
    moment.map_or_else(|_| text.to_owned(), date_text)
}

fn date_text(moment: NaiveDateTime) -> String {
    let minute = moment.format("%H:%M").to_string();
    if minute == NaiveTime::MIN.format("%H:%M").to_string() {
        write_date(moment.date())
    } else {
        write_date_time(moment)
    }
}
