//! A vacancy in a list.

use chrono::NaiveDate;
use domain::Language;
use domain::talents::Fit;
use domain::vacancies::VacancyCard;
use leptos::prelude::*;
use search::Excerpt;

use ui::{Card, CardList, Marked};
use words::labels::fit_words;
use words::paths::Page;
use words::{format, labels, texts as t};

/// A vacancy in a list.
#[component]
pub fn VacancyItem(
    /// The vacancy.
    card: VacancyCard,
    /// How far it is from the place that was asked for, in kilometres.
    #[prop(optional_no_strip)]
    distance_km: Option<u32>,
    /// Where in its title the words stand that were looked for, in bytes.
    #[prop(optional)]
    marks: Vec<(u32, u32)>,
    /// How well it fits the talent who reads, when it is to be marked.
    #[prop(optional_no_strip)]
    fit: Option<Fit>,
    /// The piece of its text in which they stand, when its title does not show them.
    #[prop(optional_no_strip)]
    excerpt: Option<Excerpt>,
    /// The day on which the list is read.
    today: NaiveDate,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let place = match distance_km {
        Some(distance) => t::vacancy_place_distance(language, distance, &card.place),
        None => card.place.clone(),
    };
    let is_foreign = card.language != language;
    view! {
        <Card
            href=Page::Vacancy(card.slug()).path(language)
            title=marked(card.title.clone(), &marks)
            name=card.organisation.clone()
            logo=card.organisation_logo.as_ref().map(|logo| format!("/logos/{logo}"))
            meta=format!("{} · {place}", card.organisation)
            kind=labels::vacancy_kind(card.kind, language)
            facts=facts(&card, today, language)
            mark=fit.map(|fit| format!("{} · {}", t::fit_title(language), fit_words(&fit, language)))
            excerpt=excerpt.map(|excerpt| marked(excerpt.text, &excerpt.marks))
            language=is_foreign.then(|| card.language.code())
        />
    }
}

fn marked(text: String, marks: &[(u32, u32)]) -> Marked {
    Marked::new(text, marks.iter().map(|(from, to)| *from as usize..*to as usize).collect())
}

/// What is known, shortest first.
fn facts(card: &VacancyCard, today: NaiveDate, language: Language) -> Vec<String> {
    let start = card.starts_on.map_or_else(
        || t::vacancy_start_by_arrangement(language).to_owned(),
        |day| t::vacancy_starts(language, format::short_date(day, today, language)),
    );
    let closes_soon = (card.closes_on - today).num_days() <= 7;
    [
        Some(labels::levels(&card.levels, language)),
        card.pay.map(|pay| t::vacancy_pay_short(language, format::pay(pay, language))),
        card.weeks.map(|weeks| t::vacancy_weeks(language, u32::from(weeks))),
        Some(start),
        closes_soon
            .then(|| t::vacancy_closes_short(language, format::short_date(card.closes_on, today, language))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Vacancies under each other.
#[component]
pub fn VacancyCards(
    /// The vacancies.
    cards: Vec<VacancyCard>,
    /// The day on which the list is read.
    today: NaiveDate,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <CardList>
            {cards.into_iter().map(|card| view! { <VacancyItem card today language /> }).collect_view()}
        </CardList>
    }
}
