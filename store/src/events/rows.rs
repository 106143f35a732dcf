//! Rows of events: read, and written as columns.

use chrono::NaiveDate;
use domain::Language;
use domain::events::{Audience, Event, EventKind, EventState, StoredEvent};
use domain::organisations::OrganisationState;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::Error;
use crate::audit::Subject;
use crate::entity::events::{ActiveModel, Column, Entity, Model};
use crate::entity::organisations;
use crate::import::{ImportTarget, Importable};
use crate::store::Store;
use crate::versions::Versioned;

impl Store {
    /// The events that visitors may see, by their beginning. A host that they may not see is not named.
    pub async fn list_events(&self) -> Result<Vec<StoredEvent>, Error> {
        let rows = rows(with_host(), &self.reader).await?;
        let mut events = rows.into_iter().map(read_public).collect::<Result<Vec<_>, _>>()?;
        events.retain(|stored| stored.event.is_public());
        Ok(events)
    }
}

/// An event with the name and the page of its host.
#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    event: Model,
    host_name: Option<String>,
    host_slug: Option<String>,
    host_state: Option<String>,
}

fn with_host() -> Select<Entity> {
    Entity::find()
        .left_join(organisations::Entity)
        .column_as(organisations::Column::Name, "host_name")
        .column_as(organisations::Column::Slug, "host_slug")
        .column_as(organisations::Column::State, "host_state")
}

async fn rows(query: Select<Entity>, connection: &impl ConnectionTrait) -> Result<Vec<Row>, Error> {
    let in_order = query.order_by_asc(Column::StartsAt).order_by_asc(Column::Id);
    Ok(in_order.into_model::<Row>().all(connection).await?)
}

/// The event with that number, of any state.
pub(super) async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<StoredEvent>, Error> {
    rows(with_host().filter(Column::Id.eq(id)), connection).await?.pop().map(read).transpose()
}

/// An event without a host that visitors may not see, and without the way to one that they can see no longer.
fn read_public(row: Row) -> Result<StoredEvent, Error> {
    let state = row.host_state.as_deref().and_then(OrganisationState::from_code);
    let mut stored = read(row)?;
    if !state.is_some_and(OrganisationState::is_public) {
        stored.host_slug = None;
    }
    if !state.is_some_and(OrganisationState::was_public) {
        (stored.event.host_id, stored.event.host) = (None, None);
    }
    Ok(stored)
}

fn read(row: Row) -> Result<StoredEvent, Error> {
    let event = row.event;
    let unreadable = |column| Error::Unreadable(format!("{column} of event {}", event.id));
    let read = Event {
        kind: EventKind::from_code(&event.kind).ok_or_else(|| unreadable("kind"))?,
        audience: Audience::from_code(&event.audience).ok_or_else(|| unreadable("audience"))?,
        language: Language::from_code(&event.language).ok_or_else(|| unreadable("language"))?,
        state: EventState::from_code(&event.state).ok_or_else(|| unreadable("state"))?,
        host_id: event.host_id,
        host: row.host_name,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        capacity: event.capacity.map(|number| number as u32),
        reference: event.reference,
        title: event.title,
        place: event.place,
        text: event.text,
    };
    Ok(StoredEvent { id: event.id, host_slug: row.host_slug, version: event.version, event: read })
}

/// The columns that a draft can change, with reference and state.
pub(super) fn columns(event: &Event) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        reference: Set(event.reference.clone()),
        title: Set(event.title.clone()),
        kind: Set(event.kind.code().to_owned()),
        host_id: Set(event.host_id),
        place: Set(event.place.clone()),
        starts_at: Set(event.starts_at),
        ends_at: Set(event.ends_at),
        capacity: Set(event.capacity.map(|number| number as i32)),
        audience: Set(event.audience.code().to_owned()),
        language: Set(event.language.code().to_owned()),
        text: Set(event.text.clone()),
        state: Set(event.state.code().to_owned()),
        version: NotSet,
        created_at: NotSet,
        updated_at: NotSet,
    }
}

impl Versioned for Event {
    type Entity = Entity;
    type ActiveModel = ActiveModel;

    const SUBJECT: Subject = Subject::Event;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const VERSION: Column = Column::Version;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;
}

impl Importable for Event {}

impl ImportTarget for Event {
    type Known = ();

    async fn known(_: &DatabaseTransaction) -> Result<Self::Known, Error> {
        Ok(())
    }

    fn columns(&self, (): &Self::Known) -> Result<ActiveModel, Error> {
        Ok(columns(self))
    }

    fn is_visible(&self, (): &Self::Known, _: NaiveDate) -> bool {
        self.is_public()
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        let rows = rows(with_host(), connection).await?;
        rows.into_iter().map(|row| read(row).map(|stored| (stored.id, stored.event))).collect()
    }
}
