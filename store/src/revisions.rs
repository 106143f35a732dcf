//! The number that says whether what the hub shows has changed.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue, DatabaseConnection, DatabaseTransaction, EntityTrait, QueryOrder};

use crate::entity::revision;
use crate::personal_data::{ColumnReason, Erasing, Export, TableDeclaration};
use crate::store::Store;
use crate::{Error, database};

/// What the table of revisions holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "revision",
    Export::Nothing("the history tells the same"),
    Erasing::Nothing(
        "the public site shows what changed, and a number names nobody once the account is gone",
    ),
)
.keeping(&[ColumnReason::new("reason", "the number names nobody once the account is gone")])];

impl Store {
    /// A number that grows with every write that the public site could show; 0 before the first.
    pub async fn revision(&self) -> Result<i64, Error> {
        newest(&self.reader).await
    }
}

/// The number of the newest revision; 0 when nothing was ever written.
pub(crate) async fn newest(connection: &DatabaseConnection) -> Result<i64, Error> {
    let newest = revision::Entity::find().order_by_desc(revision::Column::Id).one(connection).await?;
    Ok(newest.map_or(0, |revision| revision.id))
}

/// Adds a revision, as the last thing that a transaction does.
///
/// Revisions become visible in the order of their numbers, so that nobody who saw one misses an earlier one.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    database::take_turn(transaction).await?;
    let revision = revision::ActiveModel {
        at: ActiveValue::Set(now),
        reason: ActiveValue::Set(reason.to_owned()),
        ..Default::default()
    };
    revision::Entity::insert(revision).exec(transaction).await?;
    Ok(())
}
