//! Suggestions for relaxing a filter that matches nothing.

use std::cmp::Reverse;

use domain::vacancies::{Facet, Near, Radius, VacancyFilter};

use crate::bits::Bits;
use crate::conditions::FilterPart;
use crate::index::Index;
use crate::results::{Dropped, Relaxation};
use crate::search::PartSearch;
use crate::sorting::sort_by_key;

impl Index {
    /// Every single choice whose removal gives results, the one that gives most first.
    pub(crate) fn relax(filter: &VacancyFilter, asked: &[PartSearch<'_>]) -> Vec<Relaxation> {
        let mut relaxations = Vec::new();
        let Some(first) = asked.first().map(|asked| &asked.conditions) else { return relaxations };
        let total_without = |part| asked.iter().map(|asked| asked.matches_without(part).count()).sum();
        if first.has(FilterPart::Query) {
            let total = total_without(FilterPart::Query);
            relaxations.push(Relaxation { dropped: Dropped::Query, filter: filter.with_query(""), total });
        }
        if first.has(FilterPart::Place) {
            let total = total_without(FilterPart::Place);
            relaxations.push(Relaxation { dropped: Dropped::Place, filter: filter.with_near(None), total });
        }
        relaxations.extend(widen(filter, asked));
        relaxations.extend(
            first
                .facets()
                .filter_map(|facet| without_choice(filter, facet, total_without(FilterPart::Facet(facet)))),
        );
        relaxations.retain(|relaxation| relaxation.total > 0);
        sort_by_key(&mut relaxations, |relaxation| Reverse(relaxation.total));
        relaxations
    }
}

/// The nearest wider radius that gives results.
fn widen(filter: &VacancyFilter, asked: &[PartSearch<'_>]) -> Option<Relaxation> {
    let near = filter.near()?;
    let elsewhere: Vec<Bits> = asked.iter().map(|asked| asked.matches_without(FilterPart::Place)).collect();
    let total_within = |radius: Radius| {
        let within = asked.iter().zip(&elsewhere).filter_map(|(asked, elsewhere)| {
            Some(asked.around.as_ref()?.within(radius).count_with(elsewhere))
        });
        within.sum::<u32>()
    };
    let wider = Radius::ALL.iter().filter(|radius| radius.kilometres() > near.radius.kilometres());
    let (radius, total) =
        wider.map(|radius| (*radius, total_within(*radius))).find(|(_, total)| *total > 0)?;
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
