//! Pages of signing in: what they show, and their commands.

use axum::body::Body;
use axum::http::Response;
use domain::accounts::EmailAddress;
use domain::{FieldError, Language};
use serde::Deserialize;
use store::{Code, LetIn, LinkError, Refused, SecondStep, SignInRequest, SignInTokens, Token};

use web::{
    Anyone, Call, Cookie, Done, PageError, PageRequest, PageResult, RequestContext, Run, gone_page,
    private_page, see_other,
};

use super::mailbox::mailbox;
use crate::accounts::{
    AccountFlash, AskSignIn, EnterCode, LinkErrorPage, LinkErrorPageProps, LinkOffer, PressLink,
    SignInCodePage, SignInCodePageProps, SignInForm, SignInLinkPage, SignInLinkPageProps, SignInPage,
    SignInPageProps,
};
use words::field_errors::field_error;
use words::paths::Page;
use words::texts as t;

/// The longest path that somebody may want to go to after signing in, in bytes.
const LONGEST_WANTED: usize = 2_000;

/// Where somebody wants to go afterwards, as the address says.
#[derive(Default, Deserialize)]
#[serde(default)]
struct WantedQuery {
    /// A path of ours.
    naar: String,
}

/// Where the person wants to go, as the address says; empty when it does not.
pub(crate) fn wanted_of(context: &RequestContext) -> String {
    context.query::<WantedQuery>().naar
}

/// Shows where to sign in.
pub(crate) async fn sign_in(request: PageRequest<Anyone>) -> PageResult {
    let PageRequest { context, rejection, .. } = request;
    let (language, wanted) = (context.language, wanted_of(&context));
    if context.session.is_some() && context.signed_in.is_none() {
        // One step is taken already.
        return Err(PageError::Elsewhere(with_wanted(&Page::SecondStep, language, &wanted)));
    }
    let form = match rejection.typed::<AskSignIn>() {
        Some((typed, errors)) => {
            let password_error = errors.get("password").map(|error| wrong_text(error, language));
            let wait = rejection.wait_text(&context);
            let (wait_password, wait_email) =
                if typed.tries_password() { (wait, None) } else { (None, wait) };
            SignInForm {
                email_error: wait_email
                    .or_else(|| errors.get("email").map(|error| field_error(error, language))),
                password_error: wait_password.or(password_error),
                email: typed.email,
                wanted: typed.wanted,
            }
        }
        None => SignInForm { wanted, ..SignInForm::default() },
    };
    Ok(private_page(&context, Page::SignIn, t::sign_in_title(language), move || {
        SignInPage(SignInPageProps { form, language })
    }))
}

fn wrong_text(error: &FieldError, language: Language) -> String {
    match error {
        FieldError::Wrong => t::sign_in_wrong(language).to_owned(),
        error => field_error(error, language),
    }
}

impl AskSignIn {
    /// Whether a password is tried. The button that was pressed says so, as browsers fill in passwords by themselves; Enter in
    /// a field presses none of the two, and then a password that is there decides.
    fn tries_password(&self) -> bool {
        match self.button.as_str() {
            "link" => false,
            "password" => true,
            _ => !self.password.is_empty(),
        }
    }
}

impl Run for AskSignIn {
    type Access = Anyone;

    async fn run(self, Call { context, .. }: Call<Anyone>) -> Result<Done<Self>, PageError> {
        let (store, language, now) = (context.state.store(), context.language, context.now());
        let tries_password = self.tries_password();
        let email = EmailAddress::parse(&self.email);
        let email = email.ok_or_else(|| PageError::field("email", FieldError::NoEmail))?;
        let wanted = Some(self.wanted).filter(|wanted| wanted.len() <= LONGEST_WANTED).unwrap_or_default();
        let asked = SignInRequest { email, language, wanted, network: context.network() };
        if !tries_password {
            let tokens = sign_in_tokens(&context);
            let browser = tokens.browser.clone();
            let sent = store.ask_sign_in(asked, tokens, now).await?;
            sent.map_err(|refused| refused_at("email", refused))?;
            return Ok(to_code_page(&context, &browser));
        }
        if self.password.is_empty() {
            return Err(PageError::field("password", FieldError::Missing));
        }
        let browser = context.browser();
        let session = browser.token.clone();
        let let_in = store.sign_in_by_password(asked, self.password, browser, now).await?;
        enter(&context, let_in.map_err(|refused| refused_at("password", refused))?, &session).await
    }
}

/// Why somebody was not let in, as the error of a field.
pub(crate) fn refused_at(field: &str, refused: Refused) -> PageError {
    match refused {
        Refused::TooOften(next) => PageError::Later(next),
        Refused::Wrong => PageError::field(field, FieldError::Wrong),
        Refused::Link(error) => PageError::Link(error),
    }
}

pub(crate) fn sign_in_tokens(context: &RequestContext) -> SignInTokens {
    SignInTokens {
        link: Token::of(context.state.random()),
        browser: Token::of(context.state.random()),
        code: Code::of(context.state.random()),
    }
}

/// Leads to the page that asks for the code of a mail, in the browser that asked for it.
pub(crate) fn to_code_page<C: domain::Command<Answer = ()>>(
    context: &RequestContext,
    browser: &Token,
) -> Done<C> {
    context.set_cookie(Cookie::SignIn, Some(browser));
    Done::here().to(Page::SignInCode.path(context.language))
}

/// Asks for the code of the mail that this browser asked for.
pub(crate) async fn sign_in_code(request: PageRequest<Anyone>) -> PageResult {
    let PageRequest { context, rejection, .. } = request;
    let language = context.language;
    let rejected = rejection.command::<EnterCode>();
    if let Some((_, PageError::Link(error))) = rejected {
        return Ok(link_error(&context, *error));
    }
    let email = match &context.asked_by {
        Some(asked_by) => context.state.store().find_asked(asked_by, context.now()).await?,
        None => None,
    };
    let Some(email) = email else { return Ok(see_other(&Page::SignIn.path(language))) };
    let mailbox = mailbox(&context);
    let error = rejection.wait_text(&context).or_else(|| {
        let (_, error) = rejected?;
        Some(match error.of_field("code")? {
            FieldError::Wrong => t::sign_in_wrong_code(language).to_owned(),
            error => field_error(error, language),
        })
    });
    Ok(private_page(&context, Page::SignInCode, t::sign_in_sent_title(language), move || {
        SignInCodePage(SignInCodePageProps { email, error, mailbox, language })
    }))
}

impl Run for EnterCode {
    type Access = Anyone;

    async fn run(self, Call { context, .. }: Call<Anyone>) -> Result<Done<Self>, PageError> {
        let asked_by = context.asked_by.clone().ok_or(PageError::Link(LinkError::Expired))?;
        let browser = context.browser();
        let session = browser.token.clone();
        let (store, code) = (context.state.store(), Code::parse(&self.code));
        let let_in = store.sign_in_by_code(asked_by, code, browser, context.now()).await?;
        enter(&context, let_in.map_err(|refused| refused_at("code", refused))?, &session).await
    }
}

/// Shows what the link of a mail does, with a button that does it.
pub(crate) async fn sign_in_link(request: PageRequest<Anyone>) -> PageResult {
    let PageRequest { context, slug, rejection, .. } = request;
    let language = context.language;
    if let Some(PageError::Link(error)) = rejection.error() {
        return Ok(link_error(&context, *error));
    }
    let Some(link) = Token::parse(&slug) else { return Ok(link_error(&context, LinkError::Unknown)) };
    let offer = match context.state.store().find_sign_in(&link, context.now()).await? {
        Ok(offer) => offer,
        Err(error) => return Ok(link_error(&context, error)),
    };
    let (title, offer) = if offer.changes_address {
        (t::sign_in_address_title(language), LinkOffer::Address(offer.email))
    } else if offer.is_new {
        (t::sign_in_new_title(language), LinkOffer::NewAccount(offer.email))
    } else {
        (t::sign_in_link_title(language), LinkOffer::SignIn(offer.email))
    };
    Ok(private_page(&context, Page::SignInLink(link.to_text()), title, move || {
        SignInLinkPage(SignInLinkPageProps { offer, language })
    }))
}

impl Run for PressLink {
    type Access = Anyone;

    async fn run(self, Call { context, slug, .. }: Call<Anyone>) -> Result<Done<Self>, PageError> {
        let link = Token::parse(&slug).ok_or(PageError::Link(LinkError::Unknown))?;
        let browser = context.browser();
        let session = browser.token.clone();
        let let_in = context.state.store().sign_in_by_link(link, browser, context.now()).await?;
        let let_in = let_in.map_err(|refused| match refused {
            Refused::Link(error) => PageError::Link(error),
            Refused::Wrong | Refused::TooOften(_) => PageError::Link(LinkError::Unknown),
        });
        enter(&context, let_in?, &session).await
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
    gone_page(context, Page::SignIn, t::sign_in_fault_title(language), move || {
        LinkErrorPage(LinkErrorPageProps { text, language })
    })
}

/// Gives the browser its session, ends the one that it had, and goes where the person wanted.
async fn enter<C: domain::Command<Answer = ()>>(
    context: &RequestContext,
    let_in: LetIn,
    session: &Token,
) -> Result<Done<C>, PageError> {
    if let Some(before) = &context.signed_in {
        context.state.store().sign_out(before).await?;
    }
    let LetIn { who, wanted, changed_address } = let_in;
    context.set_cookie(Cookie::Session, Some(session));
    context.set_cookie(Cookie::SignIn, None);
    let language = context.language;
    Ok(match who.second_step() {
        SecondStep::NotSetUp | SecondStep::Waiting => {
            Done::here().to(with_wanted(&Page::SecondStep, language, &wanted))
        }
        SecondStep::NotNeeded | SecondStep::Taken => {
            let done = Done::here().to(own_address(&wanted, language));
            if changed_address { done.saying(&AccountFlash::Address) } else { done }
        }
    })
}

pub(crate) fn with_wanted(page: &Page, language: Language, wanted: &str) -> String {
    let path = page.path(language);
    if wanted.is_empty() { path } else { format!("{path}?naar={}", domain::text::encode(wanted)) }
}

/// An address of the hub's own pages; what is another's, or nothing, is one's own page.
pub(crate) fn own_address(wanted: &str, language: Language) -> String {
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let is_ours = path.starts_with('/')
        && !path.starts_with("//")
        && !wanted.contains(['\\', '\r', '\n'])
        && Page::is_at(path);
    if is_ours { wanted.to_owned() } else { Page::My.path(language) }
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
}
