//! Vacancy filters: one type from the address to the index.
//!
//! Malformed parts of an address are dropped; defaults are not written, so that equal searches have
//! equal addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::{HoursBand, Level, Remote, VacancyKind};
use crate::Language;
use crate::text::{encode, slug};
use crate::words::words;

/// The longest query that is looked at, in characters; the rest is dropped.
pub const LONGEST_QUERY: usize = 200;
const LONGEST_VALUE: usize = 80;
const MOST_VALUES: usize = 40;
const LAST_PAGE: u32 = 10_000;

words! {
    /// A property by which vacancies are counted and chosen. The word is the parameter of the address.
    Facet {
        /// The kind of vacancy.
        Kind = "kind", "soort";
        /// The level of education.
        Level = "level", "niveau";
        /// The study field.
        StudyField = "study_field", "richting";
        /// The sector of the organisation.
        Sector = "sector", "sector";
        /// The organisation that offers it.
        Organisation = "organisation", "organisatie";
        /// The municipality of the work.
        Municipality = "municipality", "gemeente";
        /// The language of the text.
        Language = "language", "taal";
        /// The period in which it starts.
        Start = "start", "start";
        /// The band of hours a week.
        Hours = "hours", "uren";
        /// Whether it can be done from home.
        Remote = "remote", "thuiswerken";
        /// Whether it is meant for people from across the border.
        CrossBorder = "cross_border", "grens";
        /// Whether the pay is known.
        PayKnown = "pay_known", "vergoeding";
    }
}

/// The value of a facet that is either so or not: `ja`.
const YES: &str = "ja";

impl Facet {
    /// The value as the facet spells it, or nothing when the facet can't have it.
    pub fn accept(self, value: &str) -> Option<String> {
        let value = if self == Self::Start { value.trim().to_ascii_lowercase() } else { slug(value) };
        let is_known = match self {
            Self::Kind => VacancyKind::from_word(&value).is_some(),
            Self::Level => Level::from_word(&value).is_some(),
            Self::Language => Language::from_word(&value).is_some(),
            Self::Start => StartPeriod::parse(&value).is_some(),
            Self::Hours => HoursBand::from_word(&value).is_some(),
            Self::Remote => matches!(Remote::from_word(&value), Some(Remote::Partly | Remote::Fully)),
            Self::CrossBorder | Self::PayKnown => value == YES,
            Self::StudyField | Self::Sector | Self::Organisation | Self::Municipality => {
                !value.is_empty() && value.len() <= LONGEST_VALUE
            }
        };
        is_known.then_some(value)
    }
}

/// The period in which a vacancy starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StartPeriod {
    /// Within four weeks, or already.
    Now,
    /// From January to June of a year: the window that opens in February.
    Spring(i32),
    /// From July to December of a year: the window that opens in September.
    Autumn(i32),
    /// By arrangement: no day is known.
    ByArrangement,
}

impl StartPeriod {
    /// The period of a start day, seen from today.
    pub fn of(starts_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match starts_on {
            None => Self::ByArrangement,
            Some(day) if today.checked_add_days(Days::new(28)).is_some_and(|soon| day <= soon) => Self::Now,
            Some(day) if day.month() <= 6 => Self::Spring(day.year()),
            Some(day) => Self::Autumn(day.year()),
        }
    }

    /// The spelling in an address: `nu`, `2027-1`, `2027-2`, `overleg`.
    pub fn slug(self) -> String {
        match self {
            Self::Now => "nu".to_owned(),
            Self::Spring(year) => format!("{year}-1"),
            Self::Autumn(year) => format!("{year}-2"),
            Self::ByArrangement => "overleg".to_owned(),
        }
    }

    /// The period that an address names.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "nu" => Some(Self::Now),
            "overleg" => Some(Self::ByArrangement),
            _ => {
                let (year, half) = text.split_once('-')?;
                let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
                let year = year.parse().ok().filter(|_| is_year)?;
                match half {
                    "1" => Some(Self::Spring(year)),
                    "2" => Some(Self::Autumn(year)),
                    _ => None,
                }
            }
        }
    }
}

words! {
    /// The distance from a place.
    Radius {
        /// Five kilometres.
        Km5 = "5", "5";
        /// Ten kilometres.
        Km10 = "10", "10";
        /// Twenty-five kilometres, the default.
        Km25 = "25", "25";
        /// Fifty kilometres.
        Km50 = "50", "50";
    }
}

impl Radius {
    /// The radius in kilometres.
    pub const fn kilometres(self) -> u32 {
        match self {
            Self::Km5 => 5,
            Self::Km10 => 10,
            Self::Km25 => 25,
            Self::Km50 => 50,
        }
    }
}

words! {
    /// The order of the results.
    Sort {
        /// The best match of the words, then the newest; the default.
        Relevance = "relevance", "relevantie";
        /// The newest first.
        Newest = "newest", "nieuwste";
        /// The nearest first, when a place is given.
        Distance = "distance", "afstand";
        /// The soonest to close first.
        ClosingSoon = "closing_soon", "sluit";
        /// The best match with the talent's profile first.
        Fit = "fit", "past";
    }
}

/// Near which place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Near {
    /// The place as somebody typed it; the region may not know it.
    pub place: String,
    /// The distance from it.
    pub radius: Radius,
}

/// A filter over the open vacancies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct VacancyFilter {
    query: String,
    choices: BTreeMap<Facet, BTreeSet<String>>,
    near: Option<Near>,
    sort: Sort,
    page: u32,
}

impl From<String> for VacancyFilter {
    fn from(query_string: String) -> Self {
        Self::parse(&query_string)
    }
}

impl From<VacancyFilter> for String {
    fn from(filter: VacancyFilter) -> Self {
        filter.to_query_string()
    }
}

impl Default for VacancyFilter {
    fn default() -> Self {
        Self { query: String::new(), choices: BTreeMap::new(), near: None, sort: Sort::Relevance, page: 1 }
    }
}

impl VacancyFilter {
    /// Reads the part of an address after the `?`.
    pub fn parse(query_string: &str) -> Self {
        let mut filter = Self::default();
        let mut radius = Radius::Km25;
        for pair in query_string.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8_lossy();
            match name {
                "q" => filter.query = clean(&value),
                "plaats" => {
                    let place = clean(&value);
                    filter.near = (!place.is_empty()).then_some(Near { place, radius });
                }
                "straal" => radius = Radius::from_word(&value).unwrap_or(Radius::Km25),
                "sorteer" => filter.sort = Sort::from_word(&value).unwrap_or(Sort::Relevance),
                "pagina" => filter.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {
                    if let Some(&facet) = Facet::ALL.iter().find(|facet| facet.word() == name) {
                        filter.choose(facet, &value);
                    }
                }
            }
        }
        if let Some(near) = &mut filter.near {
            near.radius = radius;
        }
        filter
    }

    /// The part of an address after the `?`; empty when nothing is chosen.
    pub fn to_query_string(&self) -> String {
        let mut text = String::new();
        let mut add = |name: &str, value: &str| {
            let mark = if text.is_empty() { "" } else { "&" };
            // Writing to a `String` can't fail.
            let _ = write!(text, "{mark}{name}={}", encode(value));
        };
        if !self.query.is_empty() {
            add("q", &self.query);
        }
        for (facet, value) in self.choices() {
            add(facet.word(), value);
        }
        if let Some(near) = &self.near {
            add("plaats", &near.place);
            if near.radius != Radius::Km25 {
                add("straal", near.radius.word());
            }
        }
        if self.sort != Sort::Relevance {
            add("sorteer", self.sort.word());
        }
        if self.page > 1 {
            add("pagina", &self.page.to_string());
        }
        text
    }

    /// The words that were typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Near which place, when one was given.
    pub fn near(&self) -> Option<&Near> {
        self.near.as_ref()
    }

    /// The order of the results.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The page of results, from 1.
    pub fn page(&self) -> u32 {
        self.page
    }

    /// Every choice, facet by facet.
    pub fn choices(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.choices.iter().flat_map(|(facet, values)| values.iter().map(|value| (*facet, value.as_str())))
    }

    /// The choices of one facet.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.choices.get(&facet).into_iter().flatten().map(String::as_str)
    }

    /// Whether this value of the facet is chosen.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        self.choices.get(&facet).is_some_and(|values| values.contains(value))
    }

    /// Whether nothing is asked: no words, no choice, no place.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty() && self.choices.is_empty() && self.near.is_none()
    }

    /// The slug of the organisation, when its vacancies are all that is asked for.
    pub fn only_organisation(&self) -> Option<&str> {
        let is_more = !self.query.is_empty() || self.near.is_some() || self.choices.len() != 1;
        let mut organisations = self.values(Facet::Organisation);
        let only = organisations.next().filter(|_| !is_more)?;
        organisations.next().is_none().then_some(only)
    }

    /// The same search in no order of its own and from the first page: what an alert or a feed follows.
    #[must_use]
    pub fn unsorted(&self) -> Self {
        Self { sort: Sort::Relevance, page: 1, ..self.clone() }
    }

    /// The same search with other words, from the first page.
    #[must_use]
    pub fn with_query(&self, query: &str) -> Self {
        Self { query: clean(query), page: 1, ..self.clone() }
    }

    /// The same search with one more choice, from the first page.
    #[must_use]
    pub fn with(&self, facet: Facet, value: &str) -> Self {
        let mut filter = Self { page: 1, ..self.clone() };
        filter.choose(facet, value);
        filter
    }

    /// The same search without a choice, from the first page.
    #[must_use]
    pub fn without(&self, facet: Facet, value: &str) -> Self {
        let mut filter = Self { page: 1, ..self.clone() };
        if let Some(values) = filter.choices.get_mut(&facet) {
            values.remove(value);
            if values.is_empty() {
                filter.choices.remove(&facet);
            }
        }
        filter
    }

    /// The same search without any choice of a facet, from the first page.
    #[must_use]
    pub fn without_facet(&self, facet: Facet) -> Self {
        let mut filter = Self { page: 1, ..self.clone() };
        filter.choices.remove(&facet);
        filter
    }

    /// The same search near a place, or anywhere, from the first page.
    #[must_use]
    pub fn with_near(&self, near: Option<Near>) -> Self {
        Self { near, page: 1, ..self.clone() }
    }

    /// The same search in another order, from the first page.
    #[must_use]
    pub fn with_sort(&self, sort: Sort) -> Self {
        Self { sort, page: 1, ..self.clone() }
    }

    /// The same search on another page.
    #[must_use]
    pub fn with_page(&self, page: u32) -> Self {
        Self { page: page.clamp(1, LAST_PAGE), ..self.clone() }
    }

    fn choose(&mut self, facet: Facet, value: &str) {
        let count: usize = self.choices.values().map(BTreeSet::len).sum();
        if let Some(value) = facet.accept(value)
            && count < MOST_VALUES
        {
            self.choices.entry(facet).or_default().insert(value);
        }
    }
}

/// One line without control characters or blanks around it, not longer than [`LONGEST_QUERY`].
fn clean(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(LONGEST_QUERY)
        .collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_malformed_is_dropped() {
        let filter = VacancyFilter::parse(
            "?q=lasrobot&soort=stage&soort=hobby&straal=7&pagina=x&onzin=1&start=1-1&plaats=",
        );
        assert_eq!(filter.to_query_string(), "q=lasrobot&soort=stage");
    }

    #[test]
    fn defaults_are_not_written() {
        let filter = VacancyFilter::parse("q=&straal=25&plaats=Ulft&sorteer=relevantie&pagina=1");
        assert_eq!(filter.to_query_string(), "plaats=Ulft");
    }

    #[test]
    fn the_radius_counts_wherever_it_stands() {
        for text in ["plaats=Ulft&straal=50", "straal=50&plaats=Ulft"] {
            assert_eq!(VacancyFilter::parse(text).near().map(|near| near.radius), Some(Radius::Km50));
        }
    }

    #[test]
    fn a_choice_can_be_taken_back() {
        let filter = VacancyFilter::parse("soort=stage&soort=bijbaan&pagina=3");
        assert_eq!(filter.without(Facet::Kind, "stage").to_query_string(), "soort=bijbaan");
        assert_eq!(filter.without_facet(Facet::Kind), VacancyFilter::default());
        assert_eq!(filter.without(Facet::Kind, "stage").with(Facet::Kind, "Stage").with_page(3), filter);
    }

    #[test]
    fn a_start_period_is_seen_from_today() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let today = day(2026, 11, 21);
        assert_eq!(StartPeriod::of(None, today), StartPeriod::ByArrangement);
        assert_eq!(StartPeriod::of(Some(day(2026, 9, 1)), today), StartPeriod::Now);
        assert_eq!(StartPeriod::of(Some(day(2026, 12, 19)), today), StartPeriod::Now);
        assert_eq!(StartPeriod::of(Some(day(2026, 12, 20)), today), StartPeriod::Autumn(2026));
        assert_eq!(StartPeriod::of(Some(day(2027, 2, 1)), today), StartPeriod::Spring(2027));
    }

    #[test]
    fn a_facet_accepts_only_its_own_values() {
        for (facet, good, bad) in [
            (Facet::Kind, "Stage", "hobby"),
            (Facet::Level, "MBO 4", "havo"),
            (Facet::Language, "de", "fr"),
            (Facet::Start, " NU ", "2027-3"),
            (Facet::Hours, "17-31", "18"),
            (Facet::Remote, "deels", "nee"),
            (Facet::CrossBorder, "ja", "nee"),
            (Facet::PayKnown, "ja", "misschien"),
            (Facet::StudyField, "Werktuigbouw", "???"),
        ] {
            assert_eq!(facet.accept(bad), None, "{facet:?}");
            assert!(facet.accept(good).is_some(), "{facet:?}");
        }
        assert_eq!(Facet::Start.accept("2027-1").as_deref(), Some("2027-1"));
        assert_eq!(Facet::Sector.accept("Agro & Food").as_deref(), Some("agro-food"));
        let longest = "x".repeat(80);
        assert_eq!(Facet::Sector.accept(&longest), Some(longest.clone()));
        assert_eq!(Facet::Sector.accept(&format!("{longest}x")), None);
    }

    #[test]
    fn a_period_has_one_spelling_in_addresses() {
        for (period, text) in [
            (StartPeriod::Now, "nu"),
            (StartPeriod::Spring(2027), "2027-1"),
            (StartPeriod::Autumn(2027), "2027-2"),
            (StartPeriod::ByArrangement, "overleg"),
        ] {
            assert_eq!((period.slug().as_str(), StartPeriod::parse(text)), (text, Some(period)));
        }
        for text in ["", "2027", "2027-", "2027-3", "27-1", "+027-1", "02027-1", "morgen"] {
            assert_eq!(StartPeriod::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_second_half_of_a_year_begins_in_july() {
        let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day);
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        assert_eq!(StartPeriod::of(day(6, 30), today), StartPeriod::Spring(2027));
        assert_eq!(StartPeriod::of(day(7, 1), today), StartPeriod::Autumn(2027));
    }

    #[test]
    fn a_radius_is_as_many_kilometres_as_it_says() {
        for radius in Radius::ALL {
            assert_eq!(radius.kilometres().to_string(), radius.word());
        }
    }

    #[test]
    fn every_part_of_an_address_counts() {
        let filter = VacancyFilter::parse(
            "?q=las+robot&soort=stage&richting=zorg&plaats=Ulft&straal=10&sorteer=sluit&pagina=3",
        );
        assert_eq!((filter.query(), filter.sort(), filter.page()), ("las robot", Sort::ClosingSoon, 3));
        assert_eq!(filter.near(), Some(&Near { place: "Ulft".into(), radius: Radius::Km10 }));
        let choices: Vec<(Facet, &str)> = filter.choices().collect();
        assert_eq!(choices, [(Facet::Kind, "stage"), (Facet::StudyField, "zorg")]);
        assert!(filter.values(Facet::Kind).eq(["stage"]) && filter.values(Facet::Level).next().is_none());
        assert!(filter.has(Facet::Kind, "stage") && !filter.has(Facet::Kind, "bijbaan"));
        assert!(!filter.has(Facet::Level, "stage"));
    }

    #[test]
    fn a_page_is_a_number_from_1_to_10000() {
        for (page, read) in [("0", 1), ("1", 1), ("2", 2), ("10000", 10_000), ("10001", 10_000), ("-1", 1)] {
            assert_eq!(VacancyFilter::parse(&format!("pagina={page}")).page(), read, "{page}");
        }
        assert_eq!(VacancyFilter::default().with_page(2).to_query_string(), "pagina=2");
        assert_eq!(VacancyFilter::default().with_page(0), VacancyFilter::default());
    }

    #[test]
    fn a_filter_is_empty_without_words_choices_and_a_place() {
        let is_empty = |text| VacancyFilter::parse(text).is_empty();
        assert!(is_empty("") && is_empty("sorteer=sluit&pagina=2"));
        assert!(!is_empty("q=las") && !is_empty("soort=stage") && !is_empty("plaats=Ulft"));
    }

    #[test]
    fn only_one_organisation_and_nothing_else_is_followed() {
        let only = |text: &str| VacancyFilter::parse(text).only_organisation().map(str::to_owned);
        assert_eq!(only("organisatie=ijsselmetaal&sorteer=sluit").as_deref(), Some("ijsselmetaal"));
        for more in ["&q=las", "&plaats=Ulft", "&soort=stage", "&organisatie=bouwbedrijf"] {
            assert_eq!(only(&format!("organisatie=ijsselmetaal{more}")), None, "{more}");
        }
        assert_eq!((only(""), only("soort=stage")), (None, None));
    }

    #[test]
    fn a_change_of_the_search_keeps_the_rest_and_begins_at_the_first_page() {
        let whole = "q=las&soort=stage&plaats=Ulft&straal=10&sorteer=sluit&pagina=3";
        let filter = VacancyFilter::parse(whole);
        let near = Near { place: "Vorden".into(), radius: Radius::Km25 };
        for (changed, text) in [
            (filter.unsorted(), "q=las&soort=stage&plaats=Ulft&straal=10"),
            (filter.with_query(" draaien\n"), "q=draaien&soort=stage&plaats=Ulft&straal=10&sorteer=sluit"),
            (
                filter.with(Facet::Level, "hbo"),
                "q=las&soort=stage&niveau=hbo&plaats=Ulft&straal=10&sorteer=sluit",
            ),
            (filter.without(Facet::Kind, "stage"), "q=las&plaats=Ulft&straal=10&sorteer=sluit"),
            (filter.without(Facet::Level, "hbo"), "q=las&soort=stage&plaats=Ulft&straal=10&sorteer=sluit"),
            (filter.without_facet(Facet::Kind), "q=las&plaats=Ulft&straal=10&sorteer=sluit"),
            (filter.with_near(Some(near)), "q=las&soort=stage&plaats=Vorden&sorteer=sluit"),
            (filter.with_near(None), "q=las&soort=stage&sorteer=sluit"),
            (filter.with_sort(Sort::Newest), "q=las&soort=stage&plaats=Ulft&straal=10&sorteer=nieuwste"),
            (filter.with_page(4), "q=las&soort=stage&plaats=Ulft&straal=10&sorteer=sluit&pagina=4"),
        ] {
            assert_eq!(changed.to_query_string(), text);
        }
        assert_eq!(String::from(filter.clone()), whole);
        assert_eq!(VacancyFilter::from(whole.to_owned()), filter);
    }

    #[test]
    fn a_filter_has_at_most_forty_choices() {
        let address: Vec<String> = (0..45).map(|number| format!("richting=vak-{number}")).collect();
        assert_eq!(VacancyFilter::parse(&address.join("&")).choices().count(), 40);
    }

    #[test]
    fn a_query_is_one_line_of_at_most_200_characters() {
        assert_eq!(VacancyFilter::default().with_query(" las\trobot\u{0} ").query(), "las robot");
        assert_eq!(VacancyFilter::default().with_query(&"é".repeat(201)).query(), "é".repeat(200));
    }

    fn any_filter() -> impl Strategy<Value = VacancyFilter> {
        let choice = (0..Facet::ALL.len(), "\\PC{0,12}|stage|hbo|nl|2027-1|nu|ja|deels|vanaf-32");
        (
            "\\PC{0,30}",
            prop::collection::vec(choice, 0..8),
            prop::option::of(("\\PC{1,12}", 0..Radius::ALL.len())),
            0..Sort::ALL.len(),
            0u32..20_000,
        )
            .prop_map(|(query, choices, near, sort, page)| {
                let mut filter = VacancyFilter::default().with_query(&query).with_sort(Sort::ALL[sort]);
                for (facet, value) in choices {
                    filter.choose(Facet::ALL[facet], &value);
                }
                let near = near
                    .map(|(place, radius)| Near { place: clean(&place), radius: Radius::ALL[radius] })
                    .filter(|near| !near.place.is_empty());
                filter.with_near(near).with_page(page)
            })
    }

    proptest! {
        #[test]
        fn every_address_of_a_filter_parses_back_to_it(filter in any_filter()) {
            prop_assert_eq!(VacancyFilter::parse(&filter.to_query_string()), filter);
        }

        #[test]
        fn any_text_parses_to_a_filter_with_one_address(text in "\\PC*|([a-z]{1,9}=[%&+=a-z0-9]{0,9}&?){0,9}") {
            let filter = VacancyFilter::parse(&text);
            prop_assert_eq!(&VacancyFilter::parse(&filter.to_query_string()), &filter);
        }
    }
}
