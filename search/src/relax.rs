//! What to let go when nothing fits.

use std::cmp::Reverse;

use domain::vacancies::{Facet, Near, Radius, VacancyFilter};

use crate::answer::{Dropped, Relaxation};
use crate::bits::Bits;
use crate::conditions::{Conditions, Part};
use crate::distance::Surroundings;
use crate::index::Index;

impl Index {
    /// Every single choice whose removal gives results, the one that gives most first.
    pub(crate) fn relax(
        &self,
        filter: &VacancyFilter,
        conditions: &Conditions,
        around: Option<&Surroundings<'_>>,
    ) -> Vec<Relaxation> {
        let mut relaxations = Vec::new();
        if conditions.has(Part::Query) {
            let total = self.total_without(conditions, Part::Query);
            relaxations.push(Relaxation { dropped: Dropped::Query, filter: filter.with_query(""), total });
        }
        if conditions.has(Part::Place) {
            let total = self.total_without(conditions, Part::Place);
            relaxations.push(Relaxation { dropped: Dropped::Place, filter: filter.with_near(None), total });
        }
        relaxations.extend(around.and_then(|around| widen(filter, conditions, around, &self.everything)));
        relaxations.extend(conditions.facets().filter_map(|facet| {
            let total = self.total_without(conditions, Part::Facet(facet));
            without_choice(filter, facet, total)
        }));
        relaxations.retain(|relaxation| relaxation.total > 0);
        relaxations.sort_by_key(|relaxation| Reverse(relaxation.total));
        relaxations
    }

    fn total_without(&self, conditions: &Conditions, part: Part) -> u32 {
        conditions.matches_without(part).as_ref().unwrap_or(&self.everything).count()
    }
}

/// The nearest wider radius that gives results.
fn widen(
    filter: &VacancyFilter,
    conditions: &Conditions,
    around: &Surroundings<'_>,
    everything: &Bits,
) -> Option<Relaxation> {
    let near = filter.near()?;
    let elsewhere = conditions.matches_without(Part::Place);
    let elsewhere = elsewhere.as_ref().unwrap_or(everything);
    let wider = Radius::ALL.iter().filter(|radius| radius.kilometres() > near.radius.kilometres());
    let (radius, total) = wider
        .map(|radius| (*radius, around.within(*radius).count_with(elsewhere)))
        .find(|(_, total)| *total > 0)?;
    let near = Near { place: near.place.clone(), radius };
    Some(Relaxation { dropped: Dropped::Radius(radius), filter: filter.with_near(Some(near)), total })
}

/// One of several values of a facet only narrows when it goes, so only a lone choice is worth dropping.
fn without_choice(filter: &VacancyFilter, facet: Facet, total: u32) -> Option<Relaxation> {
    let mut values = filter.values(facet);
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    let dropped = Dropped::Choice(facet, value.to_owned());
    Some(Relaxation { dropped, filter: filter.without(facet, value), total })
}
