//! The end of what people entrusted to the hub: applications, drafts and CVs whose time is over. Figures stay, and name
//! nobody.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::applications::{
    ApplicationState, CONFIRM_WITHIN, DRAFTS_KEPT_FOR, KEPT_DAYS_AFTER_CLOSING, KEPT_DAYS_WITH_CONSENT,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::entity::{application_drafts, applications, vacancies};
use crate::{Error, Store, talents};

/// A file that nothing names is thrown away after this time. It is long: somebody who puts an older database back must not
/// lose the files that only the newer one names.
const STRAY_AFTER: TimeDelta = TimeDelta::days(8);

/// What was erased, or would be.
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
    pub async fn count_erasable(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<Erased, Error> {
        let rows = due(&self.reader, now, today).await?;
        let drafts = old_drafts(now).all(&self.reader).await?;
        let named = rows.iter().map(|row| row.cv_document.as_ref());
        let drafted = drafts.iter().map(|row| row.cv_document.as_ref());
        let files = named.chain(drafted).flatten().count() + self.stray_documents(now).await?.len();
        Ok(Erased { applications: rows.len() as u64, drafts: drafts.len() as u64, documents: files as u64 })
    }

    /// Erases what may not be kept any longer; returns what that was.
    pub async fn erase_applications(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<Erased, Error> {
        let write = self
            .writer
            .write(move |transaction| Box::pin(async move { erase_rows(transaction, now, today).await }));
        let (mut erased, files) = write.await?;
        // Only after the rows are gone: a row without its file would be a fault, a file without its row is a stray.
        let mut files = BTreeSet::from_iter(files);
        files.extend(self.stray_documents(now).await?);
        for file in files {
            if self.is_named(&file).await? {
                continue;
            }
            match self.documents.remove_cv(&file).await {
                Ok(()) => erased.documents += 1,
                // The next run finds it again; the others must not wait for it.
                Err(error) => tracing::warn!(%error, "a CV whose time is over can't be removed"),
            }
        }
        Ok(erased)
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
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(Erased, Vec<String>), Error> {
    let (mut erased, mut files) = (Erased::default(), Vec::new());
    for row in due(transaction, now, today).await? {
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
        }
    }
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

fn old_drafts(now: DateTime<Utc>) -> sea_orm::Select<application_drafts::Entity> {
    application_drafts::Entity::find().filter(application_drafts::Column::SavedAt.lt(now - DRAFTS_KEPT_FOR))
}

/// The applications whose time is over.
async fn due(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Vec<applications::Model>, Error> {
    use applications::Column;
    let closed_before = |days| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
    let closed = Condition::all()
        .add(Column::ConsentedAt.is_null())
        .add(vacancies::Column::ClosesOn.lt(closed_before(KEPT_DAYS_AFTER_CLOSING)));
    let long_closed = vacancies::Column::ClosesOn.lt(closed_before(KEPT_DAYS_WITH_CONSENT));
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
