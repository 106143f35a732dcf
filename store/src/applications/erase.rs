//! The end of what people entrusted to the hub: applications, drafts and CVs whose time is over. Figures stay, and name
//! nobody.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::Moment;
use domain::accounts::EmailAddress;
use domain::applications::{
    ApplicationDraft, ApplicationState, CONFIRM_WITHIN, DRAFTS_KEPT_FOR, KEPT_DAYS_AFTER_CLOSING,
    KEPT_DAYS_WITH_CONSENT, Side,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
};

use super::letters::tell_erased;
use super::rows::{self, LoadedApplication, Transition, is_of_person, name_of_offering, state_of};
use crate::actor::Actor;
use crate::audit::{self, Action, Changes, Stamp, Subject};
use crate::entity::{application_drafts, application_entries, applications, vacancies};
use crate::personal_data::Departure;
use crate::vacancies::end;
use crate::{Error, Store, outbox, talents};

/// A file that nothing names is thrown away after this time. It is long: somebody who puts an older database back must not
/// lose the files that only the newer one names.
const STRAY_AFTER: TimeDelta = TimeDelta::days(8);

/// The most rows of one statement: databases take only so many values.
const ROWS_TOGETHER: usize = 400;

/// Counts of erased rows, or of those that would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Applications whose vacancy closed long enough ago, and those that nobody confirmed.
    pub applications: u64,
    /// Drafts that nobody goes on with.
    pub drafts: u64,
    /// CVs.
    pub documents: u64,
}

impl Store {
    /// What [`Store::erase_applications`] would erase now.
    pub async fn count_erasable(&self, Moment { now, today }: Moment) -> Result<Erased, Error> {
        let rows = due(&self.reader, Moment { now, today }).await?;
        let drafts = old_drafts(now).all(&self.reader).await?;
        let named = rows.iter().map(|row| row.cv_document.as_ref());
        let drafted = drafts.iter().map(|row| row.cv_document.as_ref());
        let files = named.chain(drafted).flatten().count() + self.stray_documents(now).await?.len();
        Ok(Erased { applications: rows.len() as u64, drafts: drafts.len() as u64, documents: files as u64 })
    }

    /// Erases what may not be kept any longer; returns what that was.
    pub async fn erase_applications(&self, Moment { now, today }: Moment) -> Result<Erased, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { erase_rows(transaction, Moment { now, today }).await })
        });
        let (mut erased, files) = write.await?;
        let mut files = BTreeSet::from_iter(files);
        files.extend(self.stray_documents(now).await?);
        erased.documents = self.remove_cvs(files).await?;
        Ok(erased)
    }

    /// Throws CVs away that nothing names any more; returns how many. Only after their rows are gone: a row without its file
    /// would be an error, a file without its row is a stray.
    pub(crate) async fn remove_cvs(&self, files: BTreeSet<String>) -> Result<u64, Error> {
        let mut removed = 0;
        for file in files {
            if self.is_named(&file).await? {
                continue;
            }
            match self.documents.remove_cv(&file).await {
                Ok(()) => removed += 1,
                // The next run finds it again; the others must not wait for it.
                Err(error) => tracing::warn!(%error, "a CV whose time is over can't be removed"),
            }
        }
        Ok(removed)
    }

    /// Files of long ago that nothing names.
    async fn stray_documents(&self, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
        let mut strays = Vec::new();
        for file in self.documents.list_cvs_before(now - STRAY_AFTER).await? {
            if !self.is_named(&file).await? {
                strays.push(file);
            }
        }
        Ok(strays)
    }

    /// Whether a draft, an application or a profile names a file. Drafts first: one that is sent meanwhile is an application then.
    async fn is_named(&self, file: &str) -> Result<bool, Error> {
        let drafted =
            application_drafts::Entity::find().filter(application_drafts::Column::CvDocument.eq(file));
        if drafted.one(&self.reader).await?.is_some() {
            return Ok(true);
        }
        let sent = applications::Entity::find().filter(applications::Column::CvDocument.eq(file));
        Ok(sent.one(&self.reader).await?.is_some() || talents::names_document(&self.reader, file).await?)
    }
}

/// Erases rows; returns what, and the files that they named.
async fn erase_rows(
    transaction: &DatabaseTransaction,
    Moment { now, today }: Moment,
) -> Result<(Erased, Vec<String>), Error> {
    let (mut erased, mut files, mut gone) = (Erased::default(), Vec::new(), Vec::new());
    for row in due(transaction, Moment { now, today }).await? {
        // What somebody confirms or consents to at this very moment is not due any more.
        let mut same = applications::Entity::delete_many()
            .filter(applications::Column::Id.eq(row.id))
            .filter(applications::Column::State.eq(row.state.as_str()))
            .filter(applications::Column::CreatedAt.eq(row.created_at));
        if row.consented_at.is_none() {
            same = same.filter(applications::Column::ConsentedAt.is_null());
        }
        if same.exec(transaction).await?.rows_affected > 0 {
            erased.applications += 1;
            files.extend(row.cv_document);
            gone.push(row.id);
        }
    }
    forget(transaction, &gone, &Stamp::new(Actor::hub(), now)).await?;
    for row in old_drafts(now).all(transaction).await? {
        let same = application_drafts::Entity::delete_many()
            .filter(application_drafts::Column::Id.eq(row.id))
            .filter(application_drafts::Column::SavedAt.eq(row.saved_at));
        if same.exec(transaction).await?.rows_affected > 0 {
            erased.drafts += 1;
            files.extend(row.cv_document);
        }
    }
    Ok((erased, files))
}

/// What an application leaves behind: no mail that waits, and a record that it was erased.
async fn forget(transaction: &DatabaseTransaction, ids: &[i64], stamp: &Stamp) -> Result<(), Error> {
    for ids in ids.chunks(ROWS_TOGETHER) {
        outbox::forget_applications(transaction, ids).await?;
        let record = |id: &i64| stamp.record(Action::Erased, Subject::Application, *id, &Changes::new());
        audit::add(transaction, ids.iter().map(record).collect()).await?;
    }
    Ok(())
}

/// The applications of a person, with or without an account.
pub(crate) async fn of_person(
    connection: &impl ConnectionTrait,
    account_id: Option<i64>,
    address: &str,
) -> Result<Vec<applications::Model>, Error> {
    let own = applications::Entity::find().filter(is_of_person(account_id, address));
    Ok(own.order_by_asc(applications::Column::Id).all(connection).await?)
}

/// Whether somebody still waits for something; what can't be read is waited for by nobody.
pub(crate) fn is_running(row: &applications::Model) -> bool {
    state_of(row).is_ok_and(ApplicationState::is_running)
}

/// Erases a person's applications because the person wants so; returns the CVs that they name. What still runs is withdrawn
/// first, which its organisation is told.
pub(super) async fn erase_for_talent(
    transaction: &DatabaseTransaction,
    departure: &Departure<'_>,
) -> Result<Vec<String>, Error> {
    let rows = of_person(transaction, departure.account_id, departure.address).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let files = rows.iter().filter_map(|row| row.cv_document.clone()).collect();
    for row in rows.into_iter().filter(is_running) {
        let mut loaded = LoadedApplication::of(transaction, row).await?;
        // The entry goes with the application at once: it needs no name.
        let actor = Actor::person(loaded.row.account_id, String::new());
        let withdrawn = Transition::to(ApplicationState::Withdrawn, Side::Talent, &actor);
        if rows::move_on(transaction, &mut loaded, withdrawn, departure.at).await? {
            tell_erased(transaction, &loaded, departure.letter_context, departure.at).await?;
        }
    }
    forget(transaction, &ids, &Stamp::of_departure(departure)).await?;
    applications::Entity::delete_many().filter(applications::Column::Id.is_in(ids)).exec(transaction).await?;
    Ok(files)
}

/// Erases what a person filled in and did not send: in this browser, and wherever this address was typed; returns the files
/// that it names.
pub(super) async fn erase_drafts(
    transaction: &DatabaseTransaction,
    departure: &Departure<'_>,
) -> Result<Vec<String>, Error> {
    use application_drafts::{Column, Entity};
    let is_own = |row: &application_drafts::Model| {
        let typed = serde_json::from_str(&row.content).unwrap_or_else(|_| ApplicationDraft::default()).email;
        departure.browser.is_some_and(|browser| browser.hash() == row.browser_hash)
            || EmailAddress::parse(&typed).is_some_and(|typed| typed.as_str() == departure.address)
    };
    // They are those of one week.
    let drafts: Vec<_> = Entity::find().all(transaction).await?.into_iter().filter(is_own).collect();
    let ids = drafts.iter().map(|row| row.id);
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(transaction).await?;
    Ok(drafts.into_iter().filter_map(|row| row.cv_document).collect())
}

/// A colleague leaves the hub: where the name stood for an organisation, the organisation's own stands now.
pub(super) async fn forget_colleague(
    transaction: &DatabaseTransaction,
    departure: &Departure<'_>,
) -> Result<(), Error> {
    let Some(account_id) = departure.account_id else { return Ok(()) };
    application_entries::Entity::update_many()
        .col_expr(application_entries::Column::ActorLabel, name_by_application())
        .filter(application_entries::Column::ActorAccountId.eq(account_id))
        .filter(application_entries::Column::Side.eq(Side::Organisation.code()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The name of the organisation that an entry of an application belongs to.
fn name_by_application() -> Expr {
    let received = Expr::col((applications::Entity, applications::Column::Id))
        .equals((application_entries::Entity, application_entries::Column::ApplicationId));
    let name = name_of_offering()
        .inner_join(
            applications::Entity,
            Expr::col((applications::Entity, applications::Column::VacancyId))
                .equals((vacancies::Entity, vacancies::Column::Id)),
        )
        .and_where(received)
        .to_owned();
    Expr::SubQuery(None, Box::new(name.into()))
}

fn old_drafts(now: DateTime<Utc>) -> sea_orm::Select<application_drafts::Entity> {
    application_drafts::Entity::find().filter(application_drafts::Column::SavedAt.lt(now - DRAFTS_KEPT_FOR))
}

/// The applications whose time is over.
async fn due(
    connection: &impl ConnectionTrait,
    Moment { now, today }: Moment,
) -> Result<Vec<applications::Model>, Error> {
    use applications::Column;
    let closed_before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
    let closed = Condition::all()
        .add(Column::ConsentedAt.is_null())
        .add(end().lt(closed_before(KEPT_DAYS_AFTER_CLOSING)));
    let long_closed = end().lt(closed_before(KEPT_DAYS_WITH_CONSENT));
    let unconfirmed = Condition::all()
        .add(Column::State.eq(ApplicationState::Unconfirmed.code()))
        .add(Column::CreatedAt.lt(now - CONFIRM_WITHIN));
    let due = applications::Entity::find()
        .find_also_related(vacancies::Entity)
        .filter(Condition::any().add(closed).add(long_closed).add(unconfirmed))
        .all(connection)
        .await?;
    Ok(due.into_iter().map(|(row, _)| row).collect())
}
