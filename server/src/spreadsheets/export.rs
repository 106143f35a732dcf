//! Rows become a CSV file or a workbook that can be imported again without a change.

use std::io::{self, Seek, Write};

use chrono::{Datelike, Timelike};
use domain::region::Region;
use domain::text::{parse_date, parse_date_time, write_date, write_date_time};
use hub::formula;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sheet::Sheet;

/// The row with its municipality filled in, for people.
fn cells<T: Sheet>(row: &T, region: &Region) -> Vec<String> {
    let mut cells = row.to_cells();
    let at = T::COLUMNS.iter().position(|column| column.name == "Gemeente");
    if let (Some(at), Some(place)) = (at, region.find_place(row.place())) {
        cells[at].clone_from(&place.municipality);
    }
    cells
}

/// Writes the rows as Dutch Excel opens them: UTF-8 with a mark, `;` between cells, CR LF after rows.
pub(super) fn write_csv<T: Sheet>(rows: &[T], region: &Region, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let terminator = ::csv::Terminator::CRLF;
    let mut csv = ::csv::WriterBuilder::new().delimiter(b';').terminator(terminator).from_writer(out);
    csv.write_record(T::COLUMNS.iter().map(|column| column.name))?;
    for row in rows {
        csv.write_record(cells(row, region).into_iter().map(formula::guard))?;
    }
    csv.flush()
}

/// Writes a workbook of one sheet: a bold header that stays in sight, real dates and numbers, no formulas.
pub(super) fn write_xlsx<T: Sheet>(
    rows: &[T],
    region: &Region,
    out: &mut (impl Write + Seek + Send),
) -> io::Result<()> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    write_header::<T>(sheet).map_err(io::Error::other)?;
    let styles = Styles::new();
    for (line, row) in (1..).zip(rows) {
        for (at, cell) in (0..).zip(cells(row, region)) {
            let column = T::COLUMNS[usize::from(at)].name;
            let wrong = |error| io::Error::other(format!("{}, column {column}: {error}", row.reference()));
            write_cell::<T>(sheet, (line, at), &cell, &styles).map_err(wrong)?;
        }
    }
    workbook.save_to_writer(out).map_err(io::Error::other)
}

fn write_header<T: Sheet>(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(T::SHEET)?;
    let bold = Format::new().set_bold();
    for (at, column) in (0..).zip(T::COLUMNS) {
        sheet.write_string_with_format(0, at, column.name, &bold)?;
        sheet.set_column_width(at, width::<T>(column.name))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn width<T: Sheet>(column: &str) -> f64 {
    match column {
        "Titel" | "Naam" | "Topsector" | "Organisatie" | "Studierichting" | "Vaardigheden" | "Website" => {
            32.0
        }
        "Tekst" | "Omschrijving" | "Omschrijving (de)" | "Omschrijving (en)" => 60.0,
        _ if T::DATES.contains(&column) => 17.0,
        _ => column.chars().count().max(12) as f64 + 2.0,
    }
}

struct Styles {
    date: Format,
    moment: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            date: Format::new().set_num_format("dd\\-mm\\-yyyy"),
            moment: Format::new().set_num_format("dd\\-mm\\-yyyy\\ hh:mm"),
        }
    }
}

fn write_cell<T: Sheet>(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    cell: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    let column = T::COLUMNS[usize::from(at)].name;
    if T::DATES.contains(&column) {
        if let Some(day) = excel_day(cell) {
            return sheet.write_datetime_with_format(line, at, &day, &styles.date).map(drop);
        }
        if let Some(moment) = excel_moment(cell) {
            return sheet.write_datetime_with_format(line, at, &moment, &styles.moment).map(drop);
        }
    } else if T::NUMBERS.contains(&column)
        && let Ok(number) = cell.parse::<u32>()
    {
        return sheet.write_number(line, at, number).map(drop);
    }
    sheet.write_string(line, at, cell).map(drop)
}

/// A day, when Excel can hold it: its calendar starts in 1900 and is wrong in the first months.
fn excel_day(cell: &str) -> Option<ExcelDateTime> {
    let day =
        parse_date(cell).filter(|day| write_date(*day) == cell && (1901..=9999).contains(&day.year()))?;
    ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8).ok()
}

/// A moment, unless it is midnight: a workbook can't tell that from a day without a time.
fn excel_moment(cell: &str) -> Option<ExcelDateTime> {
    let moment = parse_date_time(cell).filter(|moment| write_date_time(*moment) == cell)?;
    if (moment.hour(), moment.minute()) == (0, 0) {
        return None;
    }
    let day = excel_day(&write_date(moment.date()))?;
    day.and_hms(moment.hour() as u16, moment.minute() as u8, 0.0).ok()
}
