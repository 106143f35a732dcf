//! Where people are who were placed: asked of their organisations by mail, after the application was erased too. What is asked
//! about is a figure, which names nobody.

use chrono::{DateTime, Utc};
use domain::Moment;
use domain::applications::ApplicationState;
use domain::follow_ups::mail::FollowUpMail;
use domain::follow_ups::{
    ASKED_AGAIN_AFTER, ASKED_MONTHS_AFTER_START, FollowUp, Whereabouts, first_days_to_ask_about,
};
use domain::mail::Message;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::{application_figures, inquiries as inquiry, organisations, vacancies};
use crate::inquiries::{self, MOST_QUESTIONS, Matter, Round};
use crate::letter_context::LetterContext;
use crate::mail_links::LinkHolder;
use crate::tokens::Token;
use crate::writer::AT_ONCE;
use crate::{Error, Store};

/// A question that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUpQuestion {
    /// The placed talent who is asked about.
    pub follow_up: FollowUp,
    /// The earlier answer.
    pub whereabouts: Option<Whereabouts>,
}

impl Store {
    /// Asks organisations where those are who were placed 6, 12 and 24 months ago, and once more after four weeks without an
    /// answer; returns about how many questions that were.
    pub async fn ask_follow_ups(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<u64, Error> {
        let mut asked = 0;
        for months in ASKED_MONTHS_AFTER_START {
            for before in 0..MOST_QUESTIONS {
                let letter_context = letter_context.clone();
                let write = self.writer.write_in_portions(move |transaction| {
                    let letter_context = letter_context.clone();
                    Box::pin(async move {
                        ask_some(transaction, months, before, &letter_context, Moment { now, today }).await
                    })
                });
                asked += write.await?;
            }
        }
        Ok(asked)
    }

    /// What a link asks; nothing when there is no such link, its year is over, or who got it left the organisation. Looking
    /// answers nothing.
    pub async fn find_follow_up_question(
        &self,
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<FollowUpQuestion>, Error> {
        let Some(found) = find_by_link(&self.reader, link, now).await? else { return Ok(None) };
        let months = found.inquiry.months as u32;
        let Some(follow_up) = follow_up(&self.reader, &found.figure, months).await? else { return Ok(None) };
        let whereabouts = found.inquiry.answer.as_deref().and_then(Whereabouts::from_code);
        Ok(Some(FollowUpQuestion { follow_up, whereabouts }))
    }

    /// Answers the question of a link; a later answer counts instead. Returns whether the link still works.
    pub async fn answer_follow_up(
        &self,
        link: &Token,
        whereabouts: Whereabouts,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let link = link.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let Some(found) = find_by_link(transaction, &link, now).await? else { return Ok(false) };
                inquiries::answer(transaction, &found.inquiry, found.holder, whereabouts.code(), now).await?;
                Ok(true)
            })
        });
        write.await
    }
}

/// An inquiry about a placement, by a link that works.
struct FoundInquiry {
    inquiry: inquiry::Model,
    holder: LinkHolder,
    figure: application_figures::Model,
}

async fn find_by_link(
    connection: &impl ConnectionTrait,
    link: &Token,
    now: DateTime<Utc>,
) -> Result<Option<FoundInquiry>, Error> {
    let Some((inquiry, holder)) = inquiries::find_by_link(connection, link, now).await? else {
        return Ok(None);
    };
    let Some(figure_id) = inquiry.figure_id else { return Ok(None) };
    let figure = application_figures::Entity::find_by_id(figure_id).one(connection).await?;
    let Some(figure) = figure else { return Ok(None) };
    let may_answer = inquiries::may_answer(connection, &holder, figure.organisation_id).await?;
    Ok(may_answer.then_some(FoundInquiry { inquiry, holder, figure }))
}

/// The placed talent, known by vacancy and first day.
async fn follow_up(
    connection: &impl ConnectionTrait,
    figure: &application_figures::Model,
    months: u32,
) -> Result<Option<FollowUp>, Error> {
    let vacancy = vacancies::Entity::find_by_id(figure.vacancy_id).one(connection).await?;
    let (Some(vacancy), Some(placed_from)) = (vacancy, figure.placed_from) else { return Ok(None) };
    let together = application_figures::Entity::find()
        .filter(application_figures::Column::VacancyId.eq(figure.vacancy_id))
        .filter(application_figures::Column::State.eq(ApplicationState::Placed.code()))
        .filter(application_figures::Column::PlacedFrom.eq(placed_from))
        .all(connection)
        .await?;
    let number = together.iter().filter(|other| other.id <= figure.id).count() as u32;
    let of = together.len() as u32;
    Ok(Some(FollowUp { vacancy: vacancy.title, placed_from, months, number, of }))
}

/// Asks about placements so many months ago that were asked about `before` times, and not only just now.
async fn ask_some(
    transaction: &DatabaseTransaction,
    months: u32,
    before: i32,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<u64, Error> {
    use application_figures::{Column, Entity};
    let (after, until) = first_days_to_ask_about(today, months);
    let round = Round { before, asked_until: now - ASKED_AGAIN_AFTER };
    let due = Entity::find()
        .filter(Column::State.eq(ApplicationState::Placed.code()))
        .filter(Column::PlacedFrom.gt(after))
        .filter(Column::PlacedFrom.lte(until))
        .filter(inquiries::is_due(Column::Id, inquiry::Column::FigureId, months, round))
        .order_by_asc(Column::Id)
        .limit(AT_ONCE)
        .all(transaction)
        .await?;
    let count = due.len() as u64;
    for figure in due {
        let (matter, asked) = (Matter::Placement { figure_id: figure.id, months }, figure.organisation_id);
        let claimed = inquiries::claim(transaction, matter, asked, before, now).await?;
        let organisation = organisations::Entity::find_by_id(asked).one(transaction).await?;
        let follow_up = follow_up(transaction, &figure, months).await?;
        let (Some(inquiry_id), Some(organisation), Some(follow_up)) = (claimed, organisation, follow_up)
        else {
            continue;
        };
        let message =
            |link| Message::FollowUp(FollowUpMail::AskFollowUp { link, follow_up: follow_up.clone() });
        inquiries::tell(transaction, inquiry_id, &organisation, message, letter_context, now).await?;
    }
    Ok(count)
}
