//! The way in for every write.
//!
//! **SQLite** has one writer at a time, and a commit that survives a power cut costs a wait for the disk. So
//! one task owns the only connection that writes. It takes a job, begins a transaction, and runs every job
//! that waits meanwhile, each in a savepoint of its own: a job that fails loses only its own work. Then it
//! commits once for all of them, and only after that commit does each caller get an answer. When the commit
//! fails, everybody gets an error and nothing is kept.
//!
//! The transaction begins as `IMMEDIATE`: it waits for another process that writes to the same file (an
//! import from the command line) before it reads anything. A transaction that read first and wrote later
//! would be refused at once.
//!
//! **PostgreSQL** orders writers itself: each job is a transaction of its own from the pool.
//!
//! A caller that stops waiting doesn't stop its job.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use crate::Error;

/// The most jobs that share a commit, so that the first doesn't wait long for the last.
const MOST_TOGETHER: usize = 64;
/// Jobs that can wait; a caller that comes then waits to be let in.
const MOST_WAITING: usize = 256;
/// The most rows of one transaction, so that others need not wait for it.
pub(crate) const AT_ONCE: u64 = 50;

type Work = Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<(), Error>> + Send>;

struct Job {
    work: Work,
    done: oneshot::Sender<Result<(), Error>>,
}

enum Message {
    Write(Job),
    Close(oneshot::Sender<()>),
}

/// How much was written since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteCounts {
    /// Writes that were answered with success.
    pub writes: u64,
    /// Commits that held them; fewer, when writes came together.
    pub commits: u64,
}

#[derive(Debug, Default)]
struct Counters {
    writes: AtomicU64,
    commits: AtomicU64,
}

/// A handle on the way in; a clone leads to the same writer.
#[derive(Clone)]
pub(crate) struct Writer {
    way: Way,
    counters: Arc<Counters>,
}

#[derive(Clone)]
enum Way {
    Queue(mpsc::Sender<Message>),
    Pool(DatabaseConnection),
}

impl Writer {
    /// A writer for PostgreSQL.
    pub(crate) fn of_server(pool: DatabaseConnection) -> Self {
        Self { way: Way::Pool(pool), counters: Arc::default() }
    }

    /// A writer for SQLite, with its connection; with `reopen` it can replace a connection that broke.
    pub(crate) fn of_file(connection: DatabaseConnection, reopen: Option<ConnectOptions>) -> Self {
        let (sender, messages) = mpsc::channel(MOST_WAITING);
        let counters = Arc::<Counters>::default();
        let queue = Queue { messages, connection, reopen, closing: Vec::new(), counters: counters.clone() };
        tokio::spawn(queue.run());
        Self { way: Way::Queue(sender), counters }
    }

    /// Does some work in a transaction; when this returns, it is committed.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, Error>> + Send + 'static,
    {
        let (give, take) = oneshot::channel();
        let work: Work = Box::new(move |transaction| {
            Box::pin(async move {
                let value = work(transaction).await?;
                give.send(value).ok();
                Ok(())
            })
        });
        match &self.way {
            Way::Queue(queue) => wait_in_line(queue, work).await?,
            Way::Pool(pool) => {
                write_alone(pool, work).await?;
                self.counters.writes.fetch_add(1, Ordering::Relaxed);
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
            }
        }
        take.await.map_err(|_| Error::Closed)
    }

    /// Does some work in portions of at most [`AT_ONCE`] rows, each in a transaction of its own, until one has fewer; returns how
    /// many rows that were.
    pub(crate) async fn write_in_portions<F>(&self, portion: F) -> Result<u64, Error>
    where
        F: for<'a> Fn(&'a DatabaseTransaction) -> BoxFuture<'a, Result<u64, Error>> + Clone + Send + 'static,
    {
        let mut done = 0;
        loop {
            let count = self.write(portion.clone()).await?;
            done += count;
            if count < AT_ONCE {
                return Ok(done);
            }
        }
    }

    pub(crate) fn counts(&self) -> WriteCounts {
        WriteCounts {
            writes: self.counters.writes.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
        }
    }

    /// Finishes what waits, then closes the connection.
    pub(crate) async fn close(&self) {
        match &self.way {
            Way::Queue(queue) => {
                let (done, closed) = oneshot::channel();
                queue.send(Message::Close(done)).await.ok();
                closed.await.ok();
            }
            Way::Pool(pool) => {
                pool.close_by_ref().await.ok();
            }
        }
    }
}

async fn wait_in_line(queue: &mpsc::Sender<Message>, work: Work) -> Result<(), Error> {
    let (done, answer) = oneshot::channel();
    queue.send(Message::Write(Job { work, done })).await.map_err(|_| Error::Closed)?;
    answer.await.map_err(|_| Error::Closed)?
}

async fn write_alone(pool: &DatabaseConnection, work: Work) -> Result<(), Error> {
    let transaction = pool.begin().await?;
    match finish(&transaction, work).await {
        Ok(()) => Ok(transaction.commit().await?),
        Err(error) => {
            transaction.rollback().await?;
            Err(error)
        }
    }
}

/// Does the work; a panic in it becomes an error, for others depend on this task.
async fn finish(transaction: &DatabaseTransaction, work: Work) -> Result<(), Error> {
    let work = async { work(transaction).await };
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or(Err(Error::BrokenOff))
}

/// The task that writes to SQLite.
struct Queue {
    messages: mpsc::Receiver<Message>,
    connection: DatabaseConnection,
    reopen: Option<ConnectOptions>,
    closing: Vec<oneshot::Sender<()>>,
    counters: Arc<Counters>,
}

type Answers = Vec<(oneshot::Sender<Result<(), Error>>, Result<(), Error>)>;

impl Queue {
    async fn run(mut self) {
        while let Some(job) = self.next().await {
            self.write_together(job).await;
        }
        if let Err(error) = self.connection.close_by_ref().await {
            tracing::warn!(%error, "the connection that writes did not close well");
        }
        for done in self.closing {
            done.send(()).ok();
        }
    }

    /// The next job, however long it takes to come; nothing when the store is closed.
    async fn next(&mut self) -> Option<Job> {
        loop {
            match self.messages.recv().await? {
                Message::Write(job) => return Some(job),
                Message::Close(done) => self.close(done),
            }
        }
    }

    /// The next job, when one waits.
    fn next_waiting(&mut self) -> Option<Job> {
        loop {
            match self.messages.try_recv().ok()? {
                Message::Write(job) => return Some(job),
                Message::Close(done) => self.close(done),
            }
        }
    }

    fn close(&mut self, done: oneshot::Sender<()>) {
        self.messages.close();
        self.closing.push(done);
    }

    /// Writes a job and those that wait behind it, and answers them all.
    async fn write_together(&mut self, first: Job) {
        let mut next = Some(first);
        let mut answers = Answers::new();
        match self.commit_together(&mut next, &mut answers).await {
            Ok(()) => {
                let writes = answers.iter().filter(|(_, answer)| answer.is_ok()).count();
                self.counters.writes.fetch_add(writes as u64, Ordering::Relaxed);
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                for (done, answer) in answers {
                    done.send(answer).ok();
                }
            }
            Err(error) => {
                tracing::error!(%error, "writes were lost; who asked for them is told");
                for done in answers.into_iter().map(|(done, _)| done).chain(next.map(|job| job.done)) {
                    done.send(Err(Error::Database(error.clone()))).ok();
                }
                self.replace_connection().await;
            }
        }
    }

    async fn commit_together(&mut self, next: &mut Option<Job>, answers: &mut Answers) -> Result<(), DbErr> {
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connection.begin_with_options(immediate).await?;
        while let Some(job) = next.take() {
            let outcome = run_in_savepoint(&transaction, job.work).await;
            let broken = outcome.as_ref().err().cloned();
            answers.push((job.done, outcome.unwrap_or(Err(Error::BrokenOff))));
            if let Some(error) = broken {
                return Err(error);
            }
            *next = if answers.len() < MOST_TOGETHER { self.next_waiting() } else { None };
        }
        transaction.commit().await
    }

    /// After a failure nobody knows in which state the connection is: SQLite rolls back by itself when, for
    /// example, the disk is full. A new connection is in none.
    async fn replace_connection(&mut self) {
        let Some(options) = &self.reopen else { return };
        self.connection.close_by_ref().await.ok();
        match Database::connect(options.clone()).await {
            Ok(connection) => self.connection = connection,
            Err(error) => {
                tracing::error!(%error, "the database can't be opened for writing; the next write tries again");
            }
        }
    }
}

/// Does some work in a savepoint. The outer error says that the whole transaction is lost.
async fn run_in_savepoint(transaction: &DatabaseTransaction, work: Work) -> Result<Result<(), Error>, DbErr> {
    let savepoint = transaction.begin().await?;
    let outcome = finish(&savepoint, work).await;
    match outcome {
        Ok(()) => savepoint.commit().await?,
        Err(_) => savepoint.rollback().await?,
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, revisions};
    use sea_orm::ConnectionTrait;

    async fn empty_store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store =
            Store::connect(&format!("sqlite:{}", folder.path().join("hub.db").display())).await.unwrap();
        store.migrate().await.unwrap();
        (folder, store)
    }

    async fn add_revision(store: &Store) -> Result<(), Error> {
        let now = chrono::DateTime::default();
        store.writer.write(move |transaction| Box::pin(revisions::add(transaction, "test", now))).await
    }

    #[tokio::test]
    async fn a_write_that_panics_hurts_no_other() {
        let (_folder, store) = empty_store().await;
        let panics =
            store.writer.write(|_| -> BoxFuture<'_, Result<(), Error>> { panic!("a fault in the program") });
        let (before, broken, after) = tokio::join!(add_revision(&store), panics, add_revision(&store));
        assert!(matches!(broken, Err(Error::BrokenOff)));
        before.unwrap();
        after.unwrap();
        assert_eq!(store.revision().await.unwrap(), 2);
    }

    /// SQLite rolls the whole transaction back by itself when the disk is full.
    #[tokio::test]
    async fn writes_of_a_lost_transaction_are_not_acknowledged_and_the_next_ones_succeed() {
        let (_folder, store) = empty_store().await;
        let lost = store.writer.write(|transaction| {
            Box::pin(async move {
                transaction.execute_unprepared("ROLLBACK").await?;
                Ok(())
            })
        });
        let (before, lost, after) = tokio::join!(add_revision(&store), lost, add_revision(&store));
        assert!(matches!(before, Err(Error::Database(_))), "{before:?}");
        assert!(matches!(lost, Err(Error::Database(_))), "{lost:?}");
        after.unwrap();
        assert_eq!(store.revision().await.unwrap(), 1);
        add_revision(&store).await.unwrap();
        assert_eq!(store.revision().await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_caller_that_stops_waiting_does_not_stop_its_job() {
        let (_folder, store) = empty_store().await;
        assert!(add_revision(&store).now_or_never().is_none());
        add_revision(&store).await.unwrap();
        assert_eq!(store.revision().await.unwrap(), 2);
    }
}
