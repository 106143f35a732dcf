//! Words that name a choice: kinds, levels, places and organisations, offered and never forced.

use domain::vacancies::{Facet, Level, Near, Radius, VacancyFilter, VacancyKind};

use crate::analyse::{kind_words, words};
use crate::answer::{Choice, Understood};
use crate::index::Index;
use crate::query::Query;

/// So many neighbouring words may name one thing.
const LONGEST_NAME: usize = 4;
/// At most so many choices are offered.
const MOST_CHOICES: usize = 4;

impl Index {
    /// The choices that words of the query name and the filter does not have yet, each with what it gives.
    pub(crate) fn understand(&self, filter: &VacancyFilter, query: &Query) -> Vec<Understood> {
        if query.is_empty() || !query.phrases.is_empty() {
            return Vec::new();
        }
        let typed: Vec<String> = words(filter.query()).map(|word| word.folded.into_owned()).collect();
        let mut understood = Vec::new();
        let mut first = 0;
        while first < typed.len() && understood.len() < MOST_CHOICES {
            let longest = (first + LONGEST_NAME).min(typed.len());
            let named = (first + 1..=longest).rev().find_map(|end| Some((self.named(&typed[first..end])?, end)));
            let Some((choice, end)) = named else {
                first += 1;
                continue;
            };
            let rest = [&typed[..first], &typed[end..]].concat().join(" ");
            let chosen = choose(&filter.with_query(&rest), &choice);
            if chosen != filter.with_query(&rest) {
                let total = self.total(&chosen);
                if total > 0 {
                    understood.push(Understood { choice, filter: chosen, total });
                }
            }
            first = end;
        }
        understood
    }

    /// What neighbouring words name.
    fn named(&self, typed: &[String]) -> Option<Choice> {
        let name = typed.join("-");
        let value = |facet, value: String, label: &str| Some(Choice::Value(facet, value, label.to_owned()));
        if let Some(kind) = VacancyKind::ALL.iter().find(|kind| names_kind(**kind, &name)) {
            return value(Facet::Kind, kind.slug(), kind.word());
        }
        if let Some(level) = Level::ALL.iter().find(|level| level.slug() == name) {
            return value(Facet::Level, level.slug(), level.word());
        }
        let places = &self.parts.first()?.segment.places;
        if let Some(place) = places.name_of(&name) {
            return Some(Choice::Place(place.to_owned()));
        }
        let facet = Facet::Organisation;
        let organisations = self.parts.iter().flat_map(|part| part.segment.facets.spellings(facet, &part.live));
        let named = organisations.filter(|(_, spelling)| spelling.slug == name);
        let (organisation, label) = named.map(|(value, spelling)| (value, &spelling.text)).min()?;
        value(facet, organisation.to_owned(), label)
    }
}

fn names_kind(kind: VacancyKind, name: &str) -> bool {
    kind.slug() == name
        || kind_words(kind).iter().any(|(_, names)| {
            words(names).any(|word| word.folded == name)
        })
}

/// The filter with a choice.
pub(crate) fn choose(filter: &VacancyFilter, choice: &Choice) -> VacancyFilter {
    match choice {
        Choice::Value(facet, value, _) => filter.with(*facet, value),
        Choice::Place(place) => {
            let radius = filter.near().map_or(Radius::Km25, |near| near.radius);
            filter.with_near(Some(Near { place: place.clone(), radius }))
        }
    }
}
