//! Pages and streams of sorted lists by key: order by a column and the row's number, and go on from the last row.
//!
//! Rows without a value count as larger than all others, on both databases. No page costs more the further back it lies, and
//! rows that are added or removed meanwhile neither repeat nor hide others.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::list::{Cursor, Direction, Position};
use domain::text::fold;
use futures::{Stream, TryStreamExt, stream};
use sea_orm::sea_query::{ColumnType, LikeExpr, NullOrdering};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, Select, Value,
};

use crate::Error;

/// The order of a list of `E`: by a column, then by the row's number.
#[derive(Clone, Copy)]
pub(crate) struct Keyset<E: EntityTrait> {
    pub(crate) column: E::Column,
    pub(crate) id: E::Column,
    pub(crate) direction: Direction,
    /// Whether some of the rows have no value in the column. An index serves an order without them at less cost.
    pub(crate) has_gaps: bool,
}

/// Rows of a list, and where to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// The page before it.
    pub previous: Option<Cursor>,
    /// The page after it.
    pub next: Option<Cursor>,
}

impl<T> ListPage<T> {
    /// A page without rows.
    pub const fn empty() -> Self {
        Self { rows: Vec::new(), previous: None, next: None }
    }

    /// The same page with each row made into another; fails with the first that can't be.
    pub(crate) fn try_map<U>(self, make: impl FnMut(T) -> Result<U, Error>) -> Result<ListPage<U>, Error> {
        let rows: Result<Vec<U>, Error> = self.rows.into_iter().map(make).collect();
        Ok(ListPage { rows: rows?, previous: self.previous, next: self.next })
    }
}

impl<E> Keyset<E>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    /// The page of `rows` at a cursor, or the first one; a cursor that does not fit the column leads to the first page too.
    pub(crate) async fn page(
        self,
        connection: &impl ConnectionTrait,
        rows: Select<E>,
        cursor: Option<&Cursor>,
        size: u16,
    ) -> Result<ListPage<E::Model>, Error> {
        let start = cursor.and_then(|cursor| Some((cursor, self.bound(cursor)?)));
        let position = start.as_ref().map_or(Position::After, |(cursor, _)| cursor.position);
        let direction = match position {
            Position::After => self.direction,
            Position::Before => self.direction.reversed(),
        };
        let from = start.as_ref().map(|(cursor, bound)| self.beyond(direction, bound, cursor.id));
        let some = self.numbers(rows, from, direction).limit(u64::from(size) + 1);
        let mut ids: Vec<i64> = some.into_tuple().all(connection).await?;
        let is_more = ids.len() > usize::from(size);
        ids.truncate(usize::from(size));
        let mut found = self.rows(connection, ids).await?;
        let came_from = start.is_some();
        if position == Position::Before {
            found.reverse();
        }
        let (has_previous, has_next) = match position {
            Position::After => (came_from, is_more),
            Position::Before => (is_more, came_from),
        };
        let beside = |row: Option<&E::Model>, position| match row {
            Some(row) => self.cursor(row, position),
            None => cursor.map(|cursor| Cursor { position, ..cursor.clone() }),
        };
        Ok(ListPage {
            previous: has_previous.then(|| beside(found.first(), Position::Before)).flatten(),
            next: has_next.then(|| beside(found.last(), Position::After)).flatten(),
            rows: found,
        })
    }

    /// All rows of `rows`, `chunk` at a time: what an export writes. Between two chunks nothing is held open, so that a slow
    /// reader keeps nobody waiting.
    pub(crate) fn stream<C: ConnectionTrait>(
        self,
        connection: C,
        rows: Select<E>,
        chunk: u16,
    ) -> impl Stream<Item = Result<E::Model, Error>> {
        let start = Some((connection, rows, None::<Cursor>));
        let chunks = stream::try_unfold(start, move |state| async move {
            let Some((connection, rows, from)) = state else { return Ok::<_, Error>(None) };
            let page = self.page(&connection, rows.clone(), from.as_ref(), chunk).await?;
            let state = page.next.map(|next| (connection, rows, Some(next)));
            Ok(Some((stream::iter(page.rows.into_iter().map(Ok)), state)))
        });
        chunks.try_flatten()
    }

    /// The numbers of `rows` in a direction: without the rest of the rows, which a database would carry along while it sorts.
    pub(crate) fn numbers(self, rows: Select<E>, from: Option<Condition>, direction: Direction) -> Select<E> {
        let sorted = self.sorted(rows, direction).select_only().column(self.id);
        if let Some(from) = from { sorted.filter(from) } else { sorted }
    }

    /// The rows with these numbers, in their order.
    async fn rows(self, connection: &impl ConnectionTrait, ids: Vec<i64>) -> Result<Vec<E::Model>, Error> {
        let place: HashMap<i64, usize> = ids.iter().copied().zip(0..).collect();
        let mut rows = E::find().filter(self.id.is_in(ids)).all(connection).await?;
        rows.sort_by_key(|row| self.number(row).and_then(|id| place.get(&id)));
        Ok(rows)
    }

    fn number(self, row: &E::Model) -> Option<i64> {
        let Value::BigInt(id) = row.get(self.id) else { return None };
        id
    }

    fn sorted(self, rows: Select<E>, direction: Direction) -> Select<E> {
        let (order, nulls) = match direction {
            Direction::Ascending => (Order::Asc, NullOrdering::Last),
            Direction::Descending => (Order::Desc, NullOrdering::First),
        };
        let rows = if self.has_gaps {
            rows.order_by_with_nulls(self.column, order.clone(), nulls)
        } else {
            rows.order_by(self.column, order.clone())
        };
        rows.order_by(self.id, order)
    }

    /// The rows that follow one, in a direction.
    fn beyond(self, direction: Direction, bound: &Bound, id: i64) -> Condition {
        let (column, is_up) = (self.column, direction == Direction::Ascending);
        let by_id = if is_up { self.id.gt(id) } else { self.id.lt(id) };
        let Bound::Value(value) = bound else {
            let same = Condition::all().add(column.is_null()).add(by_id);
            return Condition::any().add(same).add_option((!is_up).then(|| column.is_not_null()));
        };
        let (from, past) = if is_up {
            (column.gte(value.clone()), column.gt(value.clone()))
        } else {
            (column.lte(value.clone()), column.lt(value.clone()))
        };
        // The first part is a range of an index; the second cuts off its beginning.
        let range = Condition::all().add(from).add(Condition::any().add(past).add(by_id));
        let nulls = (is_up && self.has_gaps).then(|| column.is_null());
        Condition::any().add(range).add_option(nulls)
    }

    fn cursor(self, row: &E::Model, position: Position) -> Option<Cursor> {
        Some(Cursor { position, id: self.number(row)?, value: text_of(row.get(self.column)).ok()? })
    }

    fn bound(self, cursor: &Cursor) -> Option<Bound> {
        match &cursor.value {
            None => self.has_gaps.then_some(Bound::Null),
            Some(text) => value_of(self.column.def().get_column_type(), text).map(Bound::Value),
        }
    }
}

/// A pattern for folded texts that hold this one.
pub(crate) fn holding(text: &str) -> LikeExpr {
    let escaped = fold(text).replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

enum Bound {
    Null,
    Value(Value),
}

/// A value as a cursor carries it; the value itself when it is of a type by which no list is sorted.
fn text_of(value: Value) -> Result<Option<String>, Value> {
    let text = match value {
        Value::String(text) => text,
        Value::Bool(flag) => flag.map(|flag| flag.to_string()),
        Value::Int(number) => number.map(|number| number.to_string()),
        Value::BigInt(number) => number.map(|number| number.to_string()),
        Value::ChronoDate(day) => day.map(|day| day.to_string()),
        Value::ChronoDateTimeUtc(at) => at.map(|at| at.to_rfc3339()),
        other => return Err(other),
    };
    Ok(text)
}

fn value_of(column: &ColumnType, text: &str) -> Option<Value> {
    match column {
        ColumnType::String(_) | ColumnType::Text => Some(text.into()),
        ColumnType::Boolean => text.parse::<bool>().ok().map(Value::from),
        ColumnType::Integer => text.parse::<i32>().ok().map(Value::from),
        ColumnType::BigInteger => text.parse::<i64>().ok().map(Value::from),
        ColumnType::Date => text.parse::<chrono::NaiveDate>().ok().map(Value::from),
        ColumnType::TimestampWithTimeZone => text.parse::<DateTime<Utc>>().ok().map(Value::from),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;

    use chrono::NaiveDate;
    use sea_orm::ActiveValue::Set;
    use sea_orm::{Database, DatabaseConnection};
    use sea_orm_migration::MigratorTrait;

    use super::*;
    use crate::database;
    use crate::entity::application_figures::{ActiveModel, Column, Entity};
    use crate::migration::Migrations;

    /// Runs a test on SQLite, and on PostgreSQL when this machine has it.
    async fn on_each_database<F: Future<Output = ()>>(name: &str, test: impl Fn(DatabaseConnection) -> F) {
        test(Database::connect(database::in_memory()).await.unwrap()).await;
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else { return };
        let (address, _) = server.rsplit_once('/').unwrap();
        let name = format!("keyset_{name}_{}", std::process::id());
        let admin = Database::connect(&server).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let connection = Database::connect(format!("{address}/{name}")).await.unwrap();
        test(connection).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    }

    async fn fill(connection: &DatabaseConnection) {
        Migrations::up(connection, None).await.unwrap();
        let at: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2027, 2, day);
        for (id, placed_from) in [(1, None), (2, day(2)), (3, day(1)), (4, None), (5, day(2))] {
            let row = ActiveModel {
                id: Set(id),
                application_id: Set(None),
                vacancy_id: Set(1),
                organisation_id: Set(1),
                submitted_at: Set(at),
                answered_at: Set(None),
                state: Set("placed".to_owned()),
                placed_from: Set(placed_from),
            };
            Entity::insert(row).exec_without_returning(connection).await.unwrap();
        }
    }

    #[tokio::test]
    async fn rows_without_a_value_are_the_largest_there_and_back() {
        on_each_database("order", |connection| async move {
            fill(&connection).await;
            let orders = [(Direction::Ascending, [3, 2, 5, 1, 4]), (Direction::Descending, [4, 1, 5, 2, 3])];
            for (direction, order) in orders {
                for size in [1, 2, 4, 5] {
                    walk(&connection, direction, size, &order).await;
                }
            }
        })
        .await;
    }

    async fn walk(connection: &DatabaseConnection, direction: Direction, size: u16, order: &[i64]) {
        let keyset =
            Keyset::<Entity> { column: Column::PlacedFrom, id: Column::Id, direction, has_gaps: true };
        let mut pages = vec![keyset.page(connection, Entity::find(), None, size).await.unwrap()];
        while let Some(next) = pages.last().unwrap().next.clone() {
            pages.push(keyset.page(connection, Entity::find(), Some(&next), size).await.unwrap());
        }
        let ids: Vec<i64> = pages.iter().flat_map(|page| page.rows.iter().map(|row| row.id)).collect();
        assert_eq!(ids, order, "{direction:?} by {size}");
        while let (Some(page), Some(before)) = (pages.pop(), pages.last()) {
            let back = keyset.page(connection, Entity::find(), page.previous.as_ref(), size).await.unwrap();
            assert_eq!(back.rows, before.rows, "{direction:?} by {size}, back");
        }
        let streamed: Vec<_> = keyset
            .stream(connection.clone(), Entity::find(), size)
            .map_ok(|row| row.id)
            .try_collect()
            .await
            .unwrap();
        assert_eq!(streamed, order, "{direction:?} in chunks of {size}");
    }

    #[tokio::test]
    async fn a_cursor_that_does_not_fit_the_column_leads_to_the_first_page() {
        on_each_database("cursor", |connection| async move {
            fill(&connection).await;
            let direction = Direction::Ascending;
            let keyset =
                Keyset::<Entity> { column: Column::PlacedFrom, id: Column::Id, direction, has_gaps: true };
            let cursor = Cursor::parse(Position::After, "3~tomorrow").unwrap();
            let page = keyset.page(&connection, Entity::find(), Some(&cursor), 5).await.unwrap();
            assert_eq!((page.rows.len(), page.previous, page.next), (5, None, None));
        })
        .await;
    }
}
