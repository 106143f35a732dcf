//! Spreadsheets in and out: what the programme office keeps in Excel becomes the hub, and the other way.
//!
//! An import reads the file, makes a [`Plan`], shows it, and then writes all of it or nothing. What is new,
//! changed or wrong follows from `Kenmerk`, so importing a file again changes nothing.

mod archive;
mod csv;
mod export;
mod file_error;
mod plan;
mod progress;
mod report;
mod rows;
mod sheet;
mod table;
mod whole_file;
mod xlsx;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use domain::Moment;
use domain::events::Event;
use domain::organisations::Organisation;
use domain::region::Region;
use domain::vacancies::Vacancy;
use store::{Actor, ImportBatch, Store};

pub use file_error::FileError;
pub use plan::{Plan, RowError};
pub use report::differences;
pub use sheet::{CellErrorText, Names, Sheet};

use plan::Known;
use progress::Progress;
use report::thousands;

/// The three things that come and go as spreadsheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Members and prospects.
    Organisations,
    /// Places that members offer.
    Vacancies,
    /// Meetings.
    Events,
}

/// How an import goes.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Only show what would be done.
    pub is_dry_run: bool,
    /// Leave wrong rows out instead of refusing the file.
    pub skips_invalid: bool,
    /// The name of the file, for the audit trail.
    pub file: String,
}

/// What an import did, or would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows that are new.
    pub added: usize,
    /// Rows that differ from what was there.
    pub changed: usize,
    /// Rows that are as they were.
    pub unchanged: usize,
    /// Rows that were left out because they are wrong.
    pub skipped: usize,
    /// Whether anything was written.
    pub is_written: bool,
}

/// Why nothing was imported. Whatever the reason, the hub is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file can't be used at all.
    #[error("can't import {}: {reason}. Nothing was changed", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: FileError,
    },
    /// Some rows are wrong and may not be skipped.
    #[error(
        "{} wrong, so nothing was changed; correct the file, or import the other rows with --skip-invalid",
        rows_are(*.wrong)
    )]
    Refused {
        /// How many rows are wrong.
        wrong: usize,
    },
    /// The database did not take the rows.
    #[error("the database refused the import: {0}. Nothing was changed")]
    Store(#[from] store::Error),
    /// The report can't be shown.
    #[error("can't show what the import would do: {0}. Nothing was changed")]
    Report(io::Error),
}

fn rows_are(count: usize) -> String {
    if count == 1 { "1 row is".to_owned() } else { format!("{} rows are", thousands(count)) }
}

/// Why there is no export. A file that was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The name ends in something else.
    #[error("the name of the file must end in .csv or .xlsx")]
    UnknownFormat,
    /// The database did not give the rows.
    #[error("can't read the database: {0}")]
    Store(#[from] store::Error),
    /// The disk did not take the file.
    #[error("can't write {}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: io::Error,
    },
}

/// Shows on `out` what the file would change and, unless this is a dry run, changes it in one transaction.
///
/// # Errors
/// The file, its rows, or the database; in each case nothing was changed.
pub async fn import<T: Sheet>(
    store: &Store,
    region: &Region,
    path: &Path,
    options: &ImportOptions,
    now: DateTime<Utc>,
    today: NaiveDate,
    out: &mut impl Write,
) -> Result<Outcome, ImportError> {
    let plan = plan_of::<T>(store, region, path, today).await?;
    report::write(&plan, out).map_err(ImportError::Report)?;
    if plan.wrong > 0 && !options.skips_invalid {
        return Err(ImportError::Refused { wrong: plan.wrong });
    }
    let outcome = carry_out(store, plan, options, Moment { now, today }).await?;
    writeln!(out, "\n{}", outcome.sentence(options)).map_err(ImportError::Report)?;
    Ok(outcome)
}

/// Writes the right rows of a plan in one transaction, unless this is a dry run.
pub(crate) async fn carry_out<T: Sheet>(
    store: &Store,
    plan: Plan<T>,
    options: &ImportOptions,
    Moment { now, today }: Moment,
) -> Result<Outcome, ImportError> {
    let mut outcome = Outcome::of(&plan);
    if !options.is_dry_run && outcome.changes() > 0 {
        let progress = Progress::new(outcome.changes());
        let batch = ImportBatch {
            actor: Actor::import(&options.file),
            today,
            added: plan.added,
            changed: plan.changed,
        };
        store.import(batch, now, |done| progress.set(done)).await?;
        outcome.is_written = true;
    }
    Ok(outcome)
}

/// What importing the file would do; nothing is written.
///
/// # Errors
/// The file or the database.
pub async fn plan_of<T: Sheet>(
    store: &Store,
    region: &Region,
    path: &Path,
    today: NaiveDate,
) -> Result<Plan<T>, ImportError> {
    let names = Names::new(store.existing::<Organisation>().await?);
    let known = Known { names, existing: store.existing::<T>().await?, today };
    let (file, region) = (path.to_owned(), region.clone());
    let reading = tokio::task::spawn_blocking(move || plan::make(&file, &region, known));
    // A task that panics was killed by a file nobody thought of; that is the file's error, not the hub's.
    let plan = reading.await.unwrap_or_else(|error| Err(FileError::Damaged(error.to_string())));
    plan.map_err(|reason| ImportError::File { path: path.to_owned(), reason })
}

impl Outcome {
    fn of<T>(plan: &Plan<T>) -> Self {
        let (added, changed) = (plan.added.len(), plan.changed.len());
        Self { added, changed, unchanged: plan.unchanged, skipped: plan.wrong, is_written: false }
    }

    const fn changes(&self) -> usize {
        self.added + self.changed
    }

    fn sentence(&self, options: &ImportOptions) -> String {
        let skipped = match self.skipped {
            0 => String::new(),
            count => format!("; {} wrong and left out", rows_are(count)),
        };
        match (self.changes(), options.is_dry_run) {
            (0, _) => format!("Nothing to change{skipped}."),
            (count, true) => format!("Dry run: {} would be written{skipped}.", thousands(count)),
            (count, false) => format!("Written: {}{skipped}.", thousands(count)),
        }
    }
}

/// Writes all rows of a kind to a `.csv` or `.xlsx` file and gives their number.
///
/// # Errors
/// The name of the file, the database or the disk; a file that was there before is kept.
pub async fn export(store: &Store, region: &Region, kind: Kind, path: &Path) -> Result<usize, ExportError> {
    match kind {
        Kind::Organisations => export_rows::<Organisation>(store, region, path).await,
        Kind::Vacancies => export_rows::<Vacancy>(store, region, path).await,
        Kind::Events => export_rows::<Event>(store, region, path).await,
    }
}

async fn export_rows<T: Sheet>(store: &Store, region: &Region, path: &Path) -> Result<usize, ExportError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_csv = match ending.as_deref() {
        Some("csv") => true,
        Some("xlsx") => false,
        _ => return Err(ExportError::UnknownFormat),
    };
    let mut rows: Vec<(i64, T)> = store.existing::<T>().await?.into_values().collect();
    rows.sort_unstable_by_key(|(id, _)| *id);
    let rows: Vec<T> = rows.into_iter().map(|(_, row)| row).collect();
    let (count, file, region) = (rows.len(), path.to_owned(), region.clone());
    let writing = tokio::task::spawn_blocking(move || write_rows(&rows, &region, &file, is_csv));
    let written = writing.await.unwrap_or_else(|error| Err(io::Error::other(error)));
    written.map_err(|reason| ExportError::File { path: path.to_owned(), reason })?;
    Ok(count)
}

fn write_rows<T: Sheet>(rows: &[T], region: &Region, path: &Path, is_csv: bool) -> io::Result<()> {
    whole_file::write(path, |out| {
        if is_csv { export::write_csv(rows, region, out) } else { export::write_xlsx(rows, region, out) }
    })
}
