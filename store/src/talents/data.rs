//! What the hub holds of a person as a talent, and what is exported and erased of it.

use chrono::{DateTime, Utc};
use domain::applications::Cv;
use domain::talents::{CV_OF_PROFILE, Profile};
use futures::FutureExt;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::profile::read;
use crate::Error;
use crate::applications::data::CvData;
use crate::entity::{saved_vacancies as saved, talent_profiles, vacancies};
use crate::personal_data::{
    ColumnReason, Departure, Erasing, Export, Person, TableDeclaration, Turn, gathered,
};

/// What the tables of talents hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[
    TableDeclaration::of_persons(
        "talent_profiles",
        Export::Part("profile", |connection, person| gathered(profile(connection, person))),
        Erasing::By(Turn::BeforeAccount, |transaction, departure| {
            erase_profile(transaction, departure).boxed()
        }),
    )
    .withholding(&[ColumnReason::new("cv_document", "the CV itself is behind a link")]),
    TableDeclaration::of_persons(
        "saved_vacancies",
        Export::Part("saved_vacancies", |connection, person| {
            gathered(saved_vacancies(connection, person.account_id))
        }),
        Erasing::With("accounts"),
    ),
];

/// The profile of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ProfileData {
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
pub(crate) struct SavedVacancyData {
    /// Its number in the hub.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The note.
    pub note: String,
    /// Since when.
    pub saved_at: DateTime<Utc>,
}

async fn profile(
    connection: &DatabaseTransaction,
    person: &Person<'_>,
) -> Result<Option<ProfileData>, Error> {
    let own =
        talent_profiles::Entity::find().filter(talent_profiles::Column::AccountId.eq(person.account_id));
    let Some(row) = own.one(connection).await? else { return Ok(None) };
    let updated_at = row.updated_at;
    let stored = read(row)?;
    Ok(Some(ProfileData {
        profile: stored.profile,
        cv: stored.cv.map(|cv| {
            let Cv { name, bytes } = cv.cv().clone();
            CvData { name, bytes, link: Some(format!("{}{CV_OF_PROFILE}", person.cv_address)) }
        }),
        shows_fits: !stored.hides_fits,
        updated_at,
    }))
}

async fn saved_vacancies(
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

/// Erases the profile; returns the file of the CV that it named.
async fn erase_profile(
    transaction: &DatabaseTransaction,
    departure: &Departure<'_>,
) -> Result<Vec<String>, Error> {
    let Some(account_id) = departure.account_id else { return Ok(Vec::new()) };
    let own = talent_profiles::Column::AccountId.eq(account_id);
    let row = talent_profiles::Entity::find().filter(own.clone()).one(transaction).await?;
    talent_profiles::Entity::delete_many().filter(own).exec(transaction).await?;
    Ok(row.and_then(|row| row.cv_document).into_iter().collect())
}
