//! Pages of signing in and of one's account: what they show, and what their forms do.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::{EmailAddress, PasswordError, SHORTEST_PASSWORD, parse_name};
use domain::vacancies::{Sort, VacancyFilter};
use qrcode::QrCode;
use qrcode::render::svg;
use store::{
    Action, By, Code, EraseRefused, Happened, LinkError, RECOVERY_CODES, Refused, SecondStep, SignInRequest,
    SignInTokens, SignedIn, Token, TotpSecret,
};

use site::server::{fitting, search};
use web::{
    Cookie, Form, PageError, PageResult, RequestContext, WebState, pairs, pause_text, private_page, refused,
    see_other, to_sign_in,
};

use super::error_texts::text_error;
use super::mailbox::mailbox;
use crate::accounts::{
    AccountErrors, AccountPage, AccountPageProps, AccountView, Device, EraseAccountPage,
    EraseAccountPageProps, EraseView, ErasedPage, ErasedPageProps, FailedMail, HappenedRow, LinkErrorPage,
    LinkErrorPageProps, LinkOffer, MyPage, MyPageProps, RecoveryCodesPage, RecoveryCodesPageProps,
    SecondStepPage, SecondStepPageProps, SecondStepSetUp, SignInCodePage, SignInCodePageProps, SignInForm,
    SignInLinkPage, SignInLinkPageProps, SignInPage, SignInPageProps,
};
use words::format;
use words::paths::{CVS, Page};
use words::texts as t;

/// The longest path that somebody may want to go to after signing in, in bytes.
const LONGEST_WANTED: usize = 2_000;
/// Failed mails that are shown to staff.
const FAILED_SHOWN: u64 = 20;
/// Matching vacancies that are shown on the start page.
const FITS_SHOWN: usize = 5;
/// Entries of its history that an account page shows.
const HAPPENED_SHOWN: u64 = 20;
/// What the address says after an account was erased.
const ERASED: &str = "gedaan=gewist";
/// Shows where to sign in.
pub(crate) fn sign_in(context: &RequestContext) -> PageResult {
    if context.session.is_some() && context.signed_in.is_none() {
        // One step is taken already.
        return Err(PageError::Elsewhere(with_wanted(
            &Page::SecondStep,
            context.language,
            &wanted_of(context),
        )));
    }
    Ok(sign_in_page(context, SignInForm { wanted: wanted_of(context), ..SignInForm::default() }))
}

fn sign_in_page(context: &RequestContext, form: SignInForm) -> Response<Body> {
    let language = context.language;
    let is_wrong = form.email_error.is_some() || form.password_error.is_some();
    private_page(context, Page::SignIn, t::sign_in_title(language), is_wrong, move || {
        SignInPage(SignInPageProps { form, language })
    })
}

/// Sends a mail to sign in, or lets in who gave the right password.
pub(crate) async fn ask_sign_in(context: &RequestContext, form: Form) -> PageResult {
    let language = context.language;
    let typed = SignInForm {
        email: form.get("email").to_owned(),
        wanted: Some(form.get("naar"))
            .filter(|wanted| wanted.len() <= LONGEST_WANTED)
            .unwrap_or_default()
            .to_owned(),
        ..SignInForm::default()
    };
    let Some(email) = EmailAddress::parse(&typed.email) else {
        let error = Some(t::fault_email(language).to_owned());
        return Ok(sign_in_page(context, SignInForm { email_error: error, ..typed }));
    };
    let asked = SignInRequest { email, language, wanted: typed.wanted.clone(), network: context.network() };
    if tries_password(&form) {
        let password = form.get("password");
        if password.is_empty() {
            let error = Some(t::fault_missing(language).to_owned());
            return Ok(sign_in_page(context, SignInForm { password_error: error, ..typed }));
        }
        let browser = context.browser();
        let session = browser.token.clone();
        let let_in = context
            .state
            .store()
            .sign_in_by_password(asked, password.to_owned(), browser, context.now())
            .await?;
        return match let_in {
            Ok((who, wanted)) => enter(context, &who, &wanted, &session).await,
            Err(refused) => {
                let error = Some(refused_text(context, refused, t::sign_in_wrong(language)));
                Ok(sign_in_page(context, SignInForm { password_error: error, ..typed }))
            }
        };
    }
    let tokens = sign_in_tokens(context);
    let browser = tokens.browser.clone();
    if let Err(refused) = context.state.store().ask_sign_in(asked, tokens, context.now()).await? {
        let error = Some(refused_text(context, refused, t::sign_in_wrong(language)));
        return Ok(sign_in_page(context, SignInForm { email_error: error, ..typed }));
    }
    Ok(to_code_page(context, &browser))
}

/// Whether a form tries a password. The button that was pressed says so, as browsers fill in passwords by themselves; Enter in
/// a field presses none of the two, and then a password that is there decides.
fn tries_password(form: &Form) -> bool {
    match form.get("do") {
        "link" => false,
        "password" => true,
        _ => !form.get("password").is_empty(),
    }
}

fn sign_in_tokens(context: &RequestContext) -> SignInTokens {
    SignInTokens {
        link: Token::of(context.state.random()),
        browser: Token::of(context.state.random()),
        code: Code::of(context.state.random()),
    }
}

fn to_code_page(context: &RequestContext, browser: &Token) -> Response<Body> {
    let mut response = see_other(&Page::SignInCode.path(context.language));
    context.set_cookie(&mut response, Cookie::SignIn, Some(browser));
    response
}

/// Asks for the code of the mail that this browser asked for.
pub(crate) async fn sign_in_code(context: &RequestContext) -> PageResult {
    code_page(context, None).await
}

async fn code_page(context: &RequestContext, error: Option<String>) -> PageResult {
    let language = context.language;
    let email = match &context.asked_by {
        Some(asked_by) => context.state.store().find_asked(asked_by, context.now()).await?,
        None => None,
    };
    let Some(email) = email else { return Ok(see_other(&Page::SignIn.path(language))) };
    let mailbox = mailbox(context);
    let is_wrong = error.is_some();
    Ok(private_page(context, Page::SignInCode, t::sign_in_sent_title(language), is_wrong, move || {
        SignInCodePage(SignInCodePageProps { email, error, mailbox, language })
    }))
}

/// Lets in who typed the right code.
pub(crate) async fn enter_code(context: &RequestContext, form: Form) -> PageResult {
    let Some(asked_by) = context.asked_by.clone() else {
        return Ok(link_error(context, LinkError::Expired));
    };
    let browser = context.browser();
    let session = browser.token.clone();
    let code = Code::parse(form.get("code"));
    match context.state.store().sign_in_by_code(asked_by, code, browser, context.now()).await? {
        Ok((who, wanted)) => enter(context, &who, &wanted, &session).await,
        Err(Refused::Link(error)) => Ok(link_error(context, error)),
        Err(refused) => {
            code_page(context, Some(refused_text(context, refused, t::sign_in_wrong_code(context.language))))
                .await
        }
    }
}

/// Shows what the link of a mail does, with a button that does it.
pub(crate) async fn sign_in_link(context: &RequestContext, link: &str) -> PageResult {
    let language = context.language;
    let Some(link) = Token::parse(link) else { return Ok(link_error(context, LinkError::Unknown)) };
    let offer = match context.state.store().find_sign_in(&link, context.now()).await? {
        Ok(offer) => offer,
        Err(error) => return Ok(link_error(context, error)),
    };
    let (title, offer) = if offer.changes_address {
        (t::sign_in_address_title(language), LinkOffer::Address(offer.email))
    } else if offer.is_new {
        (t::sign_in_new_title(language), LinkOffer::NewAccount(offer.email))
    } else {
        (t::sign_in_link_title(language), LinkOffer::SignIn(offer.email))
    };
    Ok(private_page(context, Page::SignInLink(link.to_text()), title, false, move || {
        SignInLinkPage(SignInLinkPageProps { offer, language })
    }))
}

/// Lets in who pressed the button behind a link.
pub(crate) async fn press_link(context: &RequestContext, link: &str) -> PageResult {
    let Some(link) = Token::parse(link) else { return Ok(link_error(context, LinkError::Unknown)) };
    let browser = context.browser();
    let session = browser.token.clone();
    match context.state.store().sign_in_by_link(link, browser, context.now()).await? {
        Ok((who, wanted)) => enter(context, &who, &wanted, &session).await,
        Err(Refused::Link(error)) => Ok(link_error(context, error)),
        Err(_) => Ok(link_error(context, LinkError::Unknown)),
    }
}

fn link_error(context: &RequestContext, error: LinkError) -> Response<Body> {
    let language = context.language;
    let text = match error {
        LinkError::Unknown => t::sign_in_fault_unknown(language),
        LinkError::Used => t::sign_in_fault_used(language),
        LinkError::Expired => t::sign_in_fault_expired(language),
        LinkError::Overtaken => t::sign_in_fault_overtaken(language),
    };
    let mut response =
        private_page(context, Page::SignIn, t::sign_in_fault_title(language), false, move || {
            LinkErrorPage(LinkErrorPageProps { text, language })
        });
    *response.status_mut() = StatusCode::GONE;
    response
}

fn refused_text(context: &RequestContext, refused: Refused, wrong: &str) -> String {
    match refused {
        Refused::TooOften(next) => pause_text(context, next),
        Refused::Wrong | Refused::Link(_) => wrong.to_owned(),
    }
}

/// Gives the browser its session, ends the one that it had, and goes where the person wanted.
async fn enter(context: &RequestContext, who: &SignedIn, wanted: &str, session: &Token) -> PageResult {
    if let Some(before) = &context.signed_in {
        context.state.store().sign_out(before).await?;
    }
    let next = match who.second_step() {
        SecondStep::NotSetUp | SecondStep::Waiting => {
            with_wanted(&Page::SecondStep, context.language, wanted)
        }
        SecondStep::NotNeeded | SecondStep::Taken => own_address(wanted, context.language),
    };
    let mut response = see_other(&next);
    context.set_cookie(&mut response, Cookie::Session, Some(session));
    context.set_cookie(&mut response, Cookie::SignIn, None);
    Ok(response)
}

fn with_wanted(page: &Page, language: Language, wanted: &str) -> String {
    let path = page.path(language);
    if wanted.is_empty() { path } else { format!("{path}?naar={}", domain::text::encode(wanted)) }
}

/// An address of the hub's own pages; what is another's, or nothing, is one's own page.
fn own_address(wanted: &str, language: Language) -> String {
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let is_ours = path.starts_with('/')
        && !path.starts_with("//")
        && !wanted.contains(['\\', '\r', '\n'])
        && Page::is_at(path);
    if is_ours { wanted.to_owned() } else { Page::My.path(language) }
}

/// Where the person wants to go, as the address says; empty when it does not.
fn wanted_of(context: &RequestContext) -> String {
    let pairs = pairs(context.uri.query().unwrap_or_default().as_bytes());
    pairs.into_iter().find(|(name, _)| name == "naar").map(|(_, wanted)| wanted).unwrap_or_default()
}

/// Asks for the second step; gives who has none what is needed to set it up.
pub(crate) async fn second_step(context: &RequestContext) -> PageResult {
    second_step_page(context, None).await
}

async fn second_step_page(context: &RequestContext, error: Option<String>) -> PageResult {
    let (who, language) = (context.session()?, context.language);
    let set_up = match who.second_step() {
        SecondStep::NotNeeded | SecondStep::Taken => {
            // Who sets up another phone has taken the step.
            let begun = context.state.store().find_begun_second_step(who).await?;
            let Some(token) = begun else {
                return Ok(see_other(&own_address(&wanted_of(context), language)));
            };
            Some(set_up_view(context, who, &token))
        }
        SecondStep::Waiting => None,
        SecondStep::NotSetUp => Some(set_up(context, who).await?),
    };
    let is_wrong = error.is_some();
    Ok(private_page(context, Page::SecondStep, t::second_step_title(language), is_wrong, move || {
        SecondStepPage(SecondStepPageProps { set_up, error, language })
    }))
}

/// The token of who sets the second step up: the same one until that is done.
async fn set_up(context: &RequestContext, who: &SignedIn) -> Result<SecondStepSetUp, PageError> {
    let store = context.state.store();
    let token = if let Some(begun) = store.find_begun_second_step(who).await? {
        begun
    } else {
        let token = TotpSecret::of(context.state.random());
        store.begin_second_step(who, &token).await?;
        token
    };
    Ok(set_up_view(context, who, &token))
}

/// A token as an app takes it: as a picture, and in letters.
fn set_up_view(context: &RequestContext, who: &SignedIn, token: &TotpSecret) -> SecondStepSetUp {
    let url = token.to_url(&context.state.hub().name, who.viewer().email.as_str());
    let picture = QrCode::with_error_correction_level(url, qrcode::EcLevel::M)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(200, 200).build())
        .unwrap_or_default();
    // The head of an SVG file has no place within a page.
    let picture = picture.find("<svg").map_or(String::new(), |at| picture[at..].to_owned());
    let letters = token.to_text();
    let groups: Vec<&str> =
        (0..letters.len()).step_by(4).map(|at| &letters[at..(at + 4).min(letters.len())]).collect();
    let is_other_phone = who.second_step() == SecondStep::Taken;
    SecondStepSetUp { picture, letters: groups.join(" "), is_other_phone }
}

/// Takes the second step, or finishes setting it up and shows the recovery codes.
pub(crate) async fn enter_second_step(context: &RequestContext, form: Form) -> PageResult {
    let (who, language) = (context.session()?, context.language);
    let store = context.state.store();
    let code = form.get("code").to_owned();
    let next = own_address(&wanted_of(context), language);
    let is_begun = store.find_begun_second_step(who).await?.is_some();
    let refused = if is_begun || who.second_step() == SecondStep::NotSetUp {
        let codes = recovery_codes(context);
        match store.finish_second_step(who, code, codes.clone(), context.now()).await? {
            Ok(()) => return Ok(codes_page(context, Page::SecondStep, codes, next)),
            Err(refused) => refused,
        }
    } else {
        match store.take_second_step(who, code, context.now()).await? {
            Ok(()) => return Ok(see_other(&next)),
            Err(refused) => refused,
        }
    };
    second_step_page(context, Some(refused_text(context, refused, t::second_step_wrong(language)))).await
}

fn recovery_codes(context: &RequestContext) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code(context.state.random())).collect()
}

/// Shows recovery codes, this once.
fn codes_page(context: &RequestContext, page: Page, codes: Vec<String>, next: String) -> Response<Body> {
    let language = context.language;
    private_page(context, page, t::second_step_codes_title(language), false, move || {
        RecoveryCodesPage(RecoveryCodesPageProps { codes, next, language })
    })
}

/// Ten letters and digits that can't be mistaken for each other, in two groups.
fn recovery_code(bytes: [u8; 10]) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut code: String = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    code.insert(5, '-');
    code
}

/// Shows where somebody stands who is signed in.
pub(crate) async fn my(context: &RequestContext) -> PageResult {
    let language = context.language;
    let who = context.signed_in()?;
    let viewer = who.viewer().clone();
    let applications = context.state.store().list_own_applications(&who.talent()).await?;
    let broker = who.broker();
    let silent = match &broker {
        Some(broker) => context.state.store().list_silent(broker, context.now()).await?,
        None => Vec::new(),
    };
    let failed = match &broker {
        Some(broker) => context.state.store().list_failed_mail(broker, FAILED_SHOWN).await?,
        None => Vec::new(),
    };
    let silent = silent.into_iter().map(|row| {
        let since = hub::local(row.state_since).date();
        (row, since)
    });
    let silent = silent.collect();
    let sees_staff = broker.is_some();
    let failed = failed.into_iter().map(failed_mail).collect();
    let talent = fitting(context).await?;
    // In the order in which a search shows them.
    let best = VacancyFilter::default().with_sort(Sort::Fit);
    let found = talent.map(|talent| search(&context.state, &best, language, Some(&talent)).answer.hits);
    let fits = found.into_iter().flatten().filter_map(|hit| Some((hit.card, hit.fit?)));
    let fits = fits.filter(|(_, fit)| fit.is_marked()).take(FITS_SHOWN).collect();
    Ok(private_page(context, Page::My, t::my_title(language), false, move || {
        MyPage(MyPageProps { viewer, applications, fits, silent, failed, sees_staff, language })
    }))
}

fn failed_mail(mail: store::MailStatus) -> FailedMail {
    FailedMail {
        to: mail.to,
        day: hub::local(mail.created_at).date(),
        failure: mail.failure.unwrap_or_default(),
        is_tried_again: mail.due_at.is_some(),
    }
}

/// Shows an account to its owner.
pub(crate) async fn account(context: &RequestContext) -> PageResult {
    account_page(context, AccountErrors::default()).await
}

async fn account_page(context: &RequestContext, errors: AccountErrors) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let devices = context.state.store().list_sessions(who).await?.into_iter().map(|session| Device {
        id: session.id,
        name: session.device,
        seen: seen(context, session.seen_at),
        is_this: session.is_this,
    });
    let happened = context.state.store().list_happened(who, HAPPENED_SHOWN).await?;
    let recovery_codes = match who.second_step() {
        SecondStep::Taken => Some(context.state.store().count_recovery_codes(who).await? as u32),
        SecondStep::NotNeeded | SecondStep::NotSetUp | SecondStep::Waiting => None,
    };
    let shown = AccountView {
        viewer: who.viewer().clone(),
        mail_language: who.language(),
        has_password: who.has_password(),
        recovery_codes,
        devices: devices.collect(),
        history: happened.into_iter().map(|one| happened_row(context, one)).collect(),
        done: done_text(context),
        languages: context.state.hub().languages.clone(),
    };
    let is_wrong = errors.are_any();
    Ok(private_page(context, Page::Account, t::account_title(language), is_wrong, move || {
        AccountPage(AccountPageProps { content: shown, errors, language })
    }))
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

/// The result of the last change, as the address says.
fn done_text(context: &RequestContext) -> Option<&'static str> {
    let language = context.language;
    match context.uri.query() {
        Some("gedaan=persoon") => Some(t::account_done_person(language)),
        Some("gedaan=adres") => Some(t::account_done_address(language)),
        Some("gedaan=wachtwoord") => Some(t::account_done_password(language)),
        Some("gedaan=toestel") => Some(t::account_done_device(language)),
        _ => None,
    }
}

/// Does what a form of the account page asks for.
pub(crate) async fn change_account(context: &RequestContext, form: Form) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    if form.get("do") == "sign-out" {
        // Whoever has not taken the second step may leave too.
        store.sign_out(context.session()?).await?;
        return Ok(left(context));
    }
    let who = context.signed_in()?;
    let done = |what: &str| see_other(&format!("{}?gedaan={what}", Page::Account.path(language)));
    match form.get("do") {
        "person" => {
            let typed = form.get("name");
            let name = match parse_name(typed) {
                Ok(name) => name,
                Err(error) => {
                    let error = Some((typed.to_owned(), text_error(error, language)));
                    return account_page(context, AccountErrors { name: error, ..AccountErrors::default() })
                        .await;
                }
            };
            let mail_language = Language::from_code(form.get("language"))
                .filter(|language| context.state.hub().languages.contains(language))
                .unwrap_or(who.language());
            store.change_account(who, name, mail_language, context.now()).await?;
            Ok(done("persoon"))
        }
        "address" => change_address(context, who, form.get("email")).await,
        "password" => change_password(context, who, form.get("password")).await,
        "recovery-codes" => {
            let codes = recovery_codes(context);
            store.renew_recovery_codes(who, codes.clone(), context.now()).await?;
            Ok(codes_page(context, Page::Account, codes, Page::Account.path(language)))
        }
        "other-phone" => begin_other_phone(context, who, form.get("code")).await,
        "end" => {
            store.end_session(who, form.get("session").parse().unwrap_or_default(), context.now()).await?;
            Ok(done("toestel"))
        }
        "everywhere" => {
            store.sign_out_everywhere(who, context.now()).await?;
            Ok(left(context))
        }
        _ => account_page(context, AccountErrors::default()).await,
    }
}

/// Shows what goes with an account and what stays, before its owner confirms; afterwards, that it is done.
pub(crate) async fn erase_form(context: &RequestContext) -> PageResult {
    if context.signed_in.is_none() && context.uri.query() == Some(ERASED) {
        let language = context.language;
        return Ok(private_page(
            context,
            Page::EraseAccount,
            t::erase_done_title(language),
            false,
            move || ErasedPage(ErasedPageProps { language }),
        ));
    }
    erase_page(context, None).await
}

async fn erase_page(context: &RequestContext, error: Option<(String, String)>) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    let leaving = context.state.store().look_at_leaving(who).await?;
    let organisations = who.viewer().memberships.iter().map(|membership| membership.organisation.clone());
    let is_wrong = error.is_some();
    let shown = EraseView {
        email: who.viewer().email.clone(),
        applications: leaving.applications as u32,
        running: leaving.running as u32,
        organisations: organisations.collect(),
        only_manager_of: leaving.only_manager_of,
        is_last_manager: leaving.is_last_manager,
        error,
    };
    Ok(private_page(context, Page::EraseAccount, t::erase_title(language), is_wrong, move || {
        EraseAccountPage(EraseAccountPageProps { content: shown, language })
    }))
}

/// Erases the account of who typed its address.
pub(crate) async fn erase_account(context: &RequestContext, form: Form) -> PageResult {
    let (who, language) = (context.signed_in()?, context.language);
    if form.get("do") != "erase" {
        return erase_page(context, None).await;
    }
    let typed = form.get("email");
    if EmailAddress::parse(typed).as_ref() != Some(&who.viewer().email) {
        let error = t::erase_address_wrong(language).to_owned();
        return erase_page(context, Some((typed.to_owned(), error))).await;
    }
    let (store, browser) = (context.state.store(), context.drafting.clone());
    let page = Page::EraseAccount.path(language);
    match store.erase_own_account(who, browser, context.state.letter_context(), context.now()).await? {
        Ok(_) => Ok(left_to(context, &format!("{page}?{ERASED}"))),
        Err(EraseRefused::LastManager) => erase_page(context, None).await,
        Err(EraseRefused::SecondStep) => Ok(see_other(&with_wanted(&Page::SecondStep, language, &page))),
    }
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
    let data = context.state.store().my_data(who, context.drafting.as_ref(), &cvs, context.now()).await?;
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

/// Goes to the home page without a session.
fn left(context: &RequestContext) -> Response<Body> {
    left_to(context, &Page::Home.path(context.language))
}

fn left_to(context: &RequestContext, address: &str) -> Response<Body> {
    let mut response = see_other(address);
    context.set_cookie(&mut response, Cookie::Session, None);
    // What was begun here is not for whoever comes next.
    context.set_cookie(&mut response, Cookie::Draft, None);
    response
}

async fn change_address(context: &RequestContext, who: &SignedIn, typed: &str) -> PageResult {
    let language = context.language;
    let wrong =
        |error: String| AccountErrors { email: Some((typed.to_owned(), error)), ..AccountErrors::default() };
    let Some(email) = EmailAddress::parse(typed) else {
        return account_page(context, wrong(t::fault_email(language).to_owned())).await;
    };
    if email == who.viewer().email {
        return account_page(context, wrong(t::account_address_same(language).to_owned())).await;
    }
    let wanted = format!("{}?gedaan=adres", Page::Account.path(language));
    let asked = SignInRequest { email, language, wanted, network: context.network() };
    let tokens = sign_in_tokens(context);
    let browser = tokens.browser.clone();
    match context.state.store().ask_address_change(who, asked, tokens, context.now()).await? {
        Ok(()) => Ok(to_code_page(context, &browser)),
        Err(refused) => {
            account_page(context, wrong(refused_text(context, refused, t::fault_email(language)))).await
        }
    }
}

/// Leads who shows a code to the page that sets another phone up.
async fn begin_other_phone(context: &RequestContext, who: &SignedIn, code: &str) -> PageResult {
    let language = context.language;
    let token = TotpSecret::of(context.state.random());
    match context.state.store().begin_other_phone(who, code.to_owned(), token, context.now()).await? {
        Ok(()) => Ok(see_other(&with_wanted(&Page::SecondStep, language, &Page::Account.path(language)))),
        Err(refused) => {
            let error = Some(refused_text(context, refused, t::second_step_wrong(language)));
            account_page(context, AccountErrors { code: error, ..AccountErrors::default() }).await
        }
    }
}

async fn change_password(context: &RequestContext, who: &SignedIn, password: &str) -> PageResult {
    let language = context.language;
    let salt = context.state.random();
    let error =
        match context.state.store().change_password(who, password.to_owned(), salt, context.now()).await? {
            Ok(()) => return Ok(see_other(&format!("{}?gedaan=wachtwoord", Page::Account.path(language)))),
            Err(PasswordError::TooShort) => t::account_password_short(language, SHORTEST_PASSWORD),
            Err(PasswordError::TooLong) => t::fault_too_long(language, domain::accounts::LONGEST_PASSWORD),
            Err(PasswordError::Common) => t::account_password_common(language).to_owned(),
        };
    account_page(context, AccountErrors { password: Some(error), ..AccountErrors::default() }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_stays_within_the_hub() {
        let goes = |wanted| own_address(wanted, Language::Dutch);
        assert_eq!(goes("/vacatures?q=las"), "/vacatures?q=las");
        assert_eq!(goes("/de/stellen"), "/de/stellen");
        for bad in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/nergens", "/\nset-cookie:a=b"]
        {
            assert_eq!(goes(bad), "/mijn", "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_has_ten_signs_that_are_not_mistaken() {
        let code = recovery_code([0, 31, 32, 255, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code.len(), 11);
        assert!(!code.contains(['l', 'o', '0', '1']), "{code}");
    }
}
