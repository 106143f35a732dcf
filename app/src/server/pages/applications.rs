//! Pages of applying and of applications: what they show, and what their forms do.

use std::str::FromStr;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::Language;
use domain::applications::{
    Answer as Answered, Application, ApplicationDraft, ApplicationFaults, AppliedVacancy, CvFault,
    DeclineReason, LONGEST_QUESTION, MOST_QUESTIONS, Side, Step, TextFault, check_message, kept_until,
};
use domain::placements::Whereabouts;
use domain::talents::CV_OF_PROFILE;
use domain::text::{clean_line, encode};
use domain::vacancies::{StoredVacancy, VacancyOutcome, id_in_slug};
use store::{
    Applied, ApplyRefused, Applying, OutcomeQuestion, Participant, PlacementQuestion, SavedDraft, Secret,
    StoredCv,
};

use super::super::forms::{Form, SentFile};
use super::super::state::local;
use super::super::visit::{Cookie, Visit};
use super::super::{HubState, render::Answer};
use super::accounts::mailbox;
use super::{Refusal, Shown, head, not_found, own, pause_text, refused, see_other, signed_in};
use crate::applications::{
    APPLY_SCRIPT, AnswerForm, ApplicationPage, ApplicationPageProps, ApplicationView, ApplyFaults, ApplyPage,
    ApplyPageProps, ApplySentPage, ApplySentPageProps, ApplyView, GonePage, GonePageProps, QuestionFaults,
    QuestionPage, QuestionPageProps, ReceivedPage, ReceivedPageProps, ReceivedView, answer_name,
    question_name,
};
use crate::paths::Page;
use crate::ui::NoticeKind;
use crate::{format, labels, texts as t};

/// What the address says after an application of somebody without an account was sent.
const MAILED: &str = "gedaan=post";

/// A first day is within this time from today; what is further away is a slip of the finger.
const FIRST_DAY_WITHIN: TimeDelta = TimeDelta::days(2 * 365);

/// The vacancy of an address, when one can apply for it.
async fn open_vacancy(visit: &Visit, slug: &str) -> Result<Option<StoredVacancy>, Refusal> {
    let id = id_in_slug(slug).ok_or(Refusal::NotFound)?;
    let stored = visit.state.store().find_vacancy(id).await?;
    let stored = stored.filter(|stored| stored.slug() == slug).ok_or(Refusal::NotFound)?;
    Ok(Some(stored).filter(|stored| stored.vacancy.is_open(visit.state.now_local().date())))
}

pub(super) fn applied(stored: &StoredVacancy) -> AppliedVacancy {
    AppliedVacancy {
        id: stored.id,
        title: stored.vacancy.title.clone(),
        slug: stored.slug(),
        organisation: stored.vacancy.organisation.clone(),
        organisation_slug: stored.organisation_slug.clone(),
        closes_on: stored.vacancy.closes_on,
    }
}

/// Shows the form to apply with, as far as it was filled in before.
pub(super) async fn apply_form(visit: &Visit, slug: &str) -> Shown {
    let Some(stored) = open_vacancy(visit, slug).await? else { return Ok(to_vacancy(visit, slug)) };
    let language = visit.language;
    if visit.uri.query() == Some(MAILED) {
        let vacancy = applied(&stored);
        let (page, mailbox) = (Page::Apply(slug.to_owned()), mailbox(visit));
        return Ok(own(visit, page, t::apply_done_title(language), false, move || {
            ApplySentPage(ApplySentPageProps { vacancy, mailbox, language })
        }));
    }
    let mut saved = saved_draft(visit, stored.id).await?;
    if saved == SavedDraft::default() {
        saved.cv = cv_of_profile(visit).await?;
    }
    if let Some(viewer) = visit.signed_in.as_ref().map(store::SignedIn::viewer)
        && saved.draft.name.is_empty()
    {
        saved.draft.name = viewer.name.clone().unwrap_or_default();
    }
    show_form(visit, &stored, saved, ApplyFaults::default()).await
}

/// The page of a vacancy, which says when it has closed.
fn to_vacancy(visit: &Visit, slug: &str) -> Response<Body> {
    see_other(&Page::Vacancy(slug.to_owned()).path(visit.language))
}

async fn saved_draft(visit: &Visit, vacancy_id: i64) -> Result<SavedDraft, Refusal> {
    let Some(browser) = &visit.drafting else { return Ok(SavedDraft::default()) };
    Ok(visit.state.store().find_draft(browser, vacancy_id).await?.unwrap_or_default())
}

/// The CV that the form showed: of the draft, or of the profile where nothing was begun.
async fn earlier_cv(visit: &Visit, vacancy_id: i64) -> Result<Option<StoredCv>, Refusal> {
    let saved = saved_draft(visit, vacancy_id).await?;
    if saved == SavedDraft::default() { cv_of_profile(visit).await } else { Ok(saved.cv) }
}

/// The CV of the talent's profile.
async fn cv_of_profile(visit: &Visit) -> Result<Option<StoredCv>, Refusal> {
    let Some(who) = &visit.signed_in else { return Ok(None) };
    Ok(visit.state.store().find_profile(&who.talent()).await?.cv)
}

async fn show_form(visit: &Visit, stored: &StoredVacancy, saved: SavedDraft, faults: ApplyFaults) -> Shown {
    let language = visit.language;
    let closes_on = stored.vacancy.closes_on;
    let content = ApplyView {
        vacancy: applied(stored),
        questions: visit.state.store().list_questions(stored.id).await?,
        draft: saved.draft,
        cv: saved.cv.map(|cv| cv.cv().clone()),
        signed_in: visit.signed_in.as_ref().map(|who| who.viewer().email.clone()),
        kept_until: (kept_until(closes_on, false), kept_until(closes_on, true)),
    };
    let head = head(language, Page::Apply(stored.slug()), t::apply_title(language), "");
    let answer = Answer::ok(head).own().with_script(APPLY_SCRIPT);
    let answer = if faults.are_any() { answer.into_wrong() } else { answer };
    Ok(answer.render(visit, move || ApplyPage(ApplyPageProps { content, faults, language })))
}

/// Takes an application, or what was filled in before signing in.
pub(super) async fn apply(visit: &Visit, slug: &str, mut form: Form) -> Shown {
    let Some(stored) = open_vacancy(visit, slug).await? else { return Ok(to_vacancy(visit, slug)) };
    let (store, language) = (visit.state.store(), visit.language);
    let questions = store.list_questions(stored.id).await?;
    let signed_in = visit.signed_in.as_ref();
    let email = signed_in.map_or(form.get("email").to_owned(), |who| who.viewer().email.to_string());
    let draft = ApplicationDraft {
        name: form.get("name").to_owned(),
        email,
        motivation: form.get("motivation").to_owned(),
        answers: answers_of(&form),
        may_be_kept: form.get("keep") == "yes",
    };
    let earlier = if form.get("remove-cv").is_empty() { earlier_cv(visit, stored.id).await? } else { None };
    let file = form.take_file();
    if file.is_some()
        && let Err(next) = count_upload(visit).await?
    {
        let faults = ApplyFaults { whole: Some(pause_text(visit, next)), ..ApplyFaults::default() };
        return show_form(visit, &stored, SavedDraft { draft, cv: earlier }, faults).await;
    }
    let (cv, cv_fault) = match file {
        Some(file) => match take_cv(visit, file).await? {
            Ok(cv) => (Some(cv), None),
            Err(fault) => (earlier, Some(fault)),
        },
        None => (earlier, None),
    };
    let saved = SavedDraft { draft, cv };
    if form.get("do") == "sign-in" && signed_in.is_none() {
        let wanted = encode(&Page::Apply(stored.slug()).path(language));
        let response = see_other(&format!("{}?naar={wanted}", Page::SignIn.path(language)));
        return keep_draft(visit, stored.id, saved, response).await;
    }
    let mut faults =
        ApplyFaults { cv: cv_fault.map(|fault| cv_fault_text(fault, language)), ..ApplyFaults::default() };
    let application = match saved.draft.check(&questions) {
        Ok(application) if faults.cv.is_none() => application,
        Ok(_) => return wrong_form(visit, &stored, saved, faults).await,
        Err(wrong) => {
            faults = in_words(&wrong, faults, language);
            return wrong_form(visit, &stored, saved, faults).await;
        }
    };
    let applying = Applying {
        vacancy_id: stored.id,
        application,
        cv: saved.cv.clone(),
        language,
        network: visit.network(),
        browser: visit.drafting.clone(),
    };
    let talent = signed_in.map(store::SignedIn::talent);
    let (now, today) = (visit.now(), visit.state.now_local().date());
    let page = |id: i64, notice: &str| {
        see_other(&format!("{}?{notice}", Page::Application(id.to_string()).path(language)))
    };
    match store.apply(applying, talent.as_ref(), visit.state.desk(), now, today).await? {
        Ok(Applied::Sent(id)) => Ok(page(id, "gedaan=verstuurd")),
        Ok(Applied::Known(id)) => Ok(page(id, "gedaan=eerder")),
        Ok(Applied::Mailed(_)) => {
            Ok(see_other(&format!("{}?{MAILED}", Page::Apply(stored.slug()).path(language))))
        }
        Err(ApplyRefused::Closed) => Ok(to_vacancy(visit, slug)),
        Err(ApplyRefused::TooOften(next)) => {
            let faults = ApplyFaults { whole: Some(pause_text(visit, next)), ..ApplyFaults::default() };
            wrong_form(visit, &stored, saved, faults).await
        }
    }
}

/// What was answered, and to which questions: those of the form that was sent, which may be others by now.
fn answers_of(form: &Form) -> Vec<Answered> {
    let answers = (0..MOST_QUESTIONS).map(|at| Answered {
        question: form.get(&question_name(at)).to_owned(),
        answer: form.get(&answer_name(at)).to_owned(),
    });
    answers.filter(|answer| !answer.question.is_empty()).collect()
}

async fn wrong_form(visit: &Visit, stored: &StoredVacancy, saved: SavedDraft, faults: ApplyFaults) -> Shown {
    let response = show_form(visit, stored, saved.clone(), faults).await?;
    keep_draft(visit, stored.id, saved, response).await
}

/// Keeps what was filled in, and gives the browser the secret by which it gets it back.
async fn keep_draft(
    visit: &Visit,
    vacancy_id: i64,
    saved: SavedDraft,
    mut response: Response<Body>,
) -> Shown {
    let browser = visit.drafting.clone().unwrap_or_else(|| Secret::of(visit.state.chance()));
    visit.state.store().save_draft(browser.clone(), vacancy_id, saved, visit.now()).await?;
    visit.set_cookie(&mut response, Cookie::Draft, Some(&browser));
    Ok(response)
}

/// Counts a file that somebody sends; or says when the next may come. Looking at a file and keeping it costs more than a page.
pub(super) async fn count_upload(visit: &Visit) -> Result<Result<(), DateTime<Utc>>, Refusal> {
    let talent = visit.signed_in.as_ref().map(store::SignedIn::talent);
    Ok(visit.state.store().count_upload(&visit.network(), talent.as_ref(), visit.now()).await?)
}

pub(super) async fn take_cv(visit: &Visit, file: SentFile) -> Result<Result<StoredCv, CvFault>, Refusal> {
    let Some(bytes) = file.bytes else { return Ok(Err(CvFault::TooLarge)) };
    Ok(visit.state.store().keep_cv(&file_name(&file.name), bytes, visit.state.chance()).await?)
}

/// The last part of a path, whichever system wrote it, as a name that every system can have: `../../cv.pdf` is `cv.pdf`.
fn file_name(path: &str) -> String {
    const LONGEST: usize = 100;
    let name = clean_line(path.rsplit(['/', '\\']).next().unwrap_or_default());
    let name: String = name.chars().filter(|letter| !"<>:\"|?*".contains(*letter)).collect();
    let stem = name.strip_suffix(".pdf").or(name.strip_suffix(".PDF")).unwrap_or(&name);
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(LONGEST).collect();
    if stem.is_empty() { "cv.pdf".to_owned() } else { format!("{stem}.pdf") }
}

pub(super) fn cv_fault_text(fault: CvFault, language: Language) -> String {
    let text = match fault {
        CvFault::TooLarge => t::apply_too_large(language),
        CvFault::NotPdf => t::apply_not_pdf(language),
        CvFault::Locked => t::apply_locked(language),
        CvFault::Active => t::apply_active(language),
    };
    text.to_owned()
}

fn in_words(wrong: &ApplicationFaults, faults: ApplyFaults, language: Language) -> ApplyFaults {
    let text = |fault: Option<TextFault>| fault.map(|fault| text_fault(fault, language));
    ApplyFaults {
        name: text(wrong.name),
        email: text(wrong.email),
        motivation: text(wrong.motivation),
        answers: wrong.answers.iter().copied().map(text).collect(),
        ..faults
    }
}

pub(super) fn text_fault(fault: TextFault, language: Language) -> String {
    match fault {
        TextFault::Missing => t::fault_missing(language).to_owned(),
        TextFault::TooLong(longest) => t::fault_text_long(language, longest),
        TextFault::NoAddress => t::fault_email(language).to_owned(),
    }
}

/// Who asks for an application: by a link, or by its number when signed in.
async fn participant(visit: &Visit, key: &str) -> Result<Option<Participant>, Refusal> {
    let store = visit.state.store();
    if let Some(link) = Secret::parse(key) {
        return Ok(store.participant_by_link(&link).await?);
    }
    let id = i64::from_str(key).map_err(|_| Refusal::NotFound)?;
    let who = signed_in(visit)?;
    if let Some(own) = store.own_participant(&who.talent(), id).await? {
        return Ok(Some(own));
    }
    for membership in &who.viewer().memberships {
        let Some(member) = who.member(&membership.slug) else { continue };
        if let Some(received) = store.member_participant(&member, id).await? {
            return Ok(Some(received));
        }
    }
    Err(Refusal::NotFound)
}

/// What a form of an application's page got wrong, with what was typed.
#[derive(Default)]
struct Typed {
    notice: Option<(NoticeKind, String)>,
    answer: AnswerForm,
    message: (String, Option<String>),
}

/// Shows an application to those whom it concerns.
pub(super) async fn application(visit: &Visit, key: &str) -> Shown {
    let Some(who) = participant(visit, key).await? else {
        return Ok(gone(visit, Page::Application(key.to_owned())));
    };
    show_application(visit, key, &who, Typed::default()).await
}

async fn show_application(visit: &Visit, key: &str, who: &Participant, typed: Typed) -> Shown {
    let (store, language) = (visit.state.store(), visit.language);
    let application = match store.find_application(who).await {
        Err(store::Error::NotFound) => return Ok(gone(visit, Page::Application(key.to_owned()))),
        found => found?,
    };
    let vacancy = store.find_vacancy(application.vacancy.id).await?;
    let today = visit.state.now_local().date();
    let is_wrong = typed.answer.is_wrong() || typed.message.1.is_some();
    let content = ApplicationView {
        side: who.side(),
        key: key.to_owned(),
        times: application.entries.iter().map(|entry| local(entry.at)).collect(),
        others: store.count_others(who).await?,
        is_open: vacancy.is_some_and(|stored| stored.vacancy.is_open(today)),
        is_by_link: visit.signed_in.is_none(),
        notice: typed.notice.or_else(|| done(visit, &application)),
        answer: typed.answer,
        message: typed.message,
        application,
    };
    Ok(own(visit, Page::Application(key.to_owned()), t::application_title(language), is_wrong, move || {
        ApplicationPage(ApplicationPageProps { content, language })
    }))
}

/// What was done just now, as the address says.
fn done(visit: &Visit, application: &Application) -> Option<(NoticeKind, String)> {
    let language = visit.language;
    let organisation = &application.vacancy.organisation;
    let done = visit.uri.query()?.strip_prefix("gedaan=")?;
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

fn gone(visit: &Visit, page: Page) -> Response<Body> {
    let language = visit.language;
    let (title, text) = match page {
        Page::Outcome(_) | Page::Placement(_) => {
            (t::question_gone_title(language), t::question_gone(language))
        }
        _ => (t::application_gone_title(language), t::application_gone(language)),
    };
    Answer::ok(head(language, page, title, ""))
        .own()
        .with_status(StatusCode::GONE)
        .render(visit, move || GonePage(GonePageProps { title, text, language }))
}

/// Does what a form of an application's page asks for.
pub(super) async fn change_application(visit: &Visit, key: &str, form: Form) -> Shown {
    let Some(who) = participant(visit, key).await? else {
        return Ok(gone(visit, Page::Application(key.to_owned())));
    };
    let (store, state) = (visit.state.store(), &visit.state);
    let (now, today) = (visit.now(), state.now_local().date());
    let page = |done: &str| {
        see_other(&format!("{}?gedaan={done}", Page::Application(key.to_owned()).path(visit.language)))
    };
    let step = match form.get("do") {
        "confirm" => {
            let confirmed = store.confirm_application(&who, state.desk(), now, today).await?;
            return Ok(page(if confirmed.is_ok() { "verstuurd" } else { "gesloten" }));
        }
        "withdraw-others" => {
            let count = store.withdraw_others(&who, state.desk(), now).await?;
            return Ok(page(&format!("anderen-{count}")));
        }
        "keep" if who.side() == Side::Talent => {
            store.change_consent(&who, form.get("keep") == "yes", now).await?;
            return Ok(page("bewaard"));
        }
        "message" => return write_message(visit, key, &who, &form).await,
        "answer" => return answer(visit, key, &who, &form).await,
        "see" => Step::See,
        "accept" => Step::Accept,
        "withdraw" => Step::Withdraw,
        _ => return show_application(visit, key, &who, Typed::default()).await,
    };
    let done = match step {
        Step::Accept => "aangenomen",
        Step::Withdraw => "ingetrokken",
        _ => "antwoord",
    };
    let is_taken = store.take_step(&who, step.clone(), None, state.desk(), now).await?;
    if step == Step::See {
        return Ok(see_other(&Page::Application(key.to_owned()).path(visit.language)));
    }
    Ok(page(if is_taken { done } else { "nietmeer" }))
}

async fn write_message(visit: &Visit, key: &str, who: &Participant, form: &Form) -> Shown {
    let typed = form.get("message");
    match check_message(typed) {
        Ok(text) => {
            let (store, desk) = (visit.state.store(), visit.state.desk());
            if let Err(next) = store.write_message(who, text, desk, visit.now()).await? {
                let message = (typed.to_owned(), Some(pause_text(visit, next)));
                return show_application(visit, key, who, Typed { message, ..Typed::default() }).await;
            }
            let page = Page::Application(key.to_owned()).path(visit.language);
            Ok(see_other(&format!("{page}?gedaan=bericht")))
        }
        Err(fault) => {
            let message = (typed.to_owned(), Some(text_fault(fault, visit.language)));
            show_application(visit, key, who, Typed { message, ..Typed::default() }).await
        }
    }
}

/// Gives the organisation's answer.
async fn answer(visit: &Visit, key: &str, who: &Participant, form: &Form) -> Shown {
    let language = visit.language;
    let mut typed = AnswerForm {
        step: form.get("step").to_owned(),
        reason: form.get("reason").to_owned(),
        from: form.get("from").to_owned(),
        words: form.get("words").to_owned(),
        ..AnswerForm::default()
    };
    let fault = |text: &str| Some(text.to_owned());
    let step = match typed.step.as_str() {
        "talk" => Some(Step::Talk),
        "offer" => Some(Step::Offer),
        "place" => {
            let today = visit.state.now_local().date();
            let day = NaiveDate::parse_from_str(&typed.from, "%Y-%m-%d").ok();
            let day = day.filter(|day| (*day - today).abs() <= FIRST_DAY_WITHIN);
            typed.from_fault = day.map_or(fault(t::application_from_missing(language)), |_| None);
            day.map(Step::Place)
        }
        "decline" => {
            let reason = DeclineReason::from_code(&typed.reason);
            typed.reason_fault = reason.map_or(fault(t::application_reason_missing(language)), |_| None);
            reason.map(Step::Decline)
        }
        _ => {
            typed.step_fault = fault(t::application_step_missing(language));
            None
        }
    };
    let words = match check_message(&typed.words) {
        Ok(words) => Some(words),
        Err(TextFault::Missing) => None,
        Err(wrong) => {
            typed.words_fault = Some(text_fault(wrong, language));
            None
        }
    };
    let step = match step {
        Some(step) if !typed.is_wrong() => step,
        _ => return show_application(visit, key, who, Typed { answer: typed, ..Typed::default() }).await,
    };
    let is_taken = visit.state.store().take_step(who, step, words, visit.state.desk(), visit.now()).await?;
    let done = if is_taken { "antwoord" } else { "nietmeer" };
    Ok(see_other(&format!("{}?gedaan={done}", Page::Application(key.to_owned()).path(language))))
}

/// Shows an organisation what it received.
pub(super) async fn received(visit: &Visit, slug: &str) -> Shown {
    received_page(visit, slug, None).await
}

async fn received_page(visit: &Visit, slug: &str, faults: Option<QuestionFaults>) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let member = who.member(slug).ok_or(Refusal::NotFound)?;
    let membership = who.viewer().memberships.iter().find(|membership| membership.slug == slug);
    let organisation = membership.ok_or(Refusal::NotFound)?.organisation.clone();
    let list = visit.state.store().list_received(&member, visit.state.now_local().date()).await?;
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
    let is_saved = visit.uri.query() == Some("gedaan=vragen");
    let colleagues = Page::Colleagues(slug.to_owned()).path(language);
    let is_wrong = faults.is_some();
    Ok(own(visit, Page::Member(slug.to_owned()), t::member_received(language), is_wrong, move || {
        ReceivedPage(ReceivedPageProps { organisation, colleagues, received, faults, is_saved, language })
    }))
}

/// Changes what an organisation asks of who applies.
pub(super) async fn change_questions(visit: &Visit, slug: &str, form: Form) -> Shown {
    let member = signed_in(visit)?.member(slug).ok_or(Refusal::NotFound)?;
    let vacancy_id = form.get("vacancy").parse().unwrap_or_default();
    let typed: Vec<String> =
        (0..MOST_QUESTIONS).map(|at| form.get(&format!("question-{at}")).to_owned()).collect();
    let questions: Vec<String> =
        typed.iter().map(|question| clean_line(question)).filter(|question| !question.is_empty()).collect();
    if questions.iter().any(|question| question.chars().count() > LONGEST_QUESTION) {
        return received_page(visit, slug, Some(QuestionFaults { vacancy_id, typed })).await;
    }
    visit.state.store().change_questions(&member, vacancy_id, questions).await?;
    Ok(see_other(&format!("{}?gedaan=vragen", Page::Member(slug.to_owned()).path(visit.language))))
}

/// Asks what became of a vacancy.
pub(super) async fn outcome(visit: &Visit, link: &str) -> Shown {
    let (page, language) = (Page::Outcome(link.to_owned()), visit.language);
    let Some(secret) = Secret::parse(link) else { return Ok(gone(visit, page)) };
    let question = visit.state.store().find_outcome_question(&secret, visit.now()).await?;
    let Some(OutcomeQuestion { vacancy, outcome }) = question else { return Ok(gone(visit, page)) };
    let label = |outcome: VacancyOutcome| labels::vacancy_outcome(outcome, language);
    let content = QuestionPageProps {
        title: t::outcome_title(language, &vacancy.title),
        lead: t::outcome_lead(language, format::date(vacancy.closes_on, language)),
        answers: VacancyOutcome::ALL.iter().map(|outcome| (outcome.code(), label(*outcome))).collect(),
        answered: outcome.map(label),
        language,
    };
    Ok(own(visit, page, t::outcome_short(language), false, move || QuestionPage(content)))
}

/// Notes what became of a vacancy, as the button says that was pressed.
pub(super) async fn answer_outcome(visit: &Visit, link: &str, form: Form) -> Shown {
    let page = Page::Outcome(link.to_owned());
    let Some(secret) = Secret::parse(link) else { return Ok(gone(visit, page)) };
    let Some(answer) = VacancyOutcome::from_code(form.get("answer")) else {
        return outcome(visit, link).await;
    };
    let is_noted = visit.state.store().answer_outcome(&secret, answer, visit.now()).await?;
    Ok(noted(visit, page, is_noted))
}

/// Asks where somebody is who was placed.
pub(super) async fn placement(visit: &Visit, link: &str) -> Shown {
    let (page, language) = (Page::Placement(link.to_owned()), visit.language);
    let Some(secret) = Secret::parse(link) else { return Ok(gone(visit, page)) };
    let question = visit.state.store().find_placement_question(&secret, visit.now()).await?;
    let Some(PlacementQuestion { placement, whereabouts }) = question else { return Ok(gone(visit, page)) };
    let label = |whereabouts: Whereabouts| labels::whereabouts(whereabouts, language);
    let content = QuestionPageProps {
        title: t::placement_title(language, &placement.vacancy),
        lead: labels::about_placement(&placement, language),
        answers: Whereabouts::ALL.iter().map(|answer| (answer.code(), label(*answer))).collect(),
        answered: whereabouts.map(label),
        language,
    };
    Ok(own(visit, page, t::placement_short(language), false, move || QuestionPage(content)))
}

/// Notes where somebody is, as the button says that was pressed.
pub(super) async fn answer_placement(visit: &Visit, link: &str, form: Form) -> Shown {
    let page = Page::Placement(link.to_owned());
    let Some(secret) = Secret::parse(link) else { return Ok(gone(visit, page)) };
    let Some(answer) = Whereabouts::from_code(form.get("answer")) else {
        return placement(visit, link).await;
    };
    let is_noted = visit.state.store().answer_placement(&secret, answer, visit.now()).await?;
    Ok(noted(visit, page, is_noted))
}

/// The page of a question, which thanks for its answer.
fn noted(visit: &Visit, page: Page, is_noted: bool) -> Response<Body> {
    if is_noted { see_other(&page.path(visit.language)) } else { gone(visit, page) }
}

/// Gives the CV of an application to those whom it concerns, to be kept as a file: a browser does not open it within the hub.
pub(super) async fn cv(
    State(state): State<HubState>,
    Path(key): Path<String>,
    request: Request,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let visit = match Visit::for_file(&state, &parts).await {
        Ok(visit) => visit,
        Err((visit, error)) => return refused(&visit, Refusal::Store(error)),
    };
    match cv_of(&visit, &key).await {
        Ok(response) => response,
        Err(refusal) => refused(&visit, refusal),
    }
}

async fn cv_of(visit: &Visit, key: &str) -> Shown {
    if key == CV_OF_PROFILE {
        let talent = signed_in(visit)?.talent();
        let found = visit.state.store().read_profile_cv(&talent).await?;
        return Ok(found.map_or_else(|| not_found(visit), |(name, bytes)| as_file(&name, bytes)));
    }
    let Some(who) = participant(visit, key).await? else {
        return Ok(gone(visit, Page::Application(key.to_owned())));
    };
    let application = visit.state.store().find_application(&who).await?;
    if who.side() == Side::Organisation && !application.is_opened() {
        // First the application is opened, which the talent sees.
        return Ok(see_other(&Page::Application(key.to_owned()).path(visit.language)));
    }
    let found = visit.state.store().read_cv(&who).await?;
    Ok(found.map_or_else(|| not_found(visit), |(name, bytes)| as_file(&name, bytes)))
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

/// Whether a request brings a file: it may be larger, and take longer, than others.
pub fn brings_file(request: &Request) -> bool {
    let is_form = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    matches!(Page::at(request.uri().path()), Some((Page::Apply(_) | Page::Profile, _)))
        && is_form.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_by_the_last_part_of_its_path() {
        assert_eq!(file_name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(file_name("C:\\Users\\Tim\\cv van Tim.PDF"), "cv van Tim.pdf");
        assert_eq!(file_name("Lebenslauf Müller.pdf"), "Lebenslauf Müller.pdf");
        assert_eq!(file_name("cv\u{202e}fdp.exe"), "cvfdp.exe.pdf");
        assert_eq!(file_name(".."), "cv.pdf");
        assert_eq!(file_name(&"x".repeat(10_000)).len(), 104);
    }
}
