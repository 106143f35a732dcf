//! What the hub holds of a person as a talent, for that person.

use chrono::{DateTime, Utc};
use domain::applications::Cv;
use domain::talents::Profile;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::profile::read;
use crate::Error;
use crate::applications::data::CvData;
use crate::entity::{saved_vacancies as saved, talent_profiles, vacancies};

/// The profile of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProfileData {
    /// The profile.
    #[serde(flatten)]
    pub profile: Profile,
    /// The CV.
    pub cv: Option<CvData>,
    /// Whether vacancies that fit are marked.
    pub shows_fits: bool,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A vacancy that the person keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SavedVacancyData {
    /// Its number in the hub.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The note.
    pub note: String,
    /// Since when.
    pub saved_at: DateTime<Utc>,
}

pub(crate) async fn profile(
    connection: &impl ConnectionTrait,
    account_id: i64,
    cv_address: &str,
) -> Result<Option<ProfileData>, Error> {
    let own = talent_profiles::Entity::find().filter(talent_profiles::Column::AccountId.eq(account_id));
    let Some(row) = own.one(connection).await? else { return Ok(None) };
    let updated_at = row.updated_at;
    let stored = read(row)?;
    Ok(Some(ProfileData {
        profile: stored.profile,
        cv: stored.cv.map(|cv| {
            let Cv { name, bytes } = cv.cv().clone();
            CvData { name, bytes, link: Some(cv_address.to_owned()) }
        }),
        shows_fits: !stored.hides_fits,
        updated_at,
    }))
}

pub(crate) async fn saved_vacancies(
    connection: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Vec<SavedVacancyData>, Error> {
    let rows = saved::Entity::find()
        .filter(saved::Column::AccountId.eq(account_id))
        .order_by_asc(saved::Column::Id)
        .find_also_related(vacancies::Entity)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|(row, vacancy)| SavedVacancyData {
        number: row.vacancy_id,
        title: vacancy.map(|vacancy| vacancy.title).unwrap_or_default(),
        note: row.note,
        saved_at: row.saved_at,
    });
    Ok(data.collect())
}
