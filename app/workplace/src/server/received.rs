//! What an organisation received: what its page shows, and its command.

use domain::applications::check_questions;
use hub::local;
use store::Member;
use web::{
    Access, Audience, Call, Done, Flash, PageError, PageRequest, PageResult, RequestContext, Run,
    private_page,
};
use words::paths::Page;
use words::texts as t;

use crate::received::{ChangeQuestions, QuestionsChanged, ReceivedPage, ReceivedPageProps, ReceivedView};

/// The right of an organisation's people over what it received.
pub struct MemberAccess {
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

impl Flash for QuestionsChanged {
    const NOUN: &'static str = "questions";
}

/// Shows an organisation what it received.
pub(crate) async fn received(request: PageRequest<MemberAccess>) -> PageResult {
    let PageRequest { context, slug, access: MemberAccess { member, organisation }, rejection } = request;
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
    let is_saved = context.flash::<QuestionsChanged>().is_some();
    let colleagues = Page::Colleagues(slug.clone()).path(language);
    let wrong = rejection.typed::<ChangeQuestions>();
    Ok(private_page(&context, Page::ReceivedApplications(slug), t::member_received(language), move || {
        ReceivedPage(ReceivedPageProps { organisation, colleagues, received, wrong, is_saved, language })
    }))
}

impl Run for ChangeQuestions {
    type Access = MemberAccess;

    async fn run(self, Call { context, access, .. }: Call<MemberAccess>) -> Result<Done<Self>, PageError> {
        let vacancy_id = self.vacancy.parse().map_err(|_| PageError::NotFound)?;
        let questions = check_questions(&self.questions)?;
        context.state.store().change_questions(&access.member, vacancy_id, questions).await?;
        Ok(Done::here().saying(&QuestionsChanged))
    }
}
