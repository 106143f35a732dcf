//! Events as people write them: each by right, with the version that was read.

use domain::Moment;
use domain::events::{Event, EventState, NewEvent, StoredEvent};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::rows::{columns, find};
use crate::access::ContentEditor;
use crate::audit::{self, Action, Stamp};
use crate::store::Store;
use crate::versions::{Saved, Update, free_reference, insert};
use crate::{Error, database, revisions};

impl Store {
    /// The event with this number, of any state.
    pub async fn find_editable_event(
        &self,
        editor: &ContentEditor,
        id: i64,
    ) -> Result<Option<StoredEvent>, Error> {
        find_own(&self.reader, editor, id).await
    }

    /// Adds an event as a draft; gives its number. Nobody outside sees it, so this makes no revision.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the host is not the editor's.
    pub async fn add_event(
        &self,
        editor: &ContentEditor,
        new: NewEvent,
        moment: Moment,
    ) -> Result<i64, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let new = new.into_event();
                if !editor.may_edit(new.host_id) {
                    return Err(Error::NotFound);
                }
                database::take_turn(transaction).await?;
                let reference = free_reference::<Event>(transaction).await?;
                let row = columns(&Event { reference, state: EventState::Draft, ..new });
                let ids = insert::<Event>(transaction, vec![row], &editor.stamp(moment.now)).await?;
                ids.first().copied().ok_or(Error::NotFound)
            })
        });
        write.await
    }

    /// Changes what an event says, from the version that was read.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such event or it is not the editor's, [`Error::NotAllowed`] when it was approved, and
    /// a member wants to change it.
    pub async fn change_event(
        &self,
        editor: &ContentEditor,
        id: i64,
        version: i64,
        new: NewEvent,
        moment: Moment,
    ) -> Result<Saved<StoredEvent>, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let (old, new) = (load(transaction, &editor, id).await?, new.into_event());
                if !editor.may_edit(new.host_id) {
                    return Err(Error::NotFound);
                }
                if old.version != version {
                    return Ok(Saved::Stale(Box::new(old)));
                }
                let state = old.event.state;
                if !editor.is_office() && !state.is_open_to_members() {
                    return Err(Error::NotAllowed { from: state.code(), to: state.code() });
                }
                let new = Event { reference: old.event.reference.clone(), state, ..new };
                let version = write(transaction, &old, &new, &editor.stamp(moment.now)).await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }

    /// Brings an event to another state, from the version that was read.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such event or it is not the editor's, [`Error::NotAllowed`] when
    /// [`EventState::may_become`] says no.
    pub async fn change_event_state(
        &self,
        editor: &ContentEditor,
        id: i64,
        version: i64,
        next: EventState,
        moment: Moment,
    ) -> Result<Saved<StoredEvent>, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let old = load(transaction, &editor, id).await?;
                if old.version != version {
                    return Ok(Saved::Stale(Box::new(old)));
                }
                let state = old.event.state;
                if !state.may_become(next, editor.initiator()) {
                    return Err(Error::NotAllowed { from: state.code(), to: next.code() });
                }
                let new = Event { state: next, ..old.event.clone() };
                let version = write(transaction, &old, &new, &editor.stamp(moment.now)).await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }
}

async fn find_own(
    connection: &impl ConnectionTrait,
    editor: &ContentEditor,
    id: i64,
) -> Result<Option<StoredEvent>, Error> {
    let found = find(connection, id).await?;
    Ok(found.filter(|stored| editor.may_edit(stored.event.host_id)))
}

async fn load(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    id: i64,
) -> Result<StoredEvent, Error> {
    database::take_turn(transaction).await?;
    find_own(transaction, editor, id).await?.ok_or(Error::NotFound)
}

/// Writes an event; gives the version after it. A revision is made when visitors see it: before, or after.
async fn write(
    transaction: &DatabaseTransaction,
    old: &StoredEvent,
    new: &Event,
    stamp: &Stamp,
) -> Result<i64, Error> {
    let update = Update::<Event>::of(old.id, old.version, &columns(&old.event), columns(new));
    let Some(update) = update else { return Ok(old.version) };
    let version = update.version;
    let record = update.write(transaction, Action::Changed, stamp).await?;
    audit::add(transaction, vec![record]).await?;
    if old.event.is_public() || new.is_public() {
        revisions::add(transaction, &stamp.actor.to_string(), stamp.at).await?;
    }
    Ok(version)
}
