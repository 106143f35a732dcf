//! One answer to many applications that an organisation received.

use chrono::{DateTime, Utc};
use domain::applications::{Side, Step};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Select};

use super::received::ids_of;
use super::rows::LoadedApplication;
use super::steps::take;
use crate::access::{Member, Participant};
use crate::bulk::ChosenRows;
use crate::entity::applications::{Column, Entity};
use crate::entity::{organisations, vacancies};
use crate::error::Error;
use crate::letter_context::LetterContext;
use crate::store::Store;
use crate::writer::AT_ONCE;

/// What became of an answer to many applications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BulkAnswer {
    /// The number of applications that were answered.
    pub answered: u64,
    /// The number of those that stayed as they were: they had moved on, or are none of the organisation's.
    pub passed_over: u64,
}

impl Store {
    /// Takes the same step with many applications, with the same words to each talent; or says how many match, when these are
    /// not as many as somebody confirmed. Each application goes as with [`Store::take_step`].
    ///
    /// Some are written at a time, so that others need not wait. An error leaves those that were written before it answered;
    /// to do it again then answers the rest.
    pub async fn answer_received(
        &self,
        member: &Member,
        chosen: ChosenRows,
        step: Step,
        text: Option<String>,
        letter_context: &LetterContext,
        now: DateTime<Utc>,
    ) -> Result<Result<BulkAnswer, u64>, Error> {
        let ids = match chosen {
            ChosenRows::Some(ids) => ids,
            ChosenRows::All { query, count } => {
                let ids = ids_of(&self.reader, member, &query).await?;
                if ids.len() as u64 != count {
                    return Ok(Err(ids.len() as u64));
                }
                ids
            }
        };
        let mut answered = 0;
        for chunk in ids.chunks(AT_ONCE as usize) {
            let (member, chunk, step, text) = (member.clone(), chunk.to_vec(), step.clone(), text.clone());
            let letter_context = letter_context.clone();
            let write = self.writer.write(move |transaction| {
                Box::pin(async move {
                    answer_some(transaction, &member, chunk, &step, text.as_ref(), &letter_context, now).await
                })
            });
            answered += write.await?;
        }
        Ok(Ok(BulkAnswer { answered, passed_over: ids.len() as u64 - answered }))
    }

    /// The names of who sent applications with these numbers to an organisation, by number; others are left out.
    pub async fn names_received(&self, member: &Member, ids: Vec<i64>) -> Result<Vec<(i64, String)>, Error> {
        let rows = received_by(member, ids).all(&self.reader).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
    }
}

/// Answers those of some applications that are the organisation's; returns how many.
async fn answer_some(
    transaction: &DatabaseTransaction,
    member: &Member,
    ids: Vec<i64>,
    step: &Step,
    text: Option<&String>,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut answered = 0;
    for mut loaded in load(transaction, member, ids).await? {
        let who =
            Participant { application_id: loaded.row.id, side: Side::Organisation, actor: member.actor() };
        let text = text.cloned();
        let taken = take(transaction, &mut loaded, &who, step.clone(), text, letter_context, now).await?;
        answered += u64::from(taken);
    }
    Ok(answered)
}

async fn load(
    transaction: &DatabaseTransaction,
    member: &Member,
    ids: Vec<i64>,
) -> Result<Vec<LoadedApplication>, Error> {
    let organisation = organisations::Entity::find_by_id(member.organisation_id).one(transaction).await?;
    let organisation = organisation.ok_or(Error::NotFound)?;
    let rows = received_by(member, ids).find_also_related(vacancies::Entity).all(transaction).await?;
    let loaded = rows.into_iter().filter_map(|(row, vacancy)| {
        let vacancy = vacancy.filter(|vacancy| vacancy.organisation_id == organisation.id)?;
        Some(LoadedApplication { row, vacancy, organisation: organisation.clone() })
    });
    Ok(loaded.collect())
}

fn received_by(member: &Member, ids: Vec<i64>) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganisationId.eq(member.organisation_id))
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::Id)
}
