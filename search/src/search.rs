//! From a filter to an answer.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::Language;
use domain::talents::Fitting;
use domain::vacancies::{Facet, Sort, VacancyCard, VacancyFilter};

use crate::bits::{Bits, Sieve};
use crate::conditions::{Conditions, FilterPart};
use crate::distance::Surroundings;
use crate::facets::counts::list_counts;
use crate::fitting::PartFitting;
use crate::index::{Index, IndexPart};
use crate::marks::marks;
use crate::query::{Before, Matched, Query};
use crate::results::{Hit, PlaceCount, PlaceMatch, SearchResults};
use crate::sorting::sort_by_key;

/// The number of vacancies on a page of results.
pub const PAGE_SIZE: usize = 15;

/// The search for a filter in one part of the index.
pub(crate) struct PartSearch<'a> {
    pub(crate) part: &'a IndexPart,
    pub(crate) conditions: Conditions<'a>,
    pub(crate) around: Option<Surroundings<'a>>,
    /// The matches of the typed words, when there are any.
    pub(crate) matched: Option<Matched<'a>>,
    /// The talent who asks, if any.
    talent: Option<PartFitting<'a>>,
}

impl PartSearch<'_> {
    /// The documents that meet all conditions.
    pub(crate) fn matches(&self) -> Bits {
        self.conditions.matches().unwrap_or_else(|| self.part.live.clone())
    }

    /// The documents that meet all conditions but one.
    pub(crate) fn matches_without(&self, condition: FilterPart) -> Bits {
        self.conditions.matches_without(condition).unwrap_or_else(|| self.part.live.clone())
    }
}

/// The sort key of a document; smaller comes first.
type Key = ((u64, u32), (Reverse<Option<NaiveDate>>, Reverse<i64>));

impl Index {
    /// The page of results that the filter asks for, with names in the reader's language, and with what fits the talent
    /// who asks.
    pub fn search_in(
        &self,
        filter: &VacancyFilter,
        language: Language,
        talent: Option<&Fitting>,
    ) -> SearchResults {
        let mut answer = self.search_for(filter, talent);
        self.knowledge.translate(&mut answer.facets, language);
        answer
    }

    /// The page of results that the filter asks for, with all counts.
    pub fn search(&self, filter: &VacancyFilter) -> SearchResults {
        self.search_for(filter, None)
    }

    fn search_for(&self, filter: &VacancyFilter, talent: Option<&Fitting>) -> SearchResults {
        let page = filter.page().max(1);
        let first = (page as usize - 1).saturating_mul(PAGE_SIZE);
        SearchResults { page, ..self.search_part(filter, first, PAGE_SIZE, talent) }
    }

    /// The results from number `first` (0 is the best), at most `count`; the filter's page is not looked at.
    ///
    /// Pages are counted as if all had `count` results.
    pub fn search_limited(&self, filter: &VacancyFilter, first: usize, count: usize) -> SearchResults {
        self.search_part(filter, first, count, None)
    }

    fn search_part(
        &self,
        filter: &VacancyFilter,
        first: usize,
        count: usize,
        talent: Option<&Fitting>,
    ) -> SearchResults {
        let query = Query::parse(filter.query(), &self.knowledge.synonyms);
        let mut asked = self.ask(filter, &query, None);
        for asked in &mut asked {
            asked.talent = talent.map(|talent| PartFitting::of(talent, asked.part));
        }
        let found: Vec<Bits> = asked.iter().map(PartSearch::matches).collect();
        let total = found.iter().map(Bits::count).sum();
        let page_size = count.clamp(1, u32::MAX as usize);
        let tables = asked.iter().map(|asked| {
            let IndexPart { segment, totals, .. } = asked.part;
            (asked.part, segment.facets.count(&asked.conditions, totals))
        });
        SearchResults {
            total,
            page: (first / page_size) as u32 + 1,
            pages: total.div_ceil(page_size as u32).max(1),
            hits: page_of(&asked, &found, filter.sort(), first, count),
            facets: list_counts(tables, filter),
            place: self.place_match(filter),
            places: place_counts(&asked),
            relaxations: if total == 0 { Self::relax(filter, &asked) } else { Vec::new() },
            understood: self.understand(filter, &query, &asked),
            elsewhere: self.knowledge.elsewhere.find(&query),
        }
    }

    /// The vacancies that fit a filter to the letter, in its order: with the typed words, other forms of them or other words
    /// for the same, but no slips and no parts of compounds. Only those are looked at of which `is_asked` says so, given
    /// their numbers.
    pub fn find_exact(&self, filter: &VacancyFilter, is_asked: impl Fn(i64) -> bool) -> Vec<VacancyCard> {
        let query = Query::parse(filter.query(), &self.knowledge.synonyms);
        let ask = |part| {
            let (asked, mut found) = Self::ask_exactly(part, filter, &query);
            let rows = &part.segment.columns.rows;
            let others: Vec<u32> =
                found.ones().filter(|document| !is_asked(rows[*document as usize].id)).collect();
            for document in others {
                found.remove(document);
            }
            (asked, found)
        };
        let (asked, found): (Vec<_>, Vec<_>) = self.parts.iter().map(ask).unzip();
        page_of(&asked, &found, filter.sort(), 0, usize::MAX).into_iter().map(|hit| hit.card).collect()
    }

    /// The number of vacancies that [`Index::find_exact`] finds.
    pub fn count_exact(&self, filter: &VacancyFilter) -> u32 {
        let query = Query::parse(filter.query(), &self.knowledge.synonyms);
        self.parts.iter().map(|part| Self::ask_exactly(part, filter, &query).1.count()).sum()
    }

    /// The search for a filter in a part, and the documents that match it to the letter.
    fn ask_exactly<'a>(part: &'a IndexPart, filter: &VacancyFilter, query: &Query) -> (PartSearch<'a>, Bits) {
        let matched = (!query.is_empty()).then(|| Matched::exactly(query, part));
        let exact = matched.as_ref().map(Matched::exact_documents);
        let asked = Self::ask_part(part, filter, matched);
        let mut found = asked.matches();
        if let Some(exact) = exact {
            found.keep(&exact);
        }
        (asked, found)
    }

    /// The number of vacancies matching a filter that shares words with a query that was searched before.
    pub(crate) fn total<'a>(&'a self, filter: &VacancyFilter, before: Before<'a, '_>) -> u32 {
        let query = Query::parse(filter.query(), &self.knowledge.synonyms);
        self.ask(filter, &query, Some(before)).iter().map(|asked| asked.matches().count()).sum()
    }

    /// The search for a filter in each part.
    fn ask<'a>(
        &'a self,
        filter: &VacancyFilter,
        query: &Query,
        before: Option<Before<'a, '_>>,
    ) -> Vec<PartSearch<'a>> {
        let matched =
            if query.is_empty() { Vec::new() } else { Matched::in_parts(query, &self.parts, before) };
        let mut matched = matched.into_iter();
        let ask = |part| Self::ask_part(part, filter, matched.next());
        self.parts.iter().map(ask).collect()
    }

    fn ask_part<'a>(
        part: &'a IndexPart,
        filter: &VacancyFilter,
        matched: Option<Matched<'a>>,
    ) -> PartSearch<'a> {
        let segment = &part.segment;
        let around = filter.near().and_then(|near| segment.places.around(&near.place));
        let mut conditions = Conditions::of(&part.live);
        if let Some(matched) = &matched {
            conditions.add(FilterPart::Query, matched.documents());
        }
        if let (Some(around), Some(near)) = (&around, filter.near()) {
            conditions.add(FilterPart::Place, around.within(near.radius));
        }
        for facet in Facet::ALL {
            if let Some(chosen) = segment.facets.chosen(filter, *facet, segment.len()) {
                conditions.add(FilterPart::Facet(*facet), chosen);
            }
        }
        PartSearch { part, conditions, around, matched, talent: None }
    }

    fn place_match(&self, filter: &VacancyFilter) -> PlaceMatch {
        let Some(near) = filter.near() else { return PlaceMatch::Anywhere };
        let Some(places) = self.parts.first().map(|part| &part.segment.places) else {
            return PlaceMatch::Unknown { near: None };
        };
        match places.name_of(&near.place) {
            Some(name) => PlaceMatch::Known { name: name.to_owned() },
            None => PlaceMatch::Unknown { near: places.nearest_name(&near.place).map(str::to_owned) },
        }
    }
}

/// The number of matches at every place, whatever place was chosen.
fn place_counts(asked: &[PartSearch<'_>]) -> Vec<PlaceCount> {
    let mut counts: Vec<(u32, PlaceCount)> = Vec::new();
    for asked in asked {
        let elsewhere = asked.matches_without(FilterPart::Place);
        let elsewhere = Sieve::of(&elsewhere);
        for (place, name, documents) in asked.part.segment.places.locations() {
            let count = elsewhere.count_in(documents);
            match counts.iter_mut().find(|(other, _)| *other == place) {
                Some((_, known)) => known.count += count,
                None => counts.push((place, PlaceCount { name: name.to_owned(), count })),
            }
        }
    }
    counts.retain(|(_, counted)| counted.count > 0);
    sort_by_key(&mut counts, |(place, _)| *place);
    counts.into_iter().map(|(_, count)| count).collect()
}

/// The hits from number `first` on, at most `count`, over all parts.
fn page_of(asked: &[PartSearch<'_>], found: &[Bits], sort: Sort, first: usize, count: usize) -> Vec<Hit> {
    let end = first.saturating_add(count);
    let mut keyed: Vec<(Key, &PartSearch<'_>, u32)> = Vec::new();
    for (asked, found) in asked.iter().zip(found) {
        let rows = &asked.part.segment.columns.rows;
        let best = first_of(asked, found, sort, end).into_iter();
        keyed.extend(
            best.map(|(document, key)| ((key, rows[document as usize].newest_first()), asked, document)),
        );
    }
    if asked.len() > 1 {
        sort_by_key(&mut keyed, |(key, ..)| *key);
    }
    let shown = keyed.into_iter().skip(first).take(count);
    shown.map(|(_, asked, document)| hit(asked, document)).collect()
}

/// The first documents of a set in an order that may need words or a place, each with what it is sorted by.
///
/// Without words relevance means newest; without a known place distance means relevance, as what fits does without a talent.
fn first_of(asked: &PartSearch<'_>, documents: &Bits, sort: Sort, count: usize) -> Vec<(u32, (u64, u32))> {
    let segment = &asked.part.segment;
    if let (Sort::Fit, Some(talent)) = (sort, &asked.talent) {
        return talent.best_first(documents, count);
    }
    match (sort, &asked.matched, &asked.around) {
        (Sort::Newest, ..) | (Sort::Relevance | Sort::Fit, None, _) | (Sort::Distance, None, None) => {
            documents.ones().take(count).map(|document| (document, (0, 0))).collect()
        }
        (Sort::ClosingSoon, ..) => {
            let soon = segment.closing.iter().copied().filter(|document| documents.has(*document));
            let day = |document: u32| {
                chrono::Datelike::num_days_from_ce(&segment.columns.rows[document as usize].closes_on)
            };
            // Days of this era are positive.
            soon.take(count).map(|document| (document, (day(document) as u64, 0))).collect()
        }
        (Sort::Distance, _, Some(around)) => around.nearest_first(documents).take(count).collect(),
        (Sort::Relevance | Sort::Fit | Sort::Distance, Some(matched), _) => {
            let best = matched.scores(documents).best(count.min(documents.count() as usize));
            best.into_iter().map(|(document, worth)| (document, (u64::from(u32::MAX - worth), 0))).collect()
        }
    }
}

fn hit(asked: &PartSearch<'_>, document: u32) -> Hit {
    let card = asked.part.segment.columns.card(document);
    Hit {
        marks: asked
            .matched
            .as_ref()
            .map_or(vec![], |matched| marks(matched, document, &card.title, card.language)),
        distance_km: asked.around.as_ref().and_then(|around| around.distance_to(document)),
        fit: asked.talent.as_ref().and_then(|talent| talent.fit(document)),
        card,
    }
}
