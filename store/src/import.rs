//! Imports: many rows at once, all or nothing.

use std::collections::HashMap;
use std::fmt::Debug;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Moment;
use domain::sheet::Row;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, Iterable,
    ModelTrait, QueryFilter, QuerySelect,
};
use tokio::sync::mpsc::{self, UnboundedSender};

use crate::actor::Actor;
use crate::audit::{self, Action, Stamp};
use crate::store::Store;
use crate::versions::{self, Model, Update, Versioned};
use crate::{Error, database, revisions};

impl Store {
    /// All rows of one kind with their numbers, by reference.
    pub async fn existing<T: Importable>(&self) -> Result<HashMap<String, (i64, T)>, Error> {
        let rows = T::existing(&self.reader).await?;
        Ok(rows.into_iter().map(|(id, row)| (row.reference().to_owned(), (id, row))).collect())
    }

    /// Writes rows, their audit records and one new revision in one transaction: all or nothing.
    ///
    /// The office's sheet is right: states change without asking [`may_become`], and the audit trail says so. A batch in which
    /// nothing differs writes nothing. `progress` hears how many rows are done;
    /// they are kept when this returns.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a reference or name that is taken, or an organisation that is unknown.
    ///
    /// [`may_become`]: domain::vacancies::VacancyState::may_become
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
        let write = self.writer.write(move |transaction| Box::pin(write(transaction, batch, now, tell)));
        let listen = async {
            while let Some(done) = told.recv().await {
                progress(done);
            }
        };
        futures::future::join(write, listen).await.0
    }
}

/// Rows that one statement writes. The widest table has 25 columns, and SQLite takes 32,766 values.
const ROWS_TOGETHER: usize = 400;

/// A kind of row that can be imported: organisations, vacancies and events.
pub trait Importable: ImportTarget {}

/// What an import writes.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportBatch<T> {
    /// The actor, for the audit trail.
    pub actor: Actor,
    /// The day on the hub's own clock.
    pub today: NaiveDate,
    /// Rows that are new.
    pub added: Vec<T>,
    /// Rows that are there and differ.
    pub changed: Vec<Change<T>>,
}

/// A row that is there and differs. Only the columns in which `old` and `new` differ are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    /// The row's number.
    pub id: i64,
    /// What is there.
    pub old: T,
    /// The new value.
    pub new: T,
}

/// How an import writes a kind of row.
pub trait ImportTarget: Row + Debug + Versioned {
    /// What must be known of the database to write rows; read once for an import.
    type Known: Send + Sync;

    /// Reads what must be known.
    fn known(transaction: &DatabaseTransaction) -> impl Future<Output = Result<Self::Known, Error>> + Send;
    /// The columns that a sheet can change.
    fn columns(&self, known: &Self::Known) -> Result<Self::ActiveModel, Error>;
    /// The columns of a new row, but for its number and its moments.
    fn new_row(&self, known: &mut Self::Known) -> Result<Self::ActiveModel, Error> {
        self.columns(known)
    }
    /// Notes what follows from rows that were written.
    fn written(
        _transaction: &DatabaseTransaction,
        _moment: Moment,
    ) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }
    /// All rows with their numbers.
    fn existing(
        connection: &DatabaseConnection,
    ) -> impl Future<Output = Result<Vec<(i64, Self)>, Error>> + Send;

    /// The row as the store keeps it, given what it kept `before`.
    fn completed(
        self,
        _before: Option<&Self>,
        _known: &Self::Known,
        _today: NaiveDate,
    ) -> Result<Self, Error> {
        Ok(self)
    }

    /// Whether visitors see the row, so that a write of it makes a revision.
    fn is_visible(&self, known: &Self::Known, today: NaiveDate) -> bool;

    /// What a change of the row is called.
    fn action(_old: &Self, _new: &Self) -> Action {
        Action::Changed
    }
}

/// Writes a batch with its audit records and one revision. Tells `progress` how many rows are done.
///
/// A batch is made from what was there a while ago. Where another write came in between, all of it is refused.
///
/// Changes go first: a new organisation may take the name that another gives up.
pub(crate) async fn write<T: Importable>(
    transaction: &DatabaseTransaction,
    batch: ImportBatch<T>,
    now: DateTime<Utc>,
    progress: UnboundedSender<usize>,
) -> Result<(), Error> {
    let ImportBatch { actor, today, added, changed } = batch;
    let stamp = Stamp::new(actor, now);
    // What is read from here on stays so until the commit: all who write take turns.
    database::take_turn(transaction).await?;
    let mut known = T::known(transaction).await?;
    let mut done = 0;
    let mut written = Written::default();

    let mut changed = changed.into_iter();
    while let Some(chunk) = next_chunk(&mut changed) {
        done += chunk.len();
        written.add(change_rows(transaction, chunk, &known, &stamp, today).await?);
        progress.send(done).ok();
    }
    let mut added = added.into_iter();
    while let Some(chunk) = next_chunk(&mut added) {
        done += chunk.len();
        written.add(add_rows(transaction, chunk, &mut known, &stamp, today).await?);
        progress.send(done).ok();
    }
    if written.rows > 0 {
        T::written(transaction, Moment { now, today }).await?;
    }
    if written.visible > 0 {
        revisions::add(transaction, &stamp.actor.to_string(), stamp.at).await?;
    }
    Ok(())
}

/// The number of rows that were written, and of those that visitors see or saw.
#[derive(Clone, Copy, Debug, Default)]
struct Written {
    rows: usize,
    visible: usize,
}

impl Written {
    const fn add(&mut self, more: Self) {
        self.rows += more.rows;
        self.visible += more.visible;
    }
}

fn next_chunk<T>(rows: &mut impl Iterator<Item = T>) -> Option<Vec<T>> {
    let chunk: Vec<T> = rows.take(ROWS_TOGETHER).collect();
    (!chunk.is_empty()).then_some(chunk)
}

async fn change_rows<T: Importable>(
    transaction: &DatabaseTransaction,
    chunk: Vec<Change<T>>,
    known: &T::Known,
    stamp: &Stamp,
    today: NaiveDate,
) -> Result<Written, Error> {
    let mut records = Vec::new();
    let mut visible = 0;
    let present = present_rows::<T>(transaction, &chunk).await?;
    for Change { id, old, new } in chunk {
        let new = new.completed(Some(&old), known, today)?;
        let before = old.columns(known)?;
        let there = present.get(&id);
        let version = there.map_or(0, |row| row.get(T::VERSION).unwrap::<i64>());
        let Some(update) = Update::<T>::of(id, version, &before, new.columns(known)?) else { continue };
        let present = there.ok_or_else(|| overtaken(&new, "is no longer there"))?;
        if !agree::<T>(&before, update.row(), present) {
            return Err(overtaken(&new, "was changed meanwhile"));
        }
        visible += usize::from(old.is_visible(known, today) || new.is_visible(known, today));
        records.push(update.write(transaction, T::action(&old, &new), stamp).await?);
    }
    let written = Written { rows: records.len(), visible };
    audit::add(transaction, records).await?;
    Ok(written)
}

/// The rows that are to change, as they are now.
async fn present_rows<T: Importable>(
    transaction: &DatabaseTransaction,
    chunk: &[Change<T>],
) -> Result<HashMap<i64, Model<T>>, Error> {
    let ids = chunk.iter().map(|change| change.id);
    let rows = T::Entity::find().filter(T::ID.is_in(ids)).all(transaction).await?;
    let number = |row: &Model<T>| row.get(T::ID).unwrap::<i64>();
    Ok(rows.into_iter().map(|row| (number(&row), row)).collect())
}

/// Whether the columns that `row` changes are still as the batch found them.
fn agree<T: Importable>(before: &T::ActiveModel, row: &T::ActiveModel, present: &Model<T>) -> bool {
    <T::Entity as EntityTrait>::Column::iter()
        .filter(|column| row.get(*column).is_set())
        .all(|column| before.get(column).into_value().as_ref() == Some(&present.get(column)))
}

fn overtaken(row: &impl Row, how: &str) -> Error {
    Error::Conflict(format!("{} {how}; run the import again", row.reference()))
}

async fn add_rows<T: Importable>(
    transaction: &DatabaseTransaction,
    chunk: Vec<T>,
    known: &mut T::Known,
    stamp: &Stamp,
    today: NaiveDate,
) -> Result<Written, Error> {
    let references: Vec<String> = chunk.iter().map(|row| row.reference().to_owned()).collect();
    let taken: Option<String> = T::Entity::find()
        .select_only()
        .column(T::REFERENCE)
        .filter(T::REFERENCE.is_in(references.iter().map(String::as_str)))
        .into_tuple()
        .one(transaction)
        .await?;
    if let Some(reference) = taken {
        return Err(Error::Conflict(format!("{reference} was added meanwhile; run the import again")));
    }
    let mut rows = Vec::with_capacity(chunk.len());
    let mut visible = 0;
    for row in chunk {
        let row = row.completed(None, known, today)?;
        visible += usize::from(row.is_visible(known, today));
        rows.push(row.new_row(known)?);
    }
    let ids = versions::insert::<T>(transaction, rows, stamp).await?;
    Ok(Written { rows: ids.len(), visible })
}
