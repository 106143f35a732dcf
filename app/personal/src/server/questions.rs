//! Questions that one press answers: what became of a vacancy, and where somebody is who was placed.

use axum::body::Body;
use axum::http::Response;
use domain::FieldError;
use domain::follow_ups::Whereabouts;
use domain::vacancies::VacancyOutcome;
use store::{FollowUpQuestion, LinkError, OutcomeQuestion, Token};

use web::{
    Access, Audience, Call, Done, PageError, PageRequest, PageResult, RequestContext, Run, gone_page,
    private_page,
};

use crate::applications::{
    AnswerFollowUp, AnswerOutcome, GonePage, GonePageProps, QuestionPage, QuestionPageProps,
};
use words::paths::Page;
use words::{format, labels, texts as t};

/// Whoever holds the link of a mail; nothing when the address has none.
pub struct LinkAccess(Option<Token>);

impl Access for LinkAccess {
    const AUDIENCE: Audience = Audience::Concerned;

    async fn grant(_context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        Ok(Self(Token::parse(slug)))
    }
}

/// Asks what became of a vacancy.
pub(crate) async fn outcome(request: PageRequest<LinkAccess>) -> PageResult {
    let PageRequest { context, slug, access: LinkAccess(link), .. } = request;
    let (page, language) = (Page::Outcome(slug), context.language);
    let Some(link) = link else { return Ok(gone(&context, page)) };
    let question = context.state.store().find_outcome_question(&link, context.now()).await?;
    let Some(OutcomeQuestion { vacancy, outcome }) = question else { return Ok(gone(&context, page)) };
    let label = |outcome: VacancyOutcome| labels::vacancy_outcome(outcome, language);
    let shown = QuestionPageProps {
        title: t::outcome_title(language, &vacancy.title),
        lead: t::outcome_lead(language, format::date(vacancy.closes_on, language)),
        answers: VacancyOutcome::ALL.iter().map(|outcome| (outcome.code(), label(*outcome))).collect(),
        answered: outcome.map(label),
        language,
    };
    Ok(private_page(&context, page, t::outcome_short(language), move || QuestionPage(shown)))
}

impl Run for AnswerOutcome {
    type Access = LinkAccess;

    async fn run(self, call: Call<LinkAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, access: LinkAccess(link), .. } = call;
        let link = link.ok_or(PageError::Link(LinkError::Unknown))?;
        let answer = VacancyOutcome::from_code(&self.answer).ok_or_else(unknown_answer)?;
        noted(context.state.store().answer_outcome(&link, answer, context.now()).await?)
    }
}

/// Asks where somebody is who was placed.
pub(crate) async fn follow_up(request: PageRequest<LinkAccess>) -> PageResult {
    let PageRequest { context, slug, access: LinkAccess(link), .. } = request;
    let (page, language) = (Page::FollowUp(slug), context.language);
    let Some(link) = link else { return Ok(gone(&context, page)) };
    let question = context.state.store().find_follow_up_question(&link, context.now()).await?;
    let Some(FollowUpQuestion { follow_up, whereabouts }) = question else { return Ok(gone(&context, page)) };
    let label = |whereabouts: Whereabouts| labels::whereabouts(whereabouts, language);
    let shown = QuestionPageProps {
        title: t::placement_title(language, &follow_up.vacancy),
        lead: labels::about_follow_up(&follow_up, language),
        answers: Whereabouts::ALL.iter().map(|answer| (answer.code(), label(*answer))).collect(),
        answered: whereabouts.map(label),
        language,
    };
    Ok(private_page(&context, page, t::placement_short(language), move || QuestionPage(shown)))
}

impl Run for AnswerFollowUp {
    type Access = LinkAccess;

    async fn run(self, call: Call<LinkAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, access: LinkAccess(link), .. } = call;
        let link = link.ok_or(PageError::Link(LinkError::Unknown))?;
        let answer = Whereabouts::from_code(&self.answer).ok_or_else(unknown_answer)?;
        noted(context.state.store().answer_follow_up(&link, answer, context.now()).await?)
    }
}

/// Nonsense is no answer: the question is asked again.
fn unknown_answer() -> PageError {
    PageError::field("answer", FieldError::UnknownChoice)
}

/// Leads back to the page of the question, which thanks for its answer.
fn noted<C: domain::Command<Answer = ()>>(is_noted: bool) -> Result<Done<C>, PageError> {
    if is_noted { Ok(Done::here()) } else { Err(PageError::Link(LinkError::Unknown)) }
}

fn gone(context: &RequestContext, page: Page) -> Response<Body> {
    let language = context.language;
    let (title, text) = (t::question_gone_title(language), t::question_gone(language));
    gone_page(context, page, title, move || GonePage(GonePageProps { title, text, language }))
}
