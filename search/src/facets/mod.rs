//! Counts of documents by value: every facet is counted without its own choice.

pub(crate) mod counts;
pub(crate) mod values;

use std::ops::Range;

use chrono::NaiveDate;
use domain::text::slug;
use domain::vacancies::{Facet, HoursBand, Remote, StartPeriod, VacancyFilter};

use crate::bits::{Bits, Sieve};
use crate::columns::Columns;
use crate::conditions::{Conditions, FilterPart};
use crate::distance::Places;
use crate::document::Document;
use crate::documents::Documents;
use crate::hash::{ByText, Numbers};
use crate::index::Lists;
use crate::sorting::{sort_and_dedup, sort_by};
use values::{listed_values, values_of};

/// All values of all facets with their documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct FacetTables {
    /// Facet after facet, in the order of [`Facet::ALL`].
    values: Vec<Value>,
    /// For every facet the numbers of its values.
    ranges: Vec<Range<usize>>,
    /// For every name of an organisation, as a slug, the numbers of the values with such a spelling.
    named: ByText<Vec<u32>>,
}

/// A value of a facet.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    facet: Facet,
    /// The value as it stands in an address.
    slug: String,
    documents: Documents,
    /// The spellings in the data, in alphabetical order.
    spellings: Vec<Spelling>,
}

/// A text that stands for a value.
#[derive(Clone, Debug)]
pub(crate) struct Spelling {
    /// The spelling in the data.
    pub(crate) text: String,
    /// The spelling in an address.
    pub(crate) slug: String,
    /// The documents that use it; `None` when it is the only spelling.
    documents: Option<Documents>,
}

impl Value {
    /// The spellings that live documents use.
    fn spellings<'a>(&'a self, live: &'a Bits) -> impl Iterator<Item = &'a Spelling> {
        self.spellings.iter().filter(move |spelling| self.is_spelled(spelling, live))
    }

    /// The value as it stands in an address.
    pub(crate) fn slug(&self) -> &str {
        &self.slug
    }

    /// Whether documents that count spell it so.
    pub(crate) fn is_spelled(&self, spelling: &Spelling, live: &Bits) -> bool {
        spelling.documents.as_ref().unwrap_or(&self.documents).meets(live)
    }

    /// The first spelling in the alphabet; the value itself when nobody has it.
    fn label<'a>(&'a self, live: &'a Bits) -> &'a str {
        self.spellings(live).next().map_or(&self.slug, |spelling| &spelling.text)
    }
}

impl FacetTables {
    /// Reads all documents.
    pub(crate) fn of(columns: &Columns, places: &Places, today: NaiveDate) -> Self {
        let mut tables = Collector::default();
        let kinds = tables.listed(Facet::Kind);
        let levels = tables.listed(Facet::Level);
        let fields = tables.texts(Facet::StudyField, columns.study_fields.iter().map(String::as_str));
        let sectors = columns.organisations.iter().map(|organisation| organisation.sector.as_str());
        let sectors = tables.texts(Facet::Sector, sectors);
        let organisations = tables.organisations(columns);
        let municipalities =
            columns.places.iter().map(|place| places.municipality_of(place).unwrap_or_default());
        let municipalities = tables.texts(Facet::Municipality, municipalities);
        let languages = tables.listed(Facet::Language);
        let starts = tables.starts(columns, today);
        let hours = tables.listed(Facet::Hours);
        let remotes = tables.listed(Facet::Remote);
        let cross_border = tables.listed(Facet::CrossBorder);
        let pay_known = tables.listed(Facet::PayKnown);

        let mut of_document = Lists::default();
        for (document, row) in (0..).zip(&columns.rows) {
            let mut values = vec![
                Some(kinds + row.kind as u32),
                sectors[row.organisation as usize],
                organisations[row.organisation as usize],
                municipalities[row.place as usize],
                Some(languages + columns.language(document) as u32),
                starts.binary_search_by(|(day, _)| day.cmp(&row.starts_on)).ok().map(|at| starts[at].1),
                row.hours_per_week.map(|hours_a_week| hours + HoursBand::of(hours_a_week) as u32),
                match row.remote {
                    Remote::No => None,
                    Remote::Partly => Some(remotes),
                    Remote::Fully => Some(remotes + 1),
                },
                row.is_cross_border.then_some(cross_border),
                row.pay.is_some().then_some(pay_known),
            ];
            values.extend(row.levels().map(|level| Some(levels + level as u32)));
            let own_fields = columns.study_fields_of.get(document);
            values.extend(own_fields.iter().map(|field| fields[*field as usize]));
            of_document.push(values.into_iter().flatten());
        }
        tables.finish(&of_document, columns.rows.len())
    }

    /// The documents with any of the chosen values; nothing when the facet has no choice.
    pub(crate) fn chosen(&self, filter: &VacancyFilter, facet: Facet, documents: usize) -> Option<Bits> {
        filter.values(facet).next()?;
        let mut chosen = Bits::none(documents);
        for value in self.values_in(facet).iter().filter(|value| filter.has(facet, &value.slug)) {
            value.documents.add_to(&mut chosen);
        }
        Some(chosen)
    }

    /// The number of these documents that have each value.
    pub(crate) fn totals(&self, live: &Bits) -> Vec<u32> {
        let live = Sieve::of(live);
        self.values.iter().map(|value| value.documents.count_with(&live)).collect()
    }

    /// Counts every value, each facet without its own choice. `totals` are the counts when nothing is asked.
    /// Organisations are counted only when one is chosen: otherwise nobody sees their counts.
    pub(crate) fn count(&self, conditions: &Conditions<'_>, totals: &[u32]) -> Vec<u32> {
        let mut counts = vec![0; self.values.len()];
        let everything = 0..self.values.len();
        match conditions.matches() {
            Some(matches) => self.count_in(&matches, everything, &mut counts),
            None => counts.copy_from_slice(totals),
        }
        for facet in conditions.facets() {
            let range = self.range(facet);
            counts[range.clone()].fill(0);
            match conditions.matches_without(FilterPart::Facet(facet)) {
                Some(matches) => self.count_in(&matches, range, &mut counts),
                None => counts[range.clone()].copy_from_slice(&totals[range]),
            }
        }
        counts
    }

    fn count_in(&self, documents: &Bits, range: Range<usize>, counts: &mut [u32]) {
        let organisations = self.range(Facet::Organisation);
        let is_counted = |number: &usize| range == organisations || !organisations.contains(number);
        let documents = Sieve::of(documents);
        for number in range.clone().filter(is_counted) {
            counts[number] = self.values[number].documents.count_with(&documents);
        }
    }

    /// The numbers of the values of a document, whether it is in the index or not.
    pub(crate) fn numbers_of(&self, document: &Document, places: &Places, today: NaiveDate) -> Vec<u32> {
        let find = |(facet, slug): (Facet, String)| {
            let at = self.values_in(facet).iter().position(|known| known.slug == slug)?;
            Some((self.range(facet).start + at) as u32)
        };
        let mut numbers: Vec<u32> = values_of(document, places, today).into_iter().filter_map(find).collect();
        sort_and_dedup(&mut numbers);
        numbers
    }

    /// The facet and the documents of a value.
    pub(crate) fn value(&self, number: u32) -> (Facet, &Documents) {
        let value = &self.values[number as usize];
        (value.facet, &value.documents)
    }

    /// The values of a facet, each with its number.
    pub(crate) fn values_with_numbers(&self, facet: Facet) -> impl Iterator<Item = (&str, usize)> {
        self.values_in(facet).iter().map(|value| value.slug.as_str()).zip(self.range(facet))
    }

    /// The values of a facet with every spelling.
    pub(crate) fn spellings(&self, facet: Facet) -> impl Iterator<Item = (&Value, &Spelling)> {
        self.values_in(facet)
            .iter()
            .flat_map(|value| value.spellings.iter().map(move |spelling| (value, spelling)))
    }

    /// The organisations that some spelling calls so, given as a slug: their values and all spellings of documents
    /// that count.
    pub(crate) fn organisations_named<'a>(
        &'a self,
        name: &str,
        live: &'a Bits,
    ) -> impl Iterator<Item = (&'a str, &'a Spelling)> {
        self.named.get(name).into_iter().flatten().flat_map(move |number| {
            let value = &self.values[*number as usize];
            value.spellings(live).map(move |spelling| (value.slug.as_str(), spelling))
        })
    }

    fn range(&self, facet: Facet) -> Range<usize> {
        self.ranges.get(facet as usize).cloned().unwrap_or_default()
    }

    fn values_in(&self, facet: Facet) -> &[Value] {
        &self.values[self.range(facet)]
    }
}

/// The values while they are collected, facet after facet. Whoever adds one gets the number of its spelling.
#[derive(Default)]
struct Collector {
    numbers: Numbers,
    values: Vec<(Facet, String)>,
    spelling_numbers: Numbers,
    /// Every spelling with the number of its value.
    spellings: Vec<(u32, String)>,
}

impl Collector {
    /// Adds the values that a facet always shows; gives the number of the first.
    fn listed(&mut self, facet: Facet) -> u32 {
        let first = self.spellings.len() as u32;
        for slug in listed_values(facet) {
            self.number(facet, &slug, &slug);
        }
        first
    }

    /// Adds texts; gives the number of each that an address can hold.
    fn texts<'a>(&mut self, facet: Facet, texts: impl Iterator<Item = &'a str>) -> Vec<Option<u32>> {
        texts.map(|text| Some(self.number(facet, &facet.accept(text)?, text.trim()))).collect()
    }

    fn organisations(&mut self, columns: &Columns) -> Vec<Option<u32>> {
        let facet = Facet::Organisation;
        let number = |organisation: &crate::columns::Organisation| {
            Some(self.number(facet, &facet.accept(&organisation.slug)?, &organisation.name))
        };
        columns.organisations.iter().map(number).collect()
    }

    /// All days on which something starts, in order, each with its number.
    fn starts(&mut self, columns: &Columns, today: NaiveDate) -> Vec<(Option<NaiveDate>, u32)> {
        let mut days: Vec<Option<NaiveDate>> = Vec::new();
        for row in &columns.rows {
            if let Err(at) = days.binary_search(&row.starts_on) {
                days.insert(at, row.starts_on);
            }
        }
        let number = |day| {
            let slug = StartPeriod::of(day, today).slug();
            (day, self.number(Facet::Start, &slug, &slug))
        };
        days.into_iter().map(number).collect()
    }

    /// The number of a spelling, added when it is new.
    fn number(&mut self, facet: Facet, slug: &str, spelling: &str) -> u32 {
        let value = self.numbers.number(&format!("{} {slug}", facet.word()));
        if value as usize == self.values.len() {
            self.values.push((facet, slug.to_owned()));
        }
        let number = self.spelling_numbers.number(&format!("{value} {spelling}"));
        if number as usize == self.spellings.len() {
            self.spellings.push((value, spelling.to_owned()));
        }
        number
    }

    /// Arranges what was added. `spellings_of` has for every document the numbers of its spellings.
    fn finish(self, spellings_of: &Lists, documents: usize) -> FacetTables {
        let mut of_value = vec![0u32; self.values.len()];
        self.spellings.iter().for_each(|(value, _)| of_value[*value as usize] += 1);
        let value_of = |spelling: u32| self.spellings[spelling as usize].0;
        let sets = documents_by_number(spellings_of, documents, self.values.len(), &value_of);
        let new = |((facet, slug), documents)| Value { facet, slug, documents, spellings: Vec::new() };
        let mut values: Vec<Value> = self.values.into_iter().zip(sets).map(new).collect();
        let sets = documents_by_number(spellings_of, documents, self.spellings.len(), &|spelling| spelling);
        let mut named: ByText<Vec<u32>> = ByText::default();
        for ((number, text), documents) in self.spellings.into_iter().zip(sets) {
            let value = &mut values[number as usize];
            let documents = (of_value[number as usize] > 1).then_some(documents);
            let slug = slug(&text);
            if value.facet == Facet::Organisation {
                named.or_insert_with(&slug, Vec::new).push(number);
            }
            value.spellings.push(Spelling { text, slug, documents });
        }
        for value in &mut values {
            sort_by(&mut value.spellings, |a, b| a.text.cmp(&b.text));
        }
        let range = |facet: &Facet| {
            let first = values.iter().position(|value| value.facet == *facet).unwrap_or(values.len());
            first..first + values.iter().filter(|value| value.facet == *facet).count()
        };
        let ranges = Facet::ALL.iter().map(range).collect();
        FacetTables { values, ranges, named }
    }
}

/// For every number the documents that have it in their list; `number_of` tells what an entry of a list counts for.
fn documents_by_number(
    lists: &Lists,
    documents: usize,
    numbers: usize,
    number_of: &dyn Fn(u32) -> u32,
) -> impl Iterator<Item = Documents> + use<> {
    let pairs = (0..documents as u32)
        .flat_map(|document| lists.get(document).iter().map(move |entry| (number_of(*entry), document)));
    let by_number = Lists::collect(numbers, pairs);
    (0..numbers as u32).map(move |number| Documents::of(by_number.get(number), documents))
}
