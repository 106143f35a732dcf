//! Pages of applying and of applications: what they show, and what their forms do.

use std::str::FromStr;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{NaiveDate, TimeDelta};
use domain::Language;
use domain::applications::{
    Application, ApplicationDraft, ApplicationErrors, DeclineReason, MOST_QUESTIONS, QuestionAnswer, Side,
    Step, check_message, kept_until,
};
use domain::follow_ups::Whereabouts;
use domain::talents::CV_OF_PROFILE;
use domain::text::encode;
use domain::text_error::TextError;
use domain::vacancies::{StoredVacancy, VacancyOutcome, id_in_slug};
use store::{
    Applied, ApplyRefused, Applying, FollowUpQuestion, OutcomeQuestion, Participant, SavedDraft, StoredCv,
    Token,
};

use hub::local;
use web::{
    Access, Audience, Cookie, Form, PageError, PageResponse, PageResult, RequestContext, WebState, head,
    not_found, pause_text, private_page, refused, see_other,
};

use super::applied_vacancy::applied;
use super::error_texts::{cv_error_text, text_error};
use super::mailbox::mailbox;
use super::uploads::{count_upload, take_cv};
use crate::applications::{
    APPLY_SCRIPT, AnswerForm, ApplicationPage, ApplicationPageProps, ApplicationView, ApplyErrors, ApplyPage,
    ApplyPageProps, ApplySentPage, ApplySentPageProps, ApplyView, GonePage, GonePageProps, QuestionPage,
    QuestionPageProps, answer_name, question_name,
};
use ui::NoticeKind;
use words::paths::Page;
use words::{format, labels, texts as t};

/// What the address says after an application of somebody without an account was sent.
const MAILED: &str = "gedaan=post";

/// A first day is within this time from today; what is further away is a slip of the finger.
const FIRST_DAY_WITHIN: TimeDelta = TimeDelta::days(2 * 365);

/// A vacancy for which anybody can apply now: known before the body of a form is read.
pub(crate) struct OpenVacancy(StoredVacancy);

impl Access for OpenVacancy {
    const AUDIENCE: Audience = Audience::Everyone;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        let open = open_vacancy(context, slug).await?;
        // The page of a vacancy says when it has closed.
        open.map(Self)
            .ok_or_else(|| PageError::Elsewhere(Page::Vacancy(slug.to_owned()).path(context.language)))
    }
}

/// The vacancy of an address, when one can apply for it.
async fn open_vacancy(context: &RequestContext, slug: &str) -> Result<Option<StoredVacancy>, PageError> {
    let id = id_in_slug(slug).ok_or(PageError::NotFound)?;
    let stored = context.state.store().find_vacancy(id).await?;
    let stored = stored.filter(|stored| stored.slug() == slug).ok_or(PageError::NotFound)?;
    Ok(Some(stored).filter(|stored| stored.is_public(context.moment.today)))
}

/// Shows the form to apply with, as far as it was filled in before.
pub(crate) async fn apply_form(context: &RequestContext, OpenVacancy(stored): OpenVacancy) -> PageResult {
    let language = context.language;
    if context.uri.query() == Some(MAILED) {
        let vacancy = applied(&stored);
        let (page, mailbox) = (Page::Apply(stored.slug()), mailbox(context));
        return Ok(private_page(context, page, t::apply_done_title(language), false, move || {
            ApplySentPage(ApplySentPageProps { vacancy, mailbox, language })
        }));
    }
    let mut saved = saved_draft(context, stored.id).await?;
    if saved == SavedDraft::default() {
        saved.cv = cv_of_profile(context).await?;
    }
    if let Some(viewer) = context.signed_in.as_ref().map(store::SignedIn::viewer)
        && saved.draft.name.is_empty()
    {
        saved.draft.name = viewer.name.clone().unwrap_or_default();
    }
    show_form(context, &stored, saved, ApplyErrors::default()).await
}

/// The page of a vacancy, which says when it has closed.
fn to_vacancy(context: &RequestContext, slug: &str) -> Response<Body> {
    see_other(&Page::Vacancy(slug.to_owned()).path(context.language))
}

async fn saved_draft(context: &RequestContext, vacancy_id: i64) -> Result<SavedDraft, PageError> {
    let Some(browser) = &context.drafting else { return Ok(SavedDraft::default()) };
    Ok(context.state.store().find_draft(browser, vacancy_id).await?.unwrap_or_default())
}

/// The CV that the form showed: of the draft, or of the profile where nothing was begun.
async fn earlier_cv(context: &RequestContext, vacancy_id: i64) -> Result<Option<StoredCv>, PageError> {
    let saved = saved_draft(context, vacancy_id).await?;
    if saved == SavedDraft::default() { cv_of_profile(context).await } else { Ok(saved.cv) }
}

/// The CV of the talent's profile.
async fn cv_of_profile(context: &RequestContext) -> Result<Option<StoredCv>, PageError> {
    let Some(who) = &context.signed_in else { return Ok(None) };
    Ok(context.state.store().find_profile(&who.talent()).await?.cv)
}

async fn show_form(
    context: &RequestContext,
    stored: &StoredVacancy,
    saved: SavedDraft,
    errors: ApplyErrors,
) -> PageResult {
    let language = context.language;
    let closes_on = stored.vacancy.closes_on;
    let shown = ApplyView {
        vacancy: applied(stored),
        questions: context.state.store().list_questions(stored.id).await?,
        draft: saved.draft,
        cv: saved.cv.map(|cv| cv.cv().clone()),
        signed_in: context.signed_in.as_ref().map(|who| who.viewer().email.clone()),
        kept_until: (kept_until(closes_on, false), kept_until(closes_on, true)),
    };
    let head = head(language, Page::Apply(stored.slug()), t::apply_title(language), "");
    let answer = PageResponse::ok(head).private().with_script(APPLY_SCRIPT);
    let answer = if errors.are_any() { answer.into_wrong() } else { answer };
    Ok(answer.render(context, move || ApplyPage(ApplyPageProps { content: shown, errors, language })))
}

/// Takes an application, or what was filled in before signing in.
pub(crate) async fn apply(
    context: &RequestContext,
    OpenVacancy(stored): OpenVacancy,
    mut form: Form,
) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let questions = store.list_questions(stored.id).await?;
    let signed_in = context.signed_in.as_ref();
    let email = signed_in.map_or(form.get("email").to_owned(), |who| who.viewer().email.to_string());
    let draft = ApplicationDraft {
        name: form.get("name").to_owned(),
        email,
        motivation: form.get("motivation").to_owned(),
        answers: answers_of(&form),
        may_be_kept: form.get("keep") == "yes",
    };
    let earlier = if form.get("remove-cv").is_empty() { earlier_cv(context, stored.id).await? } else { None };
    let file = form.take_file();
    if file.is_some()
        && let Err(next) = count_upload(context).await?
    {
        let errors = ApplyErrors { whole: Some(pause_text(context, next)), ..ApplyErrors::default() };
        return show_form(context, &stored, SavedDraft { draft, cv: earlier }, errors).await;
    }
    let (cv, cv_error) = match file {
        Some(file) => match take_cv(context, file).await? {
            Ok(cv) => (Some(cv), None),
            Err(error) => (earlier, Some(error)),
        },
        None => (earlier, None),
    };
    let saved = SavedDraft { draft, cv };
    if form.get("do") == "sign-in" && signed_in.is_none() {
        let wanted = encode(&Page::Apply(stored.slug()).path(language));
        let response = see_other(&format!("{}?naar={wanted}", Page::SignIn.path(language)));
        return keep_draft(context, stored.id, saved, response).await;
    }
    let mut errors =
        ApplyErrors { cv: cv_error.map(|error| cv_error_text(error, language)), ..ApplyErrors::default() };
    let application = match saved.draft.check(&questions) {
        Ok(application) if errors.cv.is_none() => application,
        Ok(_) => return wrong_form(context, &stored, saved, errors).await,
        Err(wrong) => {
            errors = in_words(&wrong, errors, language);
            return wrong_form(context, &stored, saved, errors).await;
        }
    };
    let applying = Applying {
        vacancy_id: stored.id,
        application,
        cv: saved.cv.clone(),
        language,
        network: context.network(),
        browser: context.drafting.clone(),
    };
    let talent = signed_in.map(store::SignedIn::talent);
    let moment = context.moment;
    let page = |id: i64, notice: &str| {
        see_other(&format!("{}?{notice}", Page::Application(id.to_string()).path(language)))
    };
    match store.apply(applying, talent.as_ref(), context.state.letter_context(), moment).await? {
        Ok(Applied::Sent(id)) => Ok(page(id, "gedaan=verstuurd")),
        Ok(Applied::Known(id)) => Ok(page(id, "gedaan=eerder")),
        Ok(Applied::Mailed(_)) => {
            Ok(see_other(&format!("{}?{MAILED}", Page::Apply(stored.slug()).path(language))))
        }
        Err(ApplyRefused::Closed) => Ok(to_vacancy(context, &stored.slug())),
        Err(ApplyRefused::TooOften(next)) => {
            let errors = ApplyErrors { whole: Some(pause_text(context, next)), ..ApplyErrors::default() };
            wrong_form(context, &stored, saved, errors).await
        }
    }
}

/// What was answered, and to which questions: those of the form that was sent, which may be others by now.
fn answers_of(form: &Form) -> Vec<QuestionAnswer> {
    let answers = (0..MOST_QUESTIONS).map(|at| QuestionAnswer {
        question: form.get(&question_name(at)).to_owned(),
        answer: form.get(&answer_name(at)).to_owned(),
    });
    answers.filter(|answer| !answer.question.is_empty()).collect()
}

async fn wrong_form(
    context: &RequestContext,
    stored: &StoredVacancy,
    saved: SavedDraft,
    errors: ApplyErrors,
) -> PageResult {
    let response = show_form(context, stored, saved.clone(), errors).await?;
    keep_draft(context, stored.id, saved, response).await
}

/// Keeps what was filled in, and gives the browser the token by which it gets it back.
async fn keep_draft(
    context: &RequestContext,
    vacancy_id: i64,
    saved: SavedDraft,
    mut response: Response<Body>,
) -> PageResult {
    let browser = context.drafting.clone().unwrap_or_else(|| Token::of(context.state.random()));
    context.state.store().save_draft(browser.clone(), vacancy_id, saved, context.now()).await?;
    context.set_cookie(&mut response, Cookie::Draft, Some(&browser));
    Ok(response)
}

fn in_words(wrong: &ApplicationErrors, errors: ApplyErrors, language: Language) -> ApplyErrors {
    let text = |error: Option<TextError>| error.map(|error| text_error(error, language));
    ApplyErrors {
        name: text(wrong.name),
        email: text(wrong.email),
        motivation: text(wrong.motivation),
        answers: wrong.answers.iter().copied().map(text).collect(),
        ..errors
    }
}

/// The side that asks for an application: by a link, or by its number when signed in.
async fn participant(context: &RequestContext, key: &str) -> Result<Option<Participant>, PageError> {
    let store = context.state.store();
    if let Some(link) = Token::parse(key) {
        return Ok(store.participant_by_link(&link).await?);
    }
    let id = i64::from_str(key).map_err(|_| PageError::NotFound)?;
    let who = context.signed_in()?;
    if let Some(own) = store.own_participant(&who.talent(), id).await? {
        return Ok(Some(own));
    }
    for membership in &who.viewer().memberships {
        let Some(member) = who.member(&membership.slug) else { continue };
        if let Some(received) = store.member_participant(&member, id).await? {
            return Ok(Some(received));
        }
    }
    Err(PageError::NotFound)
}

/// What a form of an application's page got wrong, with what was typed.
#[derive(Default)]
struct Typed {
    notice: Option<(NoticeKind, String)>,
    answer: AnswerForm,
    message: (String, Option<String>),
}

/// Shows an application to those whom it concerns.
pub(crate) async fn application(context: &RequestContext, key: &str) -> PageResult {
    let Some(who) = participant(context, key).await? else {
        return Ok(gone(context, Page::Application(key.to_owned())));
    };
    show_application(context, key, &who, Typed::default()).await
}

async fn show_application(
    context: &RequestContext,
    key: &str,
    who: &Participant,
    typed: Typed,
) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let application = match store.find_application(who).await {
        Err(store::Error::NotFound) => return Ok(gone(context, Page::Application(key.to_owned()))),
        found => found?,
    };
    let vacancy = store.find_vacancy(application.vacancy.id).await?;
    let today = context.moment.today;
    let is_wrong = typed.answer.is_wrong() || typed.message.1.is_some();
    let shown = ApplicationView {
        side: who.side(),
        key: key.to_owned(),
        times: application.entries.iter().map(|entry| local(entry.at)).collect(),
        others: store.count_others(who).await?,
        is_open: vacancy.is_some_and(|stored| stored.is_public(today)),
        is_by_link: context.signed_in.is_none(),
        notice: typed.notice.or_else(|| done(context, &application)),
        answer: typed.answer,
        message: typed.message,
        application,
    };
    Ok(private_page(
        context,
        Page::Application(key.to_owned()),
        t::application_title(language),
        is_wrong,
        move || ApplicationPage(ApplicationPageProps { content: shown, language }),
    ))
}

/// The result of the last change, as the address says.
fn done(context: &RequestContext, application: &Application) -> Option<(NoticeKind, String)> {
    let language = context.language;
    let organisation = &application.vacancy.organisation;
    let done = context.uri.query()?.strip_prefix("gedaan=")?;
    let text = match done {
        "verstuurd" => t::application_sent(language, organisation),
        "eerder" => t::application_already(language).to_owned(),
        "antwoord" => t::application_answered(language).to_owned(),
        "aangenomen" => t::application_done_accepted(language, organisation),
        "ingetrokken" => t::application_done_withdrawn(language, organisation),
        "bericht" => t::application_message_sent(language).to_owned(),
        "bewaard" => t::application_keep_changed(language).to_owned(),
        "nietmeer" => return Some((NoticeKind::Warning, t::application_not_now(language).to_owned())),
        "gesloten" => return Some((NoticeKind::Warning, t::application_closed(language).to_owned())),
        others => t::application_others_done(language, others.strip_prefix("anderen-")?.parse().ok()?),
    };
    Some((NoticeKind::Info, text))
}

fn gone(context: &RequestContext, page: Page) -> Response<Body> {
    let language = context.language;
    let (title, text) = match page {
        Page::Outcome(_) | Page::FollowUp(_) => {
            (t::question_gone_title(language), t::question_gone(language))
        }
        _ => (t::application_gone_title(language), t::application_gone(language)),
    };
    PageResponse::ok(head(language, page, title, ""))
        .private()
        .with_status(StatusCode::GONE)
        .render(context, move || GonePage(GonePageProps { title, text, language }))
}

/// Does what a form of an application's page asks for.
pub(crate) async fn change_application(context: &RequestContext, key: &str, form: Form) -> PageResult {
    let Some(who) = participant(context, key).await? else {
        return Ok(gone(context, Page::Application(key.to_owned())));
    };
    let (store, state) = (context.state.store(), &context.state);
    let moment = context.moment;
    let page = |done: &str| {
        see_other(&format!("{}?gedaan={done}", Page::Application(key.to_owned()).path(context.language)))
    };
    let step = match form.get("do") {
        "confirm" => {
            let confirmed = store.confirm_application(&who, state.letter_context(), moment).await?;
            return Ok(page(if confirmed.is_ok() { "verstuurd" } else { "gesloten" }));
        }
        "withdraw-others" => {
            let count = store.withdraw_others(&who, state.letter_context(), moment.now).await?;
            return Ok(page(&format!("anderen-{count}")));
        }
        "keep" if who.side() == Side::Talent => {
            store.change_consent(&who, form.get("keep") == "yes", moment.now).await?;
            return Ok(page("bewaard"));
        }
        "message" => return write_message(context, key, &who, &form).await,
        "answer" => return answer(context, key, &who, &form).await,
        "see" => Step::See,
        "accept" => Step::Accept,
        "withdraw" => Step::Withdraw,
        _ => return show_application(context, key, &who, Typed::default()).await,
    };
    let done = match step {
        Step::Accept => "aangenomen",
        Step::Withdraw => "ingetrokken",
        _ => "antwoord",
    };
    let is_taken = store.take_step(&who, step.clone(), None, state.letter_context(), moment.now).await?;
    if step == Step::See {
        return Ok(see_other(&Page::Application(key.to_owned()).path(context.language)));
    }
    Ok(page(if is_taken { done } else { "nietmeer" }))
}

async fn write_message(context: &RequestContext, key: &str, who: &Participant, form: &Form) -> PageResult {
    let typed = form.get("message");
    match check_message(typed) {
        Ok(text) => {
            let (store, letter_context) = (context.state.store(), context.state.letter_context());
            if let Err(next) = store.write_message(who, text, letter_context, context.now()).await? {
                let message = (typed.to_owned(), Some(pause_text(context, next)));
                return show_application(context, key, who, Typed { message, ..Typed::default() }).await;
            }
            let page = Page::Application(key.to_owned()).path(context.language);
            Ok(see_other(&format!("{page}?gedaan=bericht")))
        }
        Err(error) => {
            let message = (typed.to_owned(), Some(text_error(error, context.language)));
            show_application(context, key, who, Typed { message, ..Typed::default() }).await
        }
    }
}

/// Gives the organisation's answer.
async fn answer(context: &RequestContext, key: &str, who: &Participant, form: &Form) -> PageResult {
    let language = context.language;
    let mut typed = AnswerForm {
        step: form.get("step").to_owned(),
        reason: form.get("reason").to_owned(),
        from: form.get("from").to_owned(),
        words: form.get("words").to_owned(),
        ..AnswerForm::default()
    };
    let error = |text: &str| Some(text.to_owned());
    let step = match typed.step.as_str() {
        "talk" => Some(Step::Talk),
        "offer" => Some(Step::Offer),
        "place" => {
            let today = context.moment.today;
            let day = NaiveDate::parse_from_str(&typed.from, "%Y-%m-%d").ok();
            let day = day.filter(|day| (*day - today).abs() <= FIRST_DAY_WITHIN);
            typed.from_error = day.map_or(error(t::application_from_missing(language)), |_| None);
            day.map(Step::Place)
        }
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
        Err(wrong) => {
            typed.words_error = Some(text_error(wrong, language));
            None
        }
    };
    let step = match step {
        Some(step) if !typed.is_wrong() => step,
        _ => return show_application(context, key, who, Typed { answer: typed, ..Typed::default() }).await,
    };
    let is_taken = context
        .state
        .store()
        .take_step(who, step, words, context.state.letter_context(), context.now())
        .await?;
    let done = if is_taken { "antwoord" } else { "nietmeer" };
    Ok(see_other(&format!("{}?gedaan={done}", Page::Application(key.to_owned()).path(language))))
}

/// Asks what became of a vacancy.
pub(crate) async fn outcome(context: &RequestContext, link: &str) -> PageResult {
    let (page, language) = (Page::Outcome(link.to_owned()), context.language);
    let Some(token) = Token::parse(link) else { return Ok(gone(context, page)) };
    let question = context.state.store().find_outcome_question(&token, context.now()).await?;
    let Some(OutcomeQuestion { vacancy, outcome }) = question else { return Ok(gone(context, page)) };
    let label = |outcome: VacancyOutcome| labels::vacancy_outcome(outcome, language);
    let shown = QuestionPageProps {
        title: t::outcome_title(language, &vacancy.title),
        lead: t::outcome_lead(language, format::date(vacancy.closes_on, language)),
        answers: VacancyOutcome::ALL.iter().map(|outcome| (outcome.code(), label(*outcome))).collect(),
        answered: outcome.map(label),
        language,
    };
    Ok(private_page(context, page, t::outcome_short(language), false, move || QuestionPage(shown)))
}

/// Notes what became of a vacancy, as the button says that was pressed.
pub(crate) async fn answer_outcome(context: &RequestContext, link: &str, form: Form) -> PageResult {
    let page = Page::Outcome(link.to_owned());
    let Some(token) = Token::parse(link) else { return Ok(gone(context, page)) };
    let Some(answer) = VacancyOutcome::from_code(form.get("answer")) else {
        return outcome(context, link).await;
    };
    let is_noted = context.state.store().answer_outcome(&token, answer, context.now()).await?;
    Ok(noted(context, page, is_noted))
}

/// Asks where somebody is who was placed.
pub(crate) async fn follow_up(context: &RequestContext, link: &str) -> PageResult {
    let (page, language) = (Page::FollowUp(link.to_owned()), context.language);
    let Some(token) = Token::parse(link) else { return Ok(gone(context, page)) };
    let question = context.state.store().find_follow_up_question(&token, context.now()).await?;
    let Some(FollowUpQuestion { follow_up, whereabouts }) = question else { return Ok(gone(context, page)) };
    let label = |whereabouts: Whereabouts| labels::whereabouts(whereabouts, language);
    let shown = QuestionPageProps {
        title: t::placement_title(language, &follow_up.vacancy),
        lead: labels::about_follow_up(&follow_up, language),
        answers: Whereabouts::ALL.iter().map(|answer| (answer.code(), label(*answer))).collect(),
        answered: whereabouts.map(label),
        language,
    };
    Ok(private_page(context, page, t::placement_short(language), false, move || QuestionPage(shown)))
}

/// Notes where somebody is, as the button says that was pressed.
pub(crate) async fn answer_follow_up(context: &RequestContext, link: &str, form: Form) -> PageResult {
    let page = Page::FollowUp(link.to_owned());
    let Some(token) = Token::parse(link) else { return Ok(gone(context, page)) };
    let Some(answer) = Whereabouts::from_code(form.get("answer")) else {
        return follow_up(context, link).await;
    };
    let is_noted = context.state.store().answer_follow_up(&token, answer, context.now()).await?;
    Ok(noted(context, page, is_noted))
}

/// The page of a question, which thanks for its answer.
fn noted(context: &RequestContext, page: Page, is_noted: bool) -> Response<Body> {
    if is_noted { see_other(&page.path(context.language)) } else { gone(context, page) }
}

/// Gives the CV of an application to those whom it concerns, to be kept as a file: a browser does not open it within the hub.
pub(crate) async fn cv(
    State(web): State<WebState>,
    Path(key): Path<String>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let context = match RequestContext::for_file(&web, &parts).await {
        Ok(context) => context,
        Err((context, error)) => return refused(&context, PageError::Store(error)),
    };
    match cv_of(&context, &key).await {
        Ok(response) => response,
        Err(error) => refused(&context, error),
    }
}

async fn cv_of(context: &RequestContext, key: &str) -> PageResult {
    if key == CV_OF_PROFILE {
        let talent = context.signed_in()?.talent();
        let found = context.state.store().read_profile_cv(&talent).await?;
        return Ok(found.map_or_else(|| not_found(context), |(name, bytes)| as_file(&name, bytes)));
    }
    let Some(who) = participant(context, key).await? else {
        return Ok(gone(context, Page::Application(key.to_owned())));
    };
    let application = context.state.store().find_application(&who).await?;
    if who.side() == Side::Organisation && !application.is_opened() {
        // First the application is opened, which the talent sees.
        return Ok(see_other(&Page::Application(key.to_owned()).path(context.language)));
    }
    let found = context.state.store().read_cv(&who).await?;
    Ok(found.map_or_else(|| not_found(context), |(name, bytes)| as_file(&name, bytes)))
}

fn as_file(name: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    // A name in other letters than those of English: RFC 6266, section 4.3.
    let disposition = format!("attachment; filename=\"cv.pdf\"; filename*=UTF-8''{}", encode(name));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}
