//! The sitemaps of one catalogue, made once and kept packed.

use std::collections::HashMap;
use std::io;

use axum::body::Bytes;
use tokio::sync::Mutex;

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SitemapFile {
    /// The pages that stand there whatever the hub has.
    Pages,
    /// The organisations.
    Organisations,
    /// The events.
    Events,
    /// A list of vacancies, by how many go before it.
    Vacancies(usize),
}

/// The lists of one catalogue, made once and packed: as text, those of 50,000 vacancies would fill 80 MB.
#[derive(Default)]
pub(crate) struct Sitemaps(Mutex<CachedSitemaps>);

#[derive(Default)]
struct CachedSitemaps {
    /// The mark of the catalogue.
    etag: String,
    by_file: HashMap<SitemapFile, Bytes>,
}

impl Sitemaps {
    /// The list as `make` packs it. Requests for one that is being made wait for it.
    pub(crate) async fn find_or_make(
        &self,
        etag: &str,
        file: SitemapFile,
        make: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    ) -> io::Result<Bytes> {
        let mut cached = self.0.lock().await;
        if cached.etag != etag {
            *cached = CachedSitemaps { etag: etag.to_owned(), by_file: HashMap::new() };
        }
        if let Some(packed) = cached.by_file.get(&file) {
            return Ok(packed.clone());
        }
        let packed = tokio::task::spawn_blocking(make).await.map_err(io::Error::other)??;
        let packed = Bytes::from(packed);
        cached.by_file.insert(file, packed.clone());
        Ok(packed)
    }
}
