//! Vacancies in the database.

pub(crate) mod data;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Language;
use domain::Moment;
use domain::text::Cents;
use domain::vacancies::{
    Level, Pay, Remote, StoredVacancy, Vacancy, VacancyKind, VacancyState, first_day_public,
};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::actor::Actor;
use crate::audit::{self, Action, Stamp, Subject};
use crate::entity::vacancies::{ActiveModel, Column, Entity, Model};
use crate::entity::{applications, organisations, vacancy_outcomes};
use crate::import::{ImportTarget, Importable};
use crate::organisations::{id_of, ids_by_name};
use crate::store::Store;
use crate::{Error, alerts, database, revisions};

impl Store {
    /// The vacancies that are published and not closed on this day of the hub's own clock, by number.
    pub async fn list_open_vacancies(&self, today: NaiveDate) -> Result<Vec<StoredVacancy>, Error> {
        list_open(&self.reader, today).await
    }

    /// The vacancies with these numbers, whatever their state.
    pub async fn list_vacancies(&self, ids: &[i64]) -> Result<Vec<StoredVacancy>, Error> {
        list(&self.reader, ids).await
    }

    /// The vacancy with this number, whatever its state.
    pub async fn find_vacancy(&self, id: i64) -> Result<Option<StoredVacancy>, Error> {
        find(&self.reader, id).await
    }

    /// The next vacancies of any state after a number, by number; at most `limit`. Begin with 0.
    pub async fn each_vacancy(&self, after_id: i64, limit: u64) -> Result<Vec<StoredVacancy>, Error> {
        list_after(&self.reader, after_id, limit).await
    }

    /// Moves a vacancy to another state, with an audit record and a revision.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::NotAllowed`] when [`VacancyState::may_become`] says no.
    pub async fn change_vacancy_state(
        &self,
        id: i64,
        next: VacancyState,
        actor: Actor,
        Moment { now, today }: Moment,
    ) -> Result<(), Error> {
        let stamp = Stamp::new(actor, now);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { change_state(transaction, id, next, &stamp, today).await })
        });
        write.await
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
}

fn with_organisation() -> Select<Entity> {
    Entity::find()
        .inner_join(organisations::Entity)
        .column_as(organisations::Column::Name, "organisation_name")
        .column_as(organisations::Column::Slug, "organisation_slug")
        .column_as(organisations::Column::Logo, "organisation_logo")
        .column_as(organisations::Column::Sector, "organisation_sector")
}

/// Rows that are read at once: SQLite's rows weigh several times what they hold until they are read.
const ROWS_TOGETHER: usize = 1_000;

/// The vacancies that a query chooses, by number, all as they are at one moment.
async fn all(chosen: Select<Entity>, connection: &DatabaseConnection) -> Result<Vec<StoredVacancy>, Error> {
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

/// The vacancies that visitors may see as open on this day, oldest first.
pub(crate) async fn list_open(
    connection: &DatabaseConnection,
    today: NaiveDate,
) -> Result<Vec<StoredVacancy>, Error> {
    let open = Entity::find()
        .filter(Column::State.eq(VacancyState::Published.code()))
        .filter(Column::ClosesOn.gte(today));
    all(open, connection).await
}

/// At most `limit` vacancies of any state whose number is above `after`, by number.
pub(crate) async fn list_after(
    connection: &impl ConnectionTrait,
    after: i64,
    limit: u64,
) -> Result<Vec<StoredVacancy>, Error> {
    some_rows(with_organisation().filter(Column::Id.gt(after)).limit(limit), connection).await
}

/// The vacancies with those numbers, of any state, by number.
pub(crate) async fn list(
    connection: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<Vec<StoredVacancy>, Error> {
    let mut vacancies = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS_TOGETHER) {
        let some = with_organisation().filter(Column::Id.is_in(ids.iter().copied()));
        vacancies.extend(some_rows(some, connection).await?);
    }
    Ok(vacancies)
}

/// The vacancy with that number, of any state.
pub(crate) async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<StoredVacancy>, Error> {
    let row = with_organisation().filter(Column::Id.eq(id)).into_model::<Row>().one(connection).await?;
    row.map(read).transpose()
}

/// Moves a vacancy to another state, when the domain allows that.
pub(crate) async fn change_state(
    transaction: &DatabaseTransaction,
    id: i64,
    next: VacancyState,
    stamp: &Stamp,
    today: NaiveDate,
) -> Result<(), Error> {
    database::take_turn(transaction).await?;
    let row = Entity::find_by_id(id).lock_exclusive().one(transaction).await?.ok_or(Error::NotFound)?;
    let state = read_state(&row)?;
    if !state.may_become(next) {
        return Err(Error::NotAllowed(state, next));
    }
    let published_on = row.published_on.or_else(|| first_day_public(next, row.closes_on, today));
    let old: ActiveModel = row.into();
    let mut new = old.clone();
    new.state = Set(next.code().to_owned());
    new.published_on = Set(published_on);
    let changes = audit::keep_changes(&old, &mut new);
    new.id = Set(id);
    new.updated_at = Set(stamp.at);
    Entity::update(new).exec_without_returning(transaction).await?;
    let record = stamp.record(Action::Became(next), Subject::Vacancy, id, &changes);
    audit::add(transaction, vec![record]).await?;
    note_endings(transaction, today).await?;
    alerts::note_publications(transaction, Moment { now: stamp.at, today }).await?;
    revisions::add(transaction, &stamp.actor.to_string(), stamp.at).await
}

/// Notes which vacancies ended before their closing day, and which go on again: of those it is asked anew what became of them.
async fn note_endings(transaction: &DatabaseTransaction, today: NaiveDate) -> Result<(), Error> {
    let ended = [VacancyState::Filled.code(), VacancyState::Expired.code()];
    Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(today))
        .filter(Column::State.is_in(ended))
        .filter(Column::EndedOn.is_null())
        .filter(Column::ClosesOn.gt(today))
        .exec(transaction)
        .await?;
    Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(None::<NaiveDate>))
        .filter(Column::State.is_not_in(ended))
        .filter(Column::EndedOn.is_not_null())
        .exec(transaction)
        .await?;
    let open = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(VacancyState::Published.code()))
        .filter(Column::ClosesOn.gte(today));
    vacancy_outcomes::Entity::delete_many()
        .filter(vacancy_outcomes::Column::VacancyId.in_subquery(open.into_query()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Gives what was received for vacancies that changed at a moment to the organisations that offer them from then on.
async fn hand_over_applications(transaction: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), Error> {
    let offered_by = Entity::find()
        .select_only()
        .column(Column::OrganisationId)
        .filter(
            Expr::col((Entity, Column::Id)).equals((applications::Entity, applications::Column::VacancyId)),
        )
        .into_query();
    let changed =
        Entity::find().select_only().column(Column::Id).filter(Column::UpdatedAt.eq(at)).into_query();
    let receiver = (applications::Entity, applications::Column::OrganisationId);
    applications::Entity::update_many()
        .col_expr(
            applications::Column::OrganisationId,
            SimpleExpr::SubQuery(None, Box::new(offered_by.into())),
        )
        .filter(applications::Column::VacancyId.in_subquery(changed))
        .filter(Expr::col(receiver).is_not_null())
        .exec(transaction)
        .await?;
    Ok(())
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
    let list = |column, text: &str| serde_json::from_str::<Vec<String>>(text).map_err(|_| unreadable(column));
    let levels =
        list("levels", &vacancy.levels)?.iter().map(|code| Level::from_code(code)).collect::<Option<_>>();
    let pay = vacancy.pay_from_cents.zip(vacancy.pay_to_cents);
    let read = Vacancy {
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
        vacancy: read,
    })
}

fn read_state(row: &Model) -> Result<VacancyState, Error> {
    let state = VacancyState::from_code(&row.state);
    state.ok_or_else(|| Error::Unreadable(format!("state of vacancy {}", row.id)))
}

fn as_list<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let values: serde_json::Value = values.into_iter().map(|value| value.as_ref().to_owned()).collect();
    values.to_string()
}

impl Importable for Vacancy {}

impl ImportTarget for Vacancy {
    type Entity = Entity;
    type ActiveModel = ActiveModel;
    /// The numbers of organisations by name.
    type Known = HashMap<String, i64>;

    const SUBJECT: Subject = Subject::Vacancy;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;

    async fn known(transaction: &DatabaseTransaction) -> Result<Self::Known, Error> {
        ids_by_name(transaction).await
    }

    fn columns(&self, organisations: &Self::Known) -> Result<ActiveModel, Error> {
        Ok(ActiveModel {
            id: NotSet,
            reference: Set(self.reference.clone()),
            title: Set(self.title.clone()),
            organisation_id: Set(id_of(&self.organisation, organisations)?),
            kind: Set(self.kind.code().to_owned()),
            levels: Set(as_list(self.levels.iter().map(|level| level.code()))),
            study_fields: Set(as_list(&self.study_fields)),
            skills: Set(as_list(&self.skills)),
            place: Set(self.place.clone()),
            hours_per_week: Set(self.hours_per_week.map(i32::from)),
            weeks: Set(self.weeks.map(i32::from)),
            starts_on: Set(self.starts_on),
            closes_on: Set(self.closes_on),
            ended_on: NotSet,
            pay_from_cents: Set(self.pay.map(|pay| pay.from.0)),
            pay_to_cents: Set(self.pay.map(|pay| pay.to.0)),
            language: Set(self.language.code().to_owned()),
            is_cross_border: Set(self.is_cross_border),
            remote: Set(self.remote.code().to_owned()),
            seats: Set(i32::from(self.seats)),
            state: Set(self.state.code().to_owned()),
            published_on: Set(self.published_on),
            published_at: NotSet,
            text: Set(self.text.clone()),
            created_at: NotSet,
            updated_at: NotSet,
        })
    }

    /// A vacancy that becomes public without a day gets `today`, unless it has closed; one that had a day keeps it.
    fn completed(mut self, before: Option<&Self>, today: NaiveDate) -> Self {
        let known = self.published_on.or(before.and_then(|before| before.published_on));
        self.published_on = known.or_else(|| first_day_public(self.state, self.closes_on, today));
        self
    }

    fn action(old: &Self, new: &Self) -> Action {
        if old.state == new.state { Action::Changed } else { Action::Became(new.state) }
    }

    async fn written(transaction: &DatabaseTransaction, Moment { now, today }: Moment) -> Result<(), Error> {
        note_endings(transaction, today).await?;
        hand_over_applications(transaction, now).await?;
        alerts::note_publications(transaction, Moment { now, today }).await
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        let all = all(Entity::find(), connection).await?;
        Ok(all.into_iter().map(|stored| (stored.id, stored.vacancy)).collect())
    }
}
