//! Everything that an operator can set, as typed values.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use domain::hub::Hub;
use serde::{Deserialize, Serialize};

/// How the server runs, and for which hub.
#[derive(Clone, Debug)]
pub struct Config {
    /// The hub.
    pub hub: Hub,
    /// Where the site listens.
    pub address: SocketAddr,
    /// Where the metrics are served; nowhere when empty.
    pub metrics_address: Option<SocketAddr>,
    /// The address that visitors type, without a slash at its end.
    pub public_url: String,
    /// Where the database is: `sqlite:path` or `postgres://…`.
    pub database_url: String,
    /// The folder for logos and other files of the hub.
    pub data_folder: PathBuf,
    /// The folder with the built site: `pkg/`, fonts, icons.
    pub site_root: PathBuf,
    /// How many reverse proxies stand in front and write `X-Forwarded-For`; 0 trusts nobody.
    pub trusted_proxies: usize,
    /// Whether visitors reach the site by HTTPS only.
    pub is_behind_tls: bool,
    /// Whether this is a developer's machine: pages for developers are shown.
    pub is_development: bool,
    /// How the log is written.
    pub log: Log,
    /// Limits for one client.
    pub limits: Limits,
    /// How vacancies are searched.
    pub search: Search,
    /// How mail is sent.
    pub mail: Mail,
    /// Where documents are kept.
    pub documents: DocumentPlace,
    /// The folder with the demo's spreadsheets, when this is a demo.
    pub demo: Option<PathBuf>,
}

impl Config {
    /// Whether the hub shows the mail that it would send: it sends none, and nobody real gets any.
    pub fn has_mailbox(&self) -> bool {
        self.mail.smtp.is_none() && (self.demo.is_some() || self.is_development)
    }

    /// Where files are kept that people entrust to the hub, when [`DocumentPlace::url`] names no other place.
    pub fn document_folder(&self) -> PathBuf {
        self.data_folder.join("documents")
    }

    /// Where mail is written that is not sent.
    pub fn mail_folder(&self) -> PathBuf {
        self.data_folder.join("mail")
    }
}

/// How mail is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The server that takes mail: `smtps://user:password@host` or `smtp://host:587?tls=required`. Without it mail is
    /// written to files.
    pub smtp: Option<String>,
    /// The address that mail comes from; the office's when nothing is said.
    pub from: Option<String>,
}

/// Where files are kept that people entrust to the hub.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentPlace {
    /// `s3://BUCKET` or `s3://BUCKET/FOLDER` for storage that speaks S3; without it a folder of the data folder.
    pub url: Option<String>,
    /// Where that storage listens, such as `https://s3.example`; without it Amazon's own address of the region.
    pub endpoint: Option<String>,
    /// The region of the bucket.
    pub region: Option<String>,
    /// The key to the bucket, which stands in the environment alone.
    #[serde(skip)]
    pub key: Option<StorageKey>,
}

/// A key to storage elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct StorageKey {
    /// Which one: `AWS_ACCESS_KEY_ID`.
    pub id: String,
    /// Its secret: `AWS_SECRET_ACCESS_KEY`.
    pub secret: String,
}

/// Nobody reads a secret in a log.
impl fmt::Debug for StorageKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("StorageKey(..)")
    }
}

/// How vacancies are searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// With more vacancies than this a browser gets no index of them, and asks the server instead.
    pub most_vacancies_in_browser: usize,
    /// A file with lines of synonyms that the hub adds to the engine's own.
    pub synonyms: Option<PathBuf>,
}

impl Default for Search {
    fn default() -> Self {
        Self { most_vacancies_in_browser: 10_000, synonyms: None }
    }
}

impl Search {
    /// The hub's own lines of synonyms.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn own_synonyms(&self) -> std::io::Result<String> {
        self.synonyms.as_ref().map_or_else(|| Ok(String::new()), std::fs::read_to_string)
    }
}

/// How the log is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For people or for programs.
    pub format: LogFormat,
    /// Which lines: `info`, `warn,server=debug`, …
    pub filter: String,
}

/// The form of a line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Plain,
    /// For programs: one JSON object per line.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Plain, filter: "info".to_owned() }
    }
}

/// Limits for one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The largest body of a request, in bytes.
    pub body_bytes: usize,
    /// The largest body of a request that brings a file. More than a file may have, so that who sends too much is told so on
    /// the page; what is too much is not kept.
    pub upload_bytes: usize,
    /// Seconds until a request that brings a file is given up.
    pub upload_seconds: u64,
    /// The slowest rate at which a body may come after its first ten seconds, in bytes a second.
    pub body_bytes_per_second: u64,
    /// The largest head of a request, in bytes; at least 8192.
    pub header_bytes: usize,
    /// The longest address, in bytes.
    pub address_bytes: usize,
    /// Requests a second from one address, on average. Files of the site do not count.
    pub requests_per_second: NonZeroU32,
    /// Requests at once from one address.
    pub burst: NonZeroU32,
    /// Whether this machine itself may ask without limit; for load tests.
    pub is_loopback_exempt: bool,
    /// Seconds until a request that is not answered is given up.
    pub timeout_seconds: u64,
    /// Seconds in which the head of a request must have come.
    pub header_seconds: u64,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once of one client, where no proxy stands in front; everywhere its requests at once.
    pub connections_per_client: usize,
}

impl Limits {
    /// Whether an address may ask without limit.
    pub fn exempts(&self, address: IpAddr) -> bool {
        self.is_loopback_exempt && address.is_loopback()
    }

    /// How long a request that brings a file may take.
    pub fn upload_timeout(&self) -> Duration {
        Duration::from_secs(self.upload_seconds)
    }

    /// How long a request may take.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            upload_bytes: 64 * 1024 * 1024,
            upload_seconds: 300,
            body_bytes_per_second: 1000,
            header_bytes: 16 * 1024,
            address_bytes: 4096,
            requests_per_second: NonZeroU32::MIN.saturating_add(29),
            burst: NonZeroU32::MIN.saturating_add(299),
            is_loopback_exempt: false,
            timeout_seconds: 30,
            header_seconds: 10,
            // With files, database and metrics this fits in the 1024 open files that systems allow by themselves.
            connections: 800,
            connections_per_client: 100,
        }
    }
}
