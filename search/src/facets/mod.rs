//! How many documents have which value: every facet is counted without its own choice.

mod values;

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use domain::vacancies::{Facet, HoursBand, Remote, StartPeriod, VacancyFilter};

use crate::Document;
use crate::answer::{FacetCounts, FacetValue};
use crate::bits::Bits;
use crate::columns::Columns;
use crate::conditions::{Conditions, Part};
use crate::distance::Places;
use crate::documents::Documents;
use crate::hash::Map;
use crate::index::Lists;
pub(crate) use values::Order;
use values::{listed_values, values_of};

/// A document has about so many values; it decides which way of counting is cheaper.
const VALUES_OF_A_DOCUMENT: usize = 13;

/// All values of all facets with their documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct FacetTables {
    /// Facet after facet, in the order of [`Facet::ALL`].
    values: Vec<Value>,
    /// For every facet the numbers of its values.
    ranges: Vec<Range<usize>>,
    /// For every document the numbers of its values.
    of_document: Lists,
    /// For every organisation of the columns the number of its value.
    of_organisation: Vec<Option<u32>>,
}

#[derive(Clone, Debug)]
struct Value {
    facet: Facet,
    /// The value as it stands in an address.
    slug: String,
    label: String,
    documents: Documents,
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
                starts.get(&row.starts_on).copied(),
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
            let mut values: Vec<u32> = values.into_iter().flatten().collect();
            values.sort_unstable();
            values.dedup();
            of_document.push(values);
        }
        tables.finish(of_document, organisations, columns.rows.len())
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

    /// How many of these documents have each value.
    pub(crate) fn totals(&self, live: &Bits) -> Vec<u32> {
        self.values.iter().map(|value| value.documents.count_with(live)).collect()
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
            match conditions.matches_without(Part::Facet(facet)) {
                Some(matches) => self.count_in(&matches, range, &mut counts),
                None => counts[range.clone()].copy_from_slice(&totals[range]),
            }
        }
        counts
    }

    /// Few documents are counted by their lists of values, many by the sets of the values.
    fn count_in(&self, documents: &Bits, range: Range<usize>, counts: &mut [u32]) {
        let organisations = self.range(Facet::Organisation);
        let is_counted = |number: &usize| range == organisations || !organisations.contains(number);
        let counted = range.clone().filter(is_counted);
        if documents.count() as usize * VALUES_OF_A_DOCUMENT > counted.clone().count() * documents.words().len() {
            for number in counted {
                counts[number] = self.values[number].documents.count_with(documents);
            }
            return;
        }
        for document in documents.ones() {
            for number in self.of_document.get(document) {
                let number = *number as usize;
                counts[number] += u32::from(range.contains(&number));
            }
        }
    }

    /// The numbers of the values of a document, whether it is in the index or not.
    pub(crate) fn numbers_of(&self, document: &Document, places: &Places, today: NaiveDate) -> Vec<u32> {
        let find = |(facet, slug): (Facet, String)| {
            let at = self.values_in(facet).iter().position(|known| known.slug == slug)?;
            Some((self.range(facet).start + at) as u32)
        };
        let mut numbers: Vec<u32> = values_of(document, places, today).into_iter().filter_map(find).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The facet and the documents of a value.
    pub(crate) fn value(&self, number: u32) -> (Facet, &Documents) {
        let value = &self.values[number as usize];
        (value.facet, &value.documents)
    }

    /// The values of a facet: their numbers, slugs and labels.
    pub(crate) fn labels(&self, facet: Facet) -> impl Iterator<Item = (usize, &str, &str)> {
        self.range(facet).zip(self.values_in(facet)).map(|(number, value)| (number, value.slug.as_str(), value.label.as_str()))
    }

    /// The number of the value of an organisation of the columns.
    pub(crate) fn number_of_organisation(&self, organisation: usize) -> Option<u32> {
        self.of_organisation[organisation]
    }

    fn range(&self, facet: Facet) -> Range<usize> {
        self.ranges.get(facet as usize).cloned().unwrap_or_default()
    }

    fn values_in(&self, facet: Facet) -> &[Value] {
        &self.values[self.range(facet)]
    }
}

/// The counts of several tables, each with its totals, as one list for every facet.
///
/// Organisations are listed only where they are chosen: there are too many to offer.
pub(crate) fn list_counts<'a>(
    tables: impl Iterator<Item = (&'a FacetTables, &'a [u32], Vec<u32>)>,
    filter: &VacancyFilter,
) -> Vec<FacetCounts> {
    let mut lists: Vec<Vec<FacetValue>> = vec![Vec::new(); Facet::ALL.len()];
    for (table, totals, counts) in tables {
        for (facet, list) in Facet::ALL.iter().zip(&mut lists) {
            let is_chosen = filter.values(*facet).next().is_some();
            if *facet == Facet::Organisation && !is_chosen {
                continue;
            }
            let is_first = list.is_empty();
            for number in table.range(*facet) {
                let value = &table.values[number];
                let is_shown = match Order::of(*facet) {
                    Order::Listed => true,
                    _ if *facet == Facet::Organisation => filter.has(*facet, &value.slug),
                    _ => totals[number] > 0,
                };
                if is_shown {
                    add_count(list, value, counts[number], is_first);
                }
            }
        }
    }
    let finish = |(facet, mut values): (&Facet, Vec<FacetValue>)| {
        for chosen in filter.values(*facet) {
            if !values.iter().any(|value| value.value == chosen) {
                values.push(FacetValue { value: chosen.to_owned(), label: chosen.to_owned(), count: 0 });
            }
        }
        Order::of(*facet).sort(&mut values);
        FacetCounts { facet: *facet, values }
    };
    Facet::ALL.iter().zip(lists).map(finish).collect()
}

/// Of several labels the first in the alphabet stays. The values of one table differ, so the first is only copied.
fn add_count(values: &mut Vec<FacetValue>, value: &Value, count: u32, is_first: bool) {
    match values.iter_mut().find(|known| !is_first && known.value == value.slug) {
        Some(known) => {
            known.count += count;
            if value.label < known.label {
                known.label.clone_from(&value.label);
            }
        }
        None => values.push(FacetValue { value: value.slug.clone(), label: value.label.clone(), count }),
    }
}

/// The values while they are collected, facet after facet.
#[derive(Default)]
struct Collector {
    values: Vec<(Facet, String, String)>,
    numbers: Map<(u8, String), usize>,
}

impl Collector {
    /// Adds the values that a facet always shows; gives the number of the first.
    fn listed(&mut self, facet: Facet) -> u32 {
        let first = self.values.len() as u32;
        self.values.extend(listed_values(facet).into_iter().map(|slug| (facet, slug.clone(), slug)));
        first
    }

    /// Adds texts; gives the number of each that an address can hold.
    fn texts<'a>(&mut self, facet: Facet, texts: impl Iterator<Item = &'a str>) -> Vec<Option<u32>> {
        texts.map(|text| Some(self.number(facet, facet.accept(text)?, text.trim()))).collect()
    }

    fn organisations(&mut self, columns: &Columns) -> Vec<Option<u32>> {
        let facet = Facet::Organisation;
        let number = |organisation: &crate::columns::Organisation| {
            Some(self.number(facet, facet.accept(&organisation.slug)?, &organisation.name))
        };
        columns.organisations.iter().map(number).collect()
    }

    fn starts(&mut self, columns: &Columns, today: NaiveDate) -> BTreeMap<Option<NaiveDate>, u32> {
        let mut numbers = BTreeMap::new();
        for row in &columns.rows {
            numbers.entry(row.starts_on).or_insert_with(|| {
                let slug = StartPeriod::of(row.starts_on, today).slug();
                self.number(Facet::Start, slug.clone(), &slug)
            });
        }
        numbers
    }

    /// The number of a value, added when it is new. Of several labels the first in the alphabet stays.
    fn number(&mut self, facet: Facet, slug: String, label: &str) -> u32 {
        let at = *self.numbers.entry((facet as u8, slug)).or_insert_with_key(|(_, slug)| {
            self.values.push((facet, slug.clone(), label.to_owned()));
            self.values.len() - 1
        });
        let known = &mut self.values[at].2;
        if label < known.as_str() {
            label.clone_into(known);
        }
        at as u32
    }

    fn finish(self, of_document: Lists, of_organisation: Vec<Option<u32>>, documents: usize) -> FacetTables {
        let pairs = (0..documents as u32).flat_map(|document| {
            of_document.get(document).iter().map(move |value| (*value, document))
        });
        let lists = Lists::collect(self.values.len(), pairs);
        let new = |((facet, slug, label), number)| {
            Value { facet, slug, label, documents: Documents::of(lists.get(number), documents) }
        };
        let values: Vec<Value> = self.values.into_iter().zip(0..).map(new).collect();
        let range = |facet: &Facet| {
            let first = values.iter().position(|value| value.facet == *facet).unwrap_or(values.len());
            first..first + values.iter().filter(|value| value.facet == *facet).count()
        };
        let ranges = Facet::ALL.iter().map(range).collect();
        FacetTables { values, ranges, of_document, of_organisation }
    }
}

