//! The files of the built site, read once, packed once, and served from memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use axum::body::Bytes;

use crate::packing::Packing;
use crate::responses::etag;

/// Packed once at the start, so a little more work than for a page is well spent.
const BROTLI_QUALITY: u32 = 6;
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";
const FIVE_MINUTES: &str = "public, max-age=300";

/// The files of the built site by their address.
pub struct Files {
    root: PathBuf,
    by_address: HashMap<String, Arc<File>>,
    is_development: bool,
}

/// A file with its packed twins.
pub(crate) struct File {
    pub(crate) plain: Content,
    pub(crate) brotli: Option<Content>,
    pub(crate) gzip: Option<Content>,
    pub(crate) kind: &'static str,
    pub(crate) cache: &'static str,
}

/// Bytes with their mark.
pub(crate) struct Content {
    pub(crate) bytes: Bytes,
    pub(crate) etag: String,
}

impl Content {
    fn new(bytes: Vec<u8>) -> Self {
        Self { etag: etag(&bytes), bytes: Bytes::from(bytes) }
    }
}

impl Files {
    /// Reads all files below a folder; a folder that is missing has none.
    ///
    /// While developing, files are read anew for every request.
    ///
    /// # Errors
    /// When a file can't be read.
    pub fn load(root: &Path, is_development: bool) -> io::Result<Self> {
        let mut files = HashMap::new();
        if root.is_dir() {
            read_folder(root, "", &mut files)?;
        }
        Ok(Self { root: root.to_owned(), by_address: files, is_development })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_address.is_empty()
    }

    pub(crate) fn find(&self, address: &str) -> Option<Arc<File>> {
        if self.is_development {
            let name = address.strip_prefix('/').filter(|name| name.split('/').all(is_plain_name))?;
            return read_file(&self.root.join(name), address).ok().map(Arc::new);
        }
        self.by_address.get(address).cloned()
    }
}

fn read_folder(folder: &Path, address: &str, files: &mut HashMap<String, Arc<File>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let address = format!("{address}/{name}");
        if !is_plain_name(&name) {
            tracing::warn!(file = address, "the name of this file has unusual signs; it is not served");
        } else if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &address, files)?;
        } else if !is_packed_twin(&entry.path()) {
            let file = read_file(&entry.path(), &address)?;
            files.insert(address, Arc::new(file));
        }
    }
    Ok(())
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.~@+".contains(sign))
}

/// Whether this is `name.br` or `name.gz` beside a `name`.
fn is_packed_twin(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "br" || ending == "gz")
        && path.with_extension("").is_file()
}

fn read_file(path: &Path, address: &str) -> io::Result<File> {
    let bytes = fs::read(path)?;
    let (kind, is_text) = kind_of(address);
    let pack = |packing: Packing, quality| {
        let twin =
            fs::read(format!("{}.{}", path.display(), if packing == Packing::Gzip { "gz" } else { "br" }));
        twin.or_else(|_| packing.pack(&bytes, quality)).ok().filter(|packed| packed.len() < bytes.len())
    };
    let is_worth_it = is_text && bytes.len() > 256;
    let brotli = is_worth_it.then(|| pack(Packing::Brotli, BROTLI_QUALITY)).flatten().map(Content::new);
    let gzip = is_worth_it.then(|| pack(Packing::Gzip, 6)).flatten().map(Content::new);
    Ok(File { plain: Content::new(bytes), brotli, gzip, kind, cache: cache_of(address) })
}

/// The content type by the ending of a name, and whether packing helps.
pub(crate) fn kind_of(name: &str) -> (&'static str, bool) {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => ("text/css; charset=utf-8", true),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "svg" => ("image/svg+xml", true),
        "json" | "map" => ("application/json", true),
        "html" => ("text/html; charset=utf-8", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "xml" => ("application/xml", true),
        "ico" => ("image/x-icon", true),
        "png" => ("image/png", false),
        "jpg" | "jpeg" => ("image/jpeg", false),
        "webp" => ("image/webp", false),
        "avif" => ("image/avif", false),
        "woff2" => ("font/woff2", false),
        "pdf" => ("application/pdf", false),
        _ => ("application/octet-stream", false),
    }
}

fn cache_of(address: &str) -> &'static str {
    let name = address.rsplit('/').next().unwrap_or_default();
    if has_hash(name) {
        FOR_EVER
    } else if address.starts_with("/fonts/") || address.starts_with("/icons/") {
        A_DAY
    } else {
        FIVE_MINUTES
    }
}

/// Whether a name carries a hash of its content: `smarthub.R2x0fX9aB1cD.js`, `figtree-1a2b3c4d.woff2`.
fn has_hash(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let is_base64 = |part: &str| {
        part.len() >= 16
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let is_hex = |part: &str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let dotted = stem.rsplit_once('.').map(|(_, part)| part);
    let dashed = stem.rsplit_once('-').map(|(_, part)| part);
    dotted.is_some_and(|part| is_base64(part) || is_hex(part)) || dashed.is_some_and(is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for name in ["smarthub.aZ3-_4567890123456789A.js", "figtree-1a2b3c4d.woff2", "x.0123456789abcdef.css"]
        {
            assert!(has_hash(name), "{name}");
        }
        for name in ["smarthub.css", "figtree.woff2", "icon-192.png", "apple-touch-icon.png", "noending"] {
            assert!(!has_hash(name), "{name}");
        }
    }
}
