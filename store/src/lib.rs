//! The hub's memory: entities, migrations, queries and transactions, on SQLite or PostgreSQL.
//!
//! What goes in and comes out are domain types; rows stay here. Reads use a pool and never wait for writes.
//! Every write passes one way in, and is on the disk before it is answered. Time is an argument.

mod access;
mod accounts;
mod alerts;
mod applications;
mod audit;
mod database;
mod documents;
mod entity;
mod error;
mod events;
mod follow_ups;
mod import;
mod migration;
mod organisations;
mod outbox;
mod outcomes;
mod passwords;
mod revisions;
mod talents;
mod throttle;
mod tidy;
mod tokens;
mod vacancies;
mod writer;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::events::StoredEvent;
use domain::organisations::StoredOrganisation;
use domain::vacancies::{StoredVacancy, VacancyState};
use sea_orm::{Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tokio::sync::{Semaphore, mpsc};

use audit::Stamp;
use database::Place;
use migration::Migrations;
use passwords::Hasher;
use writer::Writer;

pub use access::{
    Broker, Member, OfficeManager, Participant, SecondStep, SignedIn, Staff, Subscriber, Talent, Team,
    TeamManager,
};
pub use accounts::{
    AccountData, Added, Browser, By, DeviceData, EraseRefused, Happened, HistoryData, Leaving, LinkError,
    MailData, MembershipData, MyData, PendingSignIn, PeopleRefused, RECOVERY_CODES, Refused, SessionView,
    SignInData, SignInRequest, SignInTokens, TotpSecret, Unused,
};
pub use alerts::data::AlertData;
pub use alerts::{AlertRefused, DueAlert, WantedAlert, round_at_once};
pub use applications::data::{ApplicationData, ConsentData, CvData, DraftData, EntryData};
pub use applications::{
    Applied, ApplyRefused, Applying, Erased, LetterContext, ReceivedVacancy, SavedDraft, StoredCv,
};
pub use audit::{Action, AuditRecord, COMMAND_LINE, HUB, Subject, WrittenRows};
pub use documents::{Bucket, Documents};
pub use error::Error;
pub use follow_ups::FollowUpQuestion;
pub use import::{Change, ImportBatch, Importable};
pub use outbox::{DueMail, MailStatus};
pub use outcomes::OutcomeQuestion;
pub use talents::StoredProfile;
pub use talents::data::{ProfileData, SavedVacancyData};
pub use tokens::{Code, Token};
pub use writer::WriteCounts;

/// Fills bytes with what nobody can guess; tests give one that counts.
pub type RandomSource = fn(&mut [u8]);

/// So many CVs are looked at at once.
const CVS_AT_ONCE: usize = 2;

/// The hub's database and documents. A clone is the same.
#[derive(Clone)]
pub struct Store {
    place: Place,
    reader: DatabaseConnection,
    writer: Writer,
    hasher: Hasher,
    documents: Documents,
    cv_places: Arc<Semaphore>,
}

impl Store {
    /// Opens `sqlite:data/hub.db` (the file and its folder are made when missing), `:memory:` (for tests; reads
    /// wait for writes there) or `postgres://…`. Call [`Store::migrate`] next.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        let place = Place::parse(url)?;
        let (reader, writer) = match &place {
            Place::File(path) => {
                if let Some(folder) = path.parent() {
                    tokio::fs::create_dir_all(folder).await?;
                }
                let writer = Database::connect(database::writing(path)).await?;
                let reader = Database::connect(database::reading(path)).await?;
                (reader, Writer::of_file(writer, Some(database::writing(path))))
            }
            Place::Memory => {
                let connection = Database::connect(database::in_memory()).await?;
                (connection.clone(), Writer::of_file(connection, None))
            }
            Place::Server(url) => {
                let pool = database::connect_to_server(url).await?;
                (pool.clone(), Writer::of_server(pool))
            }
        };
        Ok(Self {
            place,
            reader,
            writer,
            hasher: Hasher::default(),
            documents: Documents::in_memory(),
            cv_places: Arc::new(Semaphore::new(CVS_AT_ONCE)),
        })
    }

    /// The same store, with its documents in another place; without this they are in memory.
    #[must_use]
    pub fn with_documents(self, documents: Documents) -> Self {
        Self { documents, ..self }
    }

    /// Opens a database as [`Store::connect`] does, but makes none: a wrong path is an error.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is no such file.
    pub async fn open(url: &str) -> Result<Self, Error> {
        if let Place::File(path) = Place::parse(url)?
            && !tokio::fs::try_exists(&path).await?
        {
            return Err(Error::Missing(path));
        }
        Self::connect(url).await
    }

    /// Brings the tables to the form that this version needs; returns how many migrations that took.
    pub async fn migrate(&self) -> Result<u32, Error> {
        if self.pending_migrations().await? == 0 {
            return Ok(0);
        }
        let work = self.writer.write(|transaction| {
            Box::pin(async move {
                // Another server may have been first.
                database::take_turn(transaction).await?;
                let pending = Migrations::get_pending_migrations_read_only(transaction).await?.len();
                Migrations::up(transaction, None).await?;
                Ok(pending as u32)
            })
        });
        work.await
    }

    /// How many migrations [`Store::migrate`] would apply.
    pub async fn pending_migrations(&self) -> Result<u32, Error> {
        Ok(Migrations::get_pending_migrations_read_only(&self.reader).await?.len() as u32)
    }

    /// Whether the hub knows no organisation yet.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        organisations::are_none(&self.reader).await
    }

    /// Asks the database whether it is there.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.reader.ping().await?)
    }

    /// A number that grows with every write that the public site could show; 0 before the first.
    pub async fn revision(&self) -> Result<i64, Error> {
        revisions::newest(&self.reader).await
    }

    /// All organisations, by name.
    pub async fn list_organisations(&self) -> Result<Vec<StoredOrganisation>, Error> {
        organisations::list(&self.reader).await
    }

    /// All events, by their beginning.
    pub async fn list_events(&self) -> Result<Vec<StoredEvent>, Error> {
        events::list(&self.reader).await
    }

    /// The vacancies that are published and not closed on this day of the hub's own clock, by number.
    pub async fn list_open_vacancies(&self, today: NaiveDate) -> Result<Vec<StoredVacancy>, Error> {
        vacancies::list_open(&self.reader, today).await
    }

    /// The vacancies with these numbers, whatever their state.
    pub async fn list_vacancies(&self, ids: &[i64]) -> Result<Vec<StoredVacancy>, Error> {
        vacancies::list(&self.reader, ids).await
    }

    /// The number of the newest audit record of what the public site shows; 0 before the first.
    pub async fn last_audit_record(&self) -> Result<i64, Error> {
        audit::newest(&self.reader).await
    }

    /// Which rows that the public site shows were written after an audit record.
    pub async fn rows_written_after(&self, audit_record: i64) -> Result<WrittenRows, Error> {
        audit::rows_written_after(&self.reader, audit_record).await
    }

    /// The vacancy with this number, whatever its state.
    pub async fn find_vacancy(&self, id: i64) -> Result<Option<StoredVacancy>, Error> {
        vacancies::find(&self.reader, id).await
    }

    /// The next vacancies of any state after a number, by number; at most `limit`. Begin with 0.
    pub async fn each_vacancy(&self, after_id: i64, limit: u64) -> Result<Vec<StoredVacancy>, Error> {
        vacancies::list_after(&self.reader, after_id, limit).await
    }

    /// All rows of one kind with their numbers, by reference.
    pub async fn existing<T: Importable>(&self) -> Result<HashMap<String, (i64, T)>, Error> {
        let rows = T::existing(&self.reader).await?;
        Ok(rows.into_iter().map(|(id, row)| (row.reference().to_owned(), (id, row))).collect())
    }

    /// Writes rows, their audit records and one new revision in one transaction: all or nothing.
    ///
    /// The office's sheet is right: states change without asking [`VacancyState::may_become`], and the audit
    /// trail says so. A batch in which nothing differs writes nothing. `progress` hears how many rows are done;
    /// they are kept when this returns.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a reference or name that is taken, or an organisation that is unknown.
    pub async fn import<T: Importable>(
        &self,
        batch: ImportBatch<T>,
        now: DateTime<Utc>,
        mut progress: impl FnMut(usize) + Send,
    ) -> Result<(), Error> {
        if batch.added.is_empty() && batch.changed.is_empty() {
            return Ok(());
        }
        let (tell, mut told) = mpsc::unbounded_channel();
        let write =
            self.writer.write(move |transaction| Box::pin(import::write(transaction, batch, now, tell)));
        let listen = async {
            while let Some(done) = told.recv().await {
                progress(done);
            }
        };
        futures::future::join(write, listen).await.0
    }

    /// Moves a vacancy to another state, with an audit record and a revision.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::NotAllowed`] when [`VacancyState::may_become`] says no.
    pub async fn change_vacancy_state(
        &self,
        id: i64,
        next: VacancyState,
        actor: &str,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<(), Error> {
        let stamp = Stamp { actor: actor.to_owned(), at: now };
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { vacancies::change_state(transaction, id, next, &stamp, today).await })
        });
        write.await
    }

    /// What was done to a row, newest first.
    pub async fn list_audit_records(&self, subject: Subject, id: i64) -> Result<Vec<AuditRecord>, Error> {
        audit::list(&self.reader, subject, id).await
    }

    /// When somebody last did something.
    pub async fn last_audit_at(&self, actor: &str) -> Result<Option<DateTime<Utc>>, Error> {
        audit::last_at(&self.reader, actor).await
    }

    /// Writes a consistent copy of a running SQLite database to a file that is not there yet.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the file is there; [`Error::NotSupported`] on PostgreSQL, which has `pg_dump`.
    pub async fn backup(&self, to: &Path) -> Result<(), Error> {
        match &self.place {
            Place::File(path) => database::copy(path, to).await,
            Place::Memory => Err(Error::NotSupported("a database in memory can't be backed up")),
            Place::Server(_) => Err(Error::NotSupported("back up a PostgreSQL database with pg_dump")),
        }
    }

    /// What is wrong with the database, in its own words; nothing when it is sound.
    pub async fn check(&self) -> Result<Vec<String>, Error> {
        database::check(&self.reader).await
    }

    /// How much this store wrote, and in how many commits.
    pub fn write_counts(&self) -> WriteCounts {
        self.writer.counts()
    }

    /// Finishes the writes that wait, and closes the database for every clone.
    pub async fn close(self) {
        self.writer.close().await;
        self.reader.close_by_ref().await.ok();
    }
}
