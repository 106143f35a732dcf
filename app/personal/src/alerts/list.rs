//! All that comes to an address by itself, in one place.

use domain::Language;
use domain::accounts::EmailAddress;
use domain::alerts::{Alert, MOST_ALERTS};
use leptos::prelude::*;

use super::commands::AlertsFlash;
use super::frequencies::frequencies;
use crate::accounts::AccountOffer;
use ui::{Badge, Button, ButtonKind, ButtonLink, EmptyState, Notice, NoticeKind, static_html};
use words::paths::Page;
use words::paths::search_address;
use words::texts as t;

/// What comes to an address by itself.
#[derive(Clone, Debug)]
pub struct AlertsView {
    /// The address.
    pub email: EmailAddress,
    /// The alerts, the oldest first.
    pub alerts: Vec<Alert>,
    /// Whether who looks came by a link and is not signed in.
    pub is_by_link: bool,
    /// The result of the last change.
    pub done: Option<AlertsFlash>,
    /// Whether an alert could not be confirmed, as there are too many.
    pub are_too_many: bool,
}

/// The page of all alerts.
#[component]
pub fn AlertsPage(
    /// Its content.
    content: AlertsView,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let AlertsView { email, alerts, is_by_link, done, are_too_many } = content;
    let done = done.map(|done| {
        let text = match done {
            AlertsFlash::On => t::alert_done_on(language),
            AlertsFlash::Changed => t::alert_done_changed(language),
            AlertsFlash::Off => t::alert_done_off(language),
        };
        view! { <Notice><p>{text}</p></Notice> }
    });
    let too_many = are_too_many.then(|| {
        let text = t::alert_too_many(language, MOST_ALERTS as u32);
        view! { <Notice kind=NoticeKind::Warning><p>{text}</p></Notice> }
    });
    let has_several = alerts.len() > 1;
    let is_empty = alerts.is_empty();
    // First the address is confirmed.
    let offer = (is_by_link && alerts.iter().any(|alert| alert.is_confirmed)).then(|| {
        let (text, email) = (t::alert_account(language), email.clone());
        view! { <AccountOffer text email wanted=Page::Alerts language /> }
    });
    let (followed, searches): (Vec<Alert>, Vec<Alert>) =
        alerts.into_iter().partition(|alert| alert.followed().is_some());
    let section = |id: &'static str, title: &'static str, alerts: Vec<Alert>| {
        (!alerts.is_empty()).then(|| {
            let rows = alerts.into_iter().map(|alert| view! { <AlertRow alert language /> }).collect_view();
            static_html(view! {
                <section aria-labelledby=id>
                    <h2 id=id>{title}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            })
        })
    };
    let empty = is_empty.then(|| {
        view! {
            <EmptyState name="meldingen" title=t::alert_none(language)>
                <p>{t::alert_none_hint(language)}</p>
                <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary>
                    {t::my_search(language)}
                </ButtonLink>
            </EmptyState>
        }
    });
    let all = has_several.then(|| {
        view! {
            <form method="post">
                <Button name="do" value="stop-all">{t::alert_stop_all(language)}</Button>
            </form>
        }
    });
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::alert_title(language)}</h1>
            <p class="lead">{t::alert_lead(language, email)}</p>
            {done}
            {too_many}
            {empty}
            {section("searches", t::alert_searches(language), searches)}
            {section("followed", t::alert_followed(language), followed)}
            {all}
            {offer}
        </div>
    }
}

#[component]
fn AlertRow(alert: Alert, language: Language) -> impl IntoView {
    let Alert { id, filter, title, frequency, is_confirmed } = alert;
    let page = match filter.only_organisation() {
        Some(slug) => Page::Organisation(slug.to_owned()).path(language),
        None => search_address(&filter, language),
    };
    let stops = title.clone();
    let change = if is_confirmed {
        let options = frequencies(frequency, language)
            .into_iter()
            .map(|option| view! { <option value=option.value selected=option.is_selected>{option.label}</option> })
            .collect_view();
        let label = t::alert_frequency_of(language, &title);
        static_html(view! {
            <select name="frequency" aria-label=label>{options}</select>
            <Button name="do" value="change">{t::alert_save(language)}</Button>
        })
    } else {
        static_html(view! {
            <Badge>{t::alert_waits(language)}</Badge>
            <Button kind=ButtonKind::Primary name="do" value="confirm">{t::alert_confirm(language)}</Button>
        })
    };
    view! {
        <li>
            <a href=page>{title}</a>
            <form method="post" class="actions">
                <input type="hidden" name="alert" value=id.to_string() />
                {change}
                <Button name="do" value="stop">
                    {t::alert_stop(language)}
                    <span class="hidden">": "{stops}</span>
                </Button>
            </form>
        </li>
    }
}

/// A link that leads to no alerts any more.
#[component]
pub fn AlertsGonePage(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap page-top narrow">
            <h1>{t::sign_in_fault_title(language)}</h1>
            <p class="lead">{t::alert_gone(language)}</p>
            <p class="actions">
                <ButtonLink href=Page::Alerts.path(language) kind=ButtonKind::Primary>
                    {t::alert_title(language)}
                </ButtonLink>
                <ButtonLink href=Page::Vacancies.path(language)>{t::my_search(language)}</ButtonLink>
            </p>
        </div>
    }
}
