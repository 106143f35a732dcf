//! Brotli and gzip: which of them a visitor can open, and how bytes are packed.

use std::io::{self, Write};

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// 256 kB of look-back: more than a page, and less to clear for each answer than the usual 4 MB.
pub(crate) const BROTLI_WINDOW: u32 = 18;
/// 4 MB of look-back.
const WIDE_BROTLI_WINDOW: u32 = 22;

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// The smaller one.
    Brotli,
    /// The older one.
    Gzip,
}

impl Packing {
    /// The best packing that the visitor can open.
    pub(crate) fn accepted(headers: &HeaderMap) -> Option<Self> {
        [Self::Brotli, Self::Gzip].into_iter().find(|packing| packing.is_accepted(headers))
    }

    /// Whether the visitor can open this one.
    pub(crate) fn is_accepted(self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut names = values.flat_map(|value| value.split(',')).filter_map(accepted_name);
        names.any(|name| name.eq_ignore_ascii_case(self.name()))
    }

    /// Its name in headers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// Packs some bytes.
    pub(crate) fn pack(self, bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
        self.pack_within(bytes, quality, BROTLI_WINDOW)
    }

    /// Packs bytes that repeat themselves far apart.
    pub(crate) fn pack_widely(self, bytes: &[u8], quality: u32) -> io::Result<Vec<u8>> {
        self.pack_within(bytes, quality, WIDE_BROTLI_WINDOW)
    }

    fn pack_within(self, bytes: &[u8], quality: u32, window: u32) -> io::Result<Vec<u8>> {
        let packed = Vec::with_capacity(bytes.len() / 4);
        match self {
            Self::Brotli => {
                let mut writer = brotli::CompressorWriter::new(packed, 16 * 1024, quality, window);
                writer.write_all(bytes)?;
                Ok(writer.into_inner())
            }
            Self::Gzip => {
                let level = flate2::Compression::new(quality.min(9));
                let mut writer = flate2::write::GzEncoder::new(packed, level);
                writer.write_all(bytes)?;
                writer.finish()
            }
        }
    }
}

/// The name of an encoding, unless the visitor says `q=0`.
fn accepted_name(part: &str) -> Option<&str> {
    let (name, weight) = part.split_once(';').unwrap_or((part, ""));
    let is_refused = weight
        .trim()
        .strip_prefix("q=")
        .is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
    (!is_refused).then_some(name.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Option<Packing> {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, value.parse().unwrap())]);
        Packing::accepted(&headers)
    }

    #[test]
    fn the_smaller_packing_wins_when_both_are_accepted() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Some(Packing::Brotli));
        assert_eq!(accepted("gzip;q=1.0, br;q=0"), Some(Packing::Gzip));
        assert_eq!(accepted("identity"), None);
        assert_eq!(Packing::accepted(&HeaderMap::new()), None);
    }
}
