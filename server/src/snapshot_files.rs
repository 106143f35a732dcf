//! The files in which browsers get the index of the vacancies.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;

use crate::packing::Packing;
use crate::responses::etag;

/// A page that was opened a moment ago may still ask for the files of its own revision.
const KEPT: usize = 6;
/// The best that brotli can, for files that are made seldom and fetched often …
const BEST_QUALITY: u32 = 11;
/// … but not for files of more than this, which would take many seconds.
const BEST_UP_TO: usize = 1_500_000;
const GOOD_QUALITY: u32 = 9;

/// The files that browsers may ask for, the newest last.
#[derive(Default)]
pub(crate) struct Snapshots {
    files: Mutex<Vec<Arc<File>>>,
    /// Held while files are made: at most one set at a time.
    pub(crate) maker: tokio::sync::Mutex<()>,
}

/// A file for browsers.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) plain: Bytes,
    pub(crate) brotli: Bytes,
    pub(crate) etag: String,
}

impl File {
    pub(crate) fn new(plain: Vec<u8>) -> std::io::Result<Self> {
        let quality = if plain.len() > BEST_UP_TO { GOOD_QUALITY } else { BEST_QUALITY };
        let brotli = Packing::Brotli.pack_widely(&plain, quality)?;
        let etag = etag(&plain);
        let name = format!("{}.bin", etag.trim_matches('"'));
        Ok(Self { name, plain: plain.into(), brotli: brotli.into(), etag })
    }

    pub(crate) fn path(&self) -> String {
        format!("/zoek/{}", self.name)
    }
}

impl Snapshots {
    pub(crate) fn find(&self, name: &str) -> Option<Arc<File>> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().find(|file| file.name == name).cloned()
    }

    pub(crate) fn keep(&self, file: File) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|kept| kept.name != file.name);
        files.push(Arc::new(file));
        let old = files.len().saturating_sub(KEPT);
        files.drain(..old);
    }
}
