//! The search page: box, facets, results; the whole state in the address.

use std::sync::Arc;

use chrono::Datelike;
use domain::Language;
use domain::hub::Hub;
use domain::talents::Fitting;
use domain::vacancies::{Radius, VacancyFilter};
use leptos::prelude::*;
use search::{PlaceMatch, SearchResults};

use super::chips::Chips;
use super::facets::Facets;
use super::live::LiveSearch;
use super::offers::Offers;
use super::places::PlaceList;
use super::results::{Results, SortSelect, count_text};
use super::talent::write_talent;
use super::{SearchResponse, SnapshotFiles};
use crate::paths::Page;
use crate::texts as t;
use crate::ui::{Icon, Sheet, SheetButton, static_html};

/// The address of a search.
pub fn search_address(filter: &VacancyFilter, language: Language) -> String {
    let path = Page::Vacancies.path(language);
    let query = filter.to_query_string();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The title of a search.
pub fn search_title(filter: &VacancyFilter, language: Language) -> String {
    if filter.query().is_empty() {
        t::search_title(language).to_owned()
    } else {
        t::search_title_of(language, filter.query())
    }
}

/// What is wrong with the place that was typed.
pub(crate) fn place_error(
    answer: &SearchResults,
    filter: &VacancyFilter,
    language: Language,
) -> Option<String> {
    let place = &filter.near()?.place;
    match &answer.place {
        PlaceMatch::Unknown { near: Some(name) } => Some(t::search_place_meant(language, place, name)),
        PlaceMatch::Unknown { near: None } => Some(t::search_place_unknown(language, place)),
        _ => None,
    }
}

/// The search page. All of it is one form, so that it works without a script.
#[component]
pub fn SearchPage(
    /// Who the hub is.
    hub: Arc<Hub>,
    /// What is looked for.
    filter: VacancyFilter,
    /// What was found.
    found: SearchResponse,
    /// Where the browser finds the index, when there is one for it.
    snapshot: Option<SnapshotFiles>,
    /// The talent who asks, when marks are wanted.
    talent: Option<Fitting>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let marks = talent.as_ref().map(|_| {
        static_html(view! {
            <p class="hint">
                {t::fit_marked(language)}" "
                <a href=format!("{}#fits", Page::Profile.path(language))>{t::fit_off(language)}</a>
            </p>
        })
    });
    let talent = talent.as_ref().and_then(write_talent);
    let found = Arc::new(found);
    let today = found.today.num_days_from_ce();
    let count = count_text(&found.answer, &filter, language);
    let error = place_error(&found.answer, &filter, language);
    let total = found.answer.total;
    let show = t::search_show_results(language, total);
    let facets = static_html(view! { <Facets filter=filter.clone() found=found.clone() language /> });
    let fields = static_html(view! { <SearchFields hub filter=filter.clone() error language /> });
    let chips = static_html(view! { <Chips filter=filter.clone() found=found.clone() language /> });
    let offers = static_html(view! { <Offers found=found.clone() language /> });
    let places = static_html(view! { <PlaceList filter=filter.clone() found=found.clone() language /> });
    let sort = static_html(view! { <SortSelect filter=filter.clone() found=found.clone() language /> });
    let results = static_html(view! { <Results filter=filter.clone() found language /> });
    let (core, texts) = snapshot.map_or((None, None), |files| (Some(files.core), files.texts));
    view! {
        // A script finds here what the address does not say.
        <form
            id="search"
            method="get"
            action=Page::Vacancies.path(language)
            data-today=today
            data-core=core
            data-texts=texts
            data-talent=talent
        >
            <search class="wrap hero">
                <h1>{t::search_heading(language)}</h1>
                {fields}
                <div id="chips">
                    {chips}
                    {offers}
                </div>
            </search>
            <div class="wrap search-layout">
                <Sheet
                    id="filters"
                    title=t::search_filters(language)
                    close=t::search_close(language)
                    foot=move || view! { <button class="button primary" type="submit" id="show">{show}</button> }
                >
                    <details class="facet" id="region">
                        <summary>{t::search_places(language)}</summary>
                        <div id="map"></div>
                        <div id="place-list">
                            {places}
                        </div>
                    </details>
                    <div id="facets">
                        {facets}
                    </div>
                </Sheet>
                <section aria-label=t::search_found(language)>
                    <SheetButton sheet="filters">
                        <span id="sheet-count">{t::search_filters_count(language, total)}</span>
                    </SheetButton>
                    <div class="results-header">
                        <h2><span id="count" role="status" tabindex="-1">{count}</span></h2>
                        <label>
                            <span class="hidden">{t::search_sort(language)}</span>
                            <span id="sort">{sort}</span>
                        </label>
                    </div>
                    <p id="offline" role="status"></p>
                    {marks}
                    <div id="results">
                        {results}
                    </div>
                </section>
            </div>
        </form>
        <LiveSearch />
    }
}

/// The box with words, place and radius.
#[component]
fn SearchFields(
    hub: Arc<Hub>,
    filter: VacancyFilter,
    error: Option<String>,
    language: Language,
) -> impl IntoView {
    let near = filter.near();
    let radius = near.map_or(Radius::Km25, |near| near.radius);
    let place = near.map(|near| near.place.clone()).unwrap_or_default();
    let is_wrong = error.as_ref().map(|_| "true");
    let places =
        hub.region.places.iter().map(|place| view! { <option value=place.name.clone() /> }).collect_view();
    let radii = Radius::ALL
        .iter()
        .map(|known| {
            view! {
                <option value=known.word() selected=*known == radius>{format!("{} km", known.word())}</option>
            }
        })
        .collect_view();
    view! {
        <div class="search-box">
            <label>
                <span>{t::search_query_label(language)}</span>
                <input
                    type="search"
                    name="q"
                    id="q"
                    maxlength="200"
                    autocomplete="off"
                    placeholder=t::search_query_hint(language)
                    value=filter.query().to_owned()
                />
            </label>
            <label>
                <span>{t::search_place_label(language)}</span>
                <input
                    name="plaats"
                    id="plaats"
                    list="places"
                    maxlength="80"
                    autocomplete="off"
                    placeholder=hub.region_name.get(language).to_owned()
                    value=place
                    aria-invalid=is_wrong
                    aria-describedby="place-fault"
                />
            </label>
            <label>
                <span>{t::search_radius_label(language)}</span>
                <select name="straal" id="straal">{radii}</select>
            </label>
            <button class="button primary">{Icon::Search.view()} {t::search_go(language)}</button>
        </div>
        <p class="fault" id="place-fault">{error}</p>
        <datalist id="places">{places}</datalist>
    }
}

/// A search box that leads to the search page.
#[component]
pub fn SearchBox(
    /// Who the hub is.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let filter = VacancyFilter::default();
    view! {
        <form role="search" method="get" action=Page::Vacancies.path(language)>
            <SearchFields hub filter error=None language />
        </form>
    }
}
