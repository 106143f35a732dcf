//! From the rows of applications to values, and the few changes that all ways of changing them share.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::applications::mail::AboutApplication;
use domain::applications::{
    Application, ApplicationRow, ApplicationState, AppliedVacancy, Cv, DeclineReason, Side, TimelineEntry,
};
use domain::vacancies::vacancy_slug;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
};

use crate::Error;
use crate::actor::Actor;
use crate::entity::{
    accounts, application_entries, application_figures, applications, organisations, vacancies,
};
use crate::vacancies::ends_on;

/// An application with what it is about.
#[derive(Clone, Debug)]
pub(super) struct LoadedApplication {
    pub(super) row: applications::Model,
    pub(super) vacancy: vacancies::Model,
    pub(super) organisation: organisations::Model,
}

/// A change of state, and who makes it.
pub(super) struct Transition<'a> {
    pub(super) next: ApplicationState,
    pub(super) side: Side,
    pub(super) actor: &'a Actor,
    pub(super) reason: Option<DeclineReason>,
    pub(super) text: Option<String>,
    pub(super) placed_from: Option<NaiveDate>,
}

impl<'a> Transition<'a> {
    pub(super) fn to(next: ApplicationState, side: Side, actor: &'a Actor) -> Self {
        Self { next, side, actor, reason: None, text: None, placed_from: None }
    }
}

impl LoadedApplication {
    pub(super) async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Self>, Error> {
        let Some(row) = applications::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
        Self::of(connection, row).await.map(Some)
    }

    pub(super) async fn of(
        connection: &impl ConnectionTrait,
        row: applications::Model,
    ) -> Result<Self, Error> {
        let (vacancy, organisation) = offered(connection, row.vacancy_id).await?.ok_or(Error::NotFound)?;
        Ok(Self { row, vacancy, organisation })
    }

    pub(super) fn state(&self) -> Result<ApplicationState, Error> {
        state_of(&self.row)
    }

    /// What a mail says of it.
    pub(super) fn about(&self, link: String) -> AboutApplication {
        AboutApplication {
            link,
            vacancy: self.vacancy.title.clone(),
            organisation: self.organisation.name.clone(),
            talent: self.row.name.clone(),
        }
    }

    /// Where the talent reads mail, and in which language: the account knows better than what was typed once.
    pub(super) async fn talent(
        &self,
        connection: &impl ConnectionTrait,
    ) -> Result<(EmailAddress, Language), Error> {
        let account = match self.row.account_id {
            Some(id) => accounts::Entity::find_by_id(id).one(connection).await?,
            None => None,
        };
        let (email, language) = account
            .map_or((self.row.email.clone(), self.row.language.clone()), |account| {
                (account.email, account.language)
            });
        let email = EmailAddress::parse(&email).ok_or_else(|| unreadable("email", self.row.id))?;
        Ok((email, Language::from_code(&language).ok_or_else(|| unreadable("language", self.row.id))?))
    }

    pub(super) async fn read(self, connection: &impl ConnectionTrait) -> Result<Application, Error> {
        let entries = application_entries::Entity::find()
            .filter(application_entries::Column::ApplicationId.eq(self.row.id))
            .order_by_asc(application_entries::Column::Id)
            .all(connection)
            .await?;
        let (email, _) = self.talent(connection).await?;
        let state = self.state()?;
        let vacancy = applied(&self.vacancy, &self.organisation);
        let row = self.row;
        Ok(Application {
            id: row.id,
            vacancy,
            name: row.name,
            email,
            motivation: row.motivation,
            answers: serde_json::from_str(&row.answers).map_err(|_| unreadable("answers", row.id))?,
            cv: cv_of(row.cv_name, row.cv_bytes),
            state,
            placed_from: row.placed_from,
            may_be_kept: row.consented_at.is_some(),
            entries: entries.into_iter().map(read_entry).collect::<Result<_, _>>()?,
        })
    }
}

/// The applications of a person: those of the account, and those that were sent under the address without one.
pub(super) fn is_of_person(account_id: Option<i64>, address: &str) -> Condition {
    use applications::Column;
    let by_address = Condition::all().add(Column::AccountId.is_null()).add(Column::Email.eq(address));
    let by_account = account_id.map(|id| Column::AccountId.eq(id));
    Condition::any().add_option(by_account).add(by_address)
}

/// The name of the organisation that offers a vacancy, for a query that says which.
pub(super) fn name_of_offering() -> SelectStatement {
    Query::select()
        .column((organisations::Entity, organisations::Column::Name))
        .from(organisations::Entity)
        .inner_join(
            vacancies::Entity,
            Expr::col((vacancies::Entity, vacancies::Column::OrganisationId))
                .equals((organisations::Entity, organisations::Column::Id)),
        )
        .to_owned()
}

/// A vacancy and who offers it.
pub(crate) async fn offered(
    connection: &impl ConnectionTrait,
    vacancy_id: i64,
) -> Result<Option<(vacancies::Model, organisations::Model)>, Error> {
    let found = vacancies::Entity::find_by_id(vacancy_id)
        .find_also_related(organisations::Entity)
        .one(connection)
        .await?;
    Ok(found.and_then(|(vacancy, organisation)| Some((vacancy, organisation?))))
}

/// A vacancy as those see it whom an application concerns.
pub(crate) fn applied(vacancy: &vacancies::Model, organisation: &organisations::Model) -> AppliedVacancy {
    AppliedVacancy {
        id: vacancy.id,
        title: vacancy.title.clone(),
        slug: vacancy_slug(vacancy.id, &vacancy.title),
        organisation: organisation.name.clone(),
        organisation_slug: organisation.slug.clone(),
        closes_on: ends_on(vacancy),
    }
}

pub(super) fn row_of(row: applications::Model, vacancy: AppliedVacancy) -> Result<ApplicationRow, Error> {
    let state = state_of(&row)?;
    Ok(ApplicationRow { id: row.id, vacancy, name: row.name, state, state_since: row.state_since })
}

pub(super) fn state_of(row: &applications::Model) -> Result<ApplicationState, Error> {
    ApplicationState::from_code(&row.state).ok_or_else(|| unreadable("state", row.id))
}

pub(super) fn cv_of(name: Option<String>, bytes: Option<i64>) -> Option<Cv> {
    Some(Cv { name: name?, bytes: bytes? as u64 })
}

pub(super) fn read_entry(row: application_entries::Model) -> Result<TimelineEntry, Error> {
    let unreadable = |column: &str| Error::Unreadable(format!("{column} of application entry {}", row.id));
    let known = |code: &Option<String>| code.as_deref().map(ApplicationState::from_code);
    let state = known(&row.state).map(|state| state.ok_or_else(|| unreadable("state"))).transpose()?;
    let reason = row.reason.as_deref().map(DeclineReason::from_code);
    Ok(TimelineEntry {
        at: row.at,
        side: Side::from_code(&row.side).ok_or_else(|| unreadable("side"))?,
        state,
        reason: reason.map(|reason| reason.ok_or_else(|| unreadable("reason"))).transpose()?,
        actor: row.actor_label,
        text: row.text,
    })
}

pub(super) fn unreadable(column: &str, id: i64) -> Error {
    Error::Unreadable(format!("{column} of application {id}"))
}

/// Moves an application on, writes down who did it, and counts it. Says no, and does nothing, when the rules or somebody
/// who was faster do not allow it.
pub(super) async fn move_on(
    transaction: &DatabaseTransaction,
    loaded: &mut LoadedApplication,
    change: Transition<'_>,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let state = loaded.state()?;
    if !state.may_become(change.next, change.side) {
        return Ok(false);
    }
    let moved = applications::Entity::update_many()
        .col_expr(applications::Column::State, Expr::value(change.next.code()))
        .col_expr(applications::Column::StateSince, Expr::value(now))
        .col_expr(applications::Column::PlacedFrom, Expr::value(change.placed_from))
        .filter(applications::Column::Id.eq(loaded.row.id))
        .filter(applications::Column::State.eq(state.code()))
        .exec(transaction)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(false);
    }
    change.next.code().clone_into(&mut loaded.row.state);
    loaded.row.state_since = now;
    loaded.row.placed_from = change.placed_from;
    let is_answer = change.side == Side::Organisation && change.next != ApplicationState::Seen;
    count(transaction, loaded, is_answer.then_some(now)).await?;
    let entry = NewEntry {
        side: change.side,
        actor: change.actor,
        state: Some(change.next),
        reason: change.reason,
        text: change.text,
    };
    add_entry(transaction, loaded.row.id, entry, now).await?;
    Ok(true)
}

pub(super) struct NewEntry<'a> {
    pub(super) side: Side,
    pub(super) actor: &'a Actor,
    pub(super) state: Option<ApplicationState>,
    pub(super) reason: Option<DeclineReason>,
    pub(super) text: Option<String>,
}

pub(super) async fn add_entry(
    transaction: &DatabaseTransaction,
    application_id: i64,
    entry: NewEntry<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = application_entries::ActiveModel {
        application_id: Set(application_id),
        at: Set(now),
        side: Set(entry.side.code().to_owned()),
        actor_kind: Set(entry.actor.kind.code().to_owned()),
        actor_account_id: Set(entry.actor.account_id),
        actor_label: Set(entry.actor.label.clone()),
        state: Set(entry.state.map(|state| state.code().to_owned())),
        reason: Set(entry.reason.map(|reason| reason.code().to_owned())),
        text: Set(entry.text),
        ..Default::default()
    };
    application_entries::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

/// Brings the figures up to date; they stay when the application is erased.
pub(super) async fn count(
    transaction: &DatabaseTransaction,
    loaded: &LoadedApplication,
    answered_at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    use application_figures::{ActiveModel, Column, Entity};
    let known = Entity::find().filter(Column::ApplicationId.eq(loaded.row.id)).one(transaction).await?;
    let Some(submitted_at) = loaded.row.submitted_at else { return Ok(()) };
    // An answer from before it was sent again answers something else.
    let earlier = known.as_ref().and_then(|known| known.answered_at).filter(|at| *at >= submitted_at);
    let row = ActiveModel {
        application_id: Set(Some(loaded.row.id)),
        vacancy_id: Set(loaded.vacancy.id),
        organisation_id: Set(loaded.organisation.id),
        submitted_at: Set(submitted_at),
        answered_at: Set(earlier.or(answered_at)),
        state: Set(loaded.row.state.clone()),
        placed_from: Set(loaded.row.placed_from),
        ..Default::default()
    };
    match known {
        Some(known) => {
            Entity::update(ActiveModel { id: Set(known.id), ..row }).exec(transaction).await?;
        }
        None => {
            Entity::insert(row).exec_without_returning(transaction).await?;
        }
    }
    Ok(())
}
