//! Lists as files: made row by row, so that a long one takes no more memory than a short one.

use std::fs::File;
use std::io::{self, Seek};
use std::pin::pin;

use chrono::{Datelike, NaiveDate};
use domain::text::write_date;
use futures::{Stream, StreamExt, TryStreamExt, future, stream};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use store::Error;
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc::{self, Receiver};

use crate::formula;

/// Rows that are written together.
const ROWS_TOGETHER: usize = 200;
/// Bytes of a file that are read at once.
const BYTES_TOGETHER: usize = 64 * 1024;
/// The width of a column of a workbook, in characters.
const WIDTH: f64 = 24.0;

/// A cell of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text; a workbook shows it as it is, whatever it begins with.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A number.
    Number(u32),
    /// Nothing.
    Empty,
}

/// A CSV file as Dutch Excel opens it, in pieces: UTF-8 with a mark, `;` between cells, CR LF after rows.
pub fn csv(
    headings: Vec<String>,
    rows: impl Stream<Item = Result<Vec<Cell>, Error>>,
) -> impl Stream<Item = Result<Vec<u8>, Error>> {
    let mark = Ok("\u{feff}".as_bytes().to_vec());
    let headings = lines(vec![Ok(headings.into_iter().map(Cell::Text).collect())]);
    stream::iter([mark, headings]).chain(rows.ready_chunks(ROWS_TOGETHER).map(lines))
}

fn lines(rows: Vec<Result<Vec<Cell>, Error>>) -> Result<Vec<u8>, Error> {
    let terminator = ::csv::Terminator::CRLF;
    let mut csv = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(terminator)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        csv.write_record(row?.into_iter().map(text)).map_err(io::Error::other)?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()).into())
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => formula::guard(text),
        Cell::Day(day) => write_date(day),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A workbook of one sheet in a file without a name, which goes when it is closed: a bold header that stays in sight, real days
/// and numbers, no formulas.
pub async fn workbook(
    sheet: String,
    headings: Vec<String>,
    rows: impl Stream<Item = Result<Vec<Cell>, Error>>,
) -> Result<File, Error> {
    let (give, take) = mpsc::channel(ROWS_TOGETHER);
    let written = tokio::task::spawn_blocking(move || write_workbook(&sheet, &headings, take));
    let mut rows = pin!(rows);
    while let Some(row) = rows.try_next().await? {
        if give.send(row).await.is_err() {
            break;
        }
    }
    drop(give);
    Ok(written.await.map_err(|_| Error::BrokenOff)??)
}

fn write_workbook(name: &str, headings: &[String], mut rows: Receiver<Vec<Cell>>) -> io::Result<File> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(io::Error::other)?;
    sheet.set_name(name).map_err(io::Error::other)?;
    sheet.set_freeze_panes(1, 0).map_err(io::Error::other)?;
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("dd\\-mm\\-yyyy"));
    for (at, heading) in (0..).zip(headings) {
        sheet.set_column_width(at, WIDTH).map_err(io::Error::other)?;
        sheet.write_string_with_format(0, at, heading, &bold).map_err(io::Error::other)?;
    }
    for line in 1.. {
        let Some(row) = rows.blocking_recv() else { break };
        for (at, cell) in (0..).zip(row) {
            write_cell(sheet, (line, at), cell, &date).map_err(io::Error::other)?;
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file).map_err(io::Error::other)?;
    file.rewind()?;
    Ok(file)
}

fn write_cell(
    sheet: &mut rust_xlsxwriter::Worksheet,
    (line, at): (u32, u16),
    cell: Cell,
    date: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(line, at, text)?,
        Cell::Day(day) => match excel_day(day) {
            Some(day) => sheet.write_datetime_with_format(line, at, &day, date)?,
            None => sheet.write_string(line, at, write_date(day))?,
        },
        Cell::Number(number) => sheet.write_number(line, at, number)?,
        Cell::Empty => sheet,
    };
    Ok(())
}

/// A day, when Excel can hold it: its calendar starts in 1900.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).ok()
}

/// The bytes of a file, in pieces.
pub fn read_out(file: File) -> impl Stream<Item = io::Result<Vec<u8>>> {
    let pieces = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; BYTES_TOGETHER];
        let length = file.read(&mut piece).await?;
        piece.truncate(length);
        Ok::<_, io::Error>(Some((piece, file)))
    });
    pieces.try_take_while(|piece| future::ready(Ok(!piece.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: u32) -> impl Stream<Item = Result<Vec<Cell>, Error>> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        stream::iter((0..count).map(move |number| {
            Ok(vec![Cell::Text("=1+1;\"x\"".into()), Cell::Day(day), Cell::Number(number), Cell::Empty])
        }))
    }

    async fn joined(pieces: impl Stream<Item = Result<Vec<u8>, Error>>) -> String {
        String::from_utf8(pieces.try_concat().await.unwrap()).unwrap()
    }

    fn headings() -> Vec<String> {
        ["Naam", "Dag", "Aantal", "Niets"].map(String::from).to_vec()
    }

    #[tokio::test]
    async fn a_csv_file_has_every_row_and_no_formula() {
        let file = joined(csv(headings(), rows(2))).await;
        let row = |number| format!("\"'=1+1;\"\"x\"\"\";21-11-2026;{number};\r\n");
        assert_eq!(file, format!("\u{feff}Naam;Dag;Aantal;Niets\r\n{}{}", row(0), row(1)));
        let pieces: Vec<_> = csv(headings(), rows(1_000)).try_collect().await.unwrap();
        assert!(pieces.len() > 4 && pieces.iter().all(|piece: &Vec<u8>| piece.len() < 16_000), "in pieces");
    }

    #[tokio::test]
    async fn a_list_that_breaks_off_is_no_file() {
        let broken = || stream::iter([Ok(vec![Cell::Empty]), Err(Error::Closed)]);
        assert!(csv(headings(), broken()).try_concat().await.is_err());
        assert!(workbook("lijst".into(), headings(), broken()).await.is_err());
    }

    #[tokio::test]
    async fn a_workbook_is_read_out_whole() {
        let file = workbook("lijst".into(), headings(), rows(3_000)).await.unwrap();
        let length = file.metadata().unwrap().len();
        let bytes: Vec<u8> = read_out(file).try_concat().await.unwrap();
        assert_eq!(bytes.len() as u64, length);
        assert!(bytes.starts_with(b"PK") && length > 10_000);
    }
}
