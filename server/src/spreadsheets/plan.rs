//! What an import would do, found out before anything is written.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use domain::region::Region;
use domain::sheet::{Expected, REFERENCE, SheetContext};
use domain::text::slug;
use store::Change;

use super::file_error::FileError;
use super::rows::{RawRow, RowSink};
use super::sheet::{CellErrorText, Names, Sheet};
use super::table;

/// Errors that are kept; more are only counted, so that a file of nothing but errors stays small.
const KEPT_FAULTS: usize = 1_000;

/// What an import would do.
#[derive(Debug)]
pub struct Plan<T> {
    /// Rows that the hub does not have yet.
    pub added: Vec<T>,
    /// Rows that differ from what the hub has.
    pub changed: Vec<Change<T>>,
    /// How many rows are as the hub has them.
    pub unchanged: usize,
    /// What is wrong, at most a thousand of it.
    pub errors: Vec<RowError>,
    /// How many cells are wrong.
    pub error_count: usize,
    /// How many rows are wrong.
    pub wrong: usize,
    /// Columns of the file that mean nothing here.
    pub unused_columns: Vec<String>,
}

/// A cell that is wrong, and where it is.
#[derive(Debug, PartialEq, Eq)]
pub struct RowError {
    /// The line of a text file, the row of a workbook.
    pub line: usize,
    /// What the row says identifies it.
    pub reference: String,
    /// The error.
    pub problem: CellErrorText,
}

/// What the hub has before the import.
pub(super) struct Known<T> {
    /// The names of organisations.
    pub(super) names: Names,
    /// Rows by reference; a row goes when the file names it.
    pub(super) existing: HashMap<String, (i64, T)>,
    /// The day on the hub's own clock.
    pub(super) today: NaiveDate,
}

/// Reads the file and compares it with the rows that the hub has.
pub(super) fn make<T: Sheet>(path: &Path, region: &Region, known: Known<T>) -> Result<Plan<T>, FileError> {
    let plan = Plan {
        added: Vec::new(),
        changed: Vec::new(),
        unchanged: 0,
        errors: Vec::new(),
        error_count: 0,
        wrong: 0,
        unused_columns: Vec::new(),
    };
    let mut planner = Planner { region, known, columns: Vec::new(), seen: HashMap::new(), plan };
    table::read(path, T::SHEET, &mut planner)?;
    Ok(planner.plan)
}

/// The row that the hub has, with its number, and the row of the file.
type Pair<T> = (Option<(i64, T)>, T);

struct Planner<'a, T> {
    region: &'a Region,
    known: Known<T>,
    /// For each column of the file its position among the columns of the sheet.
    columns: Vec<Option<usize>>,
    /// On which line a reference stands.
    seen: HashMap<String, usize>,
    plan: Plan<T>,
}

impl<T: Sheet> RowSink for Planner<'_, T> {
    fn header(&mut self, names: &[String]) -> Result<(), FileError> {
        let position = |name: &String| T::COLUMNS.iter().position(|column| slug(column.name) == slug(name));
        self.columns = names.iter().map(position).collect();
        let count = |at: usize| self.columns.iter().filter(|known| **known == Some(at)).count();
        let columns = || T::COLUMNS.iter().enumerate();
        let missing = columns().filter(|(at, column)| column.is_required && count(*at) == 0);
        let missing: Vec<&str> = missing.map(|(_, column)| column.name).collect();
        let doubled = columns().filter(|(at, _)| count(*at) > 1);
        let doubled: Vec<&str> = doubled.map(|(_, column)| column.name).collect();
        if !missing.is_empty() || !doubled.is_empty() {
            return Err(FileError::Header { missing, doubled });
        }
        let unused = names.iter().zip(&self.columns).filter(|(_, known)| known.is_none());
        self.plan.unused_columns =
            unused.map(|(name, _)| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        Ok(())
    }

    fn row(&mut self, row: RawRow) {
        let reference = self.reference(&row);
        match self.parse(&row, &reference) {
            Ok((old, new)) => self.plan.take(old, new),
            Err(problems) => self.plan.refuse(row.line, &reference, problems),
        }
    }
}

impl<T: Sheet> Planner<'_, T> {
    fn reference(&self, row: &RawRow) -> String {
        let at = self.columns.iter().position(|known| *known == Some(0));
        at.and_then(|at| row.cells.get(at)).map_or_else(String::new, |cell| cell.trim().to_owned())
    }

    fn parse(&mut self, row: &RawRow, reference: &str) -> Result<Pair<T>, Vec<CellErrorText>> {
        let mut problems = self.check_shape(row, reference);
        let old = self.known.existing.remove(reference);
        let cells = self.cells(row, old.as_ref().map(|(_, old)| old));
        let names = &self.known.names;
        let find = |name: &str| names.find(name);
        let context = SheetContext::of(self.region).with_organisations(&find);
        match T::from_cells(&cells, &context) {
            Err(errors) => problems.extend(errors.into_iter().map(CellErrorText::from)),
            Ok(new) if problems.is_empty() => {
                match new.agree(old.as_ref().map(|(_, old)| old), &mut self.known.names, self.known.today) {
                    Ok(new) => return Ok((old, new)),
                    Err(problem) => problems.push(problem),
                }
            }
            Ok(_) => {}
        }
        Err(problems)
    }

    fn check_shape(&mut self, row: &RawRow, reference: &str) -> Vec<CellErrorText> {
        let mut problems = Vec::new();
        if let Some(first) = self.seen.get(reference) {
            problems.push(CellErrorText::new(REFERENCE, reference, &Expected::Unique(*first)));
        } else if !reference.is_empty() {
            self.seen.insert(reference.to_owned(), row.line);
        }
        let beyond = row.cells.iter().enumerate().skip(self.columns.len());
        problems.extend(beyond.filter(|(_, cell)| !cell.trim().is_empty()).take(1).map(|(at, cell)| {
            CellErrorText {
                column: format!("number {}", at + 1),
                value: cell.chars().take(80).collect(),
                expected: format!("nothing; the header has {} columns", self.columns.len()),
            }
        }));
        problems
    }

    /// The cells of the file over those that the hub has, so that a column that is left out changes nothing.
    fn cells(&self, row: &RawRow, old: Option<&T>) -> Vec<String> {
        let mut cells = old.map_or_else(|| vec![String::new(); T::COLUMNS.len()], T::to_cells);
        for (at, known) in self.columns.iter().enumerate() {
            if let Some(known) = known {
                cells[*known] = row.cells.get(at).cloned().unwrap_or_default();
            }
        }
        cells
    }
}

impl<T: Sheet> Plan<T> {
    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged + self.wrong
    }

    fn take(&mut self, old: Option<(i64, T)>, new: T) {
        match old {
            None => self.added.push(new),
            Some((_, old)) if old.to_cells() == new.to_cells() => self.unchanged += 1,
            Some((id, old)) => self.changed.push(Change { id, old, new }),
        }
    }

    fn refuse(&mut self, line: usize, reference: &str, problems: Vec<CellErrorText>) {
        self.wrong += 1;
        self.error_count += problems.len();
        let room = KEPT_FAULTS.saturating_sub(self.errors.len());
        let error = |problem| RowError { line, reference: reference.chars().take(60).collect(), problem };
        self.errors.extend(problems.into_iter().take(room).map(error));
    }
}
