//! The feed of changes: which rows that the public site shows were written, in the order of their commits.

use sea_orm::ActiveValue::Set;
use sea_orm::ColumnTrait;
use sea_orm::{DatabaseConnection, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::changes::{ActiveModel, Column, Entity, Model};
use crate::personal_data::TableDeclaration;
use crate::subject::Subject;
use crate::{Error, Store};

/// The feed holds nothing of persons: the public site shows what it points to.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::without_persons("changes")];

/// The rows that were written since a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenRows {
    /// The number of the newest change; 0 before the first.
    pub last: i64,
    /// The rows that were written, each once.
    pub rows: Vec<(Subject, i64)>,
}

impl Store {
    /// The number of the newest change of what the public site shows; 0 before the first.
    pub async fn last_change(&self) -> Result<i64, Error> {
        newest(&self.reader).await
    }

    /// The rows that the public site shows and that were written after a change.
    ///
    /// Changes have their numbers in the order of their commits, because writers of what the public site shows take turns.
    pub async fn rows_written_after(&self, change: i64) -> Result<WrittenRows, Error> {
        let changes =
            Entity::find().filter(Column::Id.gt(change)).order_by_asc(Column::Id).all(&self.reader).await?;
        let last = changes.last().map_or(change, |newest| newest.id);
        let mut rows = changes.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        rows.sort_unstable_by_key(|(subject, id)| (subject.code(), *id));
        rows.dedup();
        Ok(WrittenRows { last, rows })
    }
}

async fn newest(connection: &DatabaseConnection) -> Result<i64, Error> {
    let newest: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::Id)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

fn read(change: Model) -> Result<(Subject, i64), Error> {
    let subject = Subject::PUBLIC.into_iter().find(|subject| subject.code() == change.noun);
    let subject = subject.ok_or_else(|| Error::Unreadable(format!("noun of change {}", change.id)))?;
    Ok((subject, change.row_id))
}

/// Adds rows to the feed; none is fine.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    rows: impl IntoIterator<Item = (String, i64)>,
) -> Result<(), Error> {
    let rows = rows.into_iter().map(|(noun, row_id)| ActiveModel {
        noun: Set(noun),
        row_id: Set(row_id),
        ..Default::default()
    });
    Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}
