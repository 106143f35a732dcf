//! What an organisation received: what its page shows, and what its forms do.

use domain::applications::{LONGEST_QUESTION, MOST_QUESTIONS};
use domain::text::clean_line;
use hub::local;
use store::Member;
use web::{Access, Audience, Form, PageError, PageResult, RequestContext, private_page, see_other};
use words::paths::Page;
use words::texts as t;

use crate::received::{QuestionErrors, ReceivedPage, ReceivedPageProps, ReceivedView};

/// The right of an organisation's people over what it received.
pub(crate) struct MemberAccess {
    member: Member,
    organisation: String,
}

impl Access for MemberAccess {
    const AUDIENCE: Audience = Audience::Organisation;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        let who = context.signed_in()?;
        let (member, team) = who.member(slug).zip(who.team(slug)).ok_or(PageError::NotFound)?;
        Ok(Self { member, organisation: team.organisation().to_owned() })
    }
}

/// Shows an organisation what it received.
pub(crate) async fn received(context: &RequestContext, slug: &str, access: MemberAccess) -> PageResult {
    received_page(context, slug, access, None).await
}

async fn received_page(
    context: &RequestContext,
    slug: &str,
    MemberAccess { member, organisation }: MemberAccess,
    errors: Option<QuestionErrors>,
) -> PageResult {
    let language = context.language;
    let list = context.state.store().list_received(&member, context.moment.today).await?;
    let received = list.into_iter().map(|one| ReceivedView {
        vacancy: one.vacancy,
        is_open: one.is_open,
        questions: one.questions,
        applications: one
            .applications
            .into_iter()
            .map(|row| {
                let since = local(row.state_since).date();
                (row, since)
            })
            .collect(),
    });
    let mut received: Vec<ReceivedView> = received.collect();
    // What waits for an answer comes first; then what closes first, as the list comes.
    received.sort_by_key(|one| !one.applications.iter().any(|(row, _)| row.state.waits_for_answer()));
    let is_saved = context.uri.query() == Some("gedaan=vragen");
    let colleagues = Page::Colleagues(slug.to_owned()).path(language);
    let is_wrong = errors.is_some();
    Ok(private_page(
        context,
        Page::ReceivedApplications(slug.to_owned()),
        t::member_received(language),
        is_wrong,
        move || {
            ReceivedPage(ReceivedPageProps { organisation, colleagues, received, errors, is_saved, language })
        },
    ))
}

/// Changes what an organisation asks of who applies.
pub(crate) async fn change_questions(
    context: &RequestContext,
    slug: &str,
    access: MemberAccess,
    form: Form,
) -> PageResult {
    let vacancy_id = form.get("vacancy").parse().unwrap_or_default();
    let typed: Vec<String> =
        (0..MOST_QUESTIONS).map(|at| form.get(&format!("question-{at}")).to_owned()).collect();
    let questions: Vec<String> =
        typed.iter().map(|question| clean_line(question)).filter(|question| !question.is_empty()).collect();
    if questions.iter().any(|question| question.chars().count() > LONGEST_QUESTION) {
        return received_page(context, slug, access, Some(QuestionErrors { vacancy_id, typed })).await;
    }
    context.state.store().change_questions(&access.member, vacancy_id, questions).await?;
    Ok(see_other(&format!(
        "{}?gedaan=vragen",
        Page::ReceivedApplications(slug.to_owned()).path(context.language)
    )))
}
