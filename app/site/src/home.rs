//! The home page: what the hub is, and the shortest way in.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::Language;
use domain::events::StoredEvent;
use domain::hub::Hub;
use domain::vacancies::{Facet, VacancyCard, VacancyFilter, VacancyKind};
use leptos::prelude::*;

use crate::events::EventList;
use crate::organisations::{ListedOrganisation, OrganisationTile};
use crate::vacancies::VacancyCards;
use ui::{Band, Link, SearchBox, SectionHeading, Stat, TileGrid, static_html};
use words::paths::Page;
use words::{format, labels, texts as t};

/// The content of the home page.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// How many vacancies are open.
    pub open_vacancies: u32,
    /// How many organisations there are.
    pub organisations: u32,
    /// How many events are coming.
    pub events: u32,
    /// In how many municipalities there is a vacancy.
    pub municipalities: u32,
    /// The newest vacancies.
    pub newest: Vec<VacancyCard>,
    /// Some organisations.
    pub shown: Vec<ListedOrganisation>,
    /// The next events.
    pub coming: Vec<StoredEvent>,
    /// The day on which it is read.
    pub today: NaiveDate,
}

/// The home page.
#[component]
pub fn HomePage(
    /// The content.
    content: HomeView,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let HomeView { open_vacancies, organisations, events, municipalities, newest, shown, coming, today } =
        content;
    let kinds = VacancyKind::ALL
        .iter()
        .map(|kind| {
            let filter = VacancyFilter::default().with(Facet::Kind, &kind.slug());
            let href = format!("{}?{}", Page::Vacancies.path(language), filter.to_query_string());
            view! { <li><a class="chip" href=href>{labels::vacancy_kind(*kind, language)}</a></li> }
        })
        .collect_view();
    let tiles = shown.into_iter().map(|shown| view! { <OrganisationTile shown language /> }).collect_view();
    let tiles = static_html(view! { <TileGrid>{tiles}</TileGrid> });
    let cards = static_html(view! { <VacancyCards cards=newest today language /> });
    let search = static_html(view! { <SearchBox hub=hub.clone() language /> });
    let meetings = (!coming.is_empty()).then(|| {
        let more = Link::new(Page::Events.path(language), t::home_all_events(language));
        static_html(view! {
            <section class="wrap section">
                <SectionHeading title=t::home_events(language) more=Some(more) />
                <EventList events=coming language />
            </section>
        })
    });
    let all_vacancies = Link::new(
        Page::Vacancies.path(language),
        t::home_all_vacancies(language, open_vacancies, format::number(open_vacancies, language)),
    );
    let all_organisations =
        Link::new(Page::Organisations.path(language), t::home_all_organisations(language));
    view! {
        <section class="home-hero">
            <div class="wrap hero">
                <h1>{hub.headline.get(language).to_owned()}</h1>
                <p>{hub.introduction.get(language).to_owned()}</p>
                {search}
                <ul class="chips" aria-label=t::home_kinds(language)>{kinds}</ul>
            </div>
            <Band name=hub.name.clone() />
        </section>
        <section class="wrap section" aria-label=t::home_figures(language)>
            <dl class="stats">
                <Stat figure=format::number(open_vacancies, language) label=t::home_figure_vacancies(language) />
                <Stat figure=format::number(organisations, language) label=t::home_figure_organisations(language) />
                <Stat figure=format::number(municipalities, language) label=t::home_figure_municipalities(language) />
                <Stat figure=format::number(events, language) label=t::home_figure_events(language) />
            </dl>
        </section>
        <section class="wrap section">
            <SectionHeading title=t::home_newest(language) more=Some(all_vacancies) />
            {cards}
        </section>
        <section class="wrap section">
            <SectionHeading title=t::home_organisations(language) more=Some(all_organisations) />
            {tiles}
        </section>
        {meetings}
    }
}
