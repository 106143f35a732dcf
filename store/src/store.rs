//! The hub's database and documents: opened, migrated, backed up, closed.

use std::path::Path;
use std::sync::Arc;

use sea_orm::{Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Semaphore;

use crate::database::{self, Place};
use crate::documents::Documents;
use crate::error::Error;
use crate::migration::Migrations;
use crate::passwords::Hasher;
use crate::writer::{WriteCounts, Writer};

/// CVs that are looked at at once.
const CVS_AT_ONCE: usize = 2;

/// The hub's database and documents. A clone is the same.
#[derive(Clone)]
pub struct Store {
    pub(crate) place: Place,
    pub(crate) reader: DatabaseConnection,
    pub(crate) writer: Writer,
    pub(crate) hasher: Hasher,
    pub(crate) documents: Documents,
    pub(crate) cv_places: Arc<Semaphore>,
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

    /// Asks the database whether it is there.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.reader.ping().await?)
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

    /// The error of the database, in its own words; nothing when it is sound.
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
