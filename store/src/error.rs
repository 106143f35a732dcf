//! The errors of the store.

use std::path::PathBuf;

use sea_orm::{DbErr, SqlErr};

/// The errors of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row.
    #[error("there is no such row")]
    NotFound,
    /// A thing may not go from the first state to the second, or not be changed in it.
    #[error("what is {from} may not become {to}")]
    NotAllowed {
        /// The code of its state.
        from: &'static str,
        /// The code of the state that was asked for.
        to: &'static str,
    },
    /// What was asked clashes with what is there: a name that is taken, an organisation that is unknown.
    #[error("{0}")]
    Conflict(String),
    /// A row holds something that this version of the program can't read.
    #[error("a row can't be read: {0}")]
    Unreadable(String),
    /// The address of the database is not one that the store knows.
    #[error("{0}")]
    Address(String),
    /// There is no file at the path of the database, and none was asked for.
    #[error("there is no database {}", .0.display())]
    Missing(PathBuf),
    /// This kind of database leaves the task to another tool.
    #[error("{0}")]
    NotSupported(&'static str),
    /// A file or folder of the database could not be made.
    #[error("a file of the database: {0}")]
    File(#[from] std::io::Error),
    /// A document could not be kept or read.
    #[error("a document: {0}")]
    Document(#[from] object_store::Error),
    /// A document came back otherwise than it was kept.
    #[error("a document is not what was kept")]
    OtherDocument,
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
    /// A write stopped halfway because of an error in the program; nothing of it was kept.
    #[error("a write broke off; nothing of it was kept")]
    BrokenOff,
    /// The database failed.
    #[error("the database: {0}")]
    Database(DbErr),
}

impl Error {
    /// Whether one row is at error, and no other.
    fn is_of_one_row(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::NotFound)
    }
}

/// What was done to one row of many. One that can't be read is named in the log and stays as it is: the others must not wait
/// for it, and the next run tries again.
pub(crate) fn or_skipped<T: Default>(done: Result<T, Error>, what: &str, id: i64) -> Result<T, Error> {
    match done {
        Err(error) if error.is_of_one_row() => {
            tracing::warn!(%error, id, "{what} is left alone; the next hour tries again");
            Ok(T::default())
        }
        done => done,
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(
                SqlErr::UniqueConstraintViolation(message) | SqlErr::ForeignKeyConstraintViolation(message),
            ) => Self::Conflict(message),
            _ => Self::Database(error),
        }
    }
}
