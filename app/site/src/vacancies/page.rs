//! The page of one vacancy, and what is left of it when it has closed.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::Language;
use domain::hub::Hub;
use domain::organisations::StoredOrganisation;
use domain::talents::Fit;
use domain::text::encode;
use domain::vacancies::{Remote, StoredVacancy, VacancyCard};
use leptos::prelude::*;

use super::VacancyCards;
use crate::share::PageShare;
use ui::{
    Badge, Breadcrumbs, ButtonKind, ButtonLink, Fact, FactList, Icon, Link, Notice, NoticeKind, PageHeader,
    Prose, SectionHeading,
};
use words::labels::fit_words;
use words::paths::Page;
use words::{format, labels, texts as t};

/// The content of a vacancy's page.
#[derive(Clone, Debug)]
pub struct VacancyView {
    /// The vacancy.
    pub stored: StoredVacancy,
    /// The organisation that offers it.
    pub organisation: Option<StoredOrganisation>,
    /// Within how many days the organisation usually answers.
    pub usual_answer_days: Option<u32>,
    /// How well it fits the talent who reads, when it does.
    pub fit: Option<Fit>,
    /// Its text as sanitised HTML.
    pub html: String,
    /// Vacancies that resemble it.
    pub similar: Vec<VacancyCard>,
    /// The day on which it is read.
    pub today: NaiveDate,
    /// Its address in the world, for sharing.
    pub address: String,
}

/// The page of an open vacancy: all that is known, and nothing that isn't.
#[component]
pub fn VacancyPage(
    /// The content.
    content: VacancyView,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let VacancyView { stored, organisation, usual_answer_days, fit, html, similar, today, address } = content;
    let fit = fit.map(|fit| format!("{} · {}", t::fit_title(language), fit_words(&fit, language)));
    let facts = facts(&stored, &hub, language);
    let qr = format!("/qr/{}/{}.svg", language.code(), stored.slug());
    let apply = Page::Apply(stored.slug()).path(language);
    let save = format!("{}?vacature={}", Page::Saved.path(language), stored.slug());
    let vacancy = stored.vacancy;
    let is_foreign = (vacancy.language != language).then(|| vacancy.language.code());
    let foreign_notice = is_foreign.map(|_| {
        let named = labels::language_name(vacancy.language, language);
        view! { <p class="hint">{t::vacancy_written_in(language, named)}</p> }
    });
    let organisation_path = Page::Organisation(stored.organisation_slug).path(language);
    let days_left = (vacancy.closes_on - today).num_days();
    let soon = (days_left <= 7)
        .then(|| view! { <li><Badge>{t::vacancy_closes_in(language, days_left.max(0) as u32)}</Badge></li> });
    let trail = vec![
        Link::new(Page::Home.path(language), t::nav_home(language)),
        Link::new(Page::Vacancies.path(language), t::nav_vacancies(language)),
    ];
    let share_text = format!("{} · {}", vacancy.title, vacancy.organisation);
    view! {
        <div class="wrap">
            <Breadcrumbs label=t::nav_trail(language) links=trail />
            <div class="page-with-aside">
                <PageHeader
                    owner=vacancy.organisation.clone()
                    href=organisation_path.clone()
                    logo=stored.organisation_logo.map(|logo| format!("/logos/{logo}"))
                    place=vacancy.place.clone()
                    title=vacancy.title.clone()
                    language=is_foreign
                    facts=[
                        labels::vacancy_kind(vacancy.kind, language).to_owned(),
                        labels::levels(&vacancy.levels, language),
                    ]
                >
                    {soon}
                </PageHeader>
                <aside aria-label=t::vacancy_facts(language)>
                    <div class="panel">
                        <FactList facts />
                        <Reach apply save fit usual_answer_days organisation organisation_path title=vacancy.title.clone() reference=vacancy.reference.clone() language />
                    </div>
                    <PageShare text=share_text address qr language />
                </aside>
                <article>
                    {foreign_notice}
                    <Prose html language=is_foreign />
                    <Skills skills=vacancy.skills.clone() language />
                </article>
            </div>
        </div>
        <Similar cards=similar today language />
    }
}

/// All that is known about the place, in the order in which people ask.
fn facts(stored: &StoredVacancy, hub: &Hub, language: Language) -> Vec<Fact> {
    let vacancy = &stored.vacancy;
    let fields: Vec<&str> =
        vacancy.study_fields.iter().map(|field| hub.study_field_name(field, language)).collect();
    let place = hub.region.find_place(&vacancy.place).map_or_else(
        || vacancy.place.clone(),
        |place| {
            if place.municipality == place.name {
                place.name.clone()
            } else {
                format!("{}, {}", place.name, place.municipality)
            }
        },
    );
    [
        Some(Fact::new(t::fact_level(language), labels::levels(&vacancy.levels, language))),
        (!fields.is_empty()).then(|| Fact::new(t::fact_study_fields(language), fields.join(", "))),
        Some(Fact::new(t::fact_place(language), place)),
        vacancy.pay.map(|pay| {
            Fact::new(t::fact_pay(language), t::fact_pay_month(language, format::pay(pay, language)))
        }),
        labels::travel_allowance(vacancy.travel_allowance, language)
            .map(|paid| Fact::new(t::fact_travel(language), paid)),
        vacancy
            .hours_per_week
            .map(|hours| Fact::new(t::fact_hours(language), t::fact_hours_week(language, u32::from(hours)))),
        vacancy
            .weeks
            .map(|weeks| Fact::new(t::fact_duration(language), t::vacancy_weeks(language, u32::from(weeks)))),
        Some(Fact::new(
            t::fact_start(language),
            vacancy.starts_on.map_or_else(
                || t::fact_by_arrangement(language).to_owned(),
                |day| format::date(day, language),
            ),
        )),
        Some(Fact::new(t::fact_closes(language), format::date(vacancy.closes_on, language))),
        (vacancy.remote != Remote::No)
            .then(|| Fact::new(t::fact_remote(language), labels::remote(vacancy.remote, language))),
        vacancy
            .is_cross_border
            .then(|| Fact::new(t::fact_cross_border(language), t::fact_cross_border_yes(language))),
        (vacancy.seats > 1).then(|| Fact::new(t::fact_seats(language), vacancy.seats.to_string())),
        Some(Fact::new(t::fact_sector(language), hub.sector_name(&stored.sector, language))),
        vacancy.published_on.map(|day| Fact::new(t::fact_published(language), format::date(day, language))),
        Some(Fact::new(t::fact_reference(language), vacancy.reference.clone())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[component]
fn Skills(skills: Vec<String>, language: Language) -> impl IntoView {
    (!skills.is_empty()).then(|| {
        view! {
            <section class="skills">
                <h2>{t::vacancy_skills(language)}</h2>
                <ul class="tags">{skills.into_iter().map(|skill| view! { <li>{skill}</li> }).collect_view()}</ul>
            </section>
        }
    })
}

/// How to reach the organisation, as far as it said so.
#[component]
fn Reach(
    apply: String,
    save: String,
    fit: Option<String>,
    usual_answer_days: Option<u32>,
    organisation: Option<StoredOrganisation>,
    organisation_path: String,
    title: String,
    reference: String,
    language: Language,
) -> impl IntoView {
    let known = organisation.map(|stored| stored.organisation);
    let email = known.as_ref().and_then(|known| known.email.clone());
    let website = known.as_ref().and_then(|known| known.website.clone());
    let person = known.and_then(|known| known.contact_name).filter(|_| email.is_some());
    let has_way = email.is_some() || website.is_some();
    let mail = email.map(|email| {
        let subject = encode(&format!("{title} ({reference})"));
        view! {
            <ButtonLink href=format!("mailto:{email}?subject={subject}") icon=Icon::Mail>
                {t::vacancy_mail(language)}
            </ButtonLink>
        }
    });
    let site = website.map(|website| {
        view! { <ButtonLink href=website icon=Icon::Globe>{t::vacancy_website(language)}</ButtonLink> }
    });
    let answers =
        usual_answer_days.map(|days| view! { <p class="hint">{t::apply_usual_answer(language, days)}</p> });
    view! {
        <div class="reach">
            <h2>{t::vacancy_reach(language)}</h2>
            {fit.map(|fit| view! { <p class="mark">{fit}</p> })}
            <ButtonLink href=apply kind=ButtonKind::Primary>{t::vacancy_apply(language)}</ButtonLink>
            <ButtonLink href=save>{t::saved_save(language)}</ButtonLink>
            {answers}
            {person.map(|person| view! { <p>{t::vacancy_ask_for(language, person)}</p> })}
            {(!has_way).then(|| view! { <p>{t::vacancy_no_way(language)} " " <a href=organisation_path>{t::vacancy_to_organisation(language)}</a></p> })}
            {mail}
            {site}
        </div>
    }
}

#[component]
fn Similar(cards: Vec<VacancyCard>, today: NaiveDate, language: Language) -> impl IntoView {
    (!cards.is_empty()).then(|| {
        view! {
            <section class="wrap section no-print">
                <SectionHeading title=t::vacancy_similar(language) more=None />
                <VacancyCards cards today language />
            </section>
        }
    })
}

/// What is left of a vacancy that has closed: what it was, and what resembles it.
#[component]
pub fn ClosedVacancy(
    /// The vacancy that was here.
    title: String,
    /// Whose it was.
    organisation: String,
    /// Open vacancies that resemble it.
    similar: Vec<VacancyCard>,
    /// The day on which it is read.
    today: NaiveDate,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap section">
            <h1>{t::closed_title(language)}</h1>
            <Notice kind=NoticeKind::Info>
                <p>{t::closed_text(language, organisation, title)}</p>
            </Notice>
            <p>
                <ButtonLink href=Page::Vacancies.path(language) kind=ButtonKind::Primary icon=Icon::Search>
                    {t::closed_search(language)}
                </ButtonLink>
            </p>
        </div>
        <Similar cards=similar today language />
    }
}
