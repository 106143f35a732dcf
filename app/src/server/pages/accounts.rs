//! Pages of signing in and of one's account: what they show, and what their forms do.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::{EmailAddress, PasswordFault, SHORTEST_PASSWORD, parse_name};
use domain::vacancies::{Sort, VacancyFilter};
use qrcode::QrCode;
use qrcode::render::svg;
use store::{
    Action, AskedSignIn, By, Code, EraseRefused, Happened, LinkFault, RECOVERY_CODES, Refused, SecondStep,
    Secret, SignInSecrets, SignedIn, StepSecret,
};

use super::super::HubState;
use super::super::forms::Form;
use super::super::visit::{Cookie, Visit};
use super::applications::text_fault;
use super::public::search;
use super::{Refusal, Shown, own, pause_text, refused, see_other, signed_in, to_sign_in};
use crate::accounts::{
    AccountFaults, AccountPage, AccountPageProps, AccountView, Device, EraseAccountPage,
    EraseAccountPageProps, EraseView, ErasedPage, ErasedPageProps, FailedMail, HappenedRow, LinkFaultPage,
    LinkFaultPageProps, LinkOffer, MyPage, MyPageProps, RecoveryCodesPage, RecoveryCodesPageProps,
    SecondStepPage, SecondStepPageProps, SecondStepSetUp, SignInCodePage, SignInCodePageProps, SignInForm,
    SignInLinkPage, SignInLinkPageProps, SignInPage, SignInPageProps,
};
use crate::format;
use crate::paths::{CVS, Page};
use crate::texts as t;

/// The longest path that somebody may want to go to after signing in, in bytes.
const LONGEST_WANTED: usize = 2_000;
/// So many mails that failed are shown to staff.
const FAILED_SHOWN: u64 = 20;
/// So many vacancies that fit are shown on one's own page.
const FITS_SHOWN: usize = 5;
/// So much of what happened to an account its page shows.
const HAPPENED_SHOWN: u64 = 20;
/// What the address says after an account was erased.
const ERASED: &str = "gedaan=gewist";
/// Where a demo shows its mail.
pub const MAILBOX: &str = "/post";

/// The page on which a demo shows its mail; a true hub has none.
pub(super) fn mailbox(visit: &Visit) -> Option<&'static str> {
    visit.state.settings().has_mailbox.then_some(MAILBOX)
}

/// Shows where to sign in.
pub(super) fn sign_in(visit: &Visit) -> Response<Body> {
    sign_in_page(visit, SignInForm { wanted: wanted_of(visit), ..SignInForm::default() })
}

fn sign_in_page(visit: &Visit, form: SignInForm) -> Response<Body> {
    let language = visit.language;
    let is_wrong = form.email_fault.is_some() || form.password_fault.is_some();
    own(visit, Page::SignIn, t::sign_in_title(language), is_wrong, move || {
        SignInPage(SignInPageProps { form, language })
    })
}

/// Sends a mail to sign in, or lets in who gave the right password.
pub(super) async fn ask_sign_in(visit: &Visit, form: Form) -> Shown {
    let language = visit.language;
    let typed = SignInForm {
        email: form.get("email").to_owned(),
        wanted: Some(form.get("naar"))
            .filter(|wanted| wanted.len() <= LONGEST_WANTED)
            .unwrap_or_default()
            .to_owned(),
        ..SignInForm::default()
    };
    let Some(email) = EmailAddress::parse(&typed.email) else {
        let fault = Some(t::fault_email(language).to_owned());
        return Ok(sign_in_page(visit, SignInForm { email_fault: fault, ..typed }));
    };
    let asked = AskedSignIn { email, language, wanted: typed.wanted.clone(), network: visit.network() };
    if tries_password(&form) {
        let password = form.get("password");
        if password.is_empty() {
            let fault = Some(t::fault_missing(language).to_owned());
            return Ok(sign_in_page(visit, SignInForm { password_fault: fault, ..typed }));
        }
        let browser = visit.browser();
        let session = browser.secret.clone();
        let let_in =
            visit.state.store().sign_in_by_password(asked, password.to_owned(), browser, visit.now()).await?;
        return match let_in {
            Ok((who, wanted)) => enter(visit, &who, &wanted, &session).await,
            Err(refused) => {
                let fault = Some(refused_text(visit, refused, t::sign_in_wrong(language)));
                Ok(sign_in_page(visit, SignInForm { password_fault: fault, ..typed }))
            }
        };
    }
    let secrets = sign_in_secrets(visit);
    let browser = secrets.browser.clone();
    if let Err(refused) = visit.state.store().ask_sign_in(asked, secrets, visit.now()).await? {
        let fault = Some(refused_text(visit, refused, t::sign_in_wrong(language)));
        return Ok(sign_in_page(visit, SignInForm { email_fault: fault, ..typed }));
    }
    Ok(to_code_page(visit, &browser))
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

fn sign_in_secrets(visit: &Visit) -> SignInSecrets {
    SignInSecrets {
        link: Secret::of(visit.state.chance()),
        browser: Secret::of(visit.state.chance()),
        code: Code::of(visit.state.chance()),
    }
}

fn to_code_page(visit: &Visit, browser: &Secret) -> Response<Body> {
    let mut response = see_other(&Page::SignInCode.path(visit.language));
    visit.set_cookie(&mut response, Cookie::SignIn, Some(browser));
    response
}

/// Asks for the code of the mail that this browser asked for.
pub(super) async fn sign_in_code(visit: &Visit) -> Shown {
    code_page(visit, None).await
}

async fn code_page(visit: &Visit, fault: Option<String>) -> Shown {
    let language = visit.language;
    let email = match &visit.asked_by {
        Some(asked_by) => visit.state.store().find_asked(asked_by, visit.now()).await?,
        None => None,
    };
    let Some(email) = email else { return Ok(see_other(&Page::SignIn.path(language))) };
    let mailbox = mailbox(visit);
    let is_wrong = fault.is_some();
    Ok(own(visit, Page::SignInCode, t::sign_in_sent_title(language), is_wrong, move || {
        SignInCodePage(SignInCodePageProps { email, fault, mailbox, language })
    }))
}

/// Lets in who typed the right code.
pub(super) async fn enter_code(visit: &Visit, form: Form) -> Shown {
    let Some(asked_by) = visit.asked_by.clone() else {
        return Ok(link_fault(visit, LinkFault::Expired));
    };
    let browser = visit.browser();
    let session = browser.secret.clone();
    let code = Code::parse(form.get("code"));
    match visit.state.store().sign_in_by_code(asked_by, code, browser, visit.now()).await? {
        Ok((who, wanted)) => enter(visit, &who, &wanted, &session).await,
        Err(Refused::Link(fault)) => Ok(link_fault(visit, fault)),
        Err(refused) => {
            code_page(visit, Some(refused_text(visit, refused, t::sign_in_wrong_code(visit.language)))).await
        }
    }
}

/// Shows what the link of a mail does, with a button that does it.
pub(super) async fn sign_in_link(visit: &Visit, link: &str) -> Shown {
    let language = visit.language;
    let Some(link) = Secret::parse(link) else { return Ok(link_fault(visit, LinkFault::Unknown)) };
    let offer = match visit.state.store().find_sign_in(&link, visit.now()).await? {
        Ok(offer) => offer,
        Err(fault) => return Ok(link_fault(visit, fault)),
    };
    let (title, offer) = if offer.changes_address {
        (t::sign_in_address_title(language), LinkOffer::Address(offer.email))
    } else if offer.is_new {
        (t::sign_in_new_title(language), LinkOffer::NewAccount(offer.email))
    } else {
        (t::sign_in_link_title(language), LinkOffer::SignIn(offer.email))
    };
    Ok(own(visit, Page::SignInLink(link.to_text()), title, false, move || {
        SignInLinkPage(SignInLinkPageProps { offer, language })
    }))
}

/// Lets in who pressed the button behind a link.
pub(super) async fn press_link(visit: &Visit, link: &str) -> Shown {
    let Some(link) = Secret::parse(link) else { return Ok(link_fault(visit, LinkFault::Unknown)) };
    let browser = visit.browser();
    let session = browser.secret.clone();
    match visit.state.store().sign_in_by_link(link, browser, visit.now()).await? {
        Ok((who, wanted)) => enter(visit, &who, &wanted, &session).await,
        Err(Refused::Link(fault)) => Ok(link_fault(visit, fault)),
        Err(_) => Ok(link_fault(visit, LinkFault::Unknown)),
    }
}

fn link_fault(visit: &Visit, fault: LinkFault) -> Response<Body> {
    let language = visit.language;
    let text = match fault {
        LinkFault::Unknown => t::sign_in_fault_unknown(language),
        LinkFault::Used => t::sign_in_fault_used(language),
        LinkFault::Expired => t::sign_in_fault_expired(language),
        LinkFault::Overtaken => t::sign_in_fault_overtaken(language),
    };
    let mut response = own(visit, Page::SignIn, t::sign_in_fault_title(language), false, move || {
        LinkFaultPage(LinkFaultPageProps { text, language })
    });
    *response.status_mut() = StatusCode::GONE;
    response
}

fn refused_text(visit: &Visit, refused: Refused, wrong: &str) -> String {
    match refused {
        Refused::TooOften(next) => pause_text(visit, next),
        Refused::Wrong | Refused::Link(_) => wrong.to_owned(),
    }
}

/// Gives the browser its session, ends the one that it had, and goes where the person wanted.
async fn enter(visit: &Visit, who: &SignedIn, wanted: &str, session: &Secret) -> Shown {
    if let Some(before) = &visit.signed_in {
        visit.state.store().sign_out(before).await?;
    }
    let next = match who.second_step() {
        SecondStep::NotSetUp | SecondStep::Waiting => with_wanted(&Page::SecondStep, visit.language, wanted),
        SecondStep::NotNeeded | SecondStep::Taken => own_address(wanted, visit.language),
    };
    let mut response = see_other(&next);
    visit.set_cookie(&mut response, Cookie::Session, Some(session));
    visit.set_cookie(&mut response, Cookie::SignIn, None);
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
        && Page::at(path).is_some();
    if is_ours { wanted.to_owned() } else { Page::My.path(language) }
}

/// Where the person wants to go, as the address says; empty when it does not.
fn wanted_of(visit: &Visit) -> String {
    let pairs = super::super::pairs(visit.uri.query().unwrap_or_default().as_bytes());
    pairs.into_iter().find(|(name, _)| name == "naar").map(|(_, wanted)| wanted).unwrap_or_default()
}

/// Asks for the second step; gives who has none what is needed to set it up.
pub(super) async fn second_step(visit: &Visit) -> Shown {
    second_step_page(visit, None).await
}

async fn second_step_page(visit: &Visit, fault: Option<String>) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let set_up = match who.second_step() {
        SecondStep::NotNeeded | SecondStep::Taken => {
            // Who sets up another phone has taken the step.
            let begun = visit.state.store().find_begun_second_step(who).await?;
            let Some(secret) = begun else { return Ok(see_other(&own_address(&wanted_of(visit), language))) };
            Some(set_up_view(visit, who, &secret))
        }
        SecondStep::Waiting => None,
        SecondStep::NotSetUp => Some(set_up(visit, who).await?),
    };
    let is_wrong = fault.is_some();
    Ok(own(visit, Page::SecondStep, t::second_step_title(language), is_wrong, move || {
        SecondStepPage(SecondStepPageProps { set_up, fault, language })
    }))
}

/// The secret of who sets the second step up: the same one until that is done.
async fn set_up(visit: &Visit, who: &SignedIn) -> Result<SecondStepSetUp, Refusal> {
    let store = visit.state.store();
    let secret = if let Some(begun) = store.find_begun_second_step(who).await? {
        begun
    } else {
        let secret = StepSecret::of(visit.state.chance());
        store.begin_second_step(who, &secret).await?;
        secret
    };
    Ok(set_up_view(visit, who, &secret))
}

/// A secret as an app takes it: as a picture, and in letters.
fn set_up_view(visit: &Visit, who: &SignedIn, secret: &StepSecret) -> SecondStepSetUp {
    let url = secret.to_url(&visit.state.hub().name, who.viewer().email.as_str());
    let picture = QrCode::with_error_correction_level(url, qrcode::EcLevel::M)
        .map(|code| code.render::<svg::Color<'_>>().min_dimensions(200, 200).build())
        .unwrap_or_default();
    // The head of an SVG file has no place within a page.
    let picture = picture.find("<svg").map_or(String::new(), |at| picture[at..].to_owned());
    let letters = secret.to_text();
    let groups: Vec<&str> =
        (0..letters.len()).step_by(4).map(|at| &letters[at..(at + 4).min(letters.len())]).collect();
    let is_other_phone = who.second_step() == SecondStep::Taken;
    SecondStepSetUp { picture, letters: groups.join(" "), is_other_phone }
}

/// Takes the second step, or finishes setting it up and shows the recovery codes.
pub(super) async fn enter_second_step(visit: &Visit, form: Form) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let store = visit.state.store();
    let code = form.get("code").to_owned();
    let next = own_address(&wanted_of(visit), language);
    let is_begun = store.find_begun_second_step(who).await?.is_some();
    let refused = if is_begun || who.second_step() == SecondStep::NotSetUp {
        let codes = recovery_codes(visit);
        match store.finish_second_step(who, code, codes.clone(), visit.now()).await? {
            Ok(()) => return Ok(codes_page(visit, Page::SecondStep, codes, next)),
            Err(refused) => refused,
        }
    } else {
        match store.take_second_step(who, code, visit.now()).await? {
            Ok(()) => return Ok(see_other(&next)),
            Err(refused) => refused,
        }
    };
    second_step_page(visit, Some(refused_text(visit, refused, t::second_step_wrong(language)))).await
}

fn recovery_codes(visit: &Visit) -> Vec<String> {
    (0..RECOVERY_CODES).map(|_| recovery_code(visit.state.chance())).collect()
}

/// Shows recovery codes, this once.
fn codes_page(visit: &Visit, page: Page, codes: Vec<String>, next: String) -> Response<Body> {
    let language = visit.language;
    own(visit, page, t::second_step_codes_title(language), false, move || {
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
pub(super) async fn my(visit: &Visit) -> Shown {
    let language = visit.language;
    let who = signed_in(visit)?;
    let viewer = who.viewer().clone();
    let waits_for_second_step = matches!(who.second_step(), SecondStep::NotSetUp | SecondStep::Waiting);
    let applications = visit.state.store().list_own_applications(&who.talent()).await?;
    let broker = who.broker();
    let silent = match &broker {
        Some(broker) => visit.state.store().list_silent(broker, visit.now()).await?,
        None => Vec::new(),
    };
    let failed = match &broker {
        Some(broker) => visit.state.store().list_failed_mail(broker, FAILED_SHOWN).await?,
        None => Vec::new(),
    };
    let sees_staff = broker.is_some();
    let failed = failed.into_iter().map(failed_mail).collect();
    let talent = super::fitting(visit).await?;
    // In the order in which a search shows them.
    let best = VacancyFilter::default().with_sort(Sort::Fit);
    let found = talent.map(|talent| search(&visit.state, &best, language, Some(&talent)).answer.hits);
    let fits = found.into_iter().flatten().filter_map(|hit| Some((hit.card, hit.fit?)));
    let fits = fits.filter(|(_, fit)| fit.is_marked()).take(FITS_SHOWN).collect();
    Ok(own(visit, Page::My, t::my_title(language), false, move || {
        MyPage(MyPageProps {
            viewer,
            applications,
            fits,
            silent,
            failed,
            sees_staff,
            waits_for_second_step,
            language,
        })
    }))
}

fn failed_mail(mail: store::MailStatus) -> FailedMail {
    FailedMail {
        to: mail.to,
        day: super::super::state::local(mail.created_at).date(),
        failure: mail.failure.unwrap_or_default(),
        is_tried_again: mail.due_at.is_some(),
    }
}

/// Shows an account to its owner.
pub(super) async fn account(visit: &Visit) -> Shown {
    account_page(visit, AccountFaults::default()).await
}

async fn account_page(visit: &Visit, faults: AccountFaults) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let devices = visit.state.store().list_sessions(who).await?.into_iter().map(|session| Device {
        id: session.id,
        name: session.device,
        seen: seen(visit, session.seen_at),
        is_this: session.is_this,
    });
    let happened = visit.state.store().list_happened(who, HAPPENED_SHOWN).await?;
    let recovery_codes = match who.second_step() {
        SecondStep::Taken => Some(visit.state.store().count_recovery_codes(who).await? as u32),
        SecondStep::NotNeeded | SecondStep::NotSetUp | SecondStep::Waiting => None,
    };
    let content = AccountView {
        viewer: who.viewer().clone(),
        mail_language: who.language(),
        has_password: who.has_password(),
        recovery_codes,
        devices: devices.collect(),
        history: happened.into_iter().map(|one| happened_row(visit, one)).collect(),
        done: done_text(visit),
        languages: visit.state.hub().languages.clone(),
    };
    let is_wrong = faults.are_any();
    Ok(own(visit, Page::Account, t::account_title(language), is_wrong, move || {
        AccountPage(AccountPageProps { content, faults, language })
    }))
}

fn seen(visit: &Visit, at: DateTime<Utc>) -> String {
    let at = super::super::state::local(at);
    format!("{}, {}", format::date(at.date(), visit.language), format::time(at, visit.language))
}

fn happened_row(visit: &Visit, happened: Happened) -> HappenedRow {
    let language = visit.language;
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
        Action::Became(_) | Action::ConsentGiven | Action::ConsentWithdrawn | Action::Erased => {
            t::happened_other(language)
        }
    };
    let by = match happened.by {
        By::Owner => None,
        By::Manager => Some(t::account_by_manager(language)),
        By::Office => Some(t::account_by_office(language)),
        By::Hub => Some(t::application_by_hub(language)),
    };
    HappenedRow { what, when: seen(visit, happened.at), by }
}

/// What was done just now, as the address says.
fn done_text(visit: &Visit) -> Option<&'static str> {
    let language = visit.language;
    match visit.uri.query() {
        Some("gedaan=persoon") => Some(t::account_done_person(language)),
        Some("gedaan=adres") => Some(t::account_done_address(language)),
        Some("gedaan=wachtwoord") => Some(t::account_done_password(language)),
        Some("gedaan=toestel") => Some(t::account_done_device(language)),
        _ => None,
    }
}

/// Does what a form of the account page asks for.
pub(super) async fn change_account(visit: &Visit, form: Form) -> Shown {
    let who = signed_in(visit)?;
    let (store, language) = (visit.state.store(), visit.language);
    let done = |what: &str| see_other(&format!("{}?gedaan={what}", Page::Account.path(language)));
    match form.get("do") {
        "person" => {
            let typed = form.get("name");
            let name = match parse_name(typed) {
                Ok(name) => name,
                Err(fault) => {
                    let fault = Some((typed.to_owned(), text_fault(fault, language)));
                    return account_page(visit, AccountFaults { name: fault, ..AccountFaults::default() })
                        .await;
                }
            };
            let mail_language = Language::from_code(form.get("language"))
                .filter(|language| visit.state.hub().languages.contains(language))
                .unwrap_or(who.language());
            store.change_account(who, name, mail_language, visit.now()).await?;
            Ok(done("persoon"))
        }
        "address" => change_address(visit, who, form.get("email")).await,
        "password" => change_password(visit, who, form.get("password")).await,
        "recovery-codes" => {
            let codes = recovery_codes(visit);
            store.renew_recovery_codes(who, codes.clone(), visit.now()).await?;
            Ok(codes_page(visit, Page::Account, codes, Page::Account.path(language)))
        }
        "other-phone" => begin_other_phone(visit, who, form.get("code")).await,
        "end" => {
            store.end_session(who, form.get("session").parse().unwrap_or_default(), visit.now()).await?;
            Ok(done("toestel"))
        }
        "everywhere" => {
            store.sign_out_everywhere(who, visit.now()).await?;
            Ok(left(visit))
        }
        "sign-out" => {
            store.sign_out(who).await?;
            Ok(left(visit))
        }
        _ => account_page(visit, AccountFaults::default()).await,
    }
}

/// Shows what goes with an account and what stays, before its owner confirms; afterwards, that it is done.
pub(super) async fn erase_form(visit: &Visit) -> Shown {
    if visit.signed_in.is_none() && visit.uri.query() == Some(ERASED) {
        let language = visit.language;
        return Ok(own(visit, Page::EraseAccount, t::erase_done_title(language), false, move || {
            ErasedPage(ErasedPageProps { language })
        }));
    }
    erase_page(visit, None).await
}

async fn erase_page(visit: &Visit, fault: Option<(String, String)>) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    let leaving = visit.state.store().look_at_leaving(who).await?;
    let organisations = who.viewer().memberships.iter().map(|membership| membership.organisation.clone());
    let is_wrong = fault.is_some();
    let content = EraseView {
        email: who.viewer().email.clone(),
        applications: leaving.applications as u32,
        running: leaving.running as u32,
        organisations: organisations.collect(),
        only_manager_of: leaving.only_manager_of,
        is_last_manager: leaving.is_last_manager,
        fault,
    };
    Ok(own(visit, Page::EraseAccount, t::erase_title(language), is_wrong, move || {
        EraseAccountPage(EraseAccountPageProps { content, language })
    }))
}

/// Erases the account of who typed its address.
pub(super) async fn erase_account(visit: &Visit, form: Form) -> Shown {
    let (who, language) = (signed_in(visit)?, visit.language);
    if form.get("do") != "erase" {
        return erase_page(visit, None).await;
    }
    let typed = form.get("email");
    if EmailAddress::parse(typed).as_ref() != Some(&who.viewer().email) {
        let fault = t::erase_address_wrong(language).to_owned();
        return erase_page(visit, Some((typed.to_owned(), fault))).await;
    }
    let (store, browser) = (visit.state.store(), visit.drafting.clone());
    let page = Page::EraseAccount.path(language);
    match store.erase_own_account(who, browser, visit.state.desk(), visit.now()).await? {
        Ok(_) => Ok(left_to(visit, &format!("{page}?{ERASED}"))),
        Err(EraseRefused::LastManager) => erase_page(visit, None).await,
        Err(EraseRefused::SecondStep) => Ok(see_other(&with_wanted(&Page::SecondStep, language, &page))),
    }
}

/// Gives who is signed in all that the hub holds of them, as a file.
pub(super) async fn my_data(State(state): State<HubState>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let visit = match Visit::for_file(&state, &parts).await {
        Ok(visit) => visit,
        Err((visit, error)) => return refused(&visit, Refusal::Store(error)),
    };
    data_file(&visit).await.unwrap_or_else(|refusal| refused(&visit, refusal))
}

async fn data_file(visit: &Visit) -> Shown {
    let Some(who) = &visit.signed_in else {
        // A file is no page to come back to; the page that leads to it is.
        return Ok(to_sign_in(visit, &Page::Account.path(visit.language)));
    };
    let cvs = format!("{}{CVS}", visit.state.settings().public_url);
    let data = visit.state.store().my_data(who, visit.drafting.as_ref(), &cvs, visit.now()).await?;
    let json = serde_json::to_vec_pretty(&data)
        .map_err(|error| Refusal::Store(store::Error::Unreadable(error.to_string())))?;
    let mut response = Response::new(Body::from(json));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let name = format!("mijn-gegevens-{}.json", visit.state.now_local().date());
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

/// Goes to the home page without a session.
fn left(visit: &Visit) -> Response<Body> {
    left_to(visit, &Page::Home.path(visit.language))
}

fn left_to(visit: &Visit, address: &str) -> Response<Body> {
    let mut response = see_other(address);
    visit.set_cookie(&mut response, Cookie::Session, None);
    // What was begun here is not for whoever comes next.
    visit.set_cookie(&mut response, Cookie::Draft, None);
    response
}

async fn change_address(visit: &Visit, who: &SignedIn, typed: &str) -> Shown {
    let language = visit.language;
    let wrong =
        |fault: String| AccountFaults { email: Some((typed.to_owned(), fault)), ..AccountFaults::default() };
    let Some(email) = EmailAddress::parse(typed) else {
        return account_page(visit, wrong(t::fault_email(language).to_owned())).await;
    };
    if email == who.viewer().email {
        return account_page(visit, wrong(t::account_address_same(language).to_owned())).await;
    }
    let wanted = format!("{}?gedaan=adres", Page::Account.path(language));
    let asked = AskedSignIn { email, language, wanted, network: visit.network() };
    let secrets = sign_in_secrets(visit);
    let browser = secrets.browser.clone();
    match visit.state.store().ask_address_change(who, asked, secrets, visit.now()).await? {
        Ok(()) => Ok(to_code_page(visit, &browser)),
        Err(refused) => {
            account_page(visit, wrong(refused_text(visit, refused, t::fault_email(language)))).await
        }
    }
}

/// Leads who shows a code to the page that sets another phone up.
async fn begin_other_phone(visit: &Visit, who: &SignedIn, code: &str) -> Shown {
    let language = visit.language;
    let secret = StepSecret::of(visit.state.chance());
    match visit.state.store().begin_other_phone(who, code.to_owned(), secret, visit.now()).await? {
        Ok(()) => Ok(see_other(&with_wanted(&Page::SecondStep, language, &Page::Account.path(language)))),
        Err(refused) => {
            let fault = Some(refused_text(visit, refused, t::second_step_wrong(language)));
            account_page(visit, AccountFaults { code: fault, ..AccountFaults::default() }).await
        }
    }
}

async fn change_password(visit: &Visit, who: &SignedIn, password: &str) -> Shown {
    let language = visit.language;
    let salt = visit.state.chance();
    let fault = match visit.state.store().change_password(who, password.to_owned(), salt, visit.now()).await?
    {
        Ok(()) => return Ok(see_other(&format!("{}?gedaan=wachtwoord", Page::Account.path(language)))),
        Err(PasswordFault::TooShort) => t::account_password_short(language, SHORTEST_PASSWORD),
        Err(PasswordFault::TooLong) => t::fault_too_long(language, domain::accounts::LONGEST_PASSWORD),
        Err(PasswordFault::Common) => t::account_password_common(language).to_owned(),
    };
    account_page(visit, AccountFaults { password: Some(fault), ..AccountFaults::default() }).await
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
