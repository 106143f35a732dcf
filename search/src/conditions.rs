//! The conditions of a filter, each as the set of documents that meet it, to be combined at will.

use domain::vacancies::Facet;

use crate::bits::Bits;

/// A part of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Query,
    Place,
    Facet(Facet),
}

/// What a filter asks. A part that asks nothing is not in it.
#[derive(Debug, Default)]
pub(crate) struct Conditions(Vec<(Part, Bits)>);

impl Conditions {
    /// Adds a condition.
    pub(crate) fn add(&mut self, part: Part, documents: Bits) {
        self.0.push((part, documents));
    }

    /// The facets in which something is chosen.
    pub(crate) fn facets(&self) -> impl Iterator<Item = Facet> {
        self.0.iter().filter_map(|(part, _)| if let Part::Facet(facet) = part { Some(*facet) } else { None })
    }

    /// Whether the filter has this part.
    pub(crate) fn has(&self, part: Part) -> bool {
        self.0.iter().any(|(other, _)| *other == part)
    }

    /// The documents that meet every condition; nothing when there is none, so that everything fits.
    pub(crate) fn matches(&self) -> Option<Bits> {
        intersect(self.0.iter().map(|(_, documents)| documents))
    }

    /// The documents that meet every condition but one; nothing when everything fits.
    pub(crate) fn matches_without(&self, part: Part) -> Option<Bits> {
        intersect(self.0.iter().filter(|(other, _)| *other != part).map(|(_, documents)| documents))
    }
}

fn intersect<'a>(mut sets: impl Iterator<Item = &'a Bits>) -> Option<Bits> {
    let mut common = sets.next()?.clone();
    sets.for_each(|documents| common.keep(documents));
    Some(common)
}
