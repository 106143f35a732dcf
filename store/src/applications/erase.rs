//! The end of what people entrusted to the hub: applications, drafts and CVs whose time is over. Figures stay, and name
//! nobody.

use std::collections::HashSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::applications::{
    ApplicationState, CONFIRM_WITHIN, DRAFTS_KEPT_FOR, KEPT_DAYS_AFTER_CLOSING, KEPT_DAYS_WITH_CONSENT,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::{application_drafts, applications, vacancies};
use crate::{Error, Store};

/// A file that nothing names is thrown away after this time; until then it may be about to be named.
const STRAY_AFTER: TimeDelta = TimeDelta::days(1);

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
        Ok(Erased {
            applications: due(&self.reader, now, today).await?.len() as u64,
            drafts: old_drafts(now)
                .select_only()
                .column(application_drafts::Column::Id)
                .into_tuple::<i64>()
                .all(&self.reader)
                .await?
                .len() as u64,
            documents: self.stray_documents(now, today).await?.len() as u64,
        })
    }

    /// Erases what may not be kept any longer; returns what that was.
    pub async fn erase_applications(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<Erased, Error> {
        let stray = self.stray_documents(now, today).await?;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let ids = due(transaction, now, today).await?;
                let applications = applications::Entity::delete_many()
                    .filter(applications::Column::Id.is_in(ids))
                    .exec(transaction)
                    .await?;
                let drafts = application_drafts::Entity::delete_many()
                    .filter(application_drafts::Column::SavedAt.lt(now - DRAFTS_KEPT_FOR))
                    .exec(transaction)
                    .await?;
                Ok((applications.rows_affected, drafts.rows_affected))
            })
        });
        let (applications, drafts) = write.await?;
        // Only after the rows are gone: a row without its file would be a fault, a file without its row is thrown away later.
        for document in &stray {
            self.documents.remove_cv(document).await?;
        }
        Ok(Erased { applications, drafts, documents: stray.len() as u64 })
    }

    /// The files that nothing names, or only what is to be erased now.
    async fn stray_documents(&self, now: DateTime<Utc>, today: NaiveDate) -> Result<Vec<String>, Error> {
        let files = self.documents.list_cvs_before(now - STRAY_AFTER).await?;
        let due: HashSet<i64> = due(&self.reader, now, today).await?.into_iter().collect();
        let named: Vec<(i64, Option<String>)> = applications::Entity::find()
            .select_only()
            .columns([applications::Column::Id, applications::Column::CvDocument])
            .filter(applications::Column::CvDocument.is_not_null())
            .into_tuple()
            .all(&self.reader)
            .await?;
        let drafted: Vec<Option<String>> = application_drafts::Entity::find()
            .select_only()
            .column(application_drafts::Column::CvDocument)
            .filter(application_drafts::Column::SavedAt.gte(now - DRAFTS_KEPT_FOR))
            .filter(application_drafts::Column::CvDocument.is_not_null())
            .into_tuple()
            .all(&self.reader)
            .await?;
        let kept = named.into_iter().filter(|(id, _)| !due.contains(id)).filter_map(|(_, document)| document);
        let kept: HashSet<String> = kept.chain(drafted.into_iter().flatten()).collect();
        Ok(files.into_iter().filter(|file| !kept.contains(file)).collect())
    }
}

fn old_drafts(now: DateTime<Utc>) -> sea_orm::Select<application_drafts::Entity> {
    application_drafts::Entity::find().filter(application_drafts::Column::SavedAt.lt(now - DRAFTS_KEPT_FOR))
}

/// The numbers of the applications whose time is over.
async fn due(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Vec<i64>, Error> {
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
    Ok(due.into_iter().map(|(row, _)| row.id).collect())
}
