//! Applications that are being written: kept for a browser through an error, a reload or signing in.

use chrono::{DateTime, Utc};
use domain::applications::ApplicationDraft;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::stored_cv::StoredCv;
use crate::entity::application_drafts::{ActiveModel, Column, Entity};
use crate::tokens::Token;
use crate::{Error, Store};

/// What a browser has of an application so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedDraft {
    /// The typed text.
    pub draft: ApplicationDraft,
    /// The CV that was taken.
    pub cv: Option<StoredCv>,
}

impl Store {
    /// Keeps what a browser has of an application to a vacancy.
    pub async fn save_draft(
        &self,
        browser: Token,
        vacancy_id: i64,
        saved: SavedDraft,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let content = serde_json::to_string(&saved.draft);
                let (document, cv) = saved.cv.map(|cv| (cv.document, cv.cv)).unzip();
                let row = ActiveModel {
                    browser_hash: Set(browser.hash()),
                    vacancy_id: Set(vacancy_id),
                    content: Set(content.map_err(|error| Error::Unreadable(error.to_string()))?),
                    cv_document: Set(document),
                    cv_bytes: Set(cv.as_ref().map(|cv| cv.bytes as i64)),
                    cv_name: Set(cv.map(|cv| cv.name)),
                    saved_at: Set(now),
                    ..Default::default()
                };
                let again = OnConflict::columns([Column::BrowserHash, Column::VacancyId])
                    .update_columns([
                        Column::Content,
                        Column::CvDocument,
                        Column::CvName,
                        Column::CvBytes,
                        Column::SavedAt,
                    ])
                    .to_owned();
                Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

    /// What a browser has of an application to a vacancy.
    pub async fn find_draft(&self, browser: &Token, vacancy_id: i64) -> Result<Option<SavedDraft>, Error> {
        let found = Entity::find()
            .filter(Column::BrowserHash.eq(browser.hash()))
            .filter(Column::VacancyId.eq(vacancy_id))
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| SavedDraft {
            // What an earlier version wrote may not be readable any more; then one begins anew.
            draft: serde_json::from_str(&row.content).unwrap_or_default(),
            cv: StoredCv::of(row.cv_document, row.cv_name, row.cv_bytes),
        }))
    }
}

/// Forgets a draft, because it was sent.
pub(super) async fn forget(
    transaction: &DatabaseTransaction,
    browser: &Token,
    vacancy_id: i64,
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::BrowserHash.eq(browser.hash()))
        .filter(Column::VacancyId.eq(vacancy_id))
        .exec(transaction)
        .await?;
    Ok(())
}
