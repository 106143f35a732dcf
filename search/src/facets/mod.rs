//! How many documents have which value: every facet is counted without its own choice.

mod values;

use std::ops::Range;

use chrono::NaiveDate;
use domain::vacancies::{Facet, VacancyFilter};

use crate::answer::{FacetCounts, FacetValue};
use crate::bits::Bits;
use crate::conditions::{Conditions, Part};
use crate::distance::Places;
use crate::index::{Document, Lists};
use values::{Order, listed_values, moment, values_of};

/// A document has about so many values; it decides which way of counting is cheaper.
const VALUES_OF_A_DOCUMENT: usize = 12;

/// All values of all facets with their documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct FacetTables {
    /// Facet after facet, in the order of [`Facet::ALL`].
    values: Vec<Value>,
    /// For every facet the numbers of its values.
    ranges: Vec<Range<usize>>,
    /// For every document the numbers of its values.
    of_document: Lists,
    /// For every value how many documents have it.
    totals: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Value {
    facet: Facet,
    /// The value as it stands in an address.
    slug: String,
    label: String,
    documents: Bits,
}

impl FacetTables {
    /// Reads all documents.
    pub(crate) fn of(documents: &[Document], places: &Places, today: NaiveDate) -> Self {
        let mut columns: Vec<Vec<Value>> =
            Facet::ALL.iter().map(|facet| listed(*facet, documents.len())).collect();
        for (number, document) in (0..).zip(documents) {
            for (facet, slug, label) in values_of(document, places, today) {
                let column = &mut columns[facet as usize];
                value_in(column, facet, slug, label, documents.len()).documents.add(number);
            }
        }
        let mut tables = Self::default();
        for (facet, mut column) in Facet::ALL.iter().zip(columns) {
            sort(&mut column, *facet);
            let start = tables.values.len();
            tables.values.extend(column);
            tables.ranges.push(start..tables.values.len());
        }
        tables.totals = tables.values.iter().map(|value| value.documents.count()).collect();
        tables.of_document = tables.by_document(documents.len());
        tables
    }

    fn by_document(&self, documents: usize) -> Lists {
        let mut of_document = vec![Vec::new(); documents];
        for (number, value) in (0..).zip(&self.values) {
            value.documents.ones().for_each(|document| of_document[document as usize].push(number));
        }
        let mut lists = Lists::default();
        for values in of_document {
            lists.push(values);
        }
        lists
    }

    /// The documents with any of the chosen values; nothing when the facet has no choice.
    pub(crate) fn chosen(&self, filter: &VacancyFilter, facet: Facet, documents: usize) -> Option<Bits> {
        filter.values(facet).next()?;
        let mut chosen = Bits::none(documents);
        for value in self.values_in(facet).iter().filter(|value| filter.has(facet, &value.slug)) {
            chosen.join(&value.documents);
        }
        Some(chosen)
    }

    /// Counts every value, and lists them in the order of their facet.
    pub(crate) fn count(&self, filter: &VacancyFilter, conditions: &Conditions) -> Vec<FacetCounts> {
        let mut counts = vec![0; self.values.len()];
        self.count_in(conditions.matches(), 0..self.values.len(), &mut counts);
        for facet in conditions.facets() {
            let range = self.range(facet);
            counts[range.clone()].fill(0);
            self.count_in(conditions.matches_without(Part::Facet(facet)), range, &mut counts);
        }
        Facet::ALL.iter().map(|facet| self.list(*facet, filter, &counts)).collect()
    }

    /// Few documents are counted by their lists of values, many by the sets of the values.
    fn count_in(&self, documents: Option<Bits>, range: Range<usize>, counts: &mut [u32]) {
        let Some(documents) = documents else {
            counts[range.clone()].copy_from_slice(&self.totals[range]);
            return;
        };
        if documents.count() as usize * VALUES_OF_A_DOCUMENT > range.len() * documents.words() {
            for number in range {
                counts[number] = self.values[number].documents.count_with(&documents);
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

    fn list(&self, facet: Facet, filter: &VacancyFilter, counts: &[u32]) -> FacetCounts {
        let known = self.range(facet).map(|number| {
            let value = &self.values[number];
            FacetValue { value: value.slug.clone(), label: value.label.clone(), count: counts[number] }
        });
        let mut values: Vec<FacetValue> = known.collect();
        for chosen in filter.values(facet) {
            if !values.iter().any(|value| value.value == chosen) {
                values.push(FacetValue { value: chosen.to_owned(), label: chosen.to_owned(), count: 0 });
            }
        }
        Order::of(facet).sort(&mut values);
        FacetCounts { facet, values }
    }

    /// The numbers of the values of a document, whether it is in the index or not.
    pub(crate) fn numbers_of(&self, document: &Document, places: &Places, today: NaiveDate) -> Vec<u32> {
        let find = |(facet, slug, _): (Facet, String, String)| {
            let at = self.values_in(facet).iter().position(|known| known.slug == slug)?;
            Some((self.range(facet).start + at) as u32)
        };
        let mut numbers: Vec<u32> = values_of(document, places, today).into_iter().filter_map(find).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The numbers of the values of a document in the index.
    pub(crate) fn numbers_at(&self, document: u32) -> &[u32] {
        self.of_document.get(document)
    }

    /// The facet and the documents of a value.
    pub(crate) fn value(&self, number: u32) -> (Facet, &Bits) {
        let value = &self.values[number as usize];
        (value.facet, &value.documents)
    }

    fn range(&self, facet: Facet) -> Range<usize> {
        self.ranges.get(facet as usize).cloned().unwrap_or_default()
    }

    fn values_in(&self, facet: Facet) -> &[Value] {
        &self.values[self.range(facet)]
    }
}

fn listed(facet: Facet, documents: usize) -> Vec<Value> {
    let new = |slug: String| Value { facet, label: slug.clone(), slug, documents: Bits::none(documents) };
    listed_values(facet).into_iter().map(new).collect()
}

/// The value in its column, added when it is new. Of several labels the first in the alphabet stays.
fn value_in(
    column: &mut Vec<Value>,
    facet: Facet,
    slug: String,
    label: String,
    documents: usize,
) -> &mut Value {
    let at = column.iter().position(|known| known.slug == slug).unwrap_or_else(|| {
        column.push(Value { facet, slug, label: label.clone(), documents: Bits::none(documents) });
        column.len() - 1
    });
    let known = &mut column[at];
    if label < known.label {
        known.label = label;
    }
    known
}

fn sort(column: &mut [Value], facet: Facet) {
    match Order::of(facet) {
        Order::Listed => {}
        Order::Time => column.sort_by_key(|value| moment(&value.slug)),
        Order::Frequency => column.sort_by(|a, b| (&a.label, &a.slug).cmp(&(&b.label, &b.slug))),
    }
}
