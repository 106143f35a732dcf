//! Rows of text on their way from a file to whoever takes them, within limits.

use super::file_error::FileError;

/// Letters that a cell may have.
const LONGEST_CELL: usize = 100_000;
/// Rows that a file may have, besides its header.
const MOST_ROWS: usize = 200_000;
/// Columns that a file may have.
pub(super) const MOST_COLUMNS: usize = 1_000;
/// Bytes of text in all cells together; a small workbook can repeat one text in every row.
const MOST_TEXT: usize = 400 << 20;

/// A row as the file has it.
pub(super) struct RawRow {
    /// Its line in a text file, its number in a workbook; the first is 1.
    pub(super) line: usize,
    /// Its cells, as many as the file gives.
    pub(super) cells: Vec<String>,
}

/// Takes a file row by row.
pub(super) trait RowSink {
    /// The names of the columns; comes first, once.
    fn header(&mut self, names: &[String]) -> Result<(), FileError>;
    /// A row that is not empty.
    fn row(&mut self, row: RawRow);
}

/// Stands between a format and the sink: skips empty rows and guards the limits.
pub(super) struct Rows<'a> {
    sink: &'a mut dyn RowSink,
    header: Option<Vec<String>>,
    count: usize,
    text: usize,
}

impl<'a> Rows<'a> {
    pub(super) fn new(sink: &'a mut dyn RowSink) -> Self {
        Self { sink, header: None, count: 0, text: 0 }
    }

    /// Takes the next row; the first that is not empty is the header.
    pub(super) fn push(&mut self, line: usize, mut cells: Vec<String>) -> Result<(), FileError> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        self.check(line, &cells)?;
        if self.header.is_none() {
            self.sink.header(&cells)?;
            self.header = Some(cells);
            return Ok(());
        }
        self.count += 1;
        if self.count > MOST_ROWS {
            return Err(FileError::TooManyRows);
        }
        self.sink.row(RawRow { line, cells });
        Ok(())
    }

    fn check(&mut self, line: usize, cells: &[String]) -> Result<(), FileError> {
        if cells.len() > MOST_COLUMNS {
            return Err(FileError::TooWide { line });
        }
        let is_long = |cell: &String| cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL;
        if let Some(at) = cells.iter().position(is_long) {
            return Err(FileError::LongCell { line, column: self.column_name(at) });
        }
        self.text += cells.iter().map(String::len).sum::<usize>();
        if self.text > MOST_TEXT { Err(FileError::TooMuchText) } else { Ok(()) }
    }

    fn column_name(&self, at: usize) -> String {
        let name = self.header.as_ref().and_then(|header| header.get(at)).map(|name| name.trim());
        name.filter(|name| !name.is_empty()).map_or_else(|| format!("number {}", at + 1), str::to_owned)
    }

    pub(super) fn finish(self) -> Result<(), FileError> {
        match (self.header, self.count) {
            (None, _) => Err(FileError::Empty),
            (Some(_), 0) => Err(FileError::HeaderOnly),
            _ => Ok(()),
        }
    }
}
