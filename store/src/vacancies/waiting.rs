//! Changes of vacancies that wait for the programme office, while what it approved stays.

use chrono::{DateTime, Utc};
use domain::Moment;
use domain::vacancies::{NewVacancy, VacancyDraft};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::contents::{find, load, write_contents};
use super::rows::EditableVacancy;
use crate::Error;
use crate::access::{ContentEditor, Staff};
use crate::audit::{self, Action, Changes, Subject};
use crate::entity::vacancy_changes::{ActiveModel, Column, Entity, Model};
use crate::store::Store;
use crate::versions::Saved;

/// A change of a vacancy that waits for the programme office.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingChange {
    /// The number of the vacancy.
    pub vacancy_id: i64,
    /// What is to be.
    pub draft: VacancyDraft,
    /// What the programme office asked to change; nothing while the change waits for it.
    pub return_reason: Option<String>,
    /// The number of the last change of this, which a save names.
    pub version: i64,
    /// The moment of the last change.
    pub changed_at: DateTime<Utc>,
}

impl Store {
    /// The change of a vacancy that waits or was returned.
    pub async fn find_waiting_change(
        &self,
        editor: &ContentEditor,
        vacancy_id: i64,
    ) -> Result<Option<WaitingChange>, Error> {
        if find(&self.reader, editor, vacancy_id).await?.is_none() {
            return Ok(None);
        }
        find_row(&self.reader, vacancy_id).await?.map(read).transpose()
    }

    /// The changes that wait for the programme office, the longest first; at most `limit`.
    pub async fn list_waiting_changes(
        &self,
        _staff: &Staff,
        limit: u64,
    ) -> Result<Vec<WaitingChange>, Error> {
        let waiting = Entity::find()
            .filter(Column::ReturnReason.is_null())
            .order_by_asc(Column::ChangedAt)
            .order_by_asc(Column::Id)
            .limit(limit);
        waiting.all(&self.reader).await?.into_iter().map(read).collect()
    }

    /// Accepts a change, from the version of it that was read: the vacancy says from now on what was checked last.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none waits.
    pub async fn accept_waiting_change(
        &self,
        staff: &Staff,
        vacancy_id: i64,
        version: i64,
        new: NewVacancy,
        moment: Moment,
    ) -> Result<Saved<WaitingChange>, Error> {
        let editor = ContentEditor::from(staff);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let (found, change) = load_change(transaction, &editor, vacancy_id).await?;
                if change.version != version {
                    return Ok(Saved::Stale(Box::new(change)));
                }
                let (stamp, new) = (editor.stamp(moment.now), new.into_vacancy());
                let version = write_contents(transaction, &found.stored, new, &stamp, moment).await?;
                remove(transaction, vacancy_id).await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }

    /// Returns a change to whoever wrote it, from the version of it that was read, with what to change.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none waits.
    pub async fn return_waiting_change(
        &self,
        staff: &Staff,
        vacancy_id: i64,
        version: i64,
        reason: String,
        moment: Moment,
    ) -> Result<Saved<WaitingChange>, Error> {
        let editor = ContentEditor::from(staff);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let (_, change) = load_change(transaction, &editor, vacancy_id).await?;
                if change.version != version {
                    return Ok(Saved::Stale(Box::new(change)));
                }
                note(
                    transaction,
                    &editor,
                    Action::ChangeReturned,
                    vacancy_id,
                    Some(reason.clone()),
                    moment.now,
                )
                .await?;
                let version = version + 1;
                let returned = ActiveModel {
                    return_reason: Set(Some(reason)),
                    version: Set(version),
                    changed_at: Set(moment.now),
                    ..Default::default()
                };
                Entity::update_many()
                    .set(returned)
                    .filter(Column::VacancyId.eq(vacancy_id))
                    .exec(transaction)
                    .await?;
                Ok(Saved::Written { version })
            })
        });
        write.await
    }

    /// Gives up a change that waits or was returned; the vacancy stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such vacancy, or it is not the editor's.
    pub async fn remove_waiting_change(&self, editor: &ContentEditor, vacancy_id: i64) -> Result<(), Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                load(transaction, &editor, vacancy_id).await?;
                remove(transaction, vacancy_id).await
            })
        });
        write.await
    }
}

/// Keeps a change until the programme office decides; a later one takes the place of an earlier. Gives its version.
pub(super) async fn put(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    vacancy_id: i64,
    draft: &VacancyDraft,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let unreadable = |_| Error::Unreadable(format!("change of vacancy {vacancy_id}"));
    let version = find_row(transaction, vacancy_id).await?.map_or(1, |earlier| earlier.version + 1);
    remove(transaction, vacancy_id).await?;
    let row = ActiveModel {
        vacancy_id: Set(vacancy_id),
        draft: Set(serde_json::to_string(draft).map_err(unreadable)?),
        account_id: Set(Some(editor.account_id)),
        return_reason: Set(None),
        version: Set(version),
        changed_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(transaction).await?;
    note(transaction, editor, Action::ChangeSubmitted, vacancy_id, None, now).await?;
    Ok(version)
}

async fn load_change(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    vacancy_id: i64,
) -> Result<(EditableVacancy, WaitingChange), Error> {
    let found = load(transaction, editor, vacancy_id).await?;
    let change = find_row(transaction, vacancy_id).await?.ok_or(Error::NotFound)?;
    Ok((found, read(change)?))
}

async fn find_row(connection: &impl ConnectionTrait, vacancy_id: i64) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::VacancyId.eq(vacancy_id)).one(connection).await?)
}

async fn remove(transaction: &DatabaseTransaction, vacancy_id: i64) -> Result<(), Error> {
    Entity::delete_many().filter(Column::VacancyId.eq(vacancy_id)).exec(transaction).await?;
    Ok(())
}

async fn note(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    action: Action,
    vacancy_id: i64,
    reason: Option<String>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut record = editor.stamp(now).record(action, Subject::Vacancy, vacancy_id, &Changes::new());
    record.reason = Set(reason);
    audit::add(transaction, vec![record]).await
}

fn read(row: Model) -> Result<WaitingChange, Error> {
    let unreadable = |_| Error::Unreadable(format!("change of vacancy {}", row.vacancy_id));
    Ok(WaitingChange {
        vacancy_id: row.vacancy_id,
        draft: serde_json::from_str(&row.draft).map_err(unreadable)?,
        return_reason: row.return_reason,
        version: row.version,
        changed_at: row.changed_at,
    })
}
