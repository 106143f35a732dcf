//! Why a whole file is refused.

use std::io;

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
