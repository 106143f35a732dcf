//! One answer to many applications that an organisation received.

use domain::applications::{DeclineReason, RECEIVED, Step, check_message};
use domain::list::ListQuery;
use domain::text::encode;
use domain::text_error::TextError;
use store::{BulkAnswer, ChosenApplications};
use ui::CHOSEN_FIELD;
use web::{Form, PageResult, RequestContext, pairs, private_page, see_other};
use words::paths::Page;
use words::texts as t;

use super::received::MemberAccess;
use crate::answer::{ALL_FIELD, AnswerPage, AnswerPageProps, ChosenView, TypedAnswer};

/// The most applications that are chosen one by one: as many as a page of the list has.
const MOST_CHOSEN: usize = 100;

/// Shows what is answered together: the chosen ones, or all that match.
pub(crate) async fn answer(context: &RequestContext, slug: &str, access: MemberAccess) -> PageResult {
    let asked = pairs(context.uri.query().unwrap_or_default().as_bytes());
    let values = |name: &str| -> Vec<String> {
        asked.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    };
    let step = values("do").into_iter().next().unwrap_or_default();
    let typed = TypedAnswer { step, ..TypedAnswer::default() };
    answer_page(context, slug, &access, chosen_in(values), typed).await
}

/// What an address or a form says is answered, by the values that it has under a name.
fn chosen_in(values: impl Fn(&str) -> Vec<String>) -> ChosenApplications {
    if let Some(count) = values(ALL_FIELD).first().and_then(|count| count.parse().ok()) {
        let pairs = RECEIVED.filter_fields().into_iter().flat_map(|name| {
            let values = values(&name).into_iter();
            values.map(move |value| format!("{name}={}", encode(&value))).collect::<Vec<_>>()
        });
        let query = ListQuery::parse(&RECEIVED, &pairs.collect::<Vec<_>>().join("&"));
        return ChosenApplications::All { query, count };
    }
    let ids = values(CHOSEN_FIELD).into_iter().filter_map(|id| id.parse().ok());
    ChosenApplications::Some(ids.take(MOST_CHOSEN).collect())
}

async fn answer_page(
    context: &RequestContext,
    slug: &str,
    access: &MemberAccess,
    chosen: ChosenApplications,
    typed: TypedAnswer,
) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let received = Page::ReceivedApplications(slug.to_owned()).path(language);
    let (list, chosen) = match chosen {
        ChosenApplications::Some(ids) => {
            (received, ChosenView::Some(store.names_received(&access.member, ids).await?))
        }
        ChosenApplications::All { query, .. } => {
            let count = store.count_received(&access.member, &query).await?;
            let asked = query.to_query_string();
            let list = if asked.is_empty() { received } else { format!("{received}?{asked}") };
            (list, ChosenView::All { filters: query.filter_pairs(), count })
        }
    };
    let is_wrong = typed.is_wrong();
    let organisation = access.organisation.clone();
    let shown = AnswerPageProps { organisation, list, chosen, typed, language };
    let page = Page::AnswerApplications(slug.to_owned());
    Ok(private_page(context, page, t::application_answer(language), is_wrong, move || AnswerPage(shown)))
}

/// Answers what was chosen, when it is still as many as was seen.
pub(crate) async fn send_answers(
    context: &RequestContext,
    slug: &str,
    access: MemberAccess,
    form: Form,
) -> PageResult {
    let chosen = chosen_in(|name| form.all(name));
    let (step, words, mut typed) = read(context, &form);
    let Some(step) = step.filter(|_| !typed.is_wrong()) else {
        return answer_page(context, slug, &access, chosen, typed).await;
    };
    let (store, letters) = (context.state.store(), context.state.letter_context());
    let answered =
        store.answer_received(&access.member, chosen.clone(), step, words, &letters, context.now()).await?;
    match answered {
        Ok(BulkAnswer { answered, passed_over }) => {
            let page = Page::ReceivedApplications(slug.to_owned()).path(context.language);
            Ok(see_other(&format!(
                "{page}?gedaan=antwoorden&beantwoord={answered}&overgeslagen={passed_over}"
            )))
        }
        Err(count) => {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            typed.refusal = Some(t::received_answer_count(context.language, count));
            answer_page(context, slug, &access, chosen, typed).await
        }
    }
}

/// What was typed: the step and the words when they are right, and all of it with what is wrong.
fn read(context: &RequestContext, form: &Form) -> (Option<Step>, Option<String>, TypedAnswer) {
    let language = context.language;
    let error = |text: &str| Some(text.to_owned());
    let mut typed = TypedAnswer {
        step: form.get("step").to_owned(),
        reason: form.get("reason").to_owned(),
        words: form.get("words").to_owned(),
        ..TypedAnswer::default()
    };
    let step = match typed.step.as_str() {
        "talk" => Some(Step::Talk),
        "offer" => Some(Step::Offer),
        "decline" => {
            let reason = DeclineReason::from_code(&typed.reason);
            typed.reason_error = reason.map_or(error(t::application_reason_missing(language)), |_| None);
            reason.map(Step::Decline)
        }
        _ => {
            typed.step_error = error(t::application_step_missing(language));
            None
        }
    };
    let words = match check_message(&typed.words) {
        Ok(words) => Some(words),
        Err(TextError::Missing) => None,
        Err(_) => {
            typed.words_error = Some(t::fault_text_long(language, domain::applications::LONGEST_TEXT));
            None
        }
    };
    (step, words, typed)
}
