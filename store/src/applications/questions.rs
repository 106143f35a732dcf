//! What an organisation asks of somebody who applies to its vacancies.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;

use crate::access::Member;
use crate::audit::{self, Action, Changes, Stamp, Subject};
use crate::entity::vacancies;
use crate::entity::vacancy_questions::{ActiveModel, Column, Entity};
use crate::versions::Saved;
use crate::{Error, Store};

/// The questions of a vacancy, as somebody edits them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditableQuestions {
    /// The version of the vacancy.
    pub version: i64,
    /// The questions, in their order.
    pub questions: Vec<String>,
}

impl Store {
    /// What an organisation asks of somebody who applies to a vacancy.
    pub async fn list_questions(&self, vacancy_id: i64) -> Result<Vec<String>, Error> {
        questions_of(&self.reader, vacancy_id).await
    }

    /// Changes what an organisation asks of somebody who applies to one of its vacancies, from the version that was read. Search and lists
    /// do not show questions, so this makes no revision.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the vacancy is another's.
    pub async fn change_questions(
        &self,
        member: &Member,
        vacancy_id: i64,
        version: i64,
        questions: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Saved<EditableQuestions>, Error> {
        let member = member.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { change(transaction, &member, vacancy_id, version, questions, now).await })
        });
        write.await
    }
}

async fn change(
    transaction: &DatabaseTransaction,
    member: &Member,
    vacancy_id: i64,
    version: i64,
    questions: Vec<String>,
    now: DateTime<Utc>,
) -> Result<Saved<EditableQuestions>, Error> {
    // Two who change them at once: one after the other.
    let vacancy = vacancies::Entity::find_by_id(vacancy_id).lock_exclusive().one(transaction).await?;
    let vacancy =
        vacancy.filter(|vacancy| vacancy.organisation_id == member.organisation_id).ok_or(Error::NotFound)?;
    let before = questions_of(transaction, vacancy_id).await?;
    if before == questions {
        return Ok(Saved::Written { version: vacancy.version });
    }
    if vacancy.version != version {
        let now_there = EditableQuestions { version: vacancy.version, questions: before };
        return Ok(Saved::Stale(Box::new(now_there)));
    }
    replace(transaction, vacancy_id, &questions).await?;
    let version = version + 1;
    vacancies::Entity::update_many()
        .col_expr(vacancies::Column::Version, Expr::value(version))
        .filter(vacancies::Column::Id.eq(vacancy_id))
        .exec(transaction)
        .await?;
    let details = Changes::from_iter([("questions".to_owned(), json!({ "old": before, "new": questions }))]);
    let stamp = Stamp::new(member.actor(), now);
    let record = stamp.record(Action::Changed, Subject::Questions, vacancy_id, &details);
    audit::add(transaction, vec![record]).await?;
    Ok(Saved::Written { version })
}

async fn replace(
    transaction: &DatabaseTransaction,
    vacancy_id: i64,
    questions: &[String],
) -> Result<(), Error> {
    Entity::delete_many().filter(Column::VacancyId.eq(vacancy_id)).exec(transaction).await?;
    let rows = questions.iter().zip(0..).map(|(question, position)| ActiveModel {
        vacancy_id: Set(vacancy_id),
        position: Set(position),
        question: Set(question.clone()),
        ..Default::default()
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The questions of a vacancy, in their order.
pub(super) async fn questions_of(
    connection: &impl ConnectionTrait,
    vacancy_id: i64,
) -> Result<Vec<String>, Error> {
    let rows = Entity::find()
        .filter(Column::VacancyId.eq(vacancy_id))
        .order_by_asc(Column::Position)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.question).collect())
}
