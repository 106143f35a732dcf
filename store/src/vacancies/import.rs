//! Vacancies as an import writes them.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::Moment;
use domain::organisations::OrganisationState;
use domain::vacancies::{Vacancy, VacancyVisibility};
use sea_orm::{DatabaseConnection, DatabaseTransaction, EntityTrait};

use super::follow::follow;
use super::rows::{all, columns};
use crate::audit::Action;
use crate::entity::vacancies::{ActiveModel, Entity};
use crate::import::{ImportTarget, Importable};
use crate::{Error, organisation_states};

impl Importable for Vacancy {}

impl ImportTarget for Vacancy {
    /// The states of organisations by number.
    type Known = HashMap<i64, OrganisationState>;

    async fn known(transaction: &DatabaseTransaction) -> Result<Self::Known, Error> {
        organisation_states::all(transaction).await
    }

    fn columns(&self, organisations: &Self::Known) -> Result<ActiveModel, Error> {
        state_of(self, organisations)?;
        Ok(columns(self))
    }

    /// A vacancy keeps the day that it had, unless the sheet tells of another; one that visitors see now gets `today`.
    fn completed(
        self,
        before: Option<&Self>,
        organisations: &Self::Known,
        today: NaiveDate,
    ) -> Result<Self, Error> {
        let known = before.and_then(|before| before.published_on);
        let organisation = state_of(&self, organisations)?;
        Ok(self.with_first_day(known, organisation, today))
    }

    fn action(old: &Self, new: &Self) -> Action {
        if old.state == new.state { Action::Changed } else { Action::Became(new.state) }
    }

    fn is_visible(&self, organisations: &Self::Known, today: NaiveDate) -> bool {
        state_of(self, organisations).is_ok_and(|organisation| {
            let (state, closes_on) = (self.state, self.closes_on);
            VacancyVisibility { state, closes_on, was_published: false, organisation }.is_public(today)
        })
    }

    async fn written(transaction: &DatabaseTransaction, moment: Moment) -> Result<(), Error> {
        follow(transaction, moment).await
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        let all = all(Entity::find(), connection).await?;
        Ok(all.into_iter().map(|stored| (stored.id, stored.vacancy)).collect())
    }
}

fn state_of(
    vacancy: &Vacancy,
    organisations: &HashMap<i64, OrganisationState>,
) -> Result<OrganisationState, Error> {
    let unknown = || {
        let name = &vacancy.organisation;
        Error::Conflict(format!("there is no organisation called {name}; import organisations first"))
    };
    organisations.get(&vacancy.organisation_id).copied().ok_or_else(unknown)
}
