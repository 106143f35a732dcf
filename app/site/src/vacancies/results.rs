//! What a search found: how many, which, and what to do when it found nothing.

use std::sync::Arc;

use domain::Language;
use domain::talents::Fit;
use domain::vacancies::{Sort, VacancyFilter};
use leptos::either::Either;
use leptos::prelude::*;
use search::{Dropped, Hit, PlaceMatch, Relaxation, SearchResults};

use super::chips::label_of;
use super::elsewhere::ElsewhereLine;
use super::{SearchResponse, VacancyItem};
use ui::{CardList, EmptyState, Link, Pager, page_links};
use words::paths::search_address;
use words::{format, labels, texts as t};

/// How many were found, and where: the line that a screen reader hears.
pub(crate) fn count_text(answer: &SearchResults, filter: &VacancyFilter, language: Language) -> String {
    let count = t::search_results(language, answer.total, format::number(answer.total, language));
    match (&answer.place, filter.near()) {
        (PlaceMatch::Known { name }, Some(near)) => {
            let near = t::search_near(language, near.radius.kilometres(), name);
            format!("{count} {near}")
        }
        _ => count,
    }
}

/// The choices of order; by distance only where a place is known, by fit only for a talent.
#[component]
pub(crate) fn SortSelect(
    filter: VacancyFilter,
    found: Arc<SearchResponse>,
    language: Language,
) -> impl IntoView {
    let has_place = matches!(found.answer.place, PlaceMatch::Known { .. });
    let has_talent = found.has_talent;
    let options = Sort::ALL
        .iter()
        .filter(|sort| match sort {
            Sort::Distance => has_place || filter.sort() == Sort::Distance,
            Sort::Fit => has_talent || filter.sort() == Sort::Fit,
            _ => true,
        })
        .map(|sort| {
            let is_chosen = filter.sort() == *sort;
            view! {
                <option value=sort.word() selected=is_chosen>{labels::sort(*sort, language)}</option>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <select name="sorteer" id="sorteer" prop:value=filter.sort().word()>
            {options}
        </select>
    }
}

/// What was found beside vacancies, and the results of one page or what to do when there are none.
#[component]
pub(crate) fn Results(
    filter: VacancyFilter,
    found: Arc<SearchResponse>,
    language: Language,
) -> impl IntoView {
    let elsewhere = Arc::clone(&found);
    let list = if found.answer.total == 0 {
        Either::Left(view! { <NothingFound filter found language /> })
    } else {
        Either::Right(view! { <Found filter found language /> })
    };
    view! {
        <ElsewhereLine found=elsewhere language />
        {list}
    }
}

/// The results of one page.
#[component]
fn Found(filter: VacancyFilter, found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    let SearchResponse { answer, excerpts, today, .. } = &*found;
    let today = *today;
    let pager = pages(&filter, answer, language);
    let items = answer
        .hits
        .iter()
        .zip(excerpts)
        .map(|(Hit { card, marks, distance_km, fit }, excerpt)| {
            let (card, marks, excerpt) = (card.clone(), marks.clone(), excerpt.clone());
            let fit = fit.clone().filter(Fit::is_marked);
            view! {
                <VacancyItem card distance_km=*distance_km marks fit excerpt today language />
            }
        })
        .collect::<Vec<_>>();
    view! {
        <CardList>{items}</CardList>
        {pager}
    }
}

fn pages(filter: &VacancyFilter, answer: &SearchResults, language: Language) -> impl IntoView + use<> {
    let last = answer.pages;
    let here = answer.page;
    let address = |page: u32| search_address(&filter.with_page(page), language);
    let pages = page_links(here, last, address);
    let previous = (here > 1).then(|| Link::new(address(here - 1), t::pager_previous(language)));
    let next = (here < last).then(|| Link::new(address(here + 1), t::pager_next(language)));
    view! { <Pager label=t::pager_label(language) pages previous next /> }
}

/// Nothing was found: which choice to drop, with what that gives.
#[component]
fn NothingFound(filter: VacancyFilter, found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    let answer = &found.answer;
    let ways = answer
        .relaxations
        .iter()
        .map(|way| {
            let text = way_text(answer, way, language);
            view! {
                <li><a class="button" href=search_address(&way.filter, language)>{text}</a></li>
            }
        })
        .collect::<Vec<_>>();
    let advice =
        if ways.is_empty() { t::search_nothing_at_all(language) } else { t::search_nothing_advice(language) };
    let has_choices = !filter.is_empty();
    let all = has_choices.then(|| {
        view! {
            <p><a href=search_address(&VacancyFilter::default(), language)>{t::search_show_all(language)}</a></p>
        }
    });
    view! {
        <EmptyState name="zoeken" title=t::search_nothing(language)>
            <p>{advice}</p>
            <ul class="ways">{ways}</ul>
            {all}
        </EmptyState>
    }
}

fn way_text(answer: &SearchResults, way: &Relaxation, language: Language) -> String {
    match &way.dropped {
        Dropped::Query => t::search_without_query(language, way.total),
        Dropped::Place => t::search_without_place(language, way.total),
        Dropped::Radius(radius) => t::search_with_radius(language, way.total, radius.kilometres()),
        Dropped::Choice(facet, value) => {
            let label = label_of(answer, *facet, value, language);
            t::search_without_choice(language, way.total, label)
        }
    }
}
