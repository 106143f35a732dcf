//! Organisations as people write them: each by right, with the version that was read.

use domain::Moment;
use domain::organisations::{NewOrganisation, Organisation, OrganisationState, StoredOrganisation};
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::rows::{columns, free_slug, list, read, slugs};
use crate::access::{ContentEditor, Staff};
use crate::audit::{self, Action, Stamp};
use crate::entity::organisations::Entity;
use crate::store::Store;
use crate::versions::{Saved, Update, free_reference, insert};
use crate::{Error, database, revisions, vacancies};

impl Store {
    /// All organisations of any state, by name.
    pub async fn list_all_organisations(&self, _staff: &Staff) -> Result<Vec<StoredOrganisation>, Error> {
        list(&self.reader).await
    }

    /// The organisation with this number, of any state.
    pub async fn find_editable_organisation(
        &self,
        editor: &ContentEditor,
        id: i64,
    ) -> Result<Option<StoredOrganisation>, Error> {
        if !editor.may_edit(Some(id)) {
            return Ok(None);
        }
        Entity::find_by_id(id).one(&self.reader).await?.map(read).transpose()
    }

    /// Adds an organisation as a prospect; gives its number. Nobody outside sees it, so this makes no revision.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another has the name.
    pub async fn add_organisation(
        &self,
        staff: &Staff,
        new: NewOrganisation,
        moment: Moment,
    ) -> Result<i64, Error> {
        let stamp = ContentEditor::from(staff).stamp(moment.now);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                let reference = free_reference::<Organisation>(transaction).await?;
                let new =
                    Organisation { reference, state: OrganisationState::Prospect, ..new.into_organisation() };
                let mut row = columns(&new);
                row.slug = sea_orm::ActiveValue::Set(free_slug(&new, &mut slugs(transaction).await?));
                let ids = insert::<Organisation>(transaction, vec![row], &stamp).await?;
                ids.first().copied().ok_or(Error::NotFound)
            })
        });
        write.await
    }

    /// Changes what an organisation says of itself, from the version that was read. What only the programme office decides
    /// (its brand grade, and since when it is a member) stays when one of its own people does it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such organisation or it is not the editor's, [`Error::Conflict`] when another has
    /// the name.
    pub async fn change_organisation(
        &self,
        editor: &ContentEditor,
        id: i64,
        version: i64,
        new: NewOrganisation,
        moment: Moment,
    ) -> Result<Saved<StoredOrganisation>, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let old = load(transaction, &editor, id).await?;
                if old.version != version {
                    return Ok(Saved::Stale(Box::new(old)));
                }
                let new = allowed(&editor, &old.organisation, new.into_organisation());
                let version = write(transaction, &old, &new, &editor.stamp(moment.now), moment).await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }

    /// Brings an organisation to another state, from the version that was read. What it offers comes and goes with it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such organisation, [`Error::NotAllowed`] when [`OrganisationState::may_become`] says
    /// no.
    pub async fn change_organisation_state(
        &self,
        staff: &Staff,
        id: i64,
        version: i64,
        next: OrganisationState,
        moment: Moment,
    ) -> Result<Saved<StoredOrganisation>, Error> {
        let editor = ContentEditor::from(staff);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let old = load(transaction, &editor, id).await?;
                if old.version != version {
                    return Ok(Saved::Stale(Box::new(old)));
                }
                let state = old.organisation.state;
                if !state.may_become(next, editor.initiator()) {
                    return Err(Error::NotAllowed { from: state.code(), to: next.code() });
                }
                let new = Organisation { state: next, ..old.organisation.clone() };
                let version = write(transaction, &old, &new, &editor.stamp(moment.now), moment).await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }
}

async fn load(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    id: i64,
) -> Result<StoredOrganisation, Error> {
    database::take_turn(transaction).await?;
    let found = Entity::find_by_id(id).one(transaction).await?.filter(|row| editor.may_edit(Some(row.id)));
    read(found.ok_or(Error::NotFound)?)
}

/// The new contents, as far as the editor may decide them.
fn allowed(editor: &ContentEditor, old: &Organisation, new: Organisation) -> Organisation {
    let new = Organisation { reference: old.reference.clone(), state: old.state, ..new };
    if editor.is_office() {
        return new;
    }
    Organisation { brand_grade: old.brand_grade, member_since: old.member_since, ..new }
}

/// Writes an organisation; gives the version after it. A revision is made when visitors see it: before, or after.
async fn write(
    transaction: &DatabaseTransaction,
    old: &StoredOrganisation,
    new: &Organisation,
    stamp: &Stamp,
    moment: Moment,
) -> Result<i64, Error> {
    let update = Update::<Organisation>::of(old.id, old.version, &columns(&old.organisation), columns(new));
    let Some(update) = update else { return Ok(old.version) };
    let version = update.version;
    let record = update.write(transaction, Action::Changed, stamp).await?;
    audit::add(transaction, vec![record]).await?;
    if old.organisation.state != new.state {
        vacancies::follow(transaction, moment).await?;
    }
    if old.organisation.state.is_public() || new.state.is_public() {
        revisions::add(transaction, &stamp.actor.to_string(), stamp.at).await?;
    }
    Ok(version)
}
