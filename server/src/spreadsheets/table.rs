//! A file becomes a header and rows of text, whatever its format; nothing in it is trusted.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::file_error::FileError;
use super::rows::{RowSink, Rows};
use super::{csv, xlsx};

/// Bytes that a file may have.
const LARGEST_FILE: u64 = 200 << 20;

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
