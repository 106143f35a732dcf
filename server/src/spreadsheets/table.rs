//! A file becomes a header and rows of text, whatever its format; nothing in it is trusted.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{csv, xlsx};

/// Bytes that a file may have.
const LARGEST_FILE: u64 = 200 << 20;
/// Letters that a cell may have.
const LONGEST_CELL: usize = 100_000;
/// Rows that a file may have, besides its header.
const MOST_ROWS: usize = 200_000;
/// Columns that a file may have.
pub(super) const MOST_COLUMNS: usize = 1_000;
/// Bytes of text in all cells together; a small workbook can repeat one text in every row.
const MOST_TEXT: usize = 400 << 20;

/// Why a whole file is refused.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system does not let it be read.
    #[error("it can't be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is a folder.
    #[error("it is a folder, not a file")]
    Folder,
    /// It is a device, a pipe or the like.
    #[error("it is not an ordinary file")]
    NotAFile,
    /// It has too many bytes.
    #[error("it is larger than 200 MB; split it into several files")]
    TooLarge,
    /// Nothing is in it.
    #[error("it is empty; the first row should hold the names of the columns")]
    Empty,
    /// It has a header and no more.
    #[error("it has a header but no rows")]
    HeaderOnly,
    /// The header lacks columns, or has some twice.
    #[error("its header is not right{}{}", listed("; missing: ", .missing), listed("; more than once: ", .doubled))]
    Header {
        /// Columns that must be there and are not.
        missing: Vec<&'static str>,
        /// Columns that are there more than once.
        doubled: Vec<&'static str>,
    },
    /// A byte that no text has.
    #[error("line {line} holds a NUL byte; this is no text file, or it is damaged")]
    Nul {
        /// Where it is.
        line: usize,
    },
    /// It starts as UTF-8 and goes on as something else.
    #[error("line {line} is not valid UTF-8; save the file again as \"CSV UTF-8\"")]
    BrokenUtf8 {
        /// Where it goes wrong.
        line: usize,
    },
    /// A quoted cell never ends.
    #[error("the quotation mark that opens on line {line} is never closed")]
    OpenQuote {
        /// Where it opens.
        line: usize,
    },
    /// A cell has too much text.
    #[error("line {line}, column {column}: the cell has more than 100,000 characters")]
    LongCell {
        /// Where it is.
        line: usize,
        /// The header above it.
        column: String,
    },
    /// There are too many rows.
    #[error("it has more than 200,000 rows; split it into several files")]
    TooManyRows,
    /// There are too many columns.
    #[error("line {line} has more than 1,000 columns")]
    TooWide {
        /// Where they are.
        line: usize,
    },
    /// All cells together are too long.
    #[error("its cells hold more than 400 MB of text; split it into several files")]
    TooMuchText,
    /// The format of Excel 97, or a workbook with a password.
    #[error("it is an old .xls workbook or has a password; save it as .xlsx without a password")]
    OldExcel,
    /// A zip with something else in it.
    #[error("it is a zip file but no XLSX workbook")]
    NotAWorkbook,
    /// A zip that unpacks to far more than it seems.
    #[error("it unpacks to far more than a workbook should (a zip bomb)")]
    Bomb,
    /// A workbook that can't be understood.
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
}

fn listed(intro: &str, names: &[&str]) -> String {
    if names.is_empty() { String::new() } else { format!("{intro}{}", names.join(", ")) }
}

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

/// Reads the file into the sink. What it is follows from what is in it, not from its name.
///
/// Of a workbook it takes the sheet that is called `sheet`, or else the first that is visible.
pub(super) fn read(path: &Path, sheet: &str, sink: &mut dyn RowSink) -> Result<(), FileError> {
    let bytes = read_bytes(path)?;
    let mut rows = Rows::new(sink);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        xlsx::read(bytes, sheet, &mut rows)?;
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(FileError::OldExcel);
    } else {
        csv::read(&bytes, &mut rows)?;
    }
    rows.finish()
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(FileError::Folder);
    }
    if !about.is_file() {
        return Err(FileError::NotAFile);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE { Err(FileError::TooLarge) } else { Ok(bytes) }
}

/// Stands between a format and the sink: skips empty rows and guards the limits.
pub(super) struct Rows<'a> {
    sink: &'a mut dyn RowSink,
    header: Option<Vec<String>>,
    count: usize,
    text: usize,
}

impl<'a> Rows<'a> {
    fn new(sink: &'a mut dyn RowSink) -> Self {
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

    fn finish(self) -> Result<(), FileError> {
        match (self.header, self.count) {
            (None, _) => Err(FileError::Empty),
            (Some(_), 0) => Err(FileError::HeaderOnly),
            _ => Ok(()),
        }
    }
}
