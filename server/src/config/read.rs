//! Reads the configuration: defaults, then `hub.toml`, then the environment, then flags.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::Language;
use domain::hub::Hub;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::Dict;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Config, DocumentPlace, Limits, Log, Mail, Search, StorageKey, check};

/// The settings of the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Where the site listens.
    pub address: Option<SocketAddr>,
    /// The folder with the demo's spreadsheets.
    pub demo: Option<PathBuf>,
}

/// What holds when nobody says otherwise.
#[derive(Serialize)]
struct Defaults {
    address: &'static str,
    database_url: &'static str,
    data_folder: &'static str,
    site_root: &'static str,
    trusted_proxies: usize,
    is_behind_tls: bool,
    is_development: bool,
    log: Log,
    limits: Limits,
    search: Search,
    mail: Mail,
}

const KEYS: [&str; 16] = [
    "hub",
    "address",
    "metrics_address",
    "public_url",
    "database_url",
    "data_folder",
    "site_root",
    "trusted_proxies",
    "is_behind_tls",
    "is_development",
    "log",
    "limits",
    "search",
    "mail",
    "documents",
    "demo",
];

const HUB_KEYS: [&str; 14] = [
    "name",
    "tagline",
    "region_name",
    "headline",
    "introduction",
    "about",
    "languages",
    "contact",
    "accent",
    "accent_dark",
    "logo",
    "region",
    "sectors",
    "study_fields",
];

/// Variables that scripts and `--config` use; they are not settings.
const NOT_SETTINGS: [&str; 3] = ["cache", "tools", "config"];

/// Reads the configuration of a hub.
///
/// # Errors
/// Everything that is wrong with it, one sentence each.
pub fn load(file: &Path, flags: &Flags) -> Result<Config, Vec<String>> {
    match inspect(file, flags) {
        (Some(config), errors) if errors.is_empty() => Ok(config),
        (_, errors) => Err(errors),
    }
}

/// Reads the configuration as far as it goes, and everything that is wrong with it.
///
/// Settings that can't be read have harmless values; there is nothing when the file itself can't be read.
pub fn inspect(file: &Path, flags: &Flags) -> (Option<Config>, Vec<String>) {
    if !file.is_file() {
        let missing =
            "there is no such file; it holds the hub's name, texts and region (demo/hub.toml is an example)";
        return (None, vec![format!("{}: {missing}", file.display())]);
    }
    let figment = figment(file, flags);
    let all: Dict = match figment.extract() {
        Ok(all) => all,
        Err(error) => return (None, explain("", error)),
    };
    let mut reader = Reader { figment, errors: Vec::new() };
    reader.refuse_unknown("", &all, &KEYS);
    if let Some(hub) = all.get("hub").and_then(|hub| hub.as_dict()) {
        reader.refuse_unknown("hub.", hub, &HUB_KEYS);
    }
    let config = reader.config();
    let mut errors = reader.errors;
    add_news(&mut errors, check::problems(&config));
    (Some(config), errors)
}

/// Adds problems, but none with a setting that could not be read: its value is not the operator's.
pub fn add_news(errors: &mut Vec<String>, problems: Vec<String>) {
    let known: Vec<String> = errors.iter().map(|error| topic(error).to_owned()).collect();
    errors.extend(problems.into_iter().filter(|problem| !known.iter().any(|known| known == topic(problem))));
}

/// The setting that a sentence begins with, at most two names deep.
fn topic(sentence: &str) -> &str {
    let key = sentence.split(':').next().unwrap_or_default();
    key.match_indices('.').nth(1).map_or(key, |(at, _)| &key[..at])
}

fn figment(file: &Path, flags: &Flags) -> Figment {
    let defaults = Defaults {
        address: "127.0.0.1:3000",
        database_url: "sqlite:data/hub.db",
        data_folder: "data",
        site_root: "target/site",
        trusted_proxies: 0,
        is_behind_tls: false,
        is_development: cfg!(debug_assertions),
        log: Log::default(),
        limits: Limits::default(),
        search: Search::default(),
        mail: Mail::default(),
    };
    let mut figment = Figment::from(Serialized::defaults(defaults))
        .merge(Toml::file_exact(file))
        .merge(Env::prefixed("LEPTOS_").only(&["site_root"]))
        .merge(Env::raw().only(&["DATABASE_URL"]))
        .merge(Env::prefixed("SMARTHUB_").ignore(&NOT_SETTINGS).split("__"));
    if let Some(address) = flags.address {
        figment = figment.merge(("address", address.to_string()));
    }
    if let Some(folder) = &flags.demo {
        figment = figment.merge(("demo", folder));
    }
    figment
}

/// Reads key by key, so that every error is found at once.
struct Reader {
    figment: Figment,
    errors: Vec<String>,
}

impl Reader {
    fn config(&mut self) -> Config {
        let address = self.take("address", SocketAddr::from(([127, 0, 0, 1], 0)));
        let public_url: Option<String> = self.optional("public_url");
        Config {
            hub: self.hub(),
            address,
            metrics_address: self.optional("metrics_address"),
            public_url: public_url.unwrap_or_else(|| url_of(address)).trim_end_matches('/').to_owned(),
            database_url: self.take("database_url", String::new()),
            data_folder: self.take("data_folder", PathBuf::new()),
            site_root: self.take("site_root", PathBuf::new()),
            trusted_proxies: self.take("trusted_proxies", 0),
            is_behind_tls: self.take("is_behind_tls", false),
            is_development: self.take("is_development", false),
            log: self.take("log", Log::default()),
            limits: self.take("limits", Limits::default()),
            search: self.take("search", Search::default()),
            mail: self.take("mail", Mail::default()),
            documents: self.documents(),
            demo: self.optional("demo"),
        }
    }

    fn documents(&mut self) -> DocumentPlace {
        let place: DocumentPlace = self.optional("documents").unwrap_or_default();
        DocumentPlace { key: storage_key(), ..place }
    }

    fn hub(&mut self) -> Hub {
        Hub {
            name: self.required("hub.name"),
            tagline: self.required("hub.tagline"),
            region_name: self.required("hub.region_name"),
            headline: self.required("hub.headline"),
            introduction: self.required("hub.introduction"),
            about: self.required("hub.about"),
            languages: self.languages(),
            contact: self.required("hub.contact"),
            accent: self.required("hub.accent"),
            accent_dark: self.required("hub.accent_dark"),
            logo: self.optional("hub.logo"),
            region: self.required("hub.region"),
            sectors: self.optional("hub.sectors").unwrap_or_default(),
            study_fields: self.optional("hub.study_fields").unwrap_or_default(),
        }
    }

    /// The languages, which people write as `nl`, `de` and `en`.
    fn languages(&mut self) -> Vec<Language> {
        let mut languages = Vec::new();
        for code in self.required::<Vec<String>>("hub.languages") {
            match Language::from_code(&code) {
                Some(language) if languages.contains(&language) => {
                    self.errors.push(format!("hub.languages: `{code}` stands there twice"));
                }
                Some(language) => languages.push(language),
                None => self.errors.push(format!("hub.languages: found `{code}`, expected nl, de or en")),
            }
        }
        languages
    }

    fn required<T: DeserializeOwned + Default>(&mut self, key: &str) -> T {
        self.take(key, T::default())
    }

    fn optional<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        self.figment.find_value(key).ok()?;
        self.take(key, None)
    }

    fn take<T: DeserializeOwned>(&mut self, key: &str, instead: T) -> T {
        match self.figment.extract_inner(key) {
            Ok(value) => value,
            Err(error) => {
                self.errors.extend(explain(key, error));
                instead
            }
        }
    }

    fn refuse_unknown(&mut self, start: &str, dict: &Dict, known: &[&str]) {
        for (key, value) in dict.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let place = self.figment.get_metadata(value.tag()).map(place).unwrap_or_default();
            let known = known.join(", ");
            self.errors
                .push(format!("{start}{key}: there is no such setting{place}; the settings are {known}"));
        }
    }
}

/// The key to storage, by the names under which all programs for S3 look for it. It is taken as it stands: figment would read a
/// secret of digits as a number.
fn storage_key() -> Option<StorageKey> {
    let given = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    Some(StorageKey { id: given("AWS_ACCESS_KEY_ID")?, secret: given("AWS_SECRET_ACCESS_KEY")? })
}

/// The address for a browser on this machine, when nobody said what the world calls the site.
fn url_of(address: SocketAddr) -> String {
    let port = address.port();
    if address.ip().is_unspecified() {
        format!("http://localhost:{port}")
    } else {
        format!("http://{address}")
    }
}

/// Each error of an error as a sentence: which key, what was found, what was expected, where it came from.
fn explain(key: &str, error: figment::Error) -> Vec<String> {
    error
        .into_iter()
        .map(|error| {
            let mut parts = error.path.clone();
            // The key that was asked for comes last, behind the way from there to the error.
            if error.path.join(".").ends_with(key) {
                parts.rotate_right(key.split('.').count().min(error.path.len()));
            }
            let path = parts.join(".");
            let path = if path.is_empty() { key } else { &path };
            let place = error.metadata.as_ref().map(place).unwrap_or_default();
            let mark = if path.is_empty() { "" } else { ": " };
            format!("{path}{mark}{}{place}", error.kind)
        })
        .collect()
}

/// Where a value came from: ` (TOML file hub.toml)`.
fn place(metadata: &figment::Metadata) -> String {
    match &metadata.source {
        Some(source) => format!(" ({} {source})", metadata.name),
        None => format!(" ({})", metadata.name),
    }
}
