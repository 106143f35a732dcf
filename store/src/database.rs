//! Where the two kinds of database differ, and the only SQL that SeaORM can't say: `PRAGMA`, `VACUUM` and
//! PostgreSQL's advisory lock.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sea_query::{Func, Query};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, IsolationLevel, Statement, TransactionTrait,
};

use crate::Error;

const READERS: u32 = 8;
const SERVER_CONNECTIONS: u32 = 16;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// A long import makes the write-ahead log grow; afterwards it is cut back to this many bytes.
const LOG_SIZE_LIMIT: &str = "67108864";
/// The number of the advisory lock that writers of one PostgreSQL database agree on.
const TURN: i64 = 0x0053_6d61_7274_4875;

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// SQLite, in a file.
    File(PathBuf),
    /// SQLite, in memory; for tests.
    Memory,
    /// PostgreSQL, at an address.
    Server(String),
}

impl Place {
    /// Reads `sqlite:data/hub.db`, `:memory:` or `postgres://…`.
    pub(crate) fn parse(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Server(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        match path {
            ":memory:" => Ok(Self::Memory),
            "" => Err(Error::Address("the address of the database names no file".to_owned())),
            _ if path == url => {
                Err(Error::Address("the address of a database starts with sqlite: or postgres://".to_owned()))
            }
            _ if path.contains('?') => {
                Err(Error::Address("the address of an SQLite database takes no parameters".to_owned()))
            }
            _ => Ok(Self::File(PathBuf::from(path))),
        }
    }
}

/// How the one connection that writes to a file is opened; makes the file when it is missing.
///
/// A commit is on the disk before it is answered: power can fail at any moment.
pub(crate) fn writing(path: &Path) -> ConnectOptions {
    let mut options = in_file(path, &[("journal_mode", "WAL"), ("journal_size_limit", LOG_SIZE_LIMIT)]);
    options.max_connections(1);
    options
}

/// How the connections that read from a file are opened. They can't write, and never wait for who does.
pub(crate) fn reading(path: &Path) -> ConnectOptions {
    let mut options = in_file(path, &[("query_only", "ON")]);
    options.max_connections(READERS);
    options
}

fn in_file(path: &Path, pragmas: &'static [(&'static str, &'static str)]) -> ConnectOptions {
    let path = path.to_owned();
    // The path goes in apart, for it may hold signs that an address may not.
    let mut options = quiet("sqlite:file");
    options.test_before_acquire(false).map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .filename(&path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("synchronous", "FULL");
        pragmas.iter().fold(sqlite, |sqlite, (name, value)| sqlite.pragma(*name, *value))
    });
    options
}

/// How a database in memory is opened: one connection that stays, for the data goes when it does.
pub(crate) fn in_memory() -> ConnectOptions {
    let mut options = quiet("sqlite::memory:");
    options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    options
}

/// Connects to PostgreSQL. An error doesn't repeat the address, which can hold a password.
pub(crate) async fn connect_to_server(url: &str) -> Result<DatabaseConnection, Error> {
    let mut options = quiet(url);
    options.max_connections(SERVER_CONNECTIONS);
    Database::connect(options)
        .await
        .map_err(|error| Error::Address(error.to_string().replace(url, "its address")))
}

fn quiet(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).record_stmt_in_spans(false);
    options
}

/// Waits until no other transaction of this PostgreSQL database holds the turn; gives it back at the commit.
///
/// On SQLite a transaction that writes is alone already.
pub(crate) async fn take_turn(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = Query::select().expr(Func::cust("pg_advisory_xact_lock").arg(TURN)).to_owned();
        transaction.query_one(&lock).await?;
    }
    Ok(())
}

/// Begins to read: everything until the commit is as it is at one moment.
pub(crate) async fn begin_reading(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let one_moment = Some(IsolationLevel::RepeatableRead);
        return connection.begin_with_config(one_moment, Some(AccessMode::ReadOnly)).await;
    }
    connection.begin().await
}

/// The error of an SQLite database, in its own words. PostgreSQL checks itself.
pub(crate) async fn check(connection: &DatabaseConnection) -> Result<Vec<String>, Error> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return Ok(Vec::new());
    }
    let mut errors = Vec::new();
    for row in connection.query_all_raw(sqlite("PRAGMA integrity_check")).await? {
        let line: String = row.try_get_by_index(0)?;
        if line != "ok" {
            errors.push(line);
        }
    }
    for row in connection.query_all_raw(sqlite("PRAGMA foreign_key_check")).await? {
        let (table, id): (String, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let parent: String = row.try_get_by_index(2)?;
        errors.push(format!(
            "row {} of {table} refers to a row of {parent} that is not there",
            id.unwrap_or(0)
        ));
    }
    Ok(errors)
}

/// Writes a consistent copy of an SQLite database to a file that is not there yet.
///
/// The copy gets its name only once it is whole and on the disk.
pub(crate) async fn copy(path: &Path, to: &Path) -> Result<(), Error> {
    if tokio::fs::try_exists(to).await? {
        return Err(Error::Conflict(format!("{} exists already", to.display())));
    }
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = to.with_file_name(name);
    remove_if_there(&unfinished).await?;
    let copied = vacuum_into(path, &unfinished).await;
    if copied.is_err() {
        remove_if_there(&unfinished).await?;
        return copied;
    }
    tokio::fs::File::open(&unfinished).await?.sync_all().await?;
    tokio::fs::rename(&unfinished, to).await?;
    keep_names(to).await
}

/// Puts the names in the folder of this file on the disk: a new name can be lost in a power cut, too.
async fn keep_names(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match tokio::fs::File::open(folder.unwrap_or(Path::new("."))).await?.sync_all().await {
        // Some file systems have nothing to do here, and say so.
        Err(error) if error.kind() == std::io::ErrorKind::InvalidInput => Ok(()),
        synced => Ok(synced?),
    }
}

async fn vacuum_into(path: &Path, to: &Path) -> Result<(), Error> {
    let to = to.to_str().ok_or_else(|| Error::Conflict(format!("{} is no plain path", to.display())))?;
    let connection = Database::connect(writing(path)).await?;
    let vacuum = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [to.into()]);
    let copied = connection.execute_raw(vacuum).await;
    connection.close().await?;
    copied?;
    Ok(())
}

async fn remove_if_there(path: &Path) -> Result<(), Error> {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn sqlite(sql: &str) -> Statement {
    Statement::from_string(DbBackend::Sqlite, sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_where_the_database_is() {
        assert_eq!(Place::parse("sqlite:data/hub.db").unwrap(), Place::File("data/hub.db".into()));
        assert_eq!(Place::parse("sqlite:///var/hub.db").unwrap(), Place::File("/var/hub.db".into()));
        assert_eq!(Place::parse(":memory:").unwrap(), Place::Memory);
        assert_eq!(Place::parse("sqlite::memory:").unwrap(), Place::Memory);
        assert!(matches!(Place::parse("postgres://hub@localhost/hub"), Ok(Place::Server(_))));
        for url in ["", "sqlite:", "mysql://localhost/hub", "data/hub.db", "sqlite:hub.db?mode=ro"] {
            assert!(matches!(Place::parse(url), Err(Error::Address(_))), "{url}");
        }
    }
}
