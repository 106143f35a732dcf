//! What an organisation received, as a list that is filtered, sorted, paged, counted and exported.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::applications::{ApplicationState, WAITING};
use domain::list::ListQuery;
use domain::stages::Stage;
use futures::future::try_join_all;
use futures::{Stream, TryStreamExt};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Select};

use super::rows::state_of;
use crate::access::Member;
use crate::entity::applications::{Column, Entity, Model};
use crate::entity::vacancies;
use crate::error::Error;
use crate::keyset::{Keyset, ListPage, holding};
use crate::store::Store;

/// The number of rows that an export reads at once.
const CHUNK: u16 = 500;

/// One application, as the organisation lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedApplication {
    /// The row's number.
    pub id: i64,
    /// The name of the talent.
    pub name: String,
    /// The number of the vacancy that it answers.
    pub vacancy_id: i64,
    /// The title of that vacancy.
    pub vacancy: String,
    /// The state.
    pub state: ApplicationState,
    /// The time since which it is in that state.
    pub state_since: DateTime<Utc>,
    /// The time at which it came.
    pub submitted_at: DateTime<Utc>,
}

/// A stage of what an organisation received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedColumn {
    /// The stage.
    pub stage: Stage,
    /// The number of applications in it.
    pub count: u64,
    /// The first of them, in the order of the query.
    pub rows: Vec<ReceivedApplication>,
}

impl Store {
    /// A page of what an organisation received; `query` is one of [`domain::applications::RECEIVED`].
    pub async fn page_received(
        &self,
        member: &Member,
        query: &ListQuery,
    ) -> Result<ListPage<ReceivedApplication>, Error> {
        let rows = matching(member, query);
        let page = keyset(query).page(&self.reader, rows, query.cursor(), query.page_size()).await?;
        let titles = titles(&self.reader, &page.rows).await?;
        page.try_map(|row| read(row, &titles))
    }

    /// What an organisation received, by stage, with at most `limit` applications of each.
    pub async fn board_received(
        &self,
        member: &Member,
        query: &ListQuery,
        limit: u16,
    ) -> Result<Vec<ReceivedColumn>, Error> {
        let counts = matching(member, query)
            .select_only()
            .column(Column::State)
            .column_as(Column::Id.count(), "applications")
            .group_by(Column::State)
            .into_tuple::<(String, i64)>()
            .all(&self.reader)
            .await?;
        let counts: HashMap<String, i64> = counts.into_iter().collect();
        let count_of = |stage: Stage| -> u64 {
            let states = stage.states().iter();
            states.map(|state| counts.get(state.code()).copied().unwrap_or(0) as u64).sum()
        };
        // One question for each stage, all at once: their number is that of the stages, whatever came.
        let columns = Stage::ALL.into_iter().filter(|stage| count_of(*stage) > 0).map(async |stage| {
            let in_stage = stage.states().iter().map(|state| state.code());
            let rows = matching(member, query).filter(Column::State.is_in(in_stage));
            Ok::<_, Error>((stage, keyset(query).page(&self.reader, rows, None, limit).await?.rows))
        });
        let mut found = try_join_all(columns).await?;
        let all: Vec<Model> = found.iter().flat_map(|(_, rows)| rows.clone()).collect();
        let titles = titles(&self.reader, &all).await?;
        let column = |stage: Stage| {
            let at = found.iter().position(|(other, _)| *other == stage);
            let rows = at.map(|at| found.swap_remove(at).1).unwrap_or_default();
            let rows = rows.into_iter().map(|row| read(row, &titles)).collect::<Result<_, _>>()?;
            Ok(ReceivedColumn { stage, count: count_of(stage), rows })
        };
        Stage::ALL.into_iter().map(column).collect()
    }

    /// How many applications match a query.
    pub async fn count_received(&self, member: &Member, query: &ListQuery) -> Result<u64, Error> {
        Ok(matching(member, query).count(&self.reader).await?)
    }

    /// All applications that match a query, in its order, for an export.
    pub async fn stream_received(
        &self,
        member: &Member,
        query: &ListQuery,
    ) -> Result<impl Stream<Item = Result<ReceivedApplication, Error>> + use<>, Error> {
        // The titles of an organisation's own vacancies are few; they are read once.
        let of_vacancies = vacancies::Entity::find()
            .select_only()
            .columns([vacancies::Column::Id, vacancies::Column::Title])
            .filter(vacancies::Column::OrganisationId.eq(member.organisation_id))
            .into_tuple::<(i64, String)>()
            .all(&self.reader)
            .await?;
        let titles: HashMap<i64, String> = of_vacancies.into_iter().collect();
        let rows = keyset(query).stream(self.reader.clone(), matching(member, query), CHUNK);
        Ok(rows.and_then(move |row| std::future::ready(read(row, &titles))))
    }
}

fn matching(member: &Member, query: &ListQuery) -> Select<Entity> {
    let mut rows = Entity::find().filter(Column::OrganisationId.eq(member.organisation_id));
    if !query.search().is_empty() {
        rows = rows.filter(Column::FoldedName.like(holding(query.search())));
    }
    if let Some(states) = asked_states(query) {
        rows = rows.filter(Column::State.is_in(states));
    }
    let asked: Vec<&str> = query.choices("vacature").collect();
    if !asked.is_empty() {
        rows = rows.filter(Column::VacancyId.is_in(asked.iter().filter_map(|id| id.parse::<i64>().ok())));
    }
    rows
}

/// The codes of the states that a query asks for; nothing when it asks for all.
fn asked_states(query: &ListQuery) -> Option<Vec<&'static str>> {
    let named: Vec<ApplicationState> =
        query.choices("stand").filter_map(ApplicationState::from_word).collect();
    let must_wait = query.has_choice("wacht", WAITING);
    if named.is_empty() && !must_wait {
        return None;
    }
    let is_asked = |state: &&ApplicationState| {
        (named.is_empty() || named.contains(state)) && (!must_wait || state.waits_for_answer())
    };
    Some(ApplicationState::ALL.iter().filter(is_asked).map(|state| state.code()).collect())
}

fn keyset(query: &ListQuery) -> Keyset<Entity> {
    let column = match query.sort().column {
        "naam" => Column::FoldedName,
        "sinds" => Column::StateSince,
        _ => Column::SubmittedAt,
    };
    Keyset { column, id: Column::Id, direction: query.sort().direction, has_gaps: false }
}

/// The numbers of all applications that match a query, in its order.
pub(super) async fn ids_of(
    connection: &impl ConnectionTrait,
    member: &Member,
    query: &ListQuery,
) -> Result<Vec<i64>, Error> {
    let numbers = keyset(query).numbers(matching(member, query), None, query.sort().direction);
    Ok(numbers.into_tuple().all(connection).await?)
}

/// The titles of the vacancies that rows answer, by number.
async fn titles(connection: &impl ConnectionTrait, rows: &[Model]) -> Result<HashMap<i64, String>, Error> {
    let found = vacancies::Entity::find()
        .select_only()
        .columns([vacancies::Column::Id, vacancies::Column::Title])
        .filter(vacancies::Column::Id.is_in(rows.iter().map(|row| row.vacancy_id)))
        .into_tuple::<(i64, String)>()
        .all(connection)
        .await?;
    Ok(found.into_iter().collect())
}

fn read(row: Model, titles: &HashMap<i64, String>) -> Result<ReceivedApplication, Error> {
    let state = state_of(&row)?;
    Ok(ReceivedApplication {
        id: row.id,
        vacancy: titles.get(&row.vacancy_id).cloned().unwrap_or_default(),
        vacancy_id: row.vacancy_id,
        state,
        state_since: row.state_since,
        submitted_at: row.submitted_at.ok_or_else(|| super::rows::unreadable("submitted_at", row.id))?,
        name: row.name,
    })
}

#[cfg(test)]
mod tests {
    use domain::accounts::{EmailAddress, MemberRole};
    use domain::applications::RECEIVED;
    use sea_orm::{Database, QueryTrait, Statement};
    use sea_orm_migration::MigratorTrait;

    use super::*;
    use crate::database;
    use crate::migration::Migrations;

    #[tokio::test]
    async fn every_order_of_the_list_is_that_of_an_index() {
        let connection = Database::connect(database::in_memory()).await.unwrap();
        Migrations::up(&connection, None).await.unwrap();
        let member = Member {
            account_id: 1,
            email: EmailAddress::parse("ann@berkel.example").unwrap(),
            name: None,
            organisation_id: 1,
            role: MemberRole::Editor,
        };
        for (asked, index) in [
            ("", "organisation_id_and_submitted_at_and_id"),
            ("sorteer=ontvangen", "organisation_id_and_submitted_at_and_id"),
            ("sorteer=-sinds", "organisation_id_and_state_since_and_id"),
            ("sorteer=naam", "organisation_id_and_folded_name_and_id"),
            ("stand=gezien", "organisation_id_and_state_and_submitted_at_and_id"),
            ("vacature=7", "vacancy_id_and_submitted_at_and_id"),
        ] {
            let query = ListQuery::parse(&RECEIVED, asked);
            let rows = keyset(&query).numbers(matching(&member, &query), None, query.sort().direction);
            let statement = rows.build(connection.get_database_backend()).to_string();
            let explained = Statement::from_string(
                connection.get_database_backend(),
                format!("EXPLAIN QUERY PLAN {statement}"),
            );
            let steps = connection.query_all_raw(explained).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.try_get("", "detail").unwrap()).collect();
            let plan = steps.join("; ");
            assert!(plan.contains(&format!("applications_by_{index}")), "{asked}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{asked}: {plan}");
        }
    }
}
