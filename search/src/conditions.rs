//! The conditions of a filter, each as the set of documents that meet it, to be combined at will.

use domain::vacancies::Facet;

use crate::bits::Bits;

/// A part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FilterPart {
    Query,
    Place,
    Facet(Facet),
}

/// The conditions of a filter. A part that asks nothing is not in it.
#[derive(Debug)]
pub(crate) struct Conditions<'a> {
    live: &'a Bits,
    conditions: Vec<(FilterPart, Bits)>,
}

impl<'a> Conditions<'a> {
    /// Nothing is asked yet of the live documents.
    pub(crate) fn of(live: &'a Bits) -> Self {
        Self { live, conditions: Vec::new() }
    }

    /// Adds a condition.
    pub(crate) fn add(&mut self, part: FilterPart, documents: Bits) {
        self.conditions.push((part, documents));
    }

    /// The facets in which something is chosen.
    pub(crate) fn facets(&self) -> impl Iterator<Item = Facet> {
        self.conditions
            .iter()
            .filter_map(|(part, _)| if let FilterPart::Facet(facet) = part { Some(*facet) } else { None })
    }

    /// Whether the filter has this part.
    pub(crate) fn has(&self, part: FilterPart) -> bool {
        self.conditions.iter().any(|(other, _)| *other == part)
    }

    /// The live documents that meet every condition; nothing when there is none, so that all of them fit.
    pub(crate) fn matches(&self) -> Option<Bits> {
        self.intersect(|_| true)
    }

    /// The live documents that meet every condition but one; nothing when all of them fit.
    pub(crate) fn matches_without(&self, part: FilterPart) -> Option<Bits> {
        self.intersect(|other| other != part)
    }

    fn intersect(&self, counts: impl Fn(FilterPart) -> bool) -> Option<Bits> {
        let mut sets =
            self.conditions.iter().filter(|(part, _)| counts(*part)).map(|(_, documents)| documents);
        let mut common = sets.next()?.clone();
        sets.for_each(|documents| common.keep(documents));
        common.keep(self.live);
        Some(common)
    }
}
