//! Views of lists that somebody keeps under a name: whose they are alone.

use chrono::{DateTime, Utc};
use domain::list::{ListSpec, MOST_VIEWS, SavedView};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};
use serde::Serialize;

use crate::access::Talent;
use crate::database;
use crate::entity::saved_views::{ActiveModel, Column, Entity};
use crate::error::Error;
use crate::personal_data::{Erasing, Export, TableDeclaration, gathered};
use crate::store::Store;

/// What the table of views holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "saved_views",
    Export::Part("saved_views", |connection, person| gathered(saved_views(connection, person.account_id))),
    Erasing::With("accounts"),
)];

/// A view of a list that the person keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct SavedViewData {
    /// The list, as a word of the hub.
    pub list: String,
    /// The name.
    pub name: String,
    /// The part of an address after the `?`.
    pub query: String,
    /// Since when.
    pub saved_at: DateTime<Utc>,
}

impl Store {
    /// Keeps a view of a list; one with the same name is replaced. Says no when there are too many already.
    pub async fn save_view(
        &self,
        who: &Talent,
        list: &'static ListSpec,
        view: SavedView,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let account_id = who.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                // Of two that are saved at once, one is the last that may be.
                database::take_turn(transaction).await?;
                let others = of_list(account_id, list).filter(Column::Name.ne(view.name()));
                if others.count(transaction).await? >= MOST_VIEWS {
                    return Ok(false);
                }
                let row = ActiveModel {
                    account_id: Set(account_id),
                    list: Set(list.name.to_owned()),
                    name: Set(view.name().to_owned()),
                    query: Set(view.query_string().to_owned()),
                    saved_at: Set(now),
                    ..Default::default()
                };
                let again = OnConflict::columns([Column::AccountId, Column::List, Column::Name])
                    .update_columns([Column::Query, Column::SavedAt])
                    .to_owned();
                Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// The views of a list that somebody keeps, by name.
    pub async fn list_views(&self, who: &Talent, list: &'static ListSpec) -> Result<Vec<SavedView>, Error> {
        let rows = of_list(who.account_id, list).order_by_asc(Column::Name).all(&self.reader).await?;
        Ok(rows.into_iter().map(|row| SavedView::stored(row.name, row.query)).collect())
    }

    /// Keeps a view no longer; one that is not kept is none to complain of.
    pub async fn remove_view(
        &self,
        who: &Talent,
        list: &'static ListSpec,
        name: String,
    ) -> Result<(), Error> {
        let account_id = who.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                Entity::delete_many()
                    .filter(Column::AccountId.eq(account_id))
                    .filter(Column::List.eq(list.name))
                    .filter(Column::Name.eq(name))
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }
}

/// Every view that a person keeps, for that person.
async fn saved_views(
    connection: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Vec<SavedViewData>, Error> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| SavedViewData {
        list: row.list,
        name: row.name,
        query: row.query,
        saved_at: row.saved_at,
    });
    Ok(data.collect())
}

fn of_list(account_id: i64, list: &'static ListSpec) -> Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(account_id)).filter(Column::List.eq(list.name))
}
