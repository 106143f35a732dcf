//! The second step of signing in, for staff.

use domain::Language;
use leptos::prelude::*;

use ui::{Button, ButtonKind, ButtonLink, Field, Notice, NoticeKind};
use words::paths::Page;
use words::texts as t;

/// The secret of a second step that is to be set up, as picture and letters.
#[derive(Clone, Debug)]
pub struct SecondStepSetUp {
    /// A QR code that an app reads, as SVG.
    pub picture: String,
    /// The same token in letters, for who can't read the picture.
    pub letters: String,
    /// Whether it takes the place of a phone that works.
    pub is_other_phone: bool,
}

/// Asks for the code of an app; shows first how to set the app up, when that was not done.
#[component]
pub fn SecondStepPage(
    /// What is needed to set it up.
    set_up: Option<SecondStepSetUp>,
    /// The error of the code.
    error: Option<String>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let is_other_phone = set_up.as_ref().map(|set_up| set_up.is_other_phone);
    let (title, lead, hint) = match is_other_phone {
        Some(true) => (
            t::second_step_other_title(language),
            t::second_step_other(language),
            t::second_step_app_hint(language),
        ),
        Some(false) => (
            t::second_step_set_up_title(language),
            t::second_step_set_up(language),
            t::second_step_app_hint(language),
        ),
        None => {
            (t::second_step_title(language), t::second_step_lead(language), t::second_step_hint(language))
        }
    };
    let back = (is_other_phone == Some(true)).then(|| {
        view! { <p><a href=Page::Account.path(language)>{t::second_step_other_back(language)}</a></p> }
    });
    let sign_out = back.is_none().then(|| {
        view! {
            <form method="post" action=Page::Account.path(language)>
                <Button name="do" value="sign-out">{t::account_sign_out(language)}</Button>
            </form>
        }
    });
    let set_up = set_up.map(|set_up| {
        view! {
            <figure class="qr">
                <div role="img" aria-label=t::second_step_picture(language) inner_html=set_up.picture></div>
                <figcaption>{t::second_step_letters(language)} " " <code>{set_up.letters}</code></figcaption>
            </figure>
        }
    });
    view! {
        <div class="wrap page-top narrow">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {set_up}
            <form method="post" class="stack">
                <Field
                    name="code"
                    label=t::second_step_code(language)
                    autocomplete="one-time-code"
                    hint
                    required=true
                    error
                />
                <Button kind=ButtonKind::Primary>{t::second_step_go_on(language)}</Button>
            </form>
            {back}
            {sign_out}
        </div>
    }
}

/// The recovery codes, shown once.
#[component]
pub fn RecoveryCodesPage(
    /// The codes.
    codes: Vec<String>,
    /// Where to go on.
    next: String,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::second_step_codes_title(language)}</h1>
            <Notice kind=NoticeKind::Warning>
                <p>{t::second_step_codes(language)}</p>
            </Notice>
            <ul class="codes">{codes}</ul>
            <ButtonLink href=next kind=ButtonKind::Primary>{t::second_step_go_on(language)}</ButtonLink>
        </div>
    }
}
