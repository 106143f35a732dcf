//! A demo that never looks dead: invented spreadsheets, moved by whole weeks to the present one.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::{EmailAddress, MemberRole, StaffRole};
use domain::events::Event;
use domain::hub::Hub;
use domain::organisations::Organisation;
use domain::text::{parse_date, parse_date_time, write_date, write_date_time};
use domain::vacancies::Vacancy;
use personal::server::MAILBOX;
use store::Store;
use words::paths::Page;

use crate::spreadsheets::{ImportError, ImportOptions, Plan, Sheet, carry_out, plan_of};

/// The actor of the demo's data, for the audit trail.
pub const ACTOR: &str = "demo";
/// Wrong cells of a sheet that the log shows.
const SHOWN_FAULTS: usize = 3;
/// Counts the moved sheets, so that each has a file of its own.
static FILES: AtomicU32 = AtomicU32::new(0);

/// Why the demo could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of the demo is missing or damaged.
    #[error("{}: {error}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The error.
        error: io::Error,
    },
    /// The rows were refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Fills an empty database with the demo, and moves a demo of an earlier week to the present one.
///
/// A database that holds anything else is left alone: returns whether this is a demo.
///
/// # Errors
/// When a file is missing, a row is wrong or the database does not answer.
pub async fn fill(store: &Store, hub: &Hub, folder: &Path, now: DateTime<Utc>) -> Result<bool, DemoError> {
    let moment = ::hub::moment_at(now);
    let today = moment.today;
    match store.last_import_at(ACTOR).await? {
        None if !store.is_empty().await? => {
            tracing::warn!("demo: the database holds data that is not the demo's; it stays as it is");
            return Ok(false);
        }
        None => {
            tracing::info!(folder = %folder.display(), "demo: the database is empty; filling it with invented data");
        }
        Some(last) if monday(::hub::moment_at(last).today) == monday(today) => {
            tracing::info!("demo: the data is of this week");
            return Ok(true);
        }
        Some(_) => tracing::info!("demo: the data is of an earlier week; moving its dates to this one"),
    }
    let fill = Fill { store, hub, folder, moment };
    fill.sheet::<Organisation>(Days::new(0)).await?;
    fill.sheet::<Vacancy>(shift(today)).await?;
    fill.sheet::<Event>(shift(today)).await?;
    Ok(true)
}

/// The role of an account of the demo.
#[derive(Clone, Copy)]
enum DemoRole {
    Talent,
    /// Of the organisation whose page has this name.
    Member(MemberRole, &'static str),
    Staff(StaffRole),
}

/// One account for every role. Nobody has these addresses; the demo shows their mail itself.
const ACCOUNTS: [(&str, DemoRole); 7] = [
    ("sanne.wolters@talent.example", DemoRole::Talent),
    ("tim.van.den.berg@talent.example", DemoRole::Talent),
    ("marloes@slingeveld-gieterij.example", DemoRole::Member(MemberRole::Manager, "slingeveld-gieterij")),
    ("ben@slingeveld-gieterij.example", DemoRole::Member(MemberRole::Editor, "slingeveld-gieterij")),
    ("eva@smarthub-achterhoek.example", DemoRole::Staff(StaffRole::Manager)),
    ("bram@smarthub-achterhoek.example", DemoRole::Staff(StaffRole::Broker)),
    ("joost@smarthub-achterhoek.example", DemoRole::Staff(StaffRole::Editor)),
];

/// Makes the accounts of the demo, where they are missing. A talent's comes to be by signing in.
///
/// # Errors
/// When the database does not answer.
pub async fn add_accounts(store: &Store, now: DateTime<Utc>) -> Result<(), DemoError> {
    for (address, part) in ACCOUNTS {
        let Some(email) = EmailAddress::parse(address) else { continue };
        match part {
            DemoRole::Talent => {}
            DemoRole::Member(role, organisation) => {
                let added =
                    store.add_member(email, organisation.to_owned(), role, Language::Dutch, now).await;
                // A hub of one's own, run as a demo, has other organisations.
                if let Err(error) = added
                    && !matches!(error, store::Error::NotFound)
                {
                    return Err(error.into());
                }
            }
            DemoRole::Staff(role) => store.add_staff(email, role, Language::Dutch, now).await?,
        }
    }
    Ok(())
}

/// Says who can sign in to the demo, and how.
pub fn show_accounts(public_url: &str) {
    for (address, part) in ACCOUNTS {
        let role = match part {
            DemoRole::Talent => "talent".to_owned(),
            DemoRole::Member(role, organisation) => format!("{} of {organisation}", role.code()),
            DemoRole::Staff(role) => format!("programme office: {}", role.code()),
        };
        tracing::info!("demo: sign in as {address} ({role})");
    }
    let page = Page::SignIn.path(Language::Dutch);
    tracing::info!("demo: sign in at {public_url}{page}; the mail is at {public_url}{MAILBOX}");
}

/// The Monday on which the demo's spreadsheets were made.
fn anchor() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 16).unwrap_or_default()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}

/// By how many days to move the demo's dates: whole weeks, so that days of the week stay.
fn shift(today: NaiveDate) -> Days {
    Days::new((monday(today) - anchor()).num_days().max(0).unsigned_abs())
}

struct Fill<'a> {
    store: &'a Store,
    hub: &'a Hub,
    folder: &'a Path,
    moment: Moment,
}

impl Fill<'_> {
    async fn sheet<T: Sheet>(&self, shift: Days) -> Result<(), DemoError> {
        let source = self.folder.join(format!("{}.csv", T::SHEET));
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let name = format!("smarthub-demo-{}-{}-{number}.csv", T::SHEET, std::process::id());
        let moved = std::env::temp_dir().join(name);
        let rows = std::fs::read(&source).and_then(|bytes| moved_rows::<T>(&bytes, shift));
        rows.and_then(|rows| std::fs::write(&moved, rows))
            .map_err(|error| DemoError::File { path: source, error })?;
        let options = ImportOptions { is_dry_run: false, skips_invalid: true, file: ACTOR.to_owned() };
        let plan = plan_of::<T>(self.store, &self.hub.region, &moved, self.moment.today).await;
        // The file lies in the system's folder for such files; what stays behind goes at the next start.
        let _ = std::fs::remove_file(&moved);
        let plan = plan?;
        warn_of_errors(&plan);
        let done = carry_out(self.store, plan, &options, self.moment).await?;
        tracing::info!(
            sheet = T::SHEET,
            added = done.added,
            changed = done.changed,
            skipped = done.skipped,
            "demo: filled"
        );
        Ok(())
    }
}

/// Rows that are left out are named: a demo that was edited by hand would shrink without a word.
fn warn_of_errors<T: Sheet>(plan: &Plan<T>) {
    if plan.wrong == 0 {
        return;
    }
    tracing::warn!(sheet = T::SHEET, rows = plan.wrong, "demo: wrong rows are left out");
    for error in plan.errors.iter().take(SHOWN_FAULTS) {
        tracing::warn!(sheet = T::SHEET, "demo: {error}");
    }
}

/// The same rows with every date moved.
fn moved_rows<T: Sheet>(bytes: &[u8], shift: Days) -> io::Result<Vec<u8>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(bytes);
    let header = reader.headers()?.clone();
    let is_date: Vec<bool> = header.iter().map(|name| T::DATES.contains(&name)).collect();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    writer.write_record(&header)?;
    for record in reader.records() {
        let record = record?;
        let cells = record.iter().zip(is_date.iter().chain(std::iter::repeat(&false)));
        writer.write_record(
            cells.map(|(cell, &is_date)| if is_date { moved(cell, shift) } else { cell.to_owned() }),
        )?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A date, or a date with a time, moved; all else as it is.
fn moved(cell: &str, shift: Days) -> String {
    if let Some(date) = parse_date(cell).and_then(|date| date.checked_add_days(shift)) {
        write_date(date)
    } else if let Some(moment) = parse_date_time(cell).and_then(|moment| moment.checked_add_days(shift)) {
        write_date_time(moment)
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_by_whole_weeks() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        assert_eq!(shift(day(2026, 11, 22)), Days::new(0));
        assert_eq!(shift(day(2026, 11, 23)), Days::new(7));
        assert_eq!(shift(day(2026, 1, 1)), Days::new(0));
        let week = Days::new(7);
        assert_eq!(moved("28-12-2026", week), "04-01-2027");
        assert_eq!(moved("28-12-2026 19:30", week), "04-01-2027 19:30");
        assert_eq!(moved("", week), "");
        assert_eq!(moved("in overleg", week), "in overleg");
    }
}
