//! Looks into a zip archive before anything unpacks it: a few kilobytes can unpack to gigabytes.
//!
//! Only archives that can be read in one way are let through: the directory stands directly before its end
//! record, and that is the end of the file. What the directory says about sizes is not believed; every entry
//! is unpacked once to count.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::file_error::FileError;

/// Bytes that all entries together may unpack to.
const LARGEST: u64 = 512 << 20;
/// How many times larger than packed an entry may be; the text of a workbook shrinks 5 to 50 times.
const STEEPEST: u64 = 300;
/// Bytes below which an entry may be as steep as it likes.
const HARMLESS: u64 = 8 << 20;
/// Entries that a workbook may have.
const MOST_ENTRIES: u64 = 10_000;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// Refuses a zip that is no XLSX workbook, is damaged, or unpacks to too much.
pub(super) fn check(bytes: &[u8]) -> Result<(), FileError> {
    let mut rest = directory(bytes).ok_or_else(damaged)?;
    let (mut total, mut count, mut has_workbook) = (0, 0, false);
    while !rest.is_empty() {
        let (entry, after) = Entry::read(rest).ok_or_else(damaged)?;
        rest = after;
        count += 1;
        if count > MOST_ENTRIES {
            return Err(FileError::Bomb);
        }
        has_workbook |= entry.name == b"xl/workbook.xml";
        total += entry.unpacked_size(bytes, LARGEST - total)?;
    }
    if has_workbook { Ok(()) } else { Err(FileError::NotAWorkbook) }
}

fn damaged() -> FileError {
    FileError::Damaged("the zip archive is cut off or not well made".to_owned())
}

/// The part of the file that lists the entries.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.len().checked_sub(22)?;
    let record = Fields(&bytes[end..]);
    if !record.0.starts_with(END) || record.u16(20)? != 0 {
        return None;
    }
    let (size, offset) = (u64::from(record.u32(12)?), u64::from(record.u32(16)?));
    let locator = end.checked_sub(20).map(|at| Fields(&bytes[at..end]));
    match locator.filter(|locator| locator.0.starts_with(LOCATOR_64)) {
        Some(locator) => directory_64(bytes, locator.u64(8)?),
        None => span(bytes, offset, size).filter(|_| offset + size == end as u64),
    }
}

fn directory_64(bytes: &[u8], at: u64) -> Option<&[u8]> {
    let record = Fields(span(bytes, at, 56)?);
    let (size, offset) = (record.u64(40)?, record.u64(48)?);
    let is_whole = at + 56 + 20 + 22 == bytes.len() as u64 && offset.checked_add(size)? == at;
    (record.0.starts_with(END_64) && is_whole).then(|| span(bytes, offset, size))?
}

fn span(bytes: &[u8], offset: u64, size: u64) -> Option<&[u8]> {
    let (start, end) = (usize::try_from(offset).ok()?, usize::try_from(offset.checked_add(size)?).ok()?);
    bytes.get(start..end)
}

/// Numbers at fixed places, the lowest byte first.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.0.get(at..at + 2)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.0.get(at..at + 4)?.try_into().ok()?))
    }

    fn u64(&self, at: usize) -> Option<u64> {
        Some(u64::from_le_bytes(self.0.get(at..at + 8)?.try_into().ok()?))
    }
}

/// A packed file of the archive.
struct Entry<'a> {
    name: &'a [u8],
    is_locked: bool,
    method: u16,
    packed: u64,
    local: u64,
}

impl<'a> Entry<'a> {
    /// The first entry of the directory and what comes after it.
    fn read(directory: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let fields = Fields(directory.strip_prefix(ENTRY).map(|_| directory)?);
        let name_end = 46 + usize::from(fields.u16(28)?);
        let extra_end = name_end + usize::from(fields.u16(30)?);
        let after = directory.get(extra_end + usize::from(fields.u16(32)?)..)?;
        let mut entry = Self {
            name: directory.get(46..name_end)?,
            is_locked: fields.u16(8)? & 1 == 1,
            method: fields.u16(10)?,
            packed: u64::from(fields.u32(20)?),
            local: u64::from(fields.u32(42)?),
        };
        entry.read_large(fields.u32(24)? == u32::MAX, directory.get(name_end..extra_end)?)?;
        Some((entry, after))
    }

    /// Takes the sizes that do not fit in 32 bits from the extra field, in the order the format has them.
    fn read_large(&mut self, has_unpacked: bool, mut extra: &[u8]) -> Option<()> {
        while extra.len() >= 4 {
            let field = Fields(extra);
            let end = 4 + usize::from(field.u16(2)?);
            if field.u16(0)? == 1 {
                let field = Fields(extra.get(..end)?);
                let mut at = if has_unpacked { 12 } else { 4 };
                if self.packed == u64::from(u32::MAX) {
                    self.packed = field.u64(at)?;
                    at += 8;
                }
                if self.local == u64::from(u32::MAX) {
                    self.local = field.u64(at)?;
                }
                return Some(());
            }
            extra = extra.get(end..)?;
        }
        Some(())
    }

    /// How much it really unpacks to; an error when that is more than `limit` or much more than is decent.
    fn unpacked_size(&self, bytes: &[u8], limit: u64) -> Result<u64, FileError> {
        if self.is_locked {
            return Err(FileError::OldExcel);
        }
        let packed = self.data(bytes).ok_or_else(damaged)?;
        let limit = limit.min(HARMLESS.max(self.packed.saturating_mul(STEEPEST)));
        let size = match self.method {
            0 => self.packed,
            8 => count(DeflateDecoder::new(packed).take(limit + 1)).ok_or_else(damaged)?,
            _ => return Err(damaged()),
        };
        if size > limit { Err(FileError::Bomb) } else { Ok(size) }
    }

    fn data<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let header = Fields(span(bytes, self.local, 30)?);
        let names = u64::from(header.u16(26)?) + u64::from(header.u16(28)?);
        header.0.starts_with(LOCAL).then(|| span(bytes, self.local + 30 + names, self.packed))?
    }
}

fn count(reader: impl Read) -> Option<u64> {
    std::io::copy(&mut std::io::BufReader::with_capacity(64 << 10, reader), &mut std::io::sink()).ok()
}
