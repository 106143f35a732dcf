//! The profile of a talent and the vacancies it saves.

use chrono::{DateTime, NaiveDate, Utc};
use domain::talents::{Fitting, MOST_SAVED, Profile, SavedVacancy};
use domain::vacancies::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::access::Talent;
use crate::applications::{StoredCv, applied, offered};
use crate::entity::{organisations, saved_vacancies, talent_profiles, vacancies};
use crate::vacancies::{is_public, visibility};
use crate::{Error, Store};

/// A talent's profile with what stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredProfile {
    /// What the talent tells.
    pub profile: Profile,
    /// The CV.
    pub cv: Option<StoredCv>,
    /// Whether the talent turned marks off.
    pub hides_fits: bool,
}

impl StoredProfile {
    /// What vacancies are compared with; nothing when the talent wants no marks, or told too little.
    pub fn fitting(&self) -> Option<Fitting> {
        Some(Fitting::from(&self.profile)).filter(|fitting| !self.hides_fits && fitting.says_something())
    }
}

impl Store {
    /// What a talent told; empty when that is nothing yet.
    pub async fn find_profile(&self, talent: &Talent) -> Result<StoredProfile, Error> {
        Ok(find_profile(&self.reader, talent.account_id).await?.unwrap_or_default())
    }

    /// The name and the bytes of the CV that a talent's profile names.
    pub async fn read_profile_cv(&self, talent: &Talent) -> Result<Option<(String, Vec<u8>)>, Error> {
        let Some(cv) = self.find_profile(talent).await?.cv else { return Ok(None) };
        let (document, cv) = cv.into_parts();
        Ok(self.documents.read_cv(&document).await?.map(|bytes| (cv.name, bytes)))
    }

    /// Keeps what a talent tells.
    pub async fn save_profile(
        &self,
        talent: &Talent,
        stored: StoredProfile,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let account_id = talent.account_id;
        let row = row(account_id, stored, now)?;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                use talent_profiles::{Column, Entity};
                let before = document_of(transaction, account_id).await?;
                let columns = <Column as sea_orm::Iterable>::iter()
                    .filter(|column| !matches!(column, Column::Id | Column::AccountId));
                let again = OnConflict::column(Column::AccountId).update_columns(columns).to_owned();
                Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
                Ok(before)
            })
        });
        // Of a CV that was replaced or removed nothing stays, unless an application has it.
        self.remove_cvs(write.await?.into_iter().collect()).await?;
        Ok(())
    }

    /// Keeps a vacancy for a talent, with a note; one that is kept already gets the new note. Says no, and keeps it not, when
    /// the talent keeps [`MOST_SAVED`] others.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such vacancy.
    pub async fn save_vacancy(
        &self,
        talent: &Talent,
        vacancy_id: i64,
        note: String,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let account_id = talent.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                use saved_vacancies::{ActiveModel, Column, Entity};
                let (vacancy, organisation) =
                    offered(transaction, vacancy_id).await?.ok_or(Error::NotFound)?;
                if !visibility(&vacancy, &organisation)?.was_public() {
                    return Err(Error::NotFound);
                }
                let others = Entity::find()
                    .filter(Column::AccountId.eq(account_id))
                    .filter(Column::VacancyId.ne(vacancy_id));
                if others.count(transaction).await? >= u64::from(MOST_SAVED) {
                    return Ok(false);
                }
                let row = ActiveModel {
                    account_id: Set(account_id),
                    vacancy_id: Set(vacancy_id),
                    note: Set(note),
                    saved_at: Set(now),
                    ..Default::default()
                };
                let again = OnConflict::columns([Column::AccountId, Column::VacancyId])
                    .update_column(Column::Note)
                    .to_owned();
                Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Keeps a vacancy no longer; one that is not kept is none to complain of.
    pub async fn remove_saved_vacancy(&self, talent: &Talent, vacancy_id: i64) -> Result<(), Error> {
        let account_id = talent.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                saved_vacancies::Entity::delete_many()
                    .filter(saved_vacancies::Column::AccountId.eq(account_id))
                    .filter(saved_vacancies::Column::VacancyId.eq(vacancy_id))
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }

    /// The vacancies that a talent keeps, the newest first.
    pub async fn list_saved_vacancies(
        &self,
        talent: &Talent,
        today: NaiveDate,
    ) -> Result<Vec<SavedVacancy>, Error> {
        list_saved(&self.reader, talent.account_id, today).await
    }
}

async fn find_profile(
    connection: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Option<StoredProfile>, Error> {
    let row = talent_profiles::Entity::find().filter(talent_profiles::Column::AccountId.eq(account_id));
    row.one(connection).await?.map(read).transpose()
}

async fn list_saved(
    connection: &impl ConnectionTrait,
    account_id: i64,
    today: NaiveDate,
) -> Result<Vec<SavedVacancy>, Error> {
    let saved = saved_vacancies::Entity::find()
        .filter(saved_vacancies::Column::AccountId.eq(account_id))
        .order_by_desc(saved_vacancies::Column::Id)
        .all(connection)
        .await?;
    let ids = saved.iter().map(|row| row.vacancy_id);
    let offered = vacancies::Entity::find()
        .filter(vacancies::Column::Id.is_in(ids))
        .find_also_related(organisations::Entity)
        .all(connection)
        .await?;
    let of = |row: saved_vacancies::Model| {
        let (vacancy, organisation) = offered.iter().find(|(vacancy, _)| vacancy.id == row.vacancy_id)?;
        let organisation = organisation.as_ref()?;
        Some(SavedVacancy {
            vacancy: applied(vacancy, organisation),
            is_open: is_public(vacancy, organisation, today),
            note: row.note,
            saved_at: row.saved_at,
        })
    };
    Ok(saved.into_iter().filter_map(of).collect())
}

/// How much a talent told and keeps.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    pub(crate) has_profile: bool,
    pub(crate) has_cv: bool,
    pub(crate) saved_vacancies: u64,
}

/// How much a talent told and keeps.
pub(crate) async fn count(connection: &impl ConnectionTrait, account_id: i64) -> Result<Told, Error> {
    let profile = talent_profiles::Entity::find().filter(talent_profiles::Column::AccountId.eq(account_id));
    let profile = profile.one(connection).await?;
    let saved = saved_vacancies::Entity::find().filter(saved_vacancies::Column::AccountId.eq(account_id));
    Ok(Told {
        has_profile: profile.is_some(),
        has_cv: profile.is_some_and(|profile| profile.cv_document.is_some()),
        saved_vacancies: saved.count(connection).await?,
    })
}

/// The file of the CV that a profile names.
async fn document_of(connection: &impl ConnectionTrait, account_id: i64) -> Result<Option<String>, Error> {
    let row = talent_profiles::Entity::find().filter(talent_profiles::Column::AccountId.eq(account_id));
    Ok(row.one(connection).await?.and_then(|row| row.cv_document))
}

/// Whether a profile names a file.
pub(crate) async fn names_document(connection: &impl ConnectionTrait, file: &str) -> Result<bool, Error> {
    let row = talent_profiles::Entity::find().filter(talent_profiles::Column::CvDocument.eq(file));
    Ok(row.one(connection).await?.is_some())
}

fn row(
    account_id: i64,
    stored: StoredProfile,
    now: DateTime<Utc>,
) -> Result<talent_profiles::ActiveModel, Error> {
    let unwritable = |error: serde_json::Error| Error::Unreadable(error.to_string());
    let StoredProfile { profile, cv, hides_fits } = stored;
    let (document, cv) = cv.map(StoredCv::into_parts).unzip();
    Ok(talent_profiles::ActiveModel {
        account_id: Set(account_id),
        programme: Set(profile.programme),
        institution: Set(profile.institution),
        level: Set(profile.level.map(|level| level.code().to_owned())),
        study_fields: Set(serde_json::to_string(&profile.study_fields).map_err(unwritable)?),
        skills: Set(serde_json::to_string(&profile.skills).map_err(unwritable)?),
        home_place: Set(profile.home_place),
        roots: Set(profile.roots),
        kinds: Set(serde_json::to_string(&profile.kinds).map_err(unwritable)?),
        available_from: Set(profile.from),
        available_until: Set(profile.until),
        hours: Set(profile.hours.map(i32::from)),
        languages: Set(serde_json::to_string(&profile.languages).map_err(unwritable)?),
        about: Set(profile.about),
        cv_document: Set(document),
        cv_bytes: Set(cv.as_ref().map(|cv| cv.bytes as i64)),
        cv_name: Set(cv.map(|cv| cv.name)),
        shows_fits: Set(!hides_fits),
        updated_at: Set(now),
        ..Default::default()
    })
}

pub(super) fn read(row: talent_profiles::Model) -> Result<StoredProfile, Error> {
    let unreadable = || Error::Unreadable(format!("profile {}", row.id));
    let level = match &row.level {
        Some(code) => Some(Level::from_code(code).ok_or_else(unreadable)?),
        None => None,
    };
    Ok(StoredProfile {
        profile: Profile {
            programme: row.programme.clone(),
            institution: row.institution.clone(),
            level,
            study_fields: serde_json::from_str(&row.study_fields).map_err(|_| unreadable())?,
            skills: serde_json::from_str(&row.skills).map_err(|_| unreadable())?,
            home_place: row.home_place.clone(),
            roots: row.roots.clone(),
            kinds: serde_json::from_str(&row.kinds).map_err(|_| unreadable())?,
            from: row.available_from,
            until: row.available_until,
            hours: row.hours.map(|hours| hours as u8),
            languages: serde_json::from_str(&row.languages).map_err(|_| unreadable())?,
            about: row.about.clone(),
        },
        cv: StoredCv::of(row.cv_document.clone(), row.cv_name.clone(), row.cv_bytes),
        hides_fits: !row.shows_fits,
    })
}
