//! Words that name a choice: kinds, levels, places and organisations, offered and never forced.

use std::sync::LazyLock;

use domain::vacancies::{Facet, Level, Near, Radius, VacancyFilter, VacancyKind};

use crate::analyse::{kind_words, words};
use crate::hash::ByText;
use crate::index::Index;
use crate::query::Query;
use crate::results::{Choice, Understood};
use crate::search::PartSearch;

/// The largest number of neighbouring words that may name one thing.
const LONGEST_NAME: usize = 4;
/// The largest number of choices that are offered.
const MOST_CHOICES: usize = 4;

impl Index {
    /// The choices that words of the query name and the filter does not have yet, each with what it gives.
    pub(crate) fn understand<'a>(
        &'a self,
        filter: &VacancyFilter,
        query: &Query,
        asked: &[PartSearch<'a>],
    ) -> Vec<Understood> {
        if query.is_empty() || !query.phrases.is_empty() {
            return Vec::new();
        }
        let typed: Vec<String> = words(filter.query()).map(|word| word.folded.into_owned()).collect();
        let matched: Vec<_> = asked.iter().filter_map(|asked| asked.matched.as_ref()).collect();
        let mut understood = Vec::new();
        let mut first = 0;
        while first < typed.len() && understood.len() < MOST_CHOICES {
            let longest = (first + LONGEST_NAME).min(typed.len());
            let named =
                (first + 1..=longest).rev().find_map(|end| Some((self.named(&typed[first..end])?, end)));
            let Some((choice, end)) = named else {
                first += 1;
                continue;
            };
            let rest = [&typed[..first], &typed[end..]].concat().join(" ");
            let chosen = choose(&filter.with_query(&rest), &choice);
            if chosen != filter.with_query(&rest) {
                let total = self.total(&chosen, (query, &matched));
                if total > 0 {
                    understood.push(Understood { choice, filter: chosen, total });
                }
            }
            first = end;
        }
        understood
    }

    /// The choices that neighbouring words name.
    fn named(&self, typed: &[String]) -> Option<Choice> {
        let name = typed.join("-");
        if let Some(choice) = KINDS_AND_LEVELS.get(&name) {
            return Some(choice.clone());
        }
        let places = &self.parts.first()?.segment.places;
        if let Some(place) = places.name_of(&name) {
            return Some(Choice::Place(place.to_owned()));
        }
        let organisations =
            self.parts.iter().flat_map(|part| part.segment.facets.organisations_named(&name, &part.live));
        let named = organisations.filter(|(_, spelling)| spelling.slug == name);
        let (organisation, label) = named.map(|(value, spelling)| (value, &spelling.text)).min()?;
        Some(Choice::Value(Facet::Organisation, organisation.to_owned(), label.clone()))
    }
}

/// The choices of kinds and levels by the words that name them; of several kinds the first.
static KINDS_AND_LEVELS: LazyLock<ByText<Choice>> = LazyLock::new(|| {
    let mut choices = ByText::default();
    for kind in VacancyKind::ALL {
        let names = kind_words(*kind).into_iter().flat_map(|(_, names)| words(names));
        for name in names.map(|word| word.folded.into_owned()).chain([kind.slug()]) {
            let choice = || Choice::Value(Facet::Kind, kind.slug(), kind.word().to_owned());
            choices.or_insert_with(&name, choice);
        }
    }
    for level in Level::ALL {
        let choice = || Choice::Value(Facet::Level, level.slug(), level.word().to_owned());
        choices.or_insert_with(&level.slug(), choice);
    }
    choices
});

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
