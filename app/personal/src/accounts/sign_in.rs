//! The way in: by a link or a code in a mail, or by a password.

use domain::Language;
use domain::accounts::EmailAddress;
use leptos::prelude::*;

use ui::{Button, ButtonKind, ButtonLink, Disclosure, Field, Notice, NoticeKind};
use words::paths::Page;
use words::texts as t;

/// What somebody typed to sign in, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct SignInForm {
    /// The address.
    pub email: String,
    /// The error of the address.
    pub email_error: Option<String>,
    /// The error of address and password together.
    pub password_error: Option<String>,
    /// The path of the page where the person wants to go.
    pub wanted: String,
}

/// An address, and a password for somebody who has one.
#[component]
pub fn SignInPage(
    /// The typed text.
    form: SignInForm,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let has_password_error = form.password_error.is_some();
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::sign_in_title(language)}</h1>
            <p class="lead">{t::sign_in_lead(language)}</p>
            <form method="post" class="stack" novalidate>
                // The first button of a form is the one that Enter presses; this one leaves it to what was typed.
                <button class="unseen" tabindex="-1" aria-hidden="true">{t::sign_in_send(language)}</button>
                <input type="hidden" name="naar" value=form.wanted />
                <Field
                    name="email"
                    label=t::sign_in_email(language)
                    r#type="email"
                    value=form.email
                    autocomplete="username"
                    required=true
                    error=form.email_error
                />
                <Button kind=ButtonKind::Primary name="do" value="link">{t::sign_in_send(language)}</Button>
                <Disclosure summary=t::sign_in_by_password(language) open=has_password_error>
                    <Field
                        name="password"
                        label=t::sign_in_password(language)
                        r#type="password"
                        autocomplete="current-password"
                        hint=t::sign_in_forgotten(language)
                        error=form.password_error
                    />
                    <Button name="do" value="password">{t::sign_in_enter(language)}</Button>
                </Disclosure>
            </form>
        </div>
    }
}

/// Look in your mail, and type the code here when you read it on another device.
#[component]
pub fn SignInCodePage(
    /// Where the mail went.
    email: EmailAddress,
    /// The error of the code.
    error: Option<String>,
    /// Where a demo shows its mail.
    mailbox: Option<&'static str>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::sign_in_sent_title(language)}</h1>
            <p class="lead">{t::sign_in_sent(language, email)}</p>
            <DemoMail mailbox language />
            <form method="post" class="stack" novalidate>
                <Field
                    name="code"
                    label=t::sign_in_code(language)
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    hint=t::sign_in_code_hint(language)
                    required=true
                    error
                />
                <Button kind=ButtonKind::Primary>{t::sign_in_enter(language)}</Button>
            </form>
            <p>
                {t::sign_in_no_mail(language)} " "
                <a href=Page::SignIn.path(language)>{t::sign_in_again(language)}</a>
            </p>
        </div>
    }
}

/// Where a demo shows its mail, for somebody who was just told to look in a mailbox.
#[component]
pub(crate) fn DemoMail(
    /// The page of the mail, where there is one.
    mailbox: Option<&'static str>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    mailbox.map(|address| {
        view! {
            <Notice>
                <p>{t::sign_in_demo(language)} " " <a href=address>{t::sign_in_demo_link(language)}</a></p>
            </Notice>
        }
    })
}

/// What a link does when its button is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkOffer {
    /// It lets somebody in.
    SignIn(EmailAddress),
    /// It makes an account.
    NewAccount(EmailAddress),
    /// It gives the account this address.
    Address(EmailAddress),
}

/// The button behind a link: programs that guard mailboxes open links, but press no buttons.
#[component]
pub fn SignInLinkPage(
    /// The label of the link.
    offer: LinkOffer,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let (title, text, button) = match offer {
        LinkOffer::SignIn(email) => {
            (t::sign_in_link_title(language), t::sign_in_link(language, email), t::sign_in_enter(language))
        }
        LinkOffer::NewAccount(email) => {
            (t::sign_in_new_title(language), t::sign_in_new(language, email), t::sign_in_new_button(language))
        }
        LinkOffer::Address(email) => (
            t::sign_in_address_title(language),
            t::sign_in_address(language, email),
            t::sign_in_address_button(language),
        ),
    };
    view! {
        <div class="wrap page-top narrow">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <form method="post">
                <Button kind=ButtonKind::Primary>{button}</Button>
            </form>
            <p class="hint">
                {t::sign_in_privacy(language)} " "
                <a href=Page::Privacy.path(language)>{t::nav_privacy(language)}</a>
            </p>
        </div>
    }
}

/// A link that leads nowhere, and the way to a new one.
#[component]
pub fn LinkErrorPage(
    /// Why it leads nowhere.
    text: &'static str,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::sign_in_fault_title(language)}</h1>
            <Notice kind=NoticeKind::Warning>
                <p>{text}</p>
            </Notice>
            <ButtonLink href=Page::SignIn.path(language) kind=ButtonKind::Primary>
                {t::sign_in_again(language)}
            </ButtonLink>
        </div>
    }
}
