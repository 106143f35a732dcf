//! Databases for tests that begin with all tables: copies of one that was brought to its present form once.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DbErr};
use store::{Error, Store};
use tokio::sync::OnceCell;

/// The bytes of an empty SQLite database with all tables.
static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
/// The name of an empty database with all tables on the PostgreSQL of the tests.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// The address of a new SQLite database with all tables, as a file in `folder`.
///
/// # Errors
/// The file can't be written, or a step of the migrations fails.
pub async fn new_file(folder: &Path) -> Result<String, Error> {
    let path = folder.join("hub.db");
    tokio::fs::create_dir_all(folder).await?;
    tokio::fs::write(&path, FILE.get_or_try_init(filled_file).await?).await?;
    Ok(format!("sqlite:{}", path.display()))
}

async fn filled_file() -> Result<Vec<u8>, Error> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("hub.db");
    let store = Store::connect(&format!("sqlite:{}", path.display())).await?;
    store.migrate().await?;
    // Whoever closes last writes all of it into the file.
    store.close().await;
    Ok(tokio::fs::read(&path).await?)
}

/// The address of a new database with all tables on a PostgreSQL, of which `server` is the address of any database.
///
/// # Errors
/// The server does not answer, or a step of the migrations fails.
pub async fn new_on_server(server: &str) -> Result<String, Error> {
    let template = TEMPLATE.get_or_try_init(|| filled_template(server)).await?;
    let name = name_of_its_own();
    run_on_server(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
    Ok(address_of(server, &name))
}

async fn filled_template(server: &str) -> Result<String, Error> {
    let name = name_of_its_own();
    run_on_server(server, &format!("CREATE DATABASE {name}")).await?;
    let store = Store::connect(&address_of(server, &name)).await?;
    store.migrate().await?;
    store.close().await;
    Ok(name)
}

/// The name of a database that no other test has.
pub fn name_of_its_own() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("hub_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// The address of a database on the server of another.
pub fn address_of(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').unwrap_or((server, ""));
    format!("{address}/{name}")
}

/// Runs a statement on a database.
///
/// # Errors
/// The server does not answer, or refuses it.
pub async fn run_on_server(address: &str, sql: &str) -> Result<(), DbErr> {
    let connection = Database::connect(address).await?;
    connection.execute_unprepared(sql).await?;
    connection.close().await
}
