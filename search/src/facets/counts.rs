//! The counts of all parts of the index as one list for every facet.

use domain::vacancies::{Facet, VacancyFilter};

use super::values::Order;
use crate::index::IndexPart;
use crate::results::{FacetCounts, FacetValue};

/// The counts of several tables, each with its totals, as one list for every facet.
///
/// Organisations are listed only where they are chosen: there are too many to offer.
pub(crate) fn list_counts<'a>(
    tables: impl Iterator<Item = (&'a IndexPart, Vec<u32>)>,
    filter: &VacancyFilter,
) -> Vec<FacetCounts> {
    let mut lists: Vec<Vec<FacetValue>> = vec![Vec::new(); Facet::ALL.len()];
    for (part, counts) in tables {
        let table = &part.segment.facets;
        for (facet, list) in Facet::ALL.iter().zip(&mut lists) {
            if *facet == Facet::Organisation && filter.values(*facet).next().is_none() {
                continue;
            }
            let is_first = list.is_empty();
            for number in table.range(*facet) {
                let value = &table.values[number];
                let is_shown = match Order::of(*facet) {
                    Order::Listed => true,
                    _ => {
                        part.totals[number] > 0
                            && (*facet != Facet::Organisation || filter.has(*facet, &value.slug))
                    }
                };
                if !is_shown {
                    continue;
                }
                let (label, count) = (value.label(&part.live), counts[number]);
                if is_first {
                    list.push(FacetValue { value: value.slug.clone(), label: label.to_owned(), count });
                } else {
                    add_count(list, &value.slug, label, count);
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

/// Adds to the count of a value; of several labels the first in the alphabet stays.
fn add_count(values: &mut Vec<FacetValue>, value: &str, label: &str, count: u32) {
    match values.iter_mut().find(|known| known.value == value) {
        Some(known) => {
            known.count += count;
            if label < known.label.as_str() {
                label.clone_into(&mut known.label);
            }
        }
        None => values.push(FacetValue { value: value.to_owned(), label: label.to_owned(), count }),
    }
}
