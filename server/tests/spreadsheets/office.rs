//! A programme office with a hub of its own, a folder for files and two organisations.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use domain::organisations::Organisation;
use domain::region::{Municipality, Place, Region};
use server::spreadsheets::{ImportError, ImportOptions, Kind, Outcome, Sheet, export, import};
use store::Store;
use tempfile::TempDir;

/// Columns and cells of a vacancy without an error.
pub(crate) const VACANCY: [(&str, &str); 11] = [
    ("Kenmerk", "V-1"),
    ("Titel", "Stage lasrobot"),
    ("Organisatie", "IJsselmetaal"),
    ("Soort", "stage"),
    ("Niveau", "mbo 4|hbo"),
    ("Plaats", "Ulft"),
    ("Startdatum", "01-02-2027"),
    ("Sluitingsdatum", "15-01-2027"),
    ("Vergoeding per maand", "€ 1.250,00"),
    ("Status", "gepubliceerd"),
    ("Tekst", "Je leert lassen."),
];

pub(crate) const EVENT: [(&str, &str); 8] = [
    ("Kenmerk", "E-1"),
    ("Titel", "Kennissessie"),
    ("Soort", "kennisuitwisseling"),
    ("Gastheer", "IJsselmetaal"),
    ("Plaats", "Ulft"),
    ("Begin", "01-02-2027 13:00"),
    ("Einde", "01-02-2027 16:00"),
    ("Doelgroep", "iedereen"),
];

const ORGANISATIONS: &str = "Kenmerk;Naam;Soort;Topsector;Plaats\r\n\
    O-1;IJsselmetaal;onderneming;High Tech;Ulft\r\n\
    O-2;Coöperatie Zonneveld;onderneming;Energie;'s-Heerenberg\r\n";

/// A row with some cells different from the good one.
pub(crate) type Changes<'a> = &'a [(&'a str, &'a str)];

/// A CSV file with a row for each list of changes.
pub(crate) fn csv(good: &[(&str, &str)], rows: &[Changes<'_>]) -> String {
    let names: Vec<&str> = good.iter().map(|(name, _)| *name).collect();
    let mut text = format!("{}\r\n", names.join(";"));
    for changes in rows {
        let cell = |(name, value): &(&str, &str)| {
            let value =
                changes.iter().find(|(changed, _)| changed == name).map_or(*value, |(_, value)| *value);
            format!("\"{}\"", value.replace('"', "\"\""))
        };
        text += &good.iter().map(cell).collect::<Vec<_>>().join(";");
        text += "\r\n";
    }
    text
}

pub(crate) fn region() -> Region {
    let municipality = |name: &str| Municipality { name: name.into(), country: "NL".into(), province: None };
    let place = |name: &str, municipality: &str| Place {
        name: name.into(),
        municipality: municipality.into(),
        latitude: 51.9,
        longitude: 6.3,
    };
    Region {
        municipalities: vec![municipality("Oude IJsselstreek"), municipality("Montferland")],
        places: vec![place("Ulft", "Oude IJsselstreek"), place("'s-Heerenberg", "Montferland")],
    }
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

pub(crate) const SKIP: fn() -> ImportOptions =
    || ImportOptions { skips_invalid: true, ..ImportOptions::default() };
pub(crate) const DRY_RUN: fn() -> ImportOptions =
    || ImportOptions { is_dry_run: true, ..ImportOptions::default() };

pub(crate) struct Office {
    folder: TempDir,
    pub(crate) store: Store,
    pub(crate) region: Region,
}

impl Office {
    /// An office whose hub knows two organisations.
    pub(crate) async fn new() -> Self {
        let office = Self::empty().await;
        let file = office.file("organisaties.csv", ORGANISATIONS);
        office.import::<Organisation>(&file).await.unwrap();
        office
    }

    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path()).await;
        Self { folder, store, region: region() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) async fn import<T: Sheet>(&self, path: &Path) -> Result<Outcome, ImportError> {
        self.import_with::<T>(path, &ImportOptions::default()).await.0
    }

    /// Imports and gives what was reported too.
    pub(crate) async fn import_with<T: Sheet>(
        &self,
        path: &Path,
        options: &ImportOptions,
    ) -> (Result<Outcome, ImportError>, String) {
        let mut report = Vec::new();
        let outcome =
            import::<T>(&self.store, &self.region, path, options, now(), today(), &mut report).await;
        (outcome, String::from_utf8(report).unwrap())
    }

    pub(crate) async fn export(&self, kind: Kind, name: &str) -> PathBuf {
        let path = self.path(name);
        export(&self.store, &self.region, kind, &path).await.unwrap();
        path
    }

    /// All rows of a kind, in the order in which they came.
    pub(crate) async fn rows<T: Sheet>(&self) -> Vec<T> {
        let mut rows: Vec<(i64, T)> = self.store.existing::<T>().await.unwrap().into_values().collect();
        rows.sort_by_key(|(id, _)| *id);
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

pub(crate) async fn open(folder: &Path) -> Store {
    let store = Store::connect(&format!("sqlite:{}", folder.join("hub.db").display())).await.unwrap();
    store.migrate().await.unwrap();
    store
}
