//! The form by which somebody asks for an alert.

use domain::Language;
use domain::accounts::EmailAddress;
use domain::alerts::Frequency;
use domain::vacancies::VacancyFilter;
use leptos::prelude::*;

use super::frequencies::frequencies;
use crate::accounts::DemoMail;
use ui::{Button, ButtonKind, ButtonLink, Field, Notice, NoticeKind, SelectField, static_html};
use words::paths::Page;
use words::{format, texts as t};

/// The content of the form.
#[derive(Clone, Debug)]
pub struct NewAlertView {
    /// The search.
    pub filter: VacancyFilter,
    /// The same in words.
    pub title: String,
    /// The name of the organisation, when it is followed.
    pub follows: Option<String>,
    /// How many open vacancies fit exactly.
    pub now: u32,
    /// The address of somebody who is signed in.
    pub signed_in: Option<EmailAddress>,
    /// The address that was typed.
    pub email: String,
    /// How often was chosen.
    pub frequency: Frequency,
}

/// The form.
#[component]
pub fn NewAlertPage(
    /// Its content.
    content: NewAlertView,
    /// The error of the address, in words.
    email_error: Option<String>,
    /// The error of all of it, in words.
    whole_error: Option<String>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let NewAlertView { filter, title, follows, now, signed_in, email, frequency } = content;
    let (heading, lead) = match &follows {
        Some(name) => (t::alert_follow_title(language, name), t::alert_follow_lead(language)),
        None => (t::alert_new_title(language).to_owned(), t::alert_new_lead(language)),
    };
    let search =
        follows.is_none().then(|| static_html(view! { <p class="typed"><strong>{title}</strong></p> }));
    let count = if now == 0 {
        t::alert_now_none(language).to_owned()
    } else {
        t::alert_now(language, now, format::number(now, language))
    };
    let whole = whole_error.map(|error| view! { <Notice kind=NoticeKind::Error><p>{error}</p></Notice> });
    let address = match signed_in {
        Some(email) => static_html(view! { <p>{t::alert_as(language, email)}</p> }),
        None => static_html(view! {
            <Field
                name="email"
                label=t::alert_email(language)
                r#type="email"
                autocomplete="email"
                hint=t::alert_email_hint(language)
                value=email
                required=true
                error=email_error
            />
        }),
    };
    let button = if follows.is_some() { t::alert_follow_button(language) } else { t::alert_button(language) };
    view! {
        <div class="wrap page-top narrow">
            <h1>{heading}</h1>
            <p class="lead">{lead}</p>
            {search}
            <p class="hint">{count}</p>
            {whole}
            <form method="post" class="stack" novalidate>
                <input type="hidden" name="zoek" value=filter.to_query_string() />
                {address}
                <SelectField
                    name="frequency"
                    label=t::alert_frequency(language)
                    options=frequencies(frequency, language)
                />
                <p class="hint">{t::alert_stop_hint(language)}" "<a href=Page::Privacy.path(language)>{t::apply_privacy(language)}</a></p>
                <Button kind=ButtonKind::Primary>{button}</Button>
            </form>
        </div>
    }
}

/// What somebody does next who is not signed in.
#[component]
pub fn AlertAskedPage(
    /// The search to go back to.
    filter: VacancyFilter,
    /// Where a demo shows its mail.
    mailbox: Option<&'static str>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let back = words::paths::search_address(&filter, language);
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::apply_done_title(language)}</h1>
            <p class="lead">{t::alert_asked(language)}</p>
            <DemoMail mailbox language />
            <p>{t::alert_asked_hint(language)}</p>
            <ButtonLink href=back>{t::alert_back(language)}</ButtonLink>
        </div>
    }
}
