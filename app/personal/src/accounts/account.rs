//! One's account: name, address, password, devices, what happened to it, and the ways to take one's data along or away.

use domain::Language;
use domain::accounts::Viewer;
use leptos::prelude::*;

use super::commands::{AccountFlash, ChangeAddress, ChangePerson};
use ui::{Button, ButtonLink, Disclosure, Field, Notice, SelectField, SelectOption, static_html};
use words::labels;
use words::paths::{MY_DATA, Page};
use words::texts as t;

/// An account as its owner sees it.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// Whose it is.
    pub viewer: Viewer,
    /// The language of the mail.
    pub mail_language: Language,
    /// Whether there is a password.
    pub has_password: bool,
    /// How many recovery codes are left, for somebody who has taken the second step.
    pub recovery_codes: Option<u32>,
    /// The browsers in which the owner is signed in.
    pub devices: Vec<Device>,
    /// What happened to it, the newest first.
    pub history: Vec<HappenedRow>,
    /// The result of the last change.
    pub done: Option<AccountFlash>,
    /// The hub's languages.
    pub languages: Vec<Language>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug)]
pub struct Device {
    /// The number of the session.
    pub id: i64,
    /// What the browser says it is; empty when it says nothing.
    pub name: String,
    /// When it was seen last, in words.
    pub seen: String,
    /// Whether it is this one.
    pub is_this: bool,
}

/// Something that happened to an account.
#[derive(Clone, Debug)]
pub struct HappenedRow {
    /// What was done, in words.
    pub what: &'static str,
    /// When, in words.
    pub when: String,
    /// The actor, when it was not the owner.
    pub by: Option<&'static str>,
}

/// The forms that were sent and are wrong, with their errors in words.
#[derive(Clone, Debug, Default)]
pub struct AccountErrors {
    /// The name and language that were typed.
    pub person: Option<(ChangePerson, Option<String>)>,
    /// The address that was typed.
    pub address: Option<(ChangeAddress, Option<String>)>,
    /// The error of the password.
    pub password: Option<String>,
    /// The error of the code of the old phone.
    pub code: Option<String>,
}

/// Everything that can be changed of an account.
#[component]
pub fn AccountPage(
    /// The account.
    content: AccountView,
    /// The errors of the form.
    errors: AccountErrors,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let done = content.done.map(|done| view! { <Notice><p>{done_text(done, language)}</p></Notice> });
    let person = static_html(view! { <Person content=content.clone() wrong=errors.person language /> });
    let address = static_html(view! { <Address content=content.clone() wrong=errors.address language /> });
    let password =
        static_html(view! { <Password has_password=content.has_password error=errors.password language /> });
    let second_step = content
        .recovery_codes
        .map(|count| static_html(view! { <SecondStep recovery_codes=count error=errors.code language /> }));
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::account_title(language)}</h1>
            {done}
            {person}
            {address}
            {password}
            {second_step}
            <Devices devices=content.devices language />
            <History rows=content.history language />
            <OwnData language />
        </div>
    }
}

fn done_text(done: AccountFlash, language: Language) -> &'static str {
    match done {
        AccountFlash::Person => t::account_done_person(language),
        AccountFlash::Address => t::account_done_address(language),
        AccountFlash::Password => t::account_done_password(language),
        AccountFlash::Device => t::account_done_device(language),
    }
}

#[component]
fn Person(
    content: AccountView,
    wrong: Option<(ChangePerson, Option<String>)>,
    language: Language,
) -> impl IntoView {
    let (typed, error) = wrong.unwrap_or_else(|| {
        let name = content.viewer.name.unwrap_or_default();
        (ChangePerson { name, language: content.mail_language.code().to_owned() }, None)
    });
    let ChangePerson { name, language: mail_language } = typed;
    let options = content
        .languages
        .iter()
        .map(|other| {
            SelectOption::new(other.code(), labels::language_name(*other, *other))
                .selected(other.code() == mail_language)
        })
        .collect();
    view! {
        <section aria-labelledby="person">
            <h2 id="person">{t::account_person(language)}</h2>
            <form method="post" class="stack" novalidate>
                <Field name="name" label=t::account_name(language) value=name autocomplete="name" error />
                <SelectField name="language" label=t::account_language(language) options />
                <Button name="do" value="person">{t::account_save(language)}</Button>
            </form>
        </section>
    }
}

#[component]
fn Address(
    content: AccountView,
    wrong: Option<(ChangeAddress, Option<String>)>,
    language: Language,
) -> impl IntoView {
    let (typed, error) = wrong.map_or((String::new(), None), |(typed, error)| (typed.email, error));
    view! {
        <section aria-labelledby="address">
            <h2 id="address">{t::account_address(language)}</h2>
            <p>{t::account_address_now(language, content.viewer.email)}</p>
            <form method="post" class="stack" novalidate>
                <Field
                    name="email"
                    label=t::account_address_new(language)
                    r#type="email"
                    value=typed
                    hint=t::account_address_hint(language)
                    autocomplete="email"
                    error
                />
                <Button name="do" value="address">{t::account_address_change(language)}</Button>
            </form>
        </section>
    }
}

#[component]
fn Password(has_password: bool, error: Option<String>, language: Language) -> impl IntoView {
    let (label, button) = if has_password {
        (t::account_password_new(language), t::account_password_change(language))
    } else {
        (t::account_password(language), t::account_password_set(language))
    };
    view! {
        <section aria-labelledby="password-heading">
            <h2 id="password-heading">{t::account_password_title(language)}</h2>
            <p>{t::account_password_text(language)}</p>
            <form method="post" class="stack" novalidate>
                <Field
                    name="password"
                    label
                    r#type="password"
                    autocomplete="new-password"
                    hint=t::account_password_hint(language, domain::accounts::SHORTEST_PASSWORD)
                    error
                />
                <Button name="do" value="password">{button}</Button>
            </form>
        </section>
    }
}

/// For who has taken the second step: other recovery codes, and another phone.
#[component]
fn SecondStep(recovery_codes: u32, error: Option<String>, language: Language) -> impl IntoView {
    let left = match recovery_codes {
        0 => t::second_step_left_none(language).to_owned(),
        count => t::second_step_left(language, count),
    };
    let has_error = error.is_some();
    view! {
        <section aria-labelledby="second-step">
            <h2 id="second-step">{t::second_step_title(language)}</h2>
            <p>{left} " " {t::second_step_renew_hint(language)}</p>
            <form method="post">
                <Button name="do" value="recovery-codes">{t::second_step_renew(language)}</Button>
            </form>
            <Disclosure summary=t::second_step_change(language) open=has_error>
                <form method="post" class="stack" novalidate>
                    <p>{t::second_step_change_text(language)}</p>
                    <Field
                        name="code"
                        label=t::second_step_code(language)
                        autocomplete="one-time-code"
                        hint=t::second_step_change_hint(language)
                        required=true
                        error
                    />
                    <Button name="do" value="other-phone">{t::second_step_go_on(language)}</Button>
                </form>
            </Disclosure>
        </section>
    }
}

#[component]
fn Devices(devices: Vec<Device>, language: Language) -> impl IntoView {
    let rows = devices
        .into_iter()
        .map(|device| {
            let name =
                if device.name.is_empty() { t::account_device(language).to_owned() } else { device.name };
            let button = if device.is_this {
                static_html(view! {
                    <input type="hidden" name="do" value="sign-out" />
                    <Button>{t::account_sign_out(language)}</Button>
                })
            } else {
                static_html(view! {
                    <input type="hidden" name="session" value=device.id.to_string() />
                    <Button name="do" value="end">{t::account_end(language)}</Button>
                })
            };
            let here = device.is_this.then(|| view! { " · " {t::account_this_device(language)} });
            view! {
                <li>
                    <div>
                        <strong>{name}</strong>
                        {here}
                        <p class="hint">{t::account_seen(language, device.seen)}</p>
                    </div>
                    <form method="post">{button}</form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="devices">
            <h2 id="devices">{t::account_devices(language)}</h2>
            <ul class="rows">{rows}</ul>
            <form method="post">
                <Button name="do" value="everywhere">{t::account_sign_out_everywhere(language)}</Button>
            </form>
        </section>
    }
}

#[component]
fn History(rows: Vec<HappenedRow>, language: Language) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let by = row.by.map(|by| format!(" · {by}"));
            view! {
                <li>
                    <span>{row.what}{by}</span>
                    <span class="hint">{row.when}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="history">
            <h2 id="history">{t::account_history(language)}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

/// The ways to take one's data along, and away.
#[component]
fn OwnData(language: Language) -> impl IntoView {
    view! {
        <section aria-labelledby="data">
            <h2 id="data">{t::account_data(language)}</h2>
            <p>{t::account_data_text(language)}</p>
            <p>
                <ButtonLink href=MY_DATA>{t::account_data_download(language)}</ButtonLink>
            </p>
            <p>{t::account_erase_text(language)}</p>
            <p>
                <ButtonLink href=Page::EraseAccount.path(language)>{t::account_erase(language)}</ButtonLink>
            </p>
        </section>
    }
}
