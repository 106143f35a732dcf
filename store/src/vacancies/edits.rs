//! Vacancies as people write them: each by right, with the version that was read, through the table of transitions.

use domain::Moment;
use domain::initiator::Initiator;
use domain::vacancies::{NewVacancy, Vacancy, VacancyDraft, VacancyState, VacancyStep, VacancyVisibility};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::contents::{find, load, show, write_contents};
use super::rows::{EditableVacancy, columns, editable, with_organisation};
use super::waiting;
use crate::access::ContentEditor;
use crate::actor::Actor;
use crate::audit::{self, Action, Stamp};
use crate::entity::vacancies::{Column, Entity};
use crate::store::Store;
use crate::versions::{Saved, Update, free_reference, insert};
use crate::{Error, database};

impl Store {
    /// The vacancy with this number, of any state.
    pub async fn find_editable_vacancy(
        &self,
        editor: &ContentEditor,
        id: i64,
    ) -> Result<Option<EditableVacancy>, Error> {
        find(&self.reader, editor, id).await
    }

    /// The next vacancies of any state after a number, by number; at most `limit`. Begin with 0.
    pub async fn list_editable_vacancies(
        &self,
        editor: &ContentEditor,
        after_id: i64,
        limit: u64,
    ) -> Result<Vec<EditableVacancy>, Error> {
        let mut query = with_organisation().filter(Column::Id.gt(after_id)).limit(limit);
        if let Some(organisation_id) = editor.organisation_id {
            query = query.filter(Column::OrganisationId.eq(organisation_id));
        }
        editable(query, &self.reader).await
    }

    /// Adds a vacancy as a draft; gives its number. Nobody outside sees it, so this makes no revision.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the organisation is not the editor's, [`Error::Conflict`] when there is none.
    pub async fn add_vacancy(
        &self,
        editor: &ContentEditor,
        new: NewVacancy,
        moment: Moment,
    ) -> Result<i64, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { add(transaction, &editor, new.into_vacancy(), moment).await })
        });
        write.await
    }

    /// Changes what a vacancy says, from the version that was read. What the programme office approved stays while a member's
    /// change of it waits ([`VacancyVisibility::change_waits`]).
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such vacancy, or it is not the editor's.
    pub async fn change_vacancy(
        &self,
        editor: &ContentEditor,
        id: i64,
        version: i64,
        new: NewVacancy,
        moment: Moment,
    ) -> Result<Saved<EditableVacancy>, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(
                async move { change(transaction, &editor, (id, version), new.into_vacancy(), moment).await },
            )
        });
        write.await
    }

    /// Takes a step with a vacancy, from the version that was read, with an audit record.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such vacancy or it is not the editor's, [`Error::NotAllowed`] when
    /// [`VacancyVisibility::may_become`] says no.
    pub async fn change_vacancy_state(
        &self,
        editor: &ContentEditor,
        id: i64,
        version: i64,
        step: VacancyStep,
        moment: Moment,
    ) -> Result<Saved<EditableVacancy>, Error> {
        let editor = editor.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { take_step(transaction, &editor, (id, version), step, moment).await })
        });
        write.await
    }

    /// Publishes the vacancies whose day has come; returns their number.
    pub async fn publish_scheduled_vacancies(&self, moment: Moment) -> Result<u64, Error> {
        let due = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::State.eq(VacancyState::Scheduled.code()))
            .filter(Column::ScheduledFor.lte(moment.today));
        let due: Vec<i64> = due.into_tuple().all(&self.reader).await?;
        let mut published = 0;
        for id in due {
            let write = self.writer.write(move |transaction| {
                Box::pin(async move { publish_scheduled(transaction, id, moment).await })
            });
            published += u64::from(write.await?);
        }
        Ok(published)
    }
}

async fn add(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    new: Vacancy,
    moment: Moment,
) -> Result<i64, Error> {
    if !editor.may_edit(Some(new.organisation_id)) {
        return Err(Error::NotFound);
    }
    database::take_turn(transaction).await?;
    let reference = free_reference::<Vacancy>(transaction).await?;
    let row = columns(&Vacancy { reference, state: VacancyState::Draft, published_on: None, ..new });
    let ids = insert::<Vacancy>(transaction, vec![row], &editor.stamp(moment.now)).await?;
    ids.first().copied().ok_or(Error::NotFound)
}

async fn change(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    (id, version): (i64, i64),
    new: Vacancy,
    moment: Moment,
) -> Result<Saved<EditableVacancy>, Error> {
    let found = load(transaction, editor, id).await?;
    if !editor.may_edit(Some(new.organisation_id)) {
        return Err(Error::NotFound);
    }
    if found.stored.version != version {
        return Ok(Saved::Stale(Box::new(found)));
    }
    if found.stored.visibility().change_waits(editor.initiator()) {
        let version = waiting::put(transaction, editor, id, &VacancyDraft::of(&new), moment.now).await?;
        return Ok(Saved::Waiting { version });
    }
    let version = write_contents(transaction, &found.stored, new, &editor.stamp(moment.now), moment).await?;
    Ok(Saved::Written { version })
}

async fn take_step(
    transaction: &DatabaseTransaction,
    editor: &ContentEditor,
    (id, version): (i64, i64),
    step: VacancyStep,
    moment: Moment,
) -> Result<Saved<EditableVacancy>, Error> {
    let found = load(transaction, editor, id).await?;
    if found.stored.version != version {
        return Ok(Saved::Stale(Box::new(found)));
    }
    let stamp = editor.stamp(moment.now);
    let version = step_on(transaction, &found, step, editor.initiator(), &stamp, moment).await?;
    Ok(Saved::Written { version })
}

/// Brings a vacancy to the state to which a step leads; gives the version after it.
async fn step_on(
    transaction: &DatabaseTransaction,
    found: &EditableVacancy,
    step: VacancyStep,
    initiator: Initiator,
    stamp: &Stamp,
    moment: Moment,
) -> Result<i64, Error> {
    let (old, next) = (&found.stored, step.leads_to());
    let before = old.visibility();
    if !before.may_become(next, initiator) {
        return Err(Error::NotAllowed { from: before.state.code(), to: next.code() });
    }
    let known = old.vacancy.published_on;
    let new = Vacancy { state: next, ..old.vacancy.clone() };
    let new = new.with_first_day(known, old.organisation_state, moment.today);
    let (mut row_before, mut row) = (columns(&old.vacancy), columns(&new));
    let (scheduled_for, return_reason) = match step {
        VacancyStep::Schedule { day } => (Some(day), None),
        VacancyStep::Return { reason } => (None, Some(reason)),
        _ => (None, None),
    };
    row_before.scheduled_for = Set(found.scheduled_for);
    row.scheduled_for = Set(scheduled_for);
    row_before.return_reason = Set(found.return_reason.clone());
    row.return_reason = Set(return_reason.clone());
    let update = Update::<Vacancy>::of(old.id, old.version, &row_before, row);
    let Some(update) = update else { return Ok(old.version) };
    let version = update.version;
    let mut record = update.write(transaction, Action::Became(next), stamp).await?;
    record.reason = Set(return_reason);
    audit::add(transaction, vec![record]).await?;
    let after = VacancyVisibility { state: next, ..before };
    show(transaction, [before, after], stamp, moment).await?;
    Ok(version)
}

/// Publishes a vacancy whose day has come, unless somebody did otherwise meanwhile.
async fn publish_scheduled(
    transaction: &DatabaseTransaction,
    id: i64,
    moment: Moment,
) -> Result<bool, Error> {
    database::take_turn(transaction).await?;
    let found = editable(with_organisation().filter(Column::Id.eq(id)), transaction).await?.pop();
    let is_due = |found: &EditableVacancy| {
        found.stored.vacancy.state == VacancyState::Scheduled
            && found.scheduled_for.is_some_and(|day| day <= moment.today)
    };
    let Some(found) = found.filter(is_due) else { return Ok(false) };
    let stamp = Stamp::new(Actor::hub(), moment.now);
    step_on(transaction, &found, VacancyStep::Publish, Initiator::Hub, &stamp, moment).await?;
    Ok(true)
}
