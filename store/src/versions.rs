//! Rows that two people can edit: each has a reference, and a version that a save names.

use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Value,
};

use crate::Error;
use crate::audit::{self, Action, Changes, Stamp, Subject};
use crate::entity::audit_record;

/// The outcome of a save that names the version with which it began.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved<T> {
    /// It was written.
    Written {
        /// The version that it has now.
        version: i64,
    },
    /// It waits for the programme office; what is there stays meanwhile.
    Waiting {
        /// The version of the change that waits.
        version: i64,
    },
    /// Another save came in between; nothing was written.
    Stale(Box<T>),
}

/// How a kind of row with a reference and a version is kept in its table.
pub trait Versioned: Send + Sync + 'static {
    /// Its table.
    type Entity: EntityTrait<ActiveModel = Self::ActiveModel>;
    /// A row of its table.
    type ActiveModel: ActiveModelTrait<Entity = Self::Entity> + Send;

    /// The word of audit records for it.
    const SUBJECT: Subject;
    /// The column of its number.
    const ID: <Self::Entity as EntityTrait>::Column;
    /// The column of its reference.
    const REFERENCE: <Self::Entity as EntityTrait>::Column;
    /// The column of its version.
    const VERSION: <Self::Entity as EntityTrait>::Column;
    /// The column of its first day.
    const CREATED_AT: <Self::Entity as EntityTrait>::Column;
    /// The column of its last change.
    const UPDATED_AT: <Self::Entity as EntityTrait>::Column;
}

/// A row as it is in the database.
pub(crate) type Model<T> = <<T as Versioned>::Entity as EntityTrait>::Model;

/// Adds rows with their audit records, in the order of their numbers.
pub(crate) async fn insert<T: Versioned>(
    transaction: &DatabaseTransaction,
    mut rows: Vec<T::ActiveModel>,
    stamp: &Stamp,
) -> Result<Vec<i64>, Error> {
    let mut references = Vec::with_capacity(rows.len());
    for row in &mut rows {
        references.push(reference_of::<T>(row));
        row.set(T::CREATED_AT, stamp.at.into());
        row.set(T::UPDATED_AT, stamp.at.into());
    }
    T::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    let ids: Vec<i64> = T::Entity::find()
        .select_only()
        .column(T::ID)
        .filter(T::REFERENCE.is_in(references))
        .order_by_asc(T::ID)
        .into_tuple()
        .all(transaction)
        .await?;
    let record = |id: &i64| stamp.record(Action::Created, T::SUBJECT, *id, &Changes::new());
    audit::add(transaction, ids.iter().map(record).collect()).await?;
    Ok(ids)
}

fn reference_of<T: Versioned>(row: &T::ActiveModel) -> Option<String> {
    match row.get(T::REFERENCE) {
        ActiveValue::Set(Value::String(reference)) => reference,
        _ => None,
    }
}

/// A change of one row that is still to be written.
pub(crate) struct Update<T: Versioned> {
    row: T::ActiveModel,
    changes: Changes,
    /// The row's number.
    id: i64,
    /// The version that the row has afterwards.
    pub(crate) version: i64,
}

impl<T: Versioned> Update<T> {
    /// The change that brings a row of a version from `before` to `row`; nothing when they are equal.
    pub(crate) fn of(
        id: i64,
        version: i64,
        before: &T::ActiveModel,
        mut row: T::ActiveModel,
    ) -> Option<Self> {
        let changes = audit::keep_changes(before, &mut row);
        (!changes.is_empty()).then(|| Self { row, changes, id, version: version + 1 })
    }

    /// The columns that change, with their new values.
    pub(crate) const fn row(&self) -> &T::ActiveModel {
        &self.row
    }

    /// Writes the change; gives its audit record, which is still to be written.
    pub(crate) async fn write(
        self,
        transaction: &DatabaseTransaction,
        action: Action,
        stamp: &Stamp,
    ) -> Result<audit_record::ActiveModel, Error> {
        let Self { mut row, changes, id, version } = self;
        row.set(T::ID, id.into());
        row.set(T::VERSION, version.into());
        row.set(T::UPDATED_AT, stamp.at.into());
        T::Entity::update(row).exec_without_returning(transaction).await?;
        Ok(stamp.record(action, T::SUBJECT, id, &changes))
    }
}

/// A reference that no row has yet, for a row that nobody gave one: `H-12`. Who writes has the turn.
pub(crate) async fn free_reference<T: Versioned>(transaction: &DatabaseTransaction) -> Result<String, Error> {
    let newest: Option<i64> = T::Entity::find()
        .select_only()
        .column(T::ID)
        .order_by_desc(T::ID)
        .limit(1)
        .into_tuple()
        .one(transaction)
        .await?;
    let mut number = newest.unwrap_or(0) + 1;
    loop {
        let reference = format!("H-{number}");
        let taken = T::Entity::find().filter(T::REFERENCE.eq(reference.as_str())).one(transaction).await?;
        if taken.is_none() {
            return Ok(reference);
        }
        number += 1;
    }
}
