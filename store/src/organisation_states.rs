//! States of organisations, which decide what visitors may see of all that an organisation has.

use std::collections::HashMap;

use domain::organisations::OrganisationState;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use crate::Error;
use crate::entity::organisations::{Column, Entity, Model};

/// The state of each organisation, by number.
pub(crate) async fn all(connection: &impl ConnectionTrait) -> Result<HashMap<i64, OrganisationState>, Error> {
    let rows = Entity::find().select_only().columns([Column::Id, Column::State]);
    let rows: Vec<(i64, String)> = rows.into_tuple().all(connection).await?;
    rows.into_iter().map(|(id, state)| Ok((id, parse(id, &state)?))).collect()
}

/// The state of an organisation.
pub(crate) fn read(row: &Model) -> Result<OrganisationState, Error> {
    parse(row.id, &row.state)
}

fn parse(id: i64, code: &str) -> Result<OrganisationState, Error> {
    let state = OrganisationState::from_code(code);
    state.ok_or_else(|| Error::Unreadable(format!("state of organisation {id}")))
}
