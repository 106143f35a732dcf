//! What is one's own, in one place.

use chrono::NaiveDate;
use domain::Language;
use domain::accounts::{Membership, Viewer};
use domain::applications::ApplicationRow;
use domain::talents::Fit;
use domain::vacancies::VacancyCard;
use leptos::prelude::*;

use ui::{Badge, ButtonKind, ButtonLink, Link, Tile, TileGrid, static_html};
use words::labels::fit_words;
use words::paths::Page;
use words::texts as t;
use words::{format, labels};

/// A mail that could not be sent.
#[derive(Clone, Debug)]
pub struct FailedMail {
    /// Where it was to go.
    pub to: String,
    /// The day on which it was written.
    pub day: NaiveDate,
    /// Why it failed, in the words of the mail server.
    pub failure: String,
    /// Whether it is tried again.
    pub is_tried_again: bool,
}

/// Where somebody stands who is signed in, and the ways from there.
#[component]
pub fn MyPage(
    /// The person who is signed in.
    viewer: Viewer,
    /// The person's applications, the newest first.
    applications: Vec<ApplicationRow>,
    /// The vacancies that fit the person best, with the reasons.
    fits: Vec<(VacancyCard, Fit)>,
    /// For staff who look after people: applications that have waited for an answer for a month, each with the day since when.
    silent: Vec<(ApplicationRow, NaiveDate)>,
    /// For staff who look after people: mail that could not be sent, the newest first.
    failed: Vec<FailedMail>,
    /// For staff who look after people: the pages of the programme office.
    office: Vec<Link>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let greeting = match &viewer.name {
        Some(name) => t::my_greeting(language, name),
        None => t::my_title(language).to_owned(),
    };
    let organisations = (!viewer.memberships.is_empty())
        .then(|| view! { <Organisations memberships=viewer.memberships.clone() language /> });
    let staff = viewer
        .staff_role
        .map(|role| view! { <p>{t::my_staff(language, labels::staff_role(role, language))}</p> });
    // Who works here need not be told of applications of one's own that there are not.
    let is_talent = viewer.memberships.is_empty() && viewer.staff_role.is_none();
    let own =
        (is_talent || !applications.is_empty()).then(|| view! { <Applications applications language /> });
    let undelivered = (!failed.is_empty()).then(|| view! { <Undelivered mails=failed language /> });
    let fits = is_talent.then(|| view! { <Fits fits language /> });
    let waiting = (!silent.is_empty()).then(|| view! { <Silent rows=silent language /> });
    let office =
        office.into_iter().map(|page| view! { <ButtonLink href=page.href>{page.label}</ButtonLink> });
    let office = office.collect_view();
    view! {
        <div class="wrap page-top">
            <h1>{greeting}</h1>
            <p class="lead">{t::my_lead(language, viewer.email.clone())}</p>
            {staff}
            <p class="actions">
                <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary>
                    {t::my_search(language)}
                </ButtonLink>
                <ButtonLink href=Page::Profile.path(language)>{t::profile_title(language)}</ButtonLink>
                <ButtonLink href=Page::Saved.path(language)>{t::saved_title(language)}</ButtonLink>
                <ButtonLink href=Page::Alerts.path(language)>{t::alert_title(language)}</ButtonLink>
                <ButtonLink href=Page::Account.path(language)>{t::my_account(language)}</ButtonLink>
                {office}
            </p>
            {organisations}
            {waiting}
            {undelivered}
            {own}
            {fits}
        </div>
    }
}

#[component]
fn Organisations(memberships: Vec<Membership>, language: Language) -> impl IntoView {
    let colleagues = memberships
        .iter()
        .map(|membership| {
            let page = Page::Colleagues(membership.slug.clone()).path(language);
            let label = t::people_colleagues_title(language, &membership.organisation);
            view! { <ButtonLink href=page>{label}</ButtonLink> }
        })
        .collect_view();
    let tiles = memberships
        .into_iter()
        .map(|membership| {
            view! {
                <Tile
                    href=Page::ReceivedApplications(membership.slug).path(language)
                    name=membership.organisation
                    meta=format!("{} · {}", t::member_received(language), labels::member_role(membership.role, language))
                />
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t::my_organisations(language)}</h2>
            <TileGrid>{tiles}</TileGrid>
            <p class="actions">{colleagues}</p>
        </section>
    }
}

#[component]
fn Applications(applications: Vec<ApplicationRow>, language: Language) -> impl IntoView {
    let list = if applications.is_empty() {
        static_html(view! { <p>{t::application_none(language)}</p> })
    } else {
        let rows = applications
            .into_iter()
            .map(|row| {
                let page = Page::Application(row.id.to_string()).path(language);
                view! {
                    <li>
                        <span>
                            <a href=page>{row.vacancy.title}</a>
                            " · "{row.vacancy.organisation}
                        </span>
                        <Badge is_over=row.state.is_over()>{labels::application_state(row.state, language)}</Badge>
                    </li>
                }
            })
            .collect_view();
        static_html(view! { <ul class="rows">{rows}</ul> })
    };
    view! {
        <section class="section">
            <h2>{t::application_mine(language)}</h2>
            {list}
        </section>
    }
}

/// What fits a talent, or what to do to see it.
#[component]
fn Fits(fits: Vec<(VacancyCard, Fit)>, language: Language) -> impl IntoView {
    let list = if fits.is_empty() {
        static_html(view! { <p><a href=Page::Profile.path(language)>{t::fit_none(language)}</a></p> })
    } else {
        let rows = fits
            .into_iter()
            .map(|(card, fit)| {
                let page = Page::Vacancy(card.slug()).path(language);
                view! {
                    <li>
                        <span>
                            <a href=page>{card.title}</a>
                            " · "
                            {card.organisation}
                        </span>
                        <span class="hint">{fit_words(&fit, language)}</span>
                    </li>
                }
            })
            .collect_view();
        static_html(view! { <ul class="rows">{rows}</ul> })
    };
    view! {
        <section class="section">
            <h2>{t::fit_title(language)}</h2>
            {list}
        </section>
    }
}

/// What organisations leave without an answer: the office asks them.
#[component]
fn Silent(rows: Vec<(ApplicationRow, NaiveDate)>, language: Language) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|(row, since)| {
            let page = Page::Vacancy(row.vacancy.slug).path(language);
            view! {
                <li>
                    <span>
                        <a href=page>{row.vacancy.title}</a>
                        " · "
                        {row.vacancy.organisation}
                    </span>
                    <span class="hint">
                        {t::application_since(language, format::date(since, language))}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t::my_silent(language)}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

/// Mail that could not be sent: somebody waits for it.
#[component]
fn Undelivered(mails: Vec<FailedMail>, language: Language) -> impl IntoView {
    let rows = mails
        .into_iter()
        .map(|mail| {
            let next = if mail.is_tried_again {
                t::my_undelivered_again(language)
            } else {
                t::my_undelivered_over(language)
            };
            view! {
                <li>
                    <div>
                        {mail.to}
                        <p class="hint">{mail.failure}</p>
                    </div>
                    <span class="hint">{format::date(mail.day, language)}" · "{next}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t::my_undelivered(language)}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}
