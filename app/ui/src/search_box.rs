//! The fields in which a search is typed.

use std::sync::Arc;

use domain::Language;
use domain::hub::Hub;
use domain::vacancies::{Radius, VacancyFilter};
use leptos::prelude::*;
use words::paths::Page;
use words::texts as t;

use crate::icon::Icon;

/// The box with words, place and radius.
#[component]
pub fn SearchFields(
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
    /// The hub.
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
