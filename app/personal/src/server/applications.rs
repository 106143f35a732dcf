//! Pages of applying and of applications: what they show, and their commands.

use std::str::FromStr;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{NaiveDate, TimeDelta};
use domain::applications::{Application, DeclineReason, LARGEST_CV, Side, Step, check_message, kept_until};
use domain::talents::CV_OF_PROFILE;
use domain::text::encode;
use domain::vacancies::{StoredVacancy, id_in_slug};
use domain::{Command, FieldError, FieldErrors};
use store::{Applied, ApplyRefused, Applying, LinkError, Participant, SavedDraft, StoredCv, Token};

use hub::local;
use web::{
    Access, Audience, Call, Done, Flash, PageError, PageRequest, PageResponse, PageResult, Rejection,
    RequestContext, Run, WebState, gone_page, head, not_found, private_page, refused, see_other,
};

use super::applied_vacancy::applied;
use super::mailbox::mailbox;
use super::uploads::{count_upload, take_cv};
use crate::applications::{
    APPLY_SCRIPT, AcceptOffer, AnswerApplication, ApplicationFlash, ApplicationPage, ApplicationPageProps,
    ApplicationView, ApplyPage, ApplyPageProps, ApplySentPage, ApplySentPageProps, ApplyView, ChangeConsent,
    ConfirmApplication, GonePage, GonePageProps, OpenApplication, SendApplication, WithdrawApplication,
    WithdrawOthers, WriteMessage,
};
use ui::NoticeKind;
use words::field_errors::field_error;
use words::paths::Page;
use words::texts as t;

/// A first day is within this time from today; what is further away is a slip of the finger.
const FIRST_DAY_WITHIN: TimeDelta = TimeDelta::days(2 * 365);

impl Flash for ApplicationFlash {
    const NOUN: &'static str = "application";
}

/// A vacancy for which anybody can apply now: known before the body of a form is read.
pub struct OpenVacancy(StoredVacancy);

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
pub(crate) async fn apply_form(request: PageRequest<OpenVacancy>) -> PageResult {
    let PageRequest { context, access: OpenVacancy(stored), rejection, .. } = request;
    let language = context.language;
    let account = context.signed_in.as_ref().map(store::SignedIn::viewer);
    let mut saved = saved_draft(&context, stored.id).await?;
    if saved == SavedDraft::default() {
        saved.cv = cv_of_profile(&context).await?;
    }
    let (typed, errors) = rejection.typed::<SendApplication>().unzip();
    if let Some(typed) = typed {
        saved.draft = typed.draft(account.map(|viewer| viewer.email.to_string()));
    } else if let Some(viewer) = account
        && saved.draft.name.is_empty()
    {
        saved.draft.name = viewer.name.clone().unwrap_or_default();
    }
    let closes_on = stored.vacancy.closes_on;
    let shown = ApplyView {
        vacancy: applied(&stored),
        questions: context.state.store().list_questions(stored.id).await?,
        draft: saved.draft,
        cv: saved.cv.map(|cv| cv.cv().clone()),
        signed_in: account.map(|viewer| viewer.email.clone()),
        kept_until: (kept_until(closes_on, false), kept_until(closes_on, true)),
    };
    let (errors, wait) = (errors.unwrap_or_default(), rejection.wait_text(&context));
    // What is wrong is summed up above the form, with the focus.
    let head = head(language, Page::Apply(stored.slug()), t::apply_title(language), "");
    let page = PageResponse::ok(head).private().with_script(APPLY_SCRIPT);
    Ok(page.render(&context, move || ApplyPage(ApplyPageProps { content: shown, errors, wait, language })))
}

/// Says what somebody without an account does next who applied.
pub(crate) async fn apply_sent(request: PageRequest<OpenVacancy>) -> PageResult {
    let PageRequest { context, access: OpenVacancy(stored), .. } = request;
    let (language, mailbox) = (context.language, mailbox(&context));
    let vacancy = applied(&stored);
    Ok(private_page(&context, Page::ApplySent(stored.slug()), t::apply_done_title(language), move || {
        ApplySentPage(ApplySentPageProps { vacancy, mailbox, language })
    }))
}

async fn saved_draft(context: &RequestContext, vacancy_id: i64) -> Result<SavedDraft, PageError> {
    let Some(browser) = context.draft() else { return Ok(SavedDraft::default()) };
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

impl Run for SendApplication {
    type Access = OpenVacancy;
    const LARGEST_FILE: Option<usize> = Some(LARGEST_CV);

    async fn run(self, call: Call<OpenVacancy>) -> Result<Done<Self>, PageError> {
        let Call { context, access: OpenVacancy(stored), file, .. } = call;
        let (store, language) = (context.state.store(), context.language);
        let who = context.signed_in.as_ref();
        let mut errors = FieldErrors::default();
        let mut cv = if self.removes_cv() { None } else { earlier_cv(&context, stored.id).await? };
        if let Some(file) = file {
            count_upload(&context).await?;
            match take_cv(&context, file).await? {
                Ok(taken) => cv = Some(taken),
                Err(error) => errors.insert("cv", error.into()),
            }
        }
        let draft = self.draft(who.map(|who| who.viewer().email.to_string()));
        let saved = SavedDraft { draft, cv };
        match self.button.as_str() {
            "save" => {
                keep_draft(&context, stored.id, saved).await?;
                return Ok(Done::here().showing(nothing_to_show()));
            }
            "sign-in" if who.is_none() => {
                keep_draft(&context, stored.id, saved).await?;
                let wanted = encode(&Page::Apply(stored.slug()).path(language));
                return Ok(Done::here().to(format!("{}?naar={wanted}", Page::SignIn.path(language))));
            }
            _ => {}
        }
        let questions = store.list_questions(stored.id).await?;
        let application = match saved.draft.check(&questions) {
            Ok(application) if errors.is_empty() => application,
            checked => {
                errors.extend(checked.err().unwrap_or_default());
                keep_draft(&context, stored.id, saved).await?;
                return Err(PageError::Fields(errors));
            }
        };
        let applying = Applying {
            vacancy_id: stored.id,
            application,
            cv: saved.cv.clone(),
            language,
            network: context.network(),
            browser: context.draft().cloned(),
        };
        let talent = who.map(store::SignedIn::talent);
        let letter_context = context.state.letter_context();
        let page = |id: i64| Done::here().to(Page::Application(id.to_string()).path(language));
        match store.apply(applying, talent.as_ref(), letter_context, context.moment).await? {
            Ok(Applied::Sent(id)) => Ok(page(id).saying(&ApplicationFlash::Sent)),
            Ok(Applied::Known(id)) => Ok(page(id).saying(&ApplicationFlash::Known)),
            Ok(Applied::Mailed(_)) => Ok(Done::here().to(Page::ApplySent(stored.slug()).path(language))),
            // The page of the vacancy says that it has closed.
            Err(ApplyRefused::Closed) => {
                Err(PageError::Elsewhere(Page::Vacancy(stored.slug()).path(language)))
            }
            Err(ApplyRefused::TooOften(next)) => {
                keep_draft(&context, stored.id, saved).await?;
                Err(PageError::Later(next))
            }
        }
    }
}

/// Keeps what was filled in, and gives the browser the token by which it gets it back.
async fn keep_draft(context: &RequestContext, vacancy_id: i64, saved: SavedDraft) -> Result<(), PageError> {
    let browser = context.begin_draft().clone();
    Ok(context.state.store().save_draft(browser, vacancy_id, saved, context.now()).await?)
}

/// The answer to a script that only keeps a draft.
fn nothing_to_show() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The side of an application that asks for it; nothing when it came by a link that leads nowhere any more.
pub struct ParticipantAccess(Option<Participant>);

impl Access for ParticipantAccess {
    const AUDIENCE: Audience = Audience::Concerned;

    async fn grant(context: &RequestContext, slug: &str) -> Result<Self, PageError> {
        participant(context, slug).await.map(Self)
    }
}

impl ParticipantAccess {
    fn participant(&self) -> Result<&Participant, PageError> {
        self.0.as_ref().ok_or(PageError::Link(LinkError::Unknown))
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

/// Shows an application to those whom it concerns.
pub(crate) async fn application(request: PageRequest<ParticipantAccess>) -> PageResult {
    let PageRequest { context, slug, access, rejection } = request;
    let (store, language) = (context.state.store(), context.language);
    let Some(who) = access.0 else { return Ok(gone(&context, slug)) };
    let application = match store.find_application(&who).await {
        Err(store::Error::NotFound) => return Ok(gone(&context, slug)),
        found => found?,
    };
    let vacancy = store.find_vacancy(application.vacancy.id).await?;
    let today = context.moment.today;
    let shown = ApplicationView {
        side: who.side(),
        key: slug.clone(),
        times: application.entries.iter().map(|entry| local(entry.at)).collect(),
        others: store.count_others(&who).await?,
        is_open: vacancy.is_some_and(|stored| stored.is_public(today)),
        is_by_link: context.signed_in.is_none(),
        notice: notice(&context, &application, &rejection),
        answer: rejection.typed::<AnswerApplication>().unwrap_or_default(),
        message: message(&context, &rejection),
        application,
    };
    Ok(private_page(&context, Page::Application(slug), t::application_title(language), move || {
        ApplicationPage(ApplicationPageProps { content: shown, language })
    }))
}

/// The message that was typed, and why it was not sent.
fn message(context: &RequestContext, rejection: &Rejection) -> (String, Option<String>) {
    let Some((typed, errors)) = rejection.typed::<WriteMessage>() else { return Default::default() };
    let error = errors.get("message").map(|error| field_error(error, context.language));
    (typed.message, error.or_else(|| rejection.wait_text(context)))
}

/// What was done just now, or could not be done any more.
fn notice(
    context: &RequestContext,
    application: &Application,
    rejection: &Rejection,
) -> Option<(NoticeKind, String)> {
    let language = context.language;
    let organisation = &application.vacancy.organisation;
    if let Some(PageError::Conflict) = rejection.error() {
        let is_closed = rejection.command::<ConfirmApplication>().is_some();
        let text = if is_closed { t::application_closed(language) } else { t::application_not_now(language) };
        return Some((NoticeKind::Warning, text.to_owned()));
    }
    let text = match context.flash()? {
        ApplicationFlash::Sent => t::application_sent(language, organisation),
        ApplicationFlash::Known => t::application_already(language).to_owned(),
        ApplicationFlash::Answered => t::application_answered(language).to_owned(),
        ApplicationFlash::Accepted => t::application_done_accepted(language, organisation),
        ApplicationFlash::Withdrawn => t::application_done_withdrawn(language, organisation),
        ApplicationFlash::Written => t::application_message_sent(language).to_owned(),
        ApplicationFlash::ConsentChanged => t::application_keep_changed(language).to_owned(),
        ApplicationFlash::OthersWithdrawn(count) => t::application_others_done(language, count),
    };
    Some((NoticeKind::Info, text))
}

fn gone(context: &RequestContext, key: String) -> Response<Body> {
    let language = context.language;
    let (title, text) = (t::application_gone_title(language), t::application_gone(language));
    gone_page(context, Page::Application(key), title, move || {
        GonePage(GonePageProps { title, text, language })
    })
}

impl Run for ConfirmApplication {
    type Access = ParticipantAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<ParticipantAccess>,
    ) -> Result<Done<Self>, PageError> {
        let (store, letter_context) = (context.state.store(), context.state.letter_context());
        let confirmed =
            store.confirm_application(access.participant()?, letter_context, context.moment).await?;
        confirmed.map_err(|_| PageError::Conflict)?;
        Ok(Done::here().saying(&ApplicationFlash::Sent))
    }
}

impl Run for WithdrawOthers {
    type Access = ParticipantAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<ParticipantAccess>,
    ) -> Result<Done<Self>, PageError> {
        let (store, letter_context) = (context.state.store(), context.state.letter_context());
        let count = store.withdraw_others(access.participant()?, letter_context, context.now()).await?;
        Ok(Done::here().saying(&ApplicationFlash::OthersWithdrawn(count)))
    }
}

impl Run for ChangeConsent {
    type Access = ParticipantAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<ParticipantAccess>,
    ) -> Result<Done<Self>, PageError> {
        let who = access.participant()?;
        if who.side() != Side::Talent {
            return Err(PageError::Forbidden);
        }
        context.state.store().change_consent(who, self.may_be_kept(), context.now()).await?;
        Ok(Done::here().saying(&ApplicationFlash::ConsentChanged))
    }
}

impl Run for WriteMessage {
    type Access = ParticipantAccess;

    async fn run(
        self,
        Call { context, access, .. }: Call<ParticipantAccess>,
    ) -> Result<Done<Self>, PageError> {
        let text = check_message(&self.message).map_err(|error| PageError::field("message", error))?;
        let (store, letter_context) = (context.state.store(), context.state.letter_context());
        let written = store.write_message(access.participant()?, text, letter_context, context.now()).await?;
        written.map_err(PageError::Later)?;
        Ok(Done::here().saying(&ApplicationFlash::Written))
    }
}

impl Run for OpenApplication {
    type Access = ParticipantAccess;

    async fn run(self, call: Call<ParticipantAccess>) -> Result<Done<Self>, PageError> {
        // Whoever opens it a second time finds it open.
        let who = call.access.participant()?;
        let (store, letter_context) = (call.context.state.store(), call.context.state.letter_context());
        store.take_step(who, Step::See, None, letter_context, call.context.now()).await?;
        Ok(Done::here())
    }
}

impl Run for AcceptOffer {
    type Access = ParticipantAccess;

    async fn run(self, call: Call<ParticipantAccess>) -> Result<Done<Self>, PageError> {
        step(&call, Step::Accept, None, ApplicationFlash::Accepted).await
    }
}

impl Run for WithdrawApplication {
    type Access = ParticipantAccess;

    async fn run(self, call: Call<ParticipantAccess>) -> Result<Done<Self>, PageError> {
        step(&call, Step::Withdraw, None, ApplicationFlash::Withdrawn).await
    }
}

impl Run for AnswerApplication {
    type Access = ParticipantAccess;

    async fn run(self, call: Call<ParticipantAccess>) -> Result<Done<Self>, PageError> {
        let (next, words) = self.check(call.context.moment.today)?;
        step(&call, next, words, ApplicationFlash::Answered).await
    }
}

impl AnswerApplication {
    /// The step and the words with it.
    fn check(&self, today: NaiveDate) -> Result<(Step, Option<String>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let step = self.check_step(today).map_err(|(field, error)| errors.insert(field, error)).ok();
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

    fn check_step(&self, today: NaiveDate) -> Result<Step, (&'static str, FieldError)> {
        match self.step.as_str() {
            "talk" => Ok(Step::Talk),
            "offer" => Ok(Step::Offer),
            "place" => {
                let day = NaiveDate::parse_from_str(&self.from, "%Y-%m-%d").ok();
                let day = day.filter(|day| (*day - today).abs() <= FIRST_DAY_WITHIN);
                day.map(Step::Place).ok_or(("from", FieldError::NoDate))
            }
            "decline" => {
                let reason = DeclineReason::from_code(&self.reason);
                reason.map(Step::Decline).ok_or(("reason", FieldError::Missing))
            }
            _ => Err(("step", FieldError::Missing)),
        }
    }
}

/// Takes a step, or says that it can't be taken any more.
async fn step<C: Command<Answer = ()>>(
    call: &Call<ParticipantAccess>,
    step: Step,
    words: Option<String>,
    flash: ApplicationFlash,
) -> Result<Done<C>, PageError> {
    let (context, who) = (&call.context, call.access.participant()?);
    let (store, letter_context) = (context.state.store(), context.state.letter_context());
    if store.take_step(who, step, words, letter_context, context.now()).await? {
        Ok(Done::here().saying(&flash))
    } else {
        Err(PageError::Conflict)
    }
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
        return Ok(gone(context, key.to_owned()));
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
