//! From a filter to an answer.

use domain::vacancies::{Facet, VacancyFilter};

use crate::answer::{Answer, Hit, PlaceMatch};
use crate::bits::Bits;
use crate::conditions::{Conditions, Part};
use crate::distance::Surroundings;
use crate::index::Index;

/// How many vacancies a page of results has.
pub const PAGE_SIZE: usize = 15;

impl Index {
    /// The page of results that the filter asks for, with all counts.
    pub fn search(&self, filter: &VacancyFilter) -> Answer {
        let page = filter.page().max(1);
        Answer {
            page,
            ..self.search_limited(filter, (page as usize - 1).saturating_mul(PAGE_SIZE), PAGE_SIZE)
        }
    }

    /// The results from number `first` (0 is the best), at most `count`; the filter's page is not looked at.
    ///
    /// Pages are counted as if all had `count` results.
    pub fn search_limited(&self, filter: &VacancyFilter, first: usize, count: usize) -> Answer {
        let around = filter.near().and_then(|near| self.places.around(&near.place));
        let scores = self.texts.score(filter.query(), self.len());
        let conditions = self.conditions(filter, scores.as_deref(), around.as_ref());
        let matches = conditions.matches();
        let matches = matches.as_ref().unwrap_or(&self.everything);
        let documents =
            self.page_of(matches, filter.sort(), scores.as_deref(), around.as_ref(), (first, count));
        let total = matches.count();
        let page_size = count.clamp(1, u32::MAX as usize);
        Answer {
            total,
            page: (first / page_size) as u32 + 1,
            pages: total.div_ceil(page_size as u32).max(1),
            hits: documents.into_iter().map(|document| self.hit(document, around.as_ref())).collect(),
            facets: self.facets.count(filter, &conditions),
            place: self.place_match(filter, around.as_ref()),
            relaxations: if total == 0 {
                self.relax(filter, &conditions, around.as_ref())
            } else {
                Vec::new()
            },
        }
    }

    fn conditions(
        &self,
        filter: &VacancyFilter,
        scores: Option<&[u16]>,
        around: Option<&Surroundings<'_>>,
    ) -> Conditions {
        let mut conditions = Conditions::default();
        if let Some(scores) = scores {
            conditions.add(Part::Query, Bits::scored(scores));
        }
        if let (Some(around), Some(near)) = (around, filter.near()) {
            conditions.add(Part::Place, around.within(near.radius));
        }
        for facet in Facet::ALL {
            if let Some(chosen) = self.facets.chosen(filter, *facet, self.len()) {
                conditions.add(Part::Facet(*facet), chosen);
            }
        }
        conditions
    }

    fn hit(&self, document: u32, around: Option<&Surroundings<'_>>) -> Hit {
        Hit {
            card: self.cards[document as usize].clone(),
            distance_km: around.and_then(|around| around.distance_to(document)),
        }
    }

    fn place_match(&self, filter: &VacancyFilter, around: Option<&Surroundings<'_>>) -> PlaceMatch {
        match (filter.near(), around) {
            (None, _) => PlaceMatch::Anywhere,
            (_, Some(around)) => PlaceMatch::Known { name: around.name().to_owned() },
            (Some(near), None) => {
                PlaceMatch::Unknown { near: self.places.nearest_name(&near.place).map(str::to_owned) }
            }
        }
    }
}
