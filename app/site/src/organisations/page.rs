//! The page of one organisation.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::Language;
use domain::events::StoredEvent;
use domain::hub::Hub;
use domain::organisations::StoredOrganisation;
use domain::vacancies::{Facet, VacancyCard, VacancyFilter};
use leptos::prelude::*;

use crate::events::EventList;
use crate::vacancies::VacancyCards;
use ui::{
    Breadcrumbs, ButtonKind, ButtonLink, EmptyState, Fact, FactList, Icon, Link, OrganisationMark, Pager,
    PlotSize, Prose, SectionHeading, page_links, static_html,
};
use words::paths::Page;
use words::paths::new_alert_address;
use words::{format, labels, texts as t};

/// The content of an organisation's page.
#[derive(Clone, Debug)]
pub struct OrganisationView {
    /// The organisation.
    pub stored: StoredOrganisation,
    /// Its text, as sanitised HTML.
    pub html: String,
    /// The language of that text.
    pub text_language: Language,
    /// A page of its open vacancies, newest first.
    pub vacancies: Vec<VacancyCard>,
    /// Which page of them it is; the first is 1.
    pub page: u32,
    /// How many pages of them there are.
    pub pages: u32,
    /// The coming events of which it is the host.
    pub events: Vec<StoredEvent>,
    /// The day on which it is read.
    pub today: NaiveDate,
}

/// Where its vacancies are on the page.
const VACANCIES: &str = "vacancies";

/// The page of one organisation.
#[component]
pub fn OrganisationPage(
    /// The content.
    content: OrganisationView,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let OrganisationView { stored, html, text_language, vacancies, page, pages, events, today } = content;
    let pager = pager(&stored.slug, page, pages, language);
    let facts = facts(&stored, &hub, language);
    let followed = VacancyFilter::default().with(Facet::Organisation, &stored.slug);
    let follow = new_alert_address(&followed, language);
    let organisation = stored.organisation;
    let is_foreign = (text_language != language).then(|| text_language.code());
    let trail = vec![
        Link::new(Page::Home.path(language), t::nav_home(language)),
        Link::new(Page::Organisations.path(language), t::nav_organisations(language)),
    ];
    let open = if vacancies.is_empty() {
        static_html(view! {
            <EmptyState name=organisation.name.clone() title=t::organisation_no_vacancies(language)>
                <ButtonLink href=Page::Vacancies.path(language)>{t::organisation_other_vacancies(language)}</ButtonLink>
            </EmptyState>
        })
    } else {
        static_html(view! {
            <VacancyCards cards=vacancies today language />
            {pager}
        })
    };
    let meetings = (!events.is_empty()).then(|| {
        view! {
            <section class="section">
                <SectionHeading title=t::organisation_events(language) more=None />
                <EventList events language />
            </section>
        }
    });
    let website = organisation.website.clone().map(|website| {
        view! {
            <ButtonLink href=website kind=ButtonKind::Primary icon=Icon::Globe>{t::vacancy_website(language)}</ButtonLink>
        }
    });
    let mail = organisation.email.clone().map(|email| {
        view! { <ButtonLink href=format!("mailto:{email}") icon=Icon::Mail>{t::vacancy_mail(language)}</ButtonLink> }
    });
    view! {
        <div class="wrap">
            <Breadcrumbs label=t::nav_trail(language) links=trail />
            <div class="page-with-aside">
                <header class="page-header">
                    <OrganisationMark
                        name=organisation.name.clone()
                        logo=organisation.logo.map(|logo| format!("/logos/{logo}"))
                        size=PlotSize::Large
                    />
                    <h1>{organisation.name}</h1>
                    <ul class="facts">
                        <li class="kind">{labels::organisation_kind(organisation.kind, language)}</li>
                        <li>{organisation.place}</li>
                    </ul>
                </header>
                <aside aria-label=t::vacancy_facts(language)>
                    <div class="panel">
                        <FactList facts />
                        <div class="reach">
                            {website}
                            {mail}
                            <ButtonLink href=follow>{t::alert_follow(language)}</ButtonLink>
                        </div>
                    </div>
                </aside>
                <article>
                    <Prose html language=is_foreign />
                    <section class="section" id=VACANCIES>
                        <SectionHeading title=t::organisation_vacancies(language) more=None />
                        {open}
                    </section>
                    {meetings}
                </article>
            </div>
        </div>
    }
}

/// The way through its vacancies, which leads past what stands above them.
fn pager(slug: &str, here: u32, last: u32, language: Language) -> impl IntoView + use<> {
    let path = Page::Organisation(slug.to_owned()).path(language);
    let address = |page: u32| {
        let query = page_query(page);
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{path}{mark}{query}#{VACANCIES}")
    };
    let pages = page_links(here, last, address);
    let previous = (here > 1).then(|| Link::new(address(here - 1), t::pager_previous(language)));
    let next = (here < last).then(|| Link::new(address(here + 1), t::pager_next(language)));
    view! { <Pager label=t::pager_label(language) pages previous next /> }
}

/// What follows the `?` in the address of a page of its vacancies.
pub fn page_query(page: u32) -> String {
    if page > 1 { format!("pagina={page}") } else { String::new() }
}

fn facts(stored: &StoredOrganisation, hub: &Hub, language: Language) -> Vec<Fact> {
    let organisation = &stored.organisation;
    [
        Some(Fact::new(t::fact_sector(language), hub.sector_name(&organisation.sector, language))),
        Some(Fact::new(t::fact_place(language), organisation.place.clone())),
        organisation
            .employees
            .map(|number| Fact::new(t::fact_employees(language), format::number(number, language))),
        organisation.contact_name.clone().map(|name| Fact::new(t::fact_contact(language), name)),
        organisation
            .member_since
            .map(|day| Fact::new(t::fact_member_since(language), day.format("%Y").to_string())),
        organisation.member_since.map(|_| {
            Fact::new(
                t::fact_branding(language),
                labels::brand_grade(organisation.brand_grade, &hub.name, language),
            )
        }),
        organisation.kvk_number.clone().map(|number| Fact::new(t::fact_kvk(language), number)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
