//! The search page: box, facets, results; the whole state in the address.

use std::sync::Arc;

use chrono::Datelike;
use domain::Language;
use domain::hub::Hub;
use domain::talents::Fitting;
use domain::vacancies::VacancyFilter;
use leptos::prelude::*;

use super::chips::Chips;
use super::facets::Facets;
use super::live::LiveSearch;
use super::offers::Offers;
use super::places::PlaceList;
use super::results::{Results, SortSelect, count_text};
use super::search_words::place_error;
use super::talent::write_talent;
use super::{SearchResponse, SnapshotFiles};
use ui::{SearchFields, Sheet, SheetButton, static_html};
use words::paths::Page;
use words::texts as t;

/// The search page. All of it is one form, so that it works without a script.
#[component]
pub fn SearchPage(
    /// The hub.
    hub: Arc<Hub>,
    /// The search.
    filter: VacancyFilter,
    /// The results.
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
