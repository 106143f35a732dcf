//! One answer to many applications that an organisation received.

use domain::applications::{DeclineReason, RECEIVED, Step, check_message};
use domain::{FieldError, FieldErrors};
use store::{BulkAnswer, ChosenRows};
use ui::ChosenView;
use web::{BulkQuery, Call, Done, PageError, PageRequest, PageResult, Run, chosen_rows, private_page};
use words::paths::Page;
use words::texts as t;

use super::member_access::MemberAccess;
use crate::answer::{AnswerPage, AnswerPageProps, AnswerReceived};
use crate::received::ReceivedFlash;

/// Shows what is answered together: the chosen ones, or all that match.
pub(crate) async fn answer(request: PageRequest<MemberAccess>) -> PageResult {
    let PageRequest { context, slug, access, rejection } = request;
    let (store, language) = (context.state.store(), context.language);
    let (typed, errors) = rejection.typed::<AnswerReceived>().unwrap_or_else(|| {
        let BulkQuery { command: step, chosen, all } = context.query();
        let query = context.uri.query().unwrap_or_default().to_owned();
        (AnswerReceived { step, chosen, all, query, ..AnswerReceived::default() }, FieldErrors::default())
    });
    let received = Page::ReceivedApplications(slug.clone()).path(language);
    let (list, chosen) = match typed.applications() {
        ChosenRows::Some(ids) => {
            (received, ChosenView::Some(store.names_received(&access.member, ids).await?))
        }
        ChosenRows::All { query, .. } => {
            let count = store.count_received(&access.member, &query).await?;
            let query = query.to_query_string();
            let list = if query.is_empty() { received } else { format!("{received}?{query}") };
            (list, ChosenView::All { query, count })
        }
    };
    let shown = AnswerPageProps { organisation: access.organisation, list, chosen, typed, errors, language };
    let page = Page::AnswerApplications(slug);
    Ok(private_page(&context, page, t::application_answer(language), move || AnswerPage(shown)))
}

impl Run for AnswerReceived {
    type Access = MemberAccess;

    /// Answers what was chosen, when it is still as many as was seen.
    async fn run(self, call: Call<MemberAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, slug, access, .. } = call;
        let (step, words) = self.check()?;
        let (store, letters) = (context.state.store(), context.state.letter_context());
        let chosen = self.applications();
        let answered = store.answer_received(&access.member, chosen, step, words, &letters, context.now());
        let BulkAnswer { answered, passed_over } =
            answered.await?.map_err(|_| PageError::field("alles", FieldError::Wrong))?;
        let page = Page::ReceivedApplications(slug).path(context.language);
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let flash = ReceivedFlash::Answered { answered: count(answered), passed_over: count(passed_over) };
        Ok(Done::here().to(page).saying(&flash))
    }
}

impl AnswerReceived {
    /// The applications that are answered.
    fn applications(&self) -> ChosenRows {
        chosen_rows(&RECEIVED, &self.chosen, &self.all, &self.query)
    }

    /// The step and the words with it.
    fn check(&self) -> Result<(Step, Option<String>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let step = match self.step.as_str() {
            "talk" => Some(Step::Talk),
            "offer" => Some(Step::Offer),
            "decline" => {
                let reason = DeclineReason::from_code(&self.reason);
                if reason.is_none() {
                    errors.insert("reason", FieldError::Missing);
                }
                reason.map(Step::Decline)
            }
            _ => {
                errors.insert("step", FieldError::Missing);
                None
            }
        };
        let words = match check_message(&self.words) {
            Ok(words) => Some(words),
            Err(FieldError::Missing) => None,
            Err(error) => {
                errors.insert("words", error);
                None
            }
        };
        match step {
            Some(step) => errors.or((step, words)),
            None => Err(errors),
        }
    }
}
