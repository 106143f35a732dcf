//! What the feeds of a search share: the newest vacancies that fit, and how they are told.

use std::sync::Arc;

use axum::http::Uri;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use domain::Language;
use domain::vacancies::{Sort, VacancyCard, VacancyFilter};
use hub::Catalogue;
use words::paths::{Page, language_of};
use words::{format, labels, texts};

use super::host;
use crate::state::ServerState;

/// How many vacancies a feed holds.
const ENTRIES: usize = 50;

/// The feed of one search, in one language.
pub(super) struct Feed {
    /// The hub.
    pub(super) server: ServerState,
    /// What the feed is made of.
    pub(super) catalogue: Arc<Catalogue>,
    /// The language of the labels; vacancies keep their own.
    pub(super) language: Language,
    filter: VacancyFilter,
    path: String,
}

impl Feed {
    /// The feed at an address such as `/de/stellen.atom?soort=stage`.
    ///
    /// A feed always starts at the newest: readers ask what is new, not which page.
    pub(super) fn at(server: ServerState, uri: &Uri) -> Self {
        let path = uri.path().rsplit_once('.').map_or(uri.path(), |(path, _)| path).to_owned();
        let language = language_of(&path);
        let filter =
            VacancyFilter::parse(uri.query().unwrap_or_default()).with_sort(Sort::Newest).with_page(1);
        Self { catalogue: server.state.catalogue(), server, language, filter, path }
    }

    /// The vacancies that fit, newest first.
    pub(super) fn cards(&self) -> Vec<VacancyCard> {
        let answer = self.catalogue.index.search_limited(&self.filter, 0, ENTRIES);
        answer.hits.into_iter().map(|hit| hit.card).collect()
    }

    /// The name of the feed: the hub, and what was looked for.
    pub(super) fn title(&self) -> String {
        let mut title = format!("{} · {}", self.server.state.hub().name, texts::nav_vacancies(self.language));
        let asked = self.filter.with_sort(Sort::Relevance);
        let words = std::iter::once(asked.query().to_owned())
            .chain(
                asked.choices().map(|(facet, value)| labels::facet_value(facet, value, value, self.language)),
            )
            .chain(asked.near().map(|near| format!("{} + {} km", near.place, near.radius.kilometres())));
        for word in words.filter(|word| !word.is_empty()) {
            title.push_str(" · ");
            title.push_str(&word);
        }
        title
    }

    /// The name of the hub.
    pub(super) fn hub_name(&self) -> &str {
        &self.server.state.hub().name
    }

    /// The address of the feed itself; `ending` is `atom` or `json`.
    pub(super) fn own_address(&self, ending: &str) -> String {
        self.address(&format!("{}.{ending}", self.path))
    }

    /// The address of the search that the feed follows.
    pub(super) fn page_address(&self) -> String {
        self.address(&self.path)
    }

    fn address(&self, path: &str) -> String {
        let query = self.filter.with_sort(Sort::Relevance).to_query_string();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{query}", self.public_url())
    }

    /// The address of a vacancy.
    pub(super) fn vacancy_address(&self, card: &VacancyCard) -> String {
        format!("{}{}", self.public_url(), Page::Vacancy(card.slug()).path(self.language))
    }

    /// A name for a vacancy that stays when its title changes (RFC 4151).
    pub(super) fn vacancy_name(&self, card: &VacancyCard) -> String {
        format!("tag:{},2026:vacancy/{}", host(self.public_url()), card.id)
    }

    fn public_url(&self) -> &str {
        &self.server.state.settings().public_url
    }

    /// The moment that stands for a vacancy's publication; the catalogue's day when nobody noted one.
    pub(super) fn moment(&self, card: &VacancyCard) -> DateTime<FixedOffset> {
        midnight(card.published_on.unwrap_or(self.catalogue.today))
    }

    /// When the newest of these was published.
    pub(super) fn updated(&self, cards: &[VacancyCard]) -> DateTime<FixedOffset> {
        let newest = cards.iter().map(|card| self.moment(card)).max();
        newest.unwrap_or_else(|| midnight(self.catalogue.today))
    }

    /// The facts of a vacancy in one line; what is unknown is left out.
    pub(super) fn summary(&self, card: &VacancyCard) -> String {
        let language = self.language;
        let facts = [
            Some(labels::vacancy_kind(card.kind, language).to_owned()),
            Some(card.organisation.clone()),
            Some(card.place.clone()),
            Some(labels::levels(&card.levels, language)),
            card.pay.map(|pay| format::pay(pay, language)),
            Some(format!("{} {}", until(language), format::date(card.closes_on, language))),
        ];
        facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

fn until(language: Language) -> &'static str {
    match language {
        Language::Dutch => "t/m",
        Language::German => "bis",
        Language::English => "until",
    }
}

fn midnight(day: NaiveDate) -> DateTime<FixedOffset> {
    day.and_time(NaiveTime::MIN).and_utc().fixed_offset()
}
