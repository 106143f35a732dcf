//! What a vacancy says: found by right, and written.

use domain::Moment;
use domain::vacancies::{StoredVacancy, Vacancy, VacancyVisibility};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::follow::follow;
use super::rows::{EditableVacancy, columns, editable, with_organisation};
use crate::access::ContentEditor;
use crate::audit::{self, Action, Stamp};
use crate::entity::organisations;
use crate::entity::vacancies::Column;
use crate::versions::Update;
use crate::{Error, database, organisation_states, revisions};

/// The vacancy with that number, when the editor may write it.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    editor: &ContentEditor,
    id: i64,
) -> Result<Option<EditableVacancy>, Error> {
    let found = editable(with_organisation().filter(Column::Id.eq(id)), connection).await?.pop();
    Ok(found.filter(|found| editor.may_edit(Some(found.stored.vacancy.organisation_id))))
}

/// The vacancy with that number, for whoever is to change it: nobody else changes it meanwhile.
pub(super) async fn load(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    id: i64,
) -> Result<EditableVacancy, Error> {
    database::take_turn(transaction).await?;
    find(transaction, editor, id).await?.ok_or(Error::NotFound)
}

/// Writes new contents; gives the version after it.
pub(super) async fn write_contents(
    transaction: &DatabaseTransaction,
    old: &StoredVacancy,
    new: Vacancy,
    stamp: &Stamp,
    moment: Moment,
) -> Result<i64, Error> {
    let organisation = organisations::Entity::find_by_id(new.organisation_id).one(transaction).await?;
    let organisation = organisation.ok_or(Error::NotFound)?;
    let Vacancy { reference, state, published_on, .. } = old.vacancy.clone();
    let organisation_state = organisation_states::read(&organisation)?;
    let new =
        Vacancy { reference, state, ..new }.with_first_day(published_on, organisation_state, moment.today);
    let after =
        VacancyVisibility { closes_on: new.closes_on, organisation: organisation_state, ..old.visibility() };
    let update = Update::<Vacancy>::of(old.id, old.version, &columns(&old.vacancy), columns(&new));
    let Some(update) = update else { return Ok(old.version) };
    let version = update.version;
    let record = update.write(transaction, Action::Changed, stamp).await?;
    audit::add(transaction, vec![record]).await?;
    show(transaction, [old.visibility(), after], stamp, moment).await?;
    Ok(version)
}

/// Notes what follows from a change, and makes a revision when visitors see it: before, or after.
pub(super) async fn show(
    transaction: &DatabaseTransaction,
    visibilities: [VacancyVisibility; 2],
    stamp: &Stamp,
    moment: Moment,
) -> Result<(), Error> {
    let is_seen = visibilities.iter().any(|visibility| visibility.is_public(moment.today));
    if is_seen || visibilities.iter().any(|visibility| visibility.was_published) {
        follow(transaction, moment).await?;
    }
    if is_seen {
        revisions::add(transaction, &stamp.actor.to_string(), stamp.at).await?;
    }
    Ok(())
}
