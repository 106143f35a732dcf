//! Erasing one's account: what goes, what stays and why, and the address to confirm it.

use domain::Language;
use domain::accounts::EmailAddress;
use leptos::prelude::*;

use ui::{Button, ButtonKind, ButtonLink, Field, Notice, NoticeKind, static_html};
use words::paths::Page;
use words::texts as t;

/// What the page tells before an account goes.
#[derive(Clone, Debug)]
pub struct EraseView {
    /// The address of the account.
    pub email: EmailAddress,
    /// How many applications go with it.
    pub applications: u32,
    /// How many of them still run.
    pub running: u32,
    /// The organisations that the person works for, by name.
    pub organisations: Vec<String>,
    /// Those of which nobody else is a manager.
    pub only_manager_of: Vec<String>,
    /// Whether nobody else is a manager of the programme office, which must not be.
    pub is_last_manager: bool,
    /// The address that was typed, and what is wrong with it.
    pub error: Option<(String, Option<String>)>,
}

/// What goes and what stays, and the form that erases.
#[component]
pub fn EraseAccountPage(
    /// What it tells.
    content: EraseView,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let confirm = if content.is_last_manager {
        static_html(
            view! { <Notice kind=NoticeKind::Warning><p>{t::erase_last_manager(language)}</p></Notice> },
        )
    } else {
        static_html(view! { <Confirm content=content.clone() language /> })
    };
    let goes = items(goes(&content, language));
    let stays = items(stays(language));
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::erase_title(language)}</h1>
            <p class="lead">{t::erase_lead(language, content.email)}</p>
            <section aria-labelledby="goes">
                <h2 id="goes">{t::erase_goes_title(language)}</h2>
                <div class="prose"><ul>{goes}</ul></div>
            </section>
            <section aria-labelledby="stays">
                <h2 id="stays">{t::erase_stays_title(language)}</h2>
                <div class="prose"><ul>{stays}</ul></div>
            </section>
            {confirm}
            <p><a href=Page::Account.path(language)>{t::erase_back(language)}</a></p>
        </div>
    }
}

fn items(texts: Vec<String>) -> impl IntoView {
    texts.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()
}

fn goes(content: &EraseView, language: Language) -> Vec<String> {
    let mut texts = vec![t::erase_goes_account(language).to_owned()];
    if content.applications > 0 {
        texts.push(t::erase_goes_applications(language, content.applications));
    }
    if content.running > 0 {
        texts.push(t::erase_goes_running(language, content.running));
    }
    texts.push(t::erase_goes_unsent(language).to_owned());
    texts.push(t::erase_goes_talent(language).to_owned());
    texts.extend(content.organisations.iter().map(|name| t::erase_goes_member(language, name)));
    texts
}

fn stays(language: Language) -> Vec<String> {
    let texts = [
        t::erase_stays_figures(language),
        t::erase_stays_records(language),
        t::erase_stays_mail(language),
        t::erase_stays_backups(language),
        t::erase_stays_elsewhere(language),
    ];
    texts.map(str::to_owned).to_vec()
}

#[component]
fn Confirm(content: EraseView, language: Language) -> impl IntoView {
    let (typed, error) = content.error.unwrap_or_default();
    let alone = (!content.only_manager_of.is_empty()).then(|| {
        let texts = content.only_manager_of.iter().map(|name| t::erase_only_manager(language, name));
        let texts = texts.map(|text| view! { <p>{text}</p> }).collect_view();
        view! { <Notice kind=NoticeKind::Warning>{texts}</Notice> }
    });
    view! {
        <section>
            {alone}
            <form method="post" class="stack">
                <Field
                    name="email"
                    label=t::erase_address(language)
                    r#type="email"
                    value=typed
                    autocomplete="off"
                    required=true
                    error
                />
                <Button name="do" value="erase">{t::erase_button(language)}</Button>
            </form>
        </section>
    }
}

/// Says that an account is gone.
#[component]
pub fn ErasedPage(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::erase_done_title(language)}</h1>
            <p class="lead">{t::erase_done(language)}</p>
            <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary>
                {t::my_search(language)}
            </ButtonLink>
        </div>
    }
}
