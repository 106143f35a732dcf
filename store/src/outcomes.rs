//! What became of vacancies that closed: asked of their organisations by mail, and answered without signing in.

use chrono::{DateTime, Days, Utc};
use domain::Moment;
use domain::applications::AppliedVacancy;
use domain::mail::Message;
use domain::vacancies::mail::VacancyMail;
use domain::vacancies::{
    ASKED_AGAIN_AFTER, ASKED_AT_MOST_DAYS_AFTER_CLOSING, ASKED_DAYS_AFTER_CLOSING, VacancyOutcome,
};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::applications::{applied, offered};
use crate::entity::{inquiries as inquiry, organisations, vacancies};
use crate::inquiries::{self, MOST_QUESTIONS, Matter, Round};
use crate::letter_context::LetterContext;
use crate::mail_links::LinkHolder;
use crate::tokens::Token;
use crate::vacancies::{end, ends_on};
use crate::writer::AT_ONCE;
use crate::{Error, Store};

/// A question that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeQuestion {
    /// The vacancy that closed.
    pub vacancy: AppliedVacancy,
    /// The earlier answer.
    pub outcome: Option<VacancyOutcome>,
}

impl Store {
    /// Asks organisations what became of vacancies that closed two weeks ago, and once more after two weeks without an
    /// answer; returns about how many vacancies it asked.
    pub async fn ask_outcomes(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<u64, Error> {
        let mut asked = 0;
        for before in 0..MOST_QUESTIONS {
            let letter_context = letter_context.clone();
            let write = self.writer.write_in_portions(move |transaction| {
                let letter_context = letter_context.clone();
                Box::pin(async move {
                    ask_some(transaction, before, &letter_context, Moment { now, today }).await
                })
            });
            asked += write.await?;
        }
        Ok(asked)
    }

    /// What a link asks; nothing when there is no such link or its year is over. Looking answers nothing.
    pub async fn find_outcome_question(
        &self,
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<OutcomeQuestion>, Error> {
        let Some(found) = find_by_link(&self.reader, link, now).await? else { return Ok(None) };
        let outcome = found.inquiry.answer.as_deref().and_then(VacancyOutcome::from_code);
        Ok(Some(OutcomeQuestion { vacancy: applied(&found.vacancy, &found.organisation), outcome }))
    }

    /// Answers the question of a link; a later answer counts instead. Returns whether the link still works.
    pub async fn answer_outcome(
        &self,
        link: &Token,
        outcome: VacancyOutcome,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let link = link.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let Some(found) = find_by_link(transaction, &link, now).await? else { return Ok(false) };
                inquiries::answer(transaction, &found.inquiry, found.holder, outcome.code(), now).await?;
                Ok(true)
            })
        });
        write.await
    }
}

/// An inquiry about a vacancy, by a link that works.
struct FoundInquiry {
    inquiry: inquiry::Model,
    holder: LinkHolder,
    vacancy: vacancies::Model,
    organisation: organisations::Model,
}

async fn find_by_link(
    connection: &impl ConnectionTrait,
    link: &Token,
    now: DateTime<Utc>,
) -> Result<Option<FoundInquiry>, Error> {
    let Some((inquiry, holder)) = inquiries::find_by_link(connection, link, now).await? else {
        return Ok(None);
    };
    let Some(vacancy_id) = inquiry.vacancy_id else { return Ok(None) };
    let Some((vacancy, organisation)) = offered(connection, vacancy_id).await? else { return Ok(None) };
    let may_answer = inquiries::may_answer(connection, &holder, organisation.id).await?;
    Ok(may_answer.then_some(FoundInquiry { inquiry, holder, vacancy, organisation }))
}

/// Asks about vacancies that were asked about `before` times, and not only just now.
async fn ask_some(
    transaction: &DatabaseTransaction,
    before: i32,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<u64, Error> {
    use vacancies::{Column, Entity};
    let day = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let round = Round { before, asked_until: now - ASKED_AGAIN_AFTER };
    let due = Entity::find()
        .filter(Column::PublishedAt.is_not_null())
        .filter(end().lte(day(ASKED_DAYS_AFTER_CLOSING)))
        .filter(end().gte(day(ASKED_AT_MOST_DAYS_AFTER_CLOSING)))
        .filter(inquiries::is_due(Column::Id, inquiry::Column::VacancyId, 0, round))
        .order_by_asc(Column::Id)
        .limit(AT_ONCE)
        .all(transaction)
        .await?;
    let count = due.len() as u64;
    for vacancy in due {
        let (matter, asked) = (Matter::Vacancy(vacancy.id), vacancy.organisation_id);
        let claimed = inquiries::claim(transaction, matter, asked, before, now).await?;
        let offered = offered(transaction, vacancy.id).await?;
        let (Some(inquiry_id), Some((vacancy, organisation))) = (claimed, offered) else { continue };
        let message = |link| {
            let (vacancy, closed_on) = (vacancy.title.clone(), ends_on(&vacancy));
            Message::Vacancy(VacancyMail::AskOutcome { link, vacancy, closed_on })
        };
        inquiries::tell(transaction, inquiry_id, &organisation, message, letter_context, now).await?;
    }
    Ok(count)
}
