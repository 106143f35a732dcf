//! Pages of one's account: what they show, and their commands.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use chrono::{DateTime, Utc};
use domain::accounts::{EmailAddress, parse_name};
use domain::{FieldError, FieldErrors, Language};
use store::{Action, By, EraseRefused, Happened, SecondStep, SignInRequest};

use web::{
    Anyone, Call, Cookie, Done, Flash, PageError, PageRequest, PageResult, Person, RequestContext, Run,
    Session, WebState, private_page, refused, to_sign_in,
};

use super::second_step::code_error;
use super::sign_in::{refused_at, sign_in_tokens, to_code_page};
use crate::accounts::{
    AccountErrors, AccountFlash, AccountPage, AccountPageProps, AccountView, ChangeAddress, ChangePassword,
    ChangePerson, ChangePhone, Device, EndSession, EraseAccount, EraseAccountPage, EraseAccountPageProps,
    EraseView, ErasedPage, ErasedPageProps, HappenedRow, SignOut, SignOutEverywhere,
};
use words::field_errors::{error_text, field_error};
use words::format;
use words::paths::{CVS, Page};
use words::texts as t;

/// Entries of its history that an account page shows.
const HAPPENED_SHOWN: u64 = 20;

impl Flash for AccountFlash {
    const NOUN: &'static str = "account";
}

/// Shows an account to its owner.
pub(crate) async fn account(request: PageRequest<Person>) -> PageResult {
    let PageRequest { context, access: Person(who), rejection, .. } = request;
    let language = context.language;
    let devices = context.state.store().list_sessions(&who).await?.into_iter().map(|session| Device {
        id: session.id,
        name: session.device,
        seen: seen(&context, session.seen_at),
        is_this: session.is_this,
    });
    let happened = context.state.store().list_happened(&who, HAPPENED_SHOWN).await?;
    let recovery_codes = match who.second_step() {
        SecondStep::Taken => Some(context.state.store().count_recovery_codes(&who).await? as u32),
        SecondStep::NotNeeded | SecondStep::NotSetUp | SecondStep::Waiting => None,
    };
    let shown = AccountView {
        viewer: who.viewer().clone(),
        mail_language: who.language(),
        has_password: who.has_password(),
        recovery_codes,
        devices: devices.collect(),
        history: happened.into_iter().map(|one| happened_row(&context, one)).collect(),
        done: context.flash(),
        languages: context.state.hub().languages.clone(),
    };
    let wait = rejection.wait_text(&context);
    let errors = AccountErrors {
        person: rejection.typed().map(|(typed, errors)| (typed, error_text(&errors, "name", language))),
        address: rejection
            .typed::<ChangeAddress>()
            .map(|(typed, errors)| (typed, wait.or_else(|| address_error(&errors, language)))),
        password: rejection
            .typed::<ChangePassword>()
            .and_then(|(_, errors)| password_error(&errors, language)),
        code: code_error::<ChangePhone>(&context, &rejection),
    };
    Ok(private_page(&context, Page::Account, t::account_title(language), move || {
        AccountPage(AccountPageProps { content: shown, errors, language })
    }))
}

fn address_error(errors: &FieldErrors, language: Language) -> Option<String> {
    match errors.get("email")? {
        FieldError::Unchanged => Some(t::account_address_same(language).to_owned()),
        error => Some(field_error(error, language)),
    }
}

fn password_error(errors: &FieldErrors, language: Language) -> Option<String> {
    Some(match errors.get("password")? {
        FieldError::TooShort { shortest } => t::account_password_short(language, *shortest),
        FieldError::TooLong { longest } => t::fault_too_long(language, *longest),
        FieldError::TooCommon => t::account_password_common(language).to_owned(),
        error => field_error(error, language),
    })
}

fn seen(context: &RequestContext, at: DateTime<Utc>) -> String {
    let at = hub::local(at);
    format!("{}, {}", format::date(at.date(), context.language), format::time(at, context.language))
}

fn happened_row(context: &RequestContext, happened: Happened) -> HappenedRow {
    let language = context.language;
    let what = match happened.action {
        Action::Created => t::happened_created(language),
        Action::Changed => t::happened_changed(language),
        Action::AddressChanged => t::happened_address_changed(language),
        Action::PasswordChanged => t::happened_password_changed(language),
        Action::SecondStepSetUp => t::happened_second_step_set_up(language),
        Action::RecoveryCodeUsed => t::happened_recovery_code_used(language),
        Action::RecoveryCodesRenewed => t::happened_recovery_codes_renewed(language),
        Action::PhoneChanged => t::happened_phone_changed(language),
        Action::SecondStepReset => t::happened_second_step_reset(language),
        Action::DeviceSignedOut => t::happened_device_signed_out(language),
        Action::SignedOutEverywhere => t::happened_signed_out_everywhere(language),
        Action::RoleGiven => t::happened_role_given(language),
        Action::MembershipGiven => t::happened_membership_given(language),
        Action::RoleEnded => t::happened_role_ended(language),
        Action::MembershipEnded => t::happened_membership_ended(language),
        Action::Warned => t::happened_warned(language),
        // These are of other things than accounts.
        Action::Became(_)
        | Action::ChangeSubmitted
        | Action::ChangeReturned
        | Action::SentAgain
        | Action::ConsentGiven
        | Action::ConsentWithdrawn
        | Action::Erased => t::happened_other(language),
    };
    let by = match happened.by {
        By::Owner => None,
        By::Manager => Some(t::account_by_manager(language)),
        By::Office => Some(t::account_by_office(language)),
        By::Hub => Some(t::application_by_hub(language)),
    };
    HappenedRow { what, when: seen(context, happened.at), by }
}

impl Run for SignOut {
    // Whoever has not taken the second step may leave too.
    type Access = Session;

    async fn run(
        self,
        Call { context, access: Session(who), .. }: Call<Session>,
    ) -> Result<Done<Self>, PageError> {
        context.state.store().sign_out(&who).await?;
        forget_browser(&context);
        Ok(Done::here().to(Page::Home.path(context.language)))
    }
}

/// Takes the session from the browser, and what was begun in it: that is not for whoever comes next.
fn forget_browser(context: &RequestContext) {
    context.set_cookie(Cookie::Session, None);
    context.set_cookie(Cookie::Draft, None);
}

impl Run for ChangePerson {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let name = parse_name(&self.name).map_err(|error| PageError::field("name", error))?;
        let language = Language::from_code(&self.language)
            .filter(|language| context.state.hub().languages.contains(language))
            .unwrap_or(who.language());
        context.state.store().change_account(&who, name, language, context.now()).await?;
        Ok(Done::here().saying(&AccountFlash::Person))
    }
}

impl Run for ChangeAddress {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let language = context.language;
        let email = EmailAddress::parse(&self.email);
        let email = email.ok_or_else(|| PageError::field("email", FieldError::NoEmail))?;
        if email == who.viewer().email {
            return Err(PageError::field("email", FieldError::Unchanged));
        }
        let wanted = Page::Account.path(language);
        let asked = SignInRequest { email, language, wanted, network: context.network() };
        let tokens = sign_in_tokens(&context);
        let browser = tokens.browser.clone();
        let sent = context.state.store().ask_address_change(&who, asked, tokens, context.now()).await?;
        sent.map_err(|refused| refused_at("email", refused))?;
        Ok(to_code_page(&context, &browser))
    }
}

impl Run for ChangePassword {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let salt = context.state.random();
        let changed = context.state.store().change_password(&who, self.password, salt, context.now()).await?;
        changed.map_err(|error| PageError::field("password", error.into()))?;
        Ok(Done::here().saying(&AccountFlash::Password))
    }
}

impl Run for EndSession {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        let session = self.session.parse().map_err(|_| PageError::NotFound)?;
        context.state.store().end_session(&who, session, context.now()).await?;
        Ok(Done::here().saying(&AccountFlash::Device))
    }
}

impl Run for SignOutEverywhere {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        context.state.store().sign_out_everywhere(&who, context.now()).await?;
        forget_browser(&context);
        Ok(Done::here().to(Page::Home.path(context.language)))
    }
}

/// Shows what goes with an account and what stays, before its owner confirms.
pub(crate) async fn erase_form(request: PageRequest<Person>) -> PageResult {
    let PageRequest { context, access: Person(who), rejection, .. } = request;
    let language = context.language;
    let leaving = context.state.store().look_at_leaving(&who).await?;
    let organisations = who.viewer().memberships.iter().map(|membership| membership.organisation.clone());
    let shown = EraseView {
        email: who.viewer().email.clone(),
        applications: leaving.applications as u32,
        running: leaving.running as u32,
        organisations: organisations.collect(),
        only_manager_of: leaving.only_manager_of,
        is_last_manager: leaving.is_last_manager,
        error: rejection.typed::<EraseAccount>().map(|(typed, errors)| {
            (typed.email, errors.get("email").map(|_| t::erase_address_wrong(language).to_owned()))
        }),
    };
    Ok(private_page(&context, Page::EraseAccount, t::erase_title(language), move || {
        EraseAccountPage(EraseAccountPageProps { content: shown, language })
    }))
}

impl Run for EraseAccount {
    type Access = Person;

    async fn run(
        self,
        Call { context, access: Person(who), .. }: Call<Person>,
    ) -> Result<Done<Self>, PageError> {
        if EmailAddress::parse(&self.email).as_ref() != Some(&who.viewer().email) {
            return Err(PageError::field("email", FieldError::Wrong));
        }
        let (store, browser) = (context.state.store(), context.draft().cloned());
        let letter_context = context.state.letter_context();
        match store.erase_own_account(&who, browser, letter_context, context.now()).await? {
            Ok(_) => {
                forget_browser(&context);
                Ok(Done::here().to(Page::AccountErased.path(context.language)))
            }
            // The page says why it can't be.
            Err(EraseRefused::LastManager) => Err(PageError::Conflict),
            Err(EraseRefused::SecondStep) => Err(PageError::SecondStep),
        }
    }
}

/// Says that an account is gone.
pub(crate) async fn erased(PageRequest { context, .. }: PageRequest<Anyone>) -> PageResult {
    let language = context.language;
    Ok(private_page(&context, Page::AccountErased, t::erase_done_title(language), move || {
        ErasedPage(ErasedPageProps { language })
    }))
}

/// Gives who is signed in all that the hub holds of them, as a file.
pub(crate) async fn my_data(State(web): State<WebState>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let context = match RequestContext::for_file(&web, &parts).await {
        Ok(context) => context,
        Err((context, error)) => return refused(&context, PageError::Store(error)),
    };
    data_file(&context).await.unwrap_or_else(|refusal| refused(&context, refusal))
}

async fn data_file(context: &RequestContext) -> PageResult {
    let Some(who) = &context.signed_in else {
        // A file is no page to come back to; the page that leads to it is.
        return Ok(to_sign_in(context, &Page::Account.path(context.language)));
    };
    let cvs = format!("{}{CVS}", context.state.settings().public_url);
    let data = context.state.store().my_data(who, context.draft(), &cvs, context.now()).await?;
    let json = serde_json::to_vec_pretty(&data)
        .map_err(|error| PageError::Store(store::Error::Unreadable(error.to_string())))?;
    let mut response = Response::new(Body::from(json));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let name = format!("mijn-gegevens-{}.json", context.moment.today);
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
