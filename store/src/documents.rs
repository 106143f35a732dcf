//! Files that people entrust to the hub: in a folder that no page serves, or in a bucket of storage that speaks S3, under names
//! that nobody can guess.

use std::fmt;
use std::io::Read;
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::applications::{CvError, LARGEST_CV};
use flate2::bufread::ZlibDecoder;
use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};

use crate::Error;

const CVS: &str = "cv";
/// The name of a CV that nobody has, to see whether CVs can be kept.
const PROBE: [u8; 32] = [0; 32];

/// Storage elsewhere must be there within this time.
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);
/// It must take or give a file within this time; a visitor waits for it.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// What failed is tried again for so long, and so often.
const RETRIES_WITHIN: Duration = Duration::from_secs(10);
const MOST_RETRIES: usize = 3;

/// Where documents are kept. A clone is the same place.
#[derive(Clone)]
pub struct Documents(Arc<dyn ObjectStore>);

/// It says which place, and not by which keys.
impl fmt::Debug for Documents {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Documents({})", self.0)
    }
}

/// A bucket of storage that speaks S3, and the keys to it.
#[derive(Clone)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The folder in it, for a bucket that holds other things too; empty is all of it.
    pub folder: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Where the storage listens; Amazon's own address when nothing is said.
    pub endpoint: Option<String>,
    /// Which key.
    pub key_id: String,
    /// The secret of that key.
    pub secret: String,
}

impl Documents {
    /// In a folder, made when missing; nobody else on this machine may read it.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn in_folder(folder: &FilePath) -> Result<Self, Error> {
        make_private(folder)?;
        // What is acknowledged is on the disk: the file, and its name in the folder.
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// In a bucket. Nothing is asked of it yet.
    ///
    /// # Errors
    /// When name, folder or address are none.
    pub fn in_bucket(bucket: Bucket) -> Result<Self, Error> {
        // Requests are encrypted by ring, as mail and PostgreSQL are; somebody may have said so before.
        rustls::crypto::ring::default_provider().install_default().ok();
        let is_open = bucket.endpoint.as_deref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let client = ClientOptions::new()
            .with_allow_http(is_open)
            .with_connect_timeout(CONNECTS_WITHIN)
            .with_timeout(ANSWERS_WITHIN);
        let retry = RetryConfig {
            max_retries: MOST_RETRIES,
            retry_timeout: RETRIES_WITHIN,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket.name)
            .with_region(bucket.region)
            .with_access_key_id(bucket.key_id)
            .with_secret_access_key(bucket.secret)
            .with_client_options(client)
            .with_retry(retry)
            // Not all who speak S3 know how to throw away several at once.
            .with_disable_bulk_delete(true);
        if let Some(endpoint) = bucket.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let folder = Path::parse(&bucket.folder).map_err(object_store::Error::from)?;
        Ok(Self(Arc::new(PrefixStore::new(builder.build()?, folder))))
    }

    /// Whether CVs can be kept, read, listed and thrown away here: tries it with one that nobody has.
    ///
    /// # Errors
    /// What can't be done.
    pub async fn check(&self) -> Result<(), Error> {
        let probe = b"server doctor".to_vec();
        let name = self.add_cv(PROBE, probe.clone()).await?;
        let read = self.read_cv(&name).await?;
        self.list_cvs_before(DateTime::UNIX_EPOCH).await?;
        self.remove_cv(&name).await?;
        if read == Some(probe) { Ok(()) } else { Err(Error::OtherDocument) }
    }

    /// In memory, for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Keeps a CV under a name of chance, and returns the name.
    pub(crate) async fn add_cv(&self, name: [u8; 32], bytes: Vec<u8>) -> Result<String, Error> {
        let name = format!("{}.pdf", HEXLOWER.encode(&name));
        self.0.put(&path_of(&name), PutPayload::from(bytes)).await?;
        Ok(name)
    }

    /// The bytes of a CV; nothing when it is gone, as after a backup without its documents.
    pub(crate) async fn read_cv(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.0.get(&path_of(name)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Throws a CV away; one that is gone already is none to complain of.
    pub(crate) async fn remove_cv(&self, name: &str) -> Result<(), Error> {
        match self.0.delete(&path_of(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The names of all CVs that were kept before a moment.
    pub(crate) async fn list_cvs_before(&self, moment: DateTime<Utc>) -> Result<Vec<String>, Error> {
        let all: Vec<_> = self.0.list(Some(&Path::from(CVS))).try_collect().await?;
        let old = all.into_iter().filter(|document| document.last_modified < moment);
        Ok(old.filter_map(|document| document.location.filename().map(str::to_owned)).collect())
    }
}

fn path_of(name: &str) -> Path {
    Path::from_iter([CVS, name])
}

#[cfg(unix)]
fn make_private(folder: &FilePath) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &FilePath) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// So far into a file its mark may stand, by Adobe's own readers.
const MARK_WITHIN: usize = 1024;
/// So far before the end of a file its last mark stands.
const END_WITHIN: usize = 2048;
/// Bytes of each packed part that are looked at: a small file can unpack to gigabytes.
const PART_UNPACKED: usize = 8 * 1024 * 1024;
/// Bytes of all packed parts together that are looked at.
const MOST_UNPACKED: usize = 4 * PART_UNPACKED;
/// The most packed parts of a file.
const MOST_PARTS: usize = 20_000;
/// So far before a packed part stands what it is.
const PART_SAYS_WITHIN: usize = 512;
/// What a document may not hold: programs, and what starts or carries others (ISO 32000-2, 12.6 and 7.11). Every action with
/// a program says `/JavaScript`; shorter names stand in pictures by chance.
const ACTIVE: [&[u8]; 5] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"];
/// By these a packed part is known that holds objects (7.5.7): its type, and where the first object begins.
const HOLDS_OBJECTS: [&[u8]; 2] = [b"/ObjStm", b"/First"];
/// Ways of packing objects that no program uses today, and that we can't look into.
const PACKED_OTHERWISE: [&[u8]; 5] =
    [b"/ASCII85Decode", b"/ASCIIHexDecode", b"/LZWDecode", b"/RunLengthDecode", b"/Crypt"];

/// Looks at the bytes of a CV, whatever its name says: is it a PDF, of the right size, that only shows something?
///
/// This keeps out what nobody means to send, and what people send without knowing. It is no proof: who wants to hide a program
/// from it can. Programs that show a PDF have to be careful too, and ours gives it as a file, never as a page.
///
/// # Errors
/// Its error.
pub(crate) fn check_cv(bytes: &[u8]) -> Result<(), CvError> {
    if bytes.len() > LARGEST_CV {
        return Err(CvError::TooLarge);
    }
    let end = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    if !holds(&bytes[..bytes.len().min(MARK_WITHIN)], b"%PDF-") || !holds(end, b"%%EOF") {
        return Err(CvError::NotPdf);
    }
    if names(bytes, &[b"/Encrypt"]) {
        return Err(CvError::Locked);
    }
    if names(bytes, &ACTIVE) || objects_name(bytes, &ACTIVE) {
        return Err(CvError::Active);
    }
    Ok(())
}

/// Whether one of these names stands in the packed objects of a PDF, or could.
fn objects_name(bytes: &[u8], names_to_find: &[&[u8]]) -> bool {
    let mut left = MOST_UNPACKED;
    let mut rest = bytes;
    let mut part = Vec::new();
    for _ in 0..MOST_PARTS {
        let Some(at) = find(rest, b"stream") else { return false };
        let before = &rest[at.saturating_sub(PART_SAYS_WITHIN)..at];
        rest = &rest[at + b"stream".len()..];
        if before.ends_with(b"end") || !names(before, &HOLDS_OBJECTS) {
            continue;
        }
        if names(before, &PACKED_OTHERWISE) {
            return true;
        }
        let start = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
        part.clear();
        // A part that is not packed, or damaged, gives what could be read of it.
        let _ = ZlibDecoder::new(&rest[start..]).take(PART_UNPACKED as u64 + 1).read_to_end(&mut part);
        if part.len() > PART_UNPACKED.min(left) || names(&part, names_to_find) {
            return true;
        }
        left -= part.len();
    }
    true
}

/// Whether one of these names stands in a part of a PDF. A letter may be written as `#` and two digits.
fn names(part: &[u8], names_to_find: &[&[u8]]) -> bool {
    let mut rest = part;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = &rest[at..];
        if names_to_find.iter().any(|name| begins_with_name(rest, name)) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

fn begins_with_name(text: &[u8], name: &[u8]) -> bool {
    let mut rest = text;
    for letter in name {
        let Some((read, after)) = letter_of(rest) else { return false };
        if read != *letter {
            return false;
        }
        rest = after;
    }
    true
}

fn letter_of(text: &[u8]) -> Option<(u8, &[u8])> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    match text {
        [b'#', high, low, rest @ ..] => Some((digit(high)? * 16 + digit(low)?, rest)),
        [letter, rest @ ..] => Some((*letter, rest)),
        [] => None,
    }
}

fn holds(text: &[u8], part: &[u8]) -> bool {
    find(text, part).is_some()
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn pdf(body: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n", body, b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"].concat()
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        [b"<< /Type /ObjStm >>\nstream\r\n", encoder.finish().unwrap().as_slice(), b"\nendstream"].concat()
    }

    #[test]
    fn a_pdf_is_known_by_its_bytes() {
        assert_eq!(check_cv(&pdf(b"1 0 obj << /Type /Catalog /JSON 1 >> endobj")), Ok(()));
        assert_eq!(check_cv(&pdf(&packed(b"<< /Type /Page >>"))), Ok(()));
        for other in [
            &b""[..],
            b"<html><body>%%EOF</body></html>",
            b"MZ\x90\0",
            b"PK\x03\x04 %%EOF",
            b"%PDF-1.7 cut off",
        ] {
            assert_eq!(check_cv(other), Err(CvError::NotPdf), "{other:?}");
        }
        assert_eq!(check_cv(&vec![b' '; LARGEST_CV + 1]), Err(CvError::TooLarge));
    }

    #[test]
    fn a_pdf_with_a_program_is_refused_wherever_it_hides() {
        for body in [&b"<< /S /JavaScript /JS (app.alert(1)) >>"[..], b"<< /S /J#61vaScript >>"] {
            assert_eq!(check_cv(&pdf(body)), Err(CvError::Active), "{}", String::from_utf8_lossy(body));
            assert_eq!(check_cv(&pdf(&packed(body))), Err(CvError::Active));
        }
        assert_eq!(check_cv(&pdf(b"<< /Names << /EmbeddedFiles 7 0 R >> >>")), Err(CvError::Active));
        assert_eq!(check_cv(&pdf(b"<< /OpenAction << /S /Launch >> >>")), Err(CvError::Active));
    }

    #[test]
    fn a_pdf_with_a_lock_or_without_end_is_refused() {
        assert_eq!(check_cv(&pdf(b"trailer << /Encrypt 9 0 R >>")), Err(CvError::Locked));
        let bomb = packed(&vec![b' '; PART_UNPACKED + 1]);
        assert!(bomb.len() < LARGEST_CV);
        assert_eq!(check_cv(&pdf(&bomb)), Err(CvError::Active));
        let photo = [b"<< /Subtype /Image >>", &bomb["<< /Type /ObjStm >>".len()..]].concat();
        assert_eq!(check_cv(&pdf(&photo.repeat(9))), Ok(()), "pictures may be large");
        let many = packed(b" ").repeat(MOST_PARTS + 1);
        assert_eq!(check_cv(&pdf(&many[..LARGEST_CV.min(many.len()) - 100])), Err(CvError::Active));
        let hidden = packed(b"<< >>");
        let hidden = [b"<< /Filter /ASCII85Decode >>", &hidden[..]].concat();
        assert_eq!(check_cv(&pdf(&hidden)), Err(CvError::Active));
    }

    /// Pictures are as good as chance: what is refused must not stand in them by chance.
    #[test]
    fn bytes_of_chance_hold_no_program() {
        let mut seed = 1_u64;
        let mut noise = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        };
        for _ in 0..5 {
            let body: Vec<u8> = (0..4_000_000).map(|_| noise()).collect();
            assert_eq!(check_cv(&pdf(&body)), Ok(()));
        }
    }
}
