//! The pages that everybody may see.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use domain::Language;
use domain::organisations::StoredOrganisation;
use domain::talents::Fit;
use domain::text::slug;
use domain::vacancies::{Facet, StoredVacancy, VacancyFilter, id_in_slug};
use search::PAGE_SIZE;
use serde::Deserialize;

use hub::{Catalogue, ReadVacancy, excerpt, to_html};
use web::{PageResponse, RequestContext, head, moved, not_found};

use super::fitting::fitting;
use super::search::search;
use super::structured;
use crate::about::{
    AboutPage, AboutPageProps, AccessibilityPage, AccessibilityPageProps, PrivacyPage, PrivacyPageProps,
};
use crate::events::{AgendaPage, AgendaPageProps, EventPage, EventPageProps, EventView};
use crate::home::{HomePage, HomePageProps, HomeView};
use crate::organisations::{
    ListedOrganisation, OrganisationFilter, OrganisationPage, OrganisationPageProps, OrganisationView,
    OrganisationsPage, OrganisationsPageProps, page_query,
};
use crate::vacancies::{
    ClosedVacancy, ClosedVacancyProps, SearchPage, SearchPageProps, SnapshotFiles, VacancyPage,
    VacancyPageProps, VacancyView, search_title,
};
use ui::Gallery;
use words::paths::Page;
use words::texts as t;
const DESCRIPTION_LENGTH: usize = 155;
const NEWEST_AT_HOME: usize = 6;
const ORGANISATIONS_AT_HOME: usize = 6;
const EVENTS_AT_HOME: usize = 4;

fn shown(catalogue: &Catalogue, stored: &StoredOrganisation) -> ListedOrganisation {
    ListedOrganisation { open_vacancies: catalogue.open_vacancies_of(&stored.slug), stored: stored.clone() }
}

pub(crate) fn home(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let hub = state.hub().clone();
    let counts = catalogue.index.search(&VacancyFilter::default()).facets;
    let municipalities = counts
        .iter()
        .find(|counts| counts.facet == Facet::Municipality)
        .map_or(0, |counts| counts.values.len());
    // Those with most open vacancies, so that a visitor looks in where there is something to find.
    let mut busiest: Vec<&StoredOrganisation> = catalogue.organisations.iter().collect();
    busiest.sort_by_key(|stored| std::cmp::Reverse(catalogue.open_vacancies_of(&stored.slug)));
    let shown = HomeView {
        open_vacancies: catalogue.index.len() as u32,
        organisations: catalogue.organisations.len() as u32,
        events: catalogue.coming_events().count() as u32,
        municipalities: municipalities as u32,
        newest: catalogue.index.newest(NEWEST_AT_HOME),
        shown: busiest
            .into_iter()
            .take(ORGANISATIONS_AT_HOME)
            .map(|stored| shown(&catalogue, stored))
            .collect(),
        coming: catalogue.coming_events().take(EVENTS_AT_HOME).cloned().collect(),
        today: catalogue.today,
    };
    let mut head = head(language, Page::Home, hub.headline.get(language), hub.introduction.get(language));
    head.feed = Some(feed_address("", language));
    PageResponse::ok(head).render(context, move || HomePage(HomePageProps { content: shown, hub, language }))
}

fn feed_address(query: &str, language: Language) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}.atom{mark}{query}", Page::Vacancies.path(language))
}

pub(crate) async fn vacancies(context: &RequestContext) -> Result<Response<Body>, store::Error> {
    let (state, language) = (&context.state, context.language);
    let filter = VacancyFilter::parse(context.uri.query().unwrap_or_default());
    let hub = state.hub().clone();
    let talent = fitting(context).await?;
    let found = search(state, &filter, language, talent.as_ref());
    let description = t::search_description(language, hub.region_name.get(language));
    let mut head = head(language, Page::Vacancies, search_title(&filter, language), description);
    head.query = filter.to_query_string();
    head.feed = Some(feed_address(&filter.with_page(1).to_query_string(), language));
    // A search for nothing is no page for a search engine.
    head.is_listed = found.answer.total > 0;
    let snapshot = state.snapshot().map(|snapshot| (*snapshot).clone());
    let snapshot = snapshot.map(|snapshot| SnapshotFiles { core: snapshot.core, texts: snapshot.texts });
    Ok(PageResponse::ok(head).with_islands().render(context, move || {
        SearchPage(SearchPageProps { hub, filter, found, snapshot, talent, language })
    }))
}

pub(crate) async fn vacancy(context: &RequestContext, slug: &str) -> Result<Response<Body>, store::Error> {
    let (state, language) = (&context.state, context.language);
    let Some(id) = id_in_slug(slug) else {
        return Ok(not_found(context));
    };
    let catalogue = state.catalogue();
    let talent = fitting(context).await?;
    let fit = talent.and_then(|talent| catalogue.index.fit(id, &talent)).filter(Fit::is_marked);
    if let Some(read) = catalogue.find_read(id).filter(|read| read.stored.slug() == slug) {
        return Ok(open_vacancy(context, &catalogue, &read, fit));
    }
    let Some(stored) = state.store().find_vacancy(id).await? else {
        return Ok(not_found(context));
    };
    if stored.slug() != slug {
        return Ok(moved(&Page::Vacancy(stored.slug()).path(language)));
    }
    if stored.is_public(catalogue.today) {
        Ok(open_vacancy(context, &catalogue, &catalogue.read(stored), fit))
    } else {
        Ok(closed_vacancy(context, stored))
    }
}

fn open_vacancy(
    context: &RequestContext,
    catalogue: &Catalogue,
    read: &ReadVacancy,
    fit: Option<Fit>,
) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let ReadVacancy { stored, html, similar } = read;
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let organisation = catalogue.find_organisation(&stored.organisation_slug).cloned();
    let page = Page::Vacancy(stored.slug());
    let path = page.path(language);
    let posting = structured::job_posting(stored, organisation.as_ref(), html, &hub, public_url);
    let trail = trail(
        &[(t::nav_vacancies(language), Page::Vacancies), (&stored.vacancy.title, page.clone())],
        language,
        public_url,
    );
    let title = format!("{} · {}", stored.vacancy.title, stored.vacancy.organisation);
    let mut head = head(language, page, title, excerpt(&stored.vacancy.text, DESCRIPTION_LENGTH));
    head.structured_data = vec![posting, trail];
    head.picture = structured::picture(Some(&stored.organisation_slug));
    let shown = VacancyView {
        usual_answer_days: organisation.as_ref().and_then(|stored| state.usual_answer_days(stored.id)),
        fit,
        similar: similar.clone(),
        address: format!("{public_url}{path}"),
        today: catalogue.today,
        stored: stored.clone(),
        organisation,
        html: html.clone(),
    };
    PageResponse::ok(head)
        .with_islands()
        .render(context, move || VacancyPage(VacancyPageProps { content: shown, hub, language }))
}

pub(crate) fn closed_vacancy(context: &RequestContext, stored: StoredVacancy) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let today = catalogue.today;
    let title = stored.vacancy.title.clone();
    let organisation = stored.vacancy.organisation.clone();
    let head = head(language, Page::Vacancy(stored.slug()), title.clone(), t::closed_title(language));
    let similar = catalogue.similar_to_closed(stored);
    PageResponse::ok(head).with_status(StatusCode::GONE).render(context, move || {
        ClosedVacancy(ClosedVacancyProps { title, organisation, similar, today, language })
    })
}

/// The way to a page, for search engines.
fn trail(steps: &[(&str, Page)], language: Language, public_url: &str) -> String {
    let home = (t::nav_home(language).to_owned(), Page::Home.path(language));
    let steps = steps.iter().map(|(name, page)| ((*name).to_owned(), page.path(language)));
    structured::breadcrumbs(&std::iter::once(home).chain(steps).collect::<Vec<_>>(), public_url)
}

pub(crate) fn organisations(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let hub = state.hub().clone();
    let filter = OrganisationFilter::of(&context.query());
    let all = &catalogue.organisations;
    let list: Vec<ListedOrganisation> = all
        .iter()
        .filter(|stored| filter.wants(stored, &hub.region))
        .map(|stored| shown(&catalogue, stored))
        .collect();
    let sectors = names(all.iter().map(|stored| stored.organisation.sector.as_str()));
    let municipalities = names(
        all.iter()
            .filter_map(|stored| hub.region.find_place(&stored.organisation.place))
            .map(|place| place.municipality.as_str()),
    );
    let description = t::organisations_description(language, hub.region_name.get(language));
    let mut head = head(language, Page::Organisations, t::organisations_heading(language), description);
    head.query = filter.to_query_string();
    head.is_listed = !list.is_empty();
    PageResponse::ok(head).render(context, move || {
        OrganisationsPage(OrganisationsPageProps {
            filter,
            shown: list,
            sectors,
            municipalities,
            hub,
            language,
        })
    })
}

/// The part of the address of a list behind the `?`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    /// The number of a page of it.
    #[serde(rename = "pagina")]
    page: String,
}

/// The page of a list that an address asks for; the first when it does not say.
fn asked_page(context: &RequestContext) -> u32 {
    context.query::<ListQuery>().page.parse().unwrap_or(1).max(1)
}

/// Each name once, in order.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_by_key(|name| slug(name));
    names.dedup();
    names
}

pub(crate) fn organisation(context: &RequestContext, slug: &str) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let Some(stored) = catalogue.find_organisation(slug).cloned() else {
        return not_found(context);
    };
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let (text, text_language) = stored.organisation.text.get_with_language(language);
    let description = excerpt(text, DESCRIPTION_LENGTH);
    let html = to_html(text);
    let page = Page::Organisation(stored.slug.clone());
    let data = structured::organisation(&stored, &excerpt(text, 1_000), &hub, public_url, language);
    let name = stored.organisation.name.clone();
    let trail = trail(
        &[(t::nav_organisations(language), Page::Organisations), (&name, page.clone())],
        language,
        public_url,
    );
    let vacancies = catalogue.index.of_organisation(&stored.slug);
    let pages = (vacancies.len().div_ceil(PAGE_SIZE) as u32).max(1);
    let here = asked_page(context).min(pages);
    let mut head = head(language, page, name.clone(), description);
    head.query = page_query(here);
    head.structured_data = vec![data, trail];
    head.picture = structured::picture(Some(&stored.slug));
    let shown = OrganisationView {
        vacancies: vacancies.into_iter().skip((here as usize - 1) * PAGE_SIZE).take(PAGE_SIZE).collect(),
        page: here,
        pages,
        events: catalogue
            .coming_events()
            .filter(|event| event.host_slug.as_deref() == Some(&stored.slug))
            .cloned()
            .collect(),
        today: catalogue.today,
        stored,
        html,
        text_language,
    };
    PageResponse::ok(head)
        .render(context, move || OrganisationPage(OrganisationPageProps { content: shown, hub, language }))
}

pub(crate) fn agenda(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let hub = state.hub();
    let coming = catalogue.coming_events().cloned().collect();
    let past = catalogue
        .events
        .iter()
        .rev()
        .filter(|stored| stored.event.ends_at.date() < catalogue.today)
        .cloned()
        .collect();
    let description = t::agenda_description(language, hub.region_name.get(language));
    let head = head(language, Page::Events, t::agenda_heading(language), description);
    PageResponse::ok(head).render(context, move || AgendaPage(AgendaPageProps { coming, past, language }))
}

pub(crate) fn event(context: &RequestContext, slug: &str) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let catalogue = state.catalogue();
    let Some(stored) = id_in_slug(slug).and_then(|id| catalogue.find_event(id)).cloned() else {
        return not_found(context);
    };
    if stored.slug() != slug {
        return moved(&Page::Event(stored.slug()).path(language));
    }
    let hub = state.hub().clone();
    let public_url = &state.settings().public_url;
    let description = excerpt(&stored.event.text, DESCRIPTION_LENGTH);
    let page = Page::Event(stored.slug());
    let data = structured::event(&stored, &description, &hub, public_url, language);
    let title = stored.event.title.clone();
    let trail =
        trail(&[(t::nav_events(language), Page::Events), (&title, page.clone())], language, public_url);
    let mut head = head(language, page, title.clone(), description);
    head.structured_data = vec![data, trail];
    head.picture = structured::picture(stored.host_slug.as_deref());
    let shown = EventView { html: to_html(&stored.event.text), stored, now: hub::local(context.moment.now) };
    PageResponse::ok(head)
        .render(context, move || EventPage(EventPageProps { content: shown, hub, language }))
}

pub(crate) fn about(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let hub = state.hub().clone();
    let (text, text_language) = hub.about.get_with_language(language);
    let html = to_html(text);
    let title = t::about_heading(language, &hub.name);
    let head = head(language, Page::About, title, t::about_description(language, &hub.name));
    PageResponse::ok(head)
        .render(context, move || AboutPage(AboutPageProps { html, text_language, hub, language }))
}

pub(crate) fn privacy(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let hub = state.hub().clone();
    let head = head(language, Page::Privacy, t::privacy_heading(language), t::privacy_description(language));
    PageResponse::ok(head).render(context, move || PrivacyPage(PrivacyPageProps { hub, language }))
}

pub(crate) fn accessibility(context: &RequestContext) -> Response<Body> {
    let (state, language) = (&context.state, context.language);
    let hub = state.hub().clone();
    let head = head(
        language,
        Page::Accessibility,
        t::accessibility_heading(language),
        t::accessibility_description(language),
    );
    PageResponse::ok(head)
        .render(context, move || AccessibilityPage(AccessibilityPageProps { hub, language }))
}

pub(crate) fn style(context: &RequestContext) -> Response<Body> {
    let language = context.language;
    let head = head(language, Page::Style, t::style_title(language), t::style_title(language));
    // Its tables need the style of pages of one's own.
    PageResponse::ok(head).private().render(context, Gallery)
}
