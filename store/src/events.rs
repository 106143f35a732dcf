//! Events in the database.

pub(crate) mod data;

use std::collections::HashMap;

use domain::Language;
use domain::events::{Audience, Event, EventKind, StoredEvent};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, FromQueryResult, QueryOrder,
    QuerySelect,
};

use crate::Error;
use crate::audit::Subject;
use crate::entity::events::{ActiveModel, Column, Entity, Model};
use crate::entity::organisations;
use crate::import::{ImportTarget, Importable};
use crate::organisations::{id_of, ids_by_name};
use crate::store::Store;

impl Store {
    /// All events, by their beginning.
    pub async fn list_events(&self) -> Result<Vec<StoredEvent>, Error> {
        list(&self.reader).await
    }
}

/// An event with the name and the page of its host.
#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    event: Model,
    host_name: Option<String>,
    host_slug: Option<String>,
}

/// All events by their beginning.
pub(crate) async fn list(connection: &impl ConnectionTrait) -> Result<Vec<StoredEvent>, Error> {
    let rows = Entity::find()
        .left_join(organisations::Entity)
        .column_as(organisations::Column::Name, "host_name")
        .column_as(organisations::Column::Slug, "host_slug")
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .into_model::<Row>()
        .all(connection)
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<StoredEvent, Error> {
    let event = row.event;
    let unreadable = |column| Error::Unreadable(format!("{column} of event {}", event.id));
    let read = Event {
        kind: EventKind::from_code(&event.kind).ok_or_else(|| unreadable("kind"))?,
        audience: Audience::from_code(&event.audience).ok_or_else(|| unreadable("audience"))?,
        language: Language::from_code(&event.language).ok_or_else(|| unreadable("language"))?,
        host: row.host_name,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        capacity: event.capacity.map(|number| number as u32),
        reference: event.reference,
        title: event.title,
        place: event.place,
        text: event.text,
    };
    Ok(StoredEvent { id: event.id, host_slug: row.host_slug, event: read })
}

impl Importable for Event {}

impl ImportTarget for Event {
    type Entity = Entity;
    type ActiveModel = ActiveModel;
    /// The numbers of organisations by name.
    type Known = HashMap<String, i64>;

    const SUBJECT: Subject = Subject::Event;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;

    async fn known(transaction: &DatabaseTransaction) -> Result<Self::Known, Error> {
        ids_by_name(transaction).await
    }

    fn columns(&self, organisations: &Self::Known) -> Result<ActiveModel, Error> {
        let host_id = self.host.as_deref().map(|host| id_of(host, organisations)).transpose()?;
        Ok(ActiveModel {
            id: NotSet,
            reference: Set(self.reference.clone()),
            title: Set(self.title.clone()),
            kind: Set(self.kind.code().to_owned()),
            host_id: Set(host_id),
            place: Set(self.place.clone()),
            starts_at: Set(self.starts_at),
            ends_at: Set(self.ends_at),
            capacity: Set(self.capacity.map(|number| number as i32)),
            audience: Set(self.audience.code().to_owned()),
            language: Set(self.language.code().to_owned()),
            text: Set(self.text.clone()),
            created_at: NotSet,
            updated_at: NotSet,
        })
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        Ok(list(connection).await?.into_iter().map(|stored| (stored.id, stored.event)).collect())
    }
}
