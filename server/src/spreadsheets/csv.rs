//! Text files with a row on each line, as Dutch Excel saves them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use hub::formula;

use super::file_error::FileError;
use super::rows::Rows;

/// Reads rows from UTF-8 or UTF-16 with a mark, UTF-8 without one, or Windows-1252.
pub(super) fn read(bytes: &[u8], rows: &mut Rows<'_>) -> Result<(), FileError> {
    let text = decode(bytes)?;
    if let Some(at) = text.find('\0') {
        return Err(FileError::Nul { line: line_of(text[..at].as_bytes()) });
    }
    let mut parser = Parser::new(&text);
    while let Some((line, cells)) = parser.record()? {
        rows.push(line, cells)?;
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileError> {
    let marked = Encoding::for_bom(bytes);
    if let Some((encoding, mark)) = marked
        && encoding != UTF_8
    {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    let start = marked.map_or(0, |(_, mark)| mark);
    let error = match std::str::from_utf8(&bytes[start..]) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    // The first letter with an accent decides: in Windows-1252 it is never valid UTF-8.
    let valid = &bytes[start..start + error.valid_up_to()];
    if start > 0 || !valid.is_ascii() {
        return Err(FileError::BrokenUtf8 { line: line_of(valid) });
    }
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// The number of the line that comes after this text.
fn line_of(before: &[u8]) -> usize {
    1 + line_ends(before)
}

/// How many lines end in the text, with LF, CR LF or CR.
fn line_ends(text: &[u8]) -> usize {
    let is_end = |at: usize| match text[at] {
        b'\n' => true,
        b'\r' => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..text.len()).filter(|at| is_end(*at)).count()
}

/// Cuts a text into records and cells and knows on which line of the file it is.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    separator: u8,
    is_header: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut parser = Self { text, at: 0, line: 1, separator: b';', is_header: true };
        if let Some(separator) = declared_separator(text) {
            parser.separator = separator;
            parser.at = "sep=;".len();
            parser.end_line();
        } else {
            parser.separator = likely_separator(text.trim_start());
        }
        parser
    }

    /// The next record and the line on which it starts.
    fn record(&mut self) -> Result<Option<(usize, Vec<String>)>, FileError> {
        if self.at == self.text.len() {
            return Ok(None);
        }
        let line = self.line;
        let mut cells = vec![self.cell()?];
        while self.byte() == Some(self.separator) {
            self.at += 1;
            cells.push(self.cell()?);
        }
        self.end_line();
        self.is_header &= cells.iter().all(|cell| cell.trim().is_empty());
        Ok(Some((line, cells)))
    }

    fn cell(&mut self) -> Result<String, FileError> {
        let mut cell = String::new();
        if self.byte() == Some(b'"') {
            self.quoted(&mut cell)?;
        }
        let rest = &self.text.as_bytes()[self.at..];
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r') || *byte == self.separator;
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        cell.push_str(&self.text[self.at..self.at + length]);
        self.at += length;
        Ok(formula::unguard(cell))
    }

    fn quoted(&mut self, cell: &mut String) -> Result<(), FileError> {
        let opened = self.line;
        loop {
            self.at += 1;
            let rest = &self.text[self.at..];
            let length = rest.find('"').ok_or(FileError::OpenQuote { line: opened })?;
            cell.push_str(&rest[..length]);
            self.line += line_ends(&rest.as_bytes()[..length]);
            self.at += length + 1;
            if self.byte() != Some(b'"') {
                return Ok(());
            }
            cell.push('"');
        }
    }

    fn end_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length = if rest.starts_with(b"\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        self.at += length;
        self.line += usize::from(length > 0);
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// The separator of a first line `sep=;`, which Excel understands and some programs write.
fn declared_separator(text: &str) -> Option<u8> {
    let rest = text.strip_prefix("sep=")?.as_bytes();
    let is_alone = matches!(rest.get(1), Some(b'\n' | b'\r') | None);
    rest.first().copied().filter(|separator| is_alone && b";,\t|".contains(separator))
}

/// The sign that stands most between the names of the header; `;` when none does.
fn likely_separator(text: &str) -> u8 {
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => counts.iter_mut().filter(|(sign, _)| *sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max();
    counts.iter().find(|(_, count)| Some(*count) == most).map_or(b';', |(sign, _)| *sign)
}
