//! Rows of vacancies: read, and written as columns.

use chrono::NaiveDate;
use domain::Language;
use domain::organisations::OrganisationState;
use domain::text::Cents;
use domain::vacancies::{
    Level, Pay, Remote, StoredVacancy, TravelAllowance, Vacancy, VacancyKind, VacancyState, VacancyVisibility,
};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::audit::Subject;
use crate::entity::organisations;
use crate::entity::vacancies::{ActiveModel, Column, Entity, Model};
use crate::store::Store;
use crate::versions::Versioned;
use crate::{Error, database, organisation_states};

impl Store {
    /// The vacancies that visitors may see on this day of the hub's own clock, by number.
    pub async fn list_open_vacancies(&self, today: NaiveDate) -> Result<Vec<StoredVacancy>, Error> {
        all(Entity::find().filter(is_public_on(today)), &self.reader).await
    }

    /// The vacancies with these numbers or of these organisations, together at most some thousand, that visitors may see on
    /// this day, by number.
    pub async fn list_open_among(
        &self,
        ids: &[i64],
        organisation_ids: &[i64],
        today: NaiveDate,
    ) -> Result<Vec<StoredVacancy>, Error> {
        let among = Condition::any()
            .add(Column::Id.is_in(ids.iter().copied()))
            .add(Column::OrganisationId.is_in(organisation_ids.iter().copied()));
        all(Entity::find().filter(among).filter(is_public_on(today)), &self.reader).await
    }

    /// The vacancy with this number, when visitors may see it or could see it once.
    pub async fn find_vacancy(&self, id: i64) -> Result<Option<StoredVacancy>, Error> {
        Ok(find(&self.reader, id).await?.filter(StoredVacancy::was_public))
    }
}

/// A vacancy with what lists and pages show of its organisation.
#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    vacancy: Model,
    organisation_name: String,
    organisation_slug: String,
    organisation_logo: Option<String>,
    organisation_sector: String,
    organisation_state: String,
}

pub(super) fn with_organisation() -> Select<Entity> {
    Entity::find()
        .inner_join(organisations::Entity)
        .column_as(organisations::Column::Name, "organisation_name")
        .column_as(organisations::Column::Slug, "organisation_slug")
        .column_as(organisations::Column::Logo, "organisation_logo")
        .column_as(organisations::Column::Sector, "organisation_sector")
        .column_as(organisations::Column::State, "organisation_state")
}

/// A vacancy as whoever may write it sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditableVacancy {
    /// All that is known.
    pub stored: StoredVacancy,
    /// The day on which it is to be published.
    pub scheduled_for: Option<NaiveDate>,
    /// What the programme office asked to change.
    pub return_reason: Option<String>,
}

/// Rows that are read at once: SQLite's rows weigh several times what they hold until they are read.
const ROWS_TOGETHER: usize = 1_000;

/// The vacancies that a query chooses, by number, all as they are at one moment.
pub(super) async fn all(
    chosen: Select<Entity>,
    connection: &DatabaseConnection,
) -> Result<Vec<StoredVacancy>, Error> {
    let moment = database::begin_reading(connection).await?;
    let ids = chosen.select_only().column(Column::Id).order_by_asc(Column::Id);
    let ids: Vec<i64> = ids.into_tuple().all(&moment).await?;
    let mut vacancies = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_TOGETHER) {
        let some = with_organisation().filter(Column::Id.is_in(ids.iter().copied()));
        vacancies.extend(some_rows(some, &moment).await?);
    }
    moment.commit().await?;
    Ok(vacancies)
}

async fn some_rows(
    query: Select<Entity>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<StoredVacancy>, Error> {
    let rows = query.order_by_asc(Column::Id).into_model::<Row>().all(connection).await?;
    rows.into_iter().map(read).collect()
}

/// The vacancy with that number, of any state.
pub(crate) async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<StoredVacancy>, Error> {
    let row = with_organisation().filter(Column::Id.eq(id)).into_model::<Row>().one(connection).await?;
    row.map(read).transpose()
}

/// The day on which a vacancy ends or ended: when somebody was found or it was given up, at the latest on its closing day.
pub(crate) fn ends_on(vacancy: &Model) -> NaiveDate {
    vacancy.ended_on.map_or(vacancy.closes_on, |ended_on| Ord::min(ended_on, vacancy.closes_on))
}

/// [`ends_on`], as the database finds it.
pub(crate) fn end() -> SimpleExpr {
    let column = |column: Column| Expr::col((Entity, column));
    let is_early = column(Column::EndedOn).lt(column(Column::ClosesOn));
    CaseStatement::new().case(is_early, column(Column::EndedOn)).finally(column(Column::ClosesOn)).into()
}

fn read(row: Row) -> Result<StoredVacancy, Error> {
    let state = read_state(&row.vacancy)?;
    let vacancy = row.vacancy;
    let unreadable = |column| Error::Unreadable(format!("{column} of vacancy {}", vacancy.id));
    let organisation_state = OrganisationState::from_code(&row.organisation_state);
    let list = |column, text: &str| serde_json::from_str::<Vec<String>>(text).map_err(|_| unreadable(column));
    let levels =
        list("levels", &vacancy.levels)?.iter().map(|code| Level::from_code(code)).collect::<Option<_>>();
    let pay = vacancy.pay_from_cents.zip(vacancy.pay_to_cents);
    let read = Vacancy {
        organisation_id: vacancy.organisation_id,
        organisation: row.organisation_name,
        kind: VacancyKind::from_code(&vacancy.kind).ok_or_else(|| unreadable("kind"))?,
        levels: levels.ok_or_else(|| unreadable("levels"))?,
        study_fields: list("study_fields", &vacancy.study_fields)?,
        skills: list("skills", &vacancy.skills)?,
        hours_per_week: vacancy.hours_per_week.map(|number| number as u8),
        weeks: vacancy.weeks.map(|number| number as u16),
        starts_on: vacancy.starts_on,
        closes_on: vacancy.closes_on,
        pay: pay.map(|(from, to)| Pay { from: Cents(from), to: Cents(to) }),
        travel_allowance: TravelAllowance::from_code(&vacancy.travel_allowance)
            .ok_or_else(|| unreadable("travel_allowance"))?,
        language: Language::from_code(&vacancy.language).ok_or_else(|| unreadable("language"))?,
        is_cross_border: vacancy.is_cross_border,
        remote: Remote::from_code(&vacancy.remote).ok_or_else(|| unreadable("remote"))?,
        seats: vacancy.seats as u16,
        state,
        published_on: vacancy.published_on,
        reference: vacancy.reference,
        title: vacancy.title,
        place: vacancy.place,
        text: vacancy.text,
    };
    Ok(StoredVacancy {
        id: vacancy.id,
        organisation_slug: row.organisation_slug,
        organisation_logo: row.organisation_logo,
        sector: row.organisation_sector,
        organisation_state: organisation_state.ok_or_else(|| unreadable("state of the organisation"))?,
        was_published: vacancy.published_at.is_some(),
        version: vacancy.version,
        vacancy: read,
    })
}

/// The vacancies of a query as whoever may write them sees them, by number.
pub(super) async fn editable(
    query: Select<Entity>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<EditableVacancy>, Error> {
    let rows = query.order_by_asc(Column::Id).into_model::<Row>().all(connection).await?;
    let editable = |row: Row| {
        let (scheduled_for, return_reason) = (row.vacancy.scheduled_for, row.vacancy.return_reason.clone());
        Ok(EditableVacancy { stored: read(row)?, scheduled_for, return_reason })
    };
    rows.into_iter().map(editable).collect()
}

fn read_state(row: &Model) -> Result<VacancyState, Error> {
    let state = VacancyState::from_code(&row.state);
    state.ok_or_else(|| Error::Unreadable(format!("state of vacancy {}", row.id)))
}

fn as_list<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let values: serde_json::Value = values.into_iter().map(|value| value.as_ref().to_owned()).collect();
    values.to_string()
}

/// The columns that a draft can change, with reference and state.
pub(super) fn columns(vacancy: &Vacancy) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        reference: Set(vacancy.reference.clone()),
        title: Set(vacancy.title.clone()),
        organisation_id: Set(vacancy.organisation_id),
        kind: Set(vacancy.kind.code().to_owned()),
        levels: Set(as_list(vacancy.levels.iter().map(|level| level.code()))),
        study_fields: Set(as_list(&vacancy.study_fields)),
        skills: Set(as_list(&vacancy.skills)),
        place: Set(vacancy.place.clone()),
        hours_per_week: Set(vacancy.hours_per_week.map(i32::from)),
        weeks: Set(vacancy.weeks.map(i32::from)),
        starts_on: Set(vacancy.starts_on),
        closes_on: Set(vacancy.closes_on),
        ended_on: NotSet,
        pay_from_cents: Set(vacancy.pay.map(|pay| pay.from.0)),
        pay_to_cents: Set(vacancy.pay.map(|pay| pay.to.0)),
        travel_allowance: Set(vacancy.travel_allowance.code().to_owned()),
        language: Set(vacancy.language.code().to_owned()),
        is_cross_border: Set(vacancy.is_cross_border),
        remote: Set(vacancy.remote.code().to_owned()),
        seats: Set(i32::from(vacancy.seats)),
        state: Set(vacancy.state.code().to_owned()),
        published_on: Set(vacancy.published_on),
        published_at: NotSet,
        scheduled_for: NotSet,
        closing_told_for: NotSet,
        return_reason: NotSet,
        text: Set(vacancy.text.clone()),
        version: NotSet,
        created_at: NotSet,
        updated_at: NotSet,
    }
}

impl Versioned for Vacancy {
    type Entity = Entity;
    type ActiveModel = ActiveModel;

    const SUBJECT: Subject = Subject::Vacancy;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const VERSION: Column = Column::Version;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;
}

/// Which vacancies visitors may see on a day: [`VacancyVisibility::is_public`], as the database finds it.
pub(crate) fn is_public_on(today: NaiveDate) -> Condition {
    let members = organisations::Entity::find()
        .select_only()
        .column(organisations::Column::Id)
        .filter(organisations::Column::State.eq(OrganisationState::Member.code()));
    Condition::all()
        .add(Column::State.eq(VacancyState::Published.code()))
        .add(Column::ClosesOn.gte(today))
        .add(Column::OrganisationId.in_subquery(members.into_query()))
}

/// All that decides whether visitors may see a vacancy.
pub(crate) fn visibility(
    vacancy: &Model,
    organisation: &organisations::Model,
) -> Result<VacancyVisibility, Error> {
    Ok(VacancyVisibility {
        state: read_state(vacancy)?,
        closes_on: vacancy.closes_on,
        was_published: vacancy.published_at.is_some(),
        organisation: organisation_states::read(organisation)?,
    })
}

/// Whether visitors may see a vacancy on this day; one that can't be read they may not.
pub(crate) fn is_public(vacancy: &Model, organisation: &organisations::Model, today: NaiveDate) -> bool {
    visibility(vacancy, organisation).is_ok_and(|visibility| visibility.is_public(today))
}
