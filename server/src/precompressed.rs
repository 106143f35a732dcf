//! What all pages carry, packed once: the style sheet.
//!
//! A brotli stream is a row of blocks ([RFC 7932], chapter 9), so one that was packed before can stand between what
//! is packed for each page. That is less work for the server, and as small as slow packing makes it.
//!
//! [RFC 7932]: https://www.rfc-editor.org/rfc/rfc7932

use std::io::{self, Write};
use std::sync::Arc;

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;

use crate::packing::BROTLI_WINDOW;

/// The best there is: it is packed once.
const QUALITY: u32 = 11;
/// How far from its beginning a page has what it shares, in bytes.
const BEGINS_WITHIN: usize = 1024;
/// The longest block that is not packed, in bytes.
const LONGEST_PLAIN: usize = 1 << 16;
/// An empty block that is the last one.
const END: u8 = 0b11;

/// A text that many pages have near their beginning, word for word.
pub(crate) struct PrecompressedText {
    plain: Arc<str>,
    packed: Vec<u8>,
}

impl PrecompressedText {
    /// Packs it.
    pub(crate) fn pack(plain: Arc<str>) -> io::Result<Self> {
        Ok(Self { packed: blocks(plain.as_bytes(), QUALITY)?, plain })
    }

    /// Packs a page that has this text; nothing when it has not.
    pub(crate) fn pack_around(&self, page: &[u8], quality: u32) -> Option<Vec<u8>> {
        let (before, after) = self.split(page)?;
        let mut packed = Vec::with_capacity(self.packed.len() + page.len() / 4);
        packed.extend(beginning(before.len())?);
        packed.extend(before);
        packed.extend(&self.packed);
        packed.extend(blocks(after, quality).ok()?);
        packed.push(END);
        Some(packed)
    }

    /// The parts of a page before and after this text.
    fn split<'a>(&self, page: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
        let plain = self.plain.as_bytes();
        let at = (1..BEGINS_WITHIN).find(|at| page.get(*at..).is_some_and(|rest| rest.starts_with(plain)))?;
        Some((&page[..at], &page[at + plain.len()..]))
    }
}

/// The beginning of a stream and of a first block with that many bytes as they are.
fn beginning(length: usize) -> Option<[u8; 3]> {
    // From the lowest bit: the window (4), not the last block (1), a length of 16 bits (2), the length (16), as it is (1).
    let window = (BROTLI_WINDOW - 17) << 1 | 1;
    let length =
        u32::try_from(length.checked_sub(1)?).ok().filter(|length| *length < LONGEST_PLAIN as u32)?;
    let [bits @ .., _] = (window | length << 7 | 1 << 23).to_le_bytes();
    Some(bits)
}

/// Packs bytes as blocks that look back at nothing before them and may stand anywhere in a stream.
fn blocks(bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let options = BrotliEncoderParams {
        quality: quality as i32,
        lgwin: BROTLI_WINDOW as i32,
        catable: true,
        appendable: true,
        bare_stream: true,
        byte_align: true,
        use_dictionary: false,
        ..BrotliEncoderParams::default()
    };
    let packed = Vec::with_capacity(bytes.len() / 4);
    let mut writer = CompressorWriter::with_params(packed, 16 * 1024, &options);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(packed: &[u8]) -> String {
        let mut text = String::new();
        brotli::Decompressor::new(packed, 4096).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_page_is_the_same_after_packing_around_what_it_shares() {
        let letters = |count: usize| (0..count).map(|number| char::from(b'a' + (number * number % 23) as u8));
        let style: String = letters(19_000).collect();
        let precompressed = PrecompressedText::pack(style.as_str().into()).unwrap();
        for rest in [0, 1, 2, 3, 50, 20_000, 400_000] {
            let rest: String = letters(rest).collect();
            for before in ["<", "<!DOCTYPE html><html lang=nl><style nonce=abc>"] {
                let page = format!("{before}{style}{rest}");
                for quality in [2, 5] {
                    let packed = precompressed.pack_around(page.as_bytes(), quality).unwrap();
                    assert!(unpacked(&packed) == page, "{} bytes after it, quality {quality}", rest.len());
                }
            }
        }
    }

    #[test]
    fn another_page_is_not_packed_around_it() {
        let precompressed = PrecompressedText::pack("main { color: red }".into()).unwrap();
        for page in ["", "main", "main { color: red }", &format!("{}main {{ color: red }}", " ".repeat(2000))]
        {
            assert!(precompressed.pack_around(page.as_bytes(), 2).is_none(), "{page}");
        }
    }
}
