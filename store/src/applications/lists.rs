//! Lists of applications: a talent's own, and what an organisation received for each vacancy.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::applications::{ApplicationRow, ApplicationState, AppliedVacancy};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::questions::EditableQuestions;
use super::rows::{applied, is_of_person, row_of};
use crate::access::{Member, Talent};
use crate::entity::{application_figures, applications, organisations, vacancies, vacancy_questions};
use crate::vacancies::is_public;
use crate::{Error, Store};

/// What an organisation received for one of its vacancies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedVacancy {
    /// The vacancy.
    pub vacancy: AppliedVacancy,
    /// Whether one can still apply.
    pub is_open: bool,
    /// What the organisation asks of somebody who applies.
    pub questions: EditableQuestions,
    /// How many applications came.
    pub applications: u64,
}

/// So far back answers are looked at to say how soon an organisation answers.
const ANSWERS_COUNT_FOR: TimeDelta = TimeDelta::days(365);
/// With fewer answers than so many nothing is said.
const FEWEST_ANSWERS: usize = 3;

impl Store {
    /// The applications of a talent, the newest first.
    pub async fn list_own_applications(&self, talent: &Talent) -> Result<Vec<ApplicationRow>, Error> {
        use applications::{Column, Entity};
        let rows = Entity::find()
            .filter(is_of_person(Some(talent.account_id), talent.email.as_str()))
            .order_by_desc(Column::Id)
            .find_also_related(vacancies::Entity)
            .all(&self.reader)
            .await?;
        let wanted = rows.iter().filter_map(|(_, vacancy)| Some(vacancy.as_ref()?.organisation_id));
        let offering = organisations::Entity::find()
            .filter(organisations::Column::Id.is_in(wanted))
            .all(&self.reader)
            .await?;
        let offering: HashMap<i64, organisations::Model> =
            offering.into_iter().map(|organisation| (organisation.id, organisation)).collect();
        rows.into_iter()
            .map(|(row, vacancy)| {
                let vacancy = vacancy.ok_or(Error::NotFound)?;
                let organisation = offering.get(&vacancy.organisation_id).ok_or(Error::NotFound)?;
                row_of(row, applied(&vacancy, organisation))
            })
            .collect()
    }

    /// What an organisation received: every vacancy that is open or was answered, the first to close first.
    pub async fn list_received_vacancies(
        &self,
        member: &Member,
        today: NaiveDate,
    ) -> Result<Vec<ReceivedVacancy>, Error> {
        let Some(organisation) =
            organisations::Entity::find_by_id(member.organisation_id).one(&self.reader).await?
        else {
            return Ok(Vec::new());
        };
        let offered = vacancies::Entity::find()
            .filter(vacancies::Column::OrganisationId.eq(organisation.id))
            .order_by_asc(vacancies::Column::ClosesOn)
            .order_by_asc(vacancies::Column::Id)
            .all(&self.reader)
            .await?;
        let ids: Vec<i64> = offered.iter().map(|vacancy| vacancy.id).collect();
        let received = applications::Entity::find()
            .select_only()
            .column(applications::Column::VacancyId)
            .column_as(applications::Column::Id.count(), "applications")
            .filter(applications::Column::VacancyId.is_in(ids.clone()))
            .filter(applications::Column::SubmittedAt.is_not_null())
            .group_by(applications::Column::VacancyId)
            .into_tuple::<(i64, i64)>()
            .all(&self.reader)
            .await?;
        let received: HashMap<i64, i64> = received.into_iter().collect();
        let mut asked: HashMap<i64, Vec<String>> = HashMap::new();
        let rows = vacancy_questions::Entity::find()
            .filter(vacancy_questions::Column::VacancyId.is_in(ids))
            .order_by_asc(vacancy_questions::Column::Position)
            .all(&self.reader)
            .await?;
        for row in rows {
            asked.entry(row.vacancy_id).or_default().push(row.question);
        }
        let mut list = Vec::new();
        for vacancy in offered {
            let is_open = is_public(&vacancy, &organisation, today);
            let applications = received.get(&vacancy.id).copied().unwrap_or(0) as u64;
            if !is_open && applications == 0 {
                continue;
            }
            list.push(ReceivedVacancy {
                is_open,
                questions: EditableQuestions {
                    version: vacancy.version,
                    questions: asked.remove(&vacancy.id).unwrap_or_default(),
                },
                applications,
                vacancy: applied(&vacancy, &organisation),
            });
        }
        Ok(list)
    }

    /// Within how many days each organisation usually answers, by its number: the middle of all answers of a year, where
    /// what still waits counts as long as it has waited. An organisation with too few answers is not in it.
    pub async fn usual_answer_days(&self, now: DateTime<Utc>) -> Result<HashMap<i64, u32>, Error> {
        let figures = application_figures::Entity::find()
            .filter(application_figures::Column::SubmittedAt.gt(now - ANSWERS_COUNT_FOR))
            .all(&self.reader)
            .await?;
        let mut by_organisation: HashMap<i64, (usize, Vec<TimeDelta>)> = HashMap::new();
        for figure in figures {
            // Who withdrew before an answer says nothing of how soon one comes.
            if figure.answered_at.is_none() && figure.state == ApplicationState::Withdrawn.code() {
                continue;
            }
            let (answered, waits) = by_organisation.entry(figure.organisation_id).or_default();
            *answered += usize::from(figure.answered_at.is_some());
            waits.push(figure.answered_at.unwrap_or(now) - figure.submitted_at);
        }
        let enough = by_organisation.into_iter().filter(|(_, (answered, _))| *answered >= FEWEST_ANSWERS);
        Ok(enough.map(|(id, (_, waits))| (id, whole_days(middle(waits)))).collect())
    }
}

fn middle(mut waits: Vec<TimeDelta>) -> TimeDelta {
    waits.sort_unstable();
    waits[waits.len() / 2]
}

/// Days, rounded up: who answers after an hour answers within a day.
fn whole_days(wait: TimeDelta) -> u32 {
    (wait + TimeDelta::days(1) - TimeDelta::seconds(1)).num_days().max(1) as u32
}
