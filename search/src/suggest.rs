//! What somebody who is typing may mean: study fields, skills, organisations and places, with their counts.

use std::cmp::Reverse;

use domain::text::slug;
use domain::vacancies::{Facet, VacancyFilter};
use serde::{Deserialize, Serialize};

use crate::analyse::words;
use crate::answer::Choice;
use crate::hash::Map;
use crate::index::{Index, Part};
use crate::understand::choose;

/// What somebody who is typing may mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// The text as the data has it.
    pub label: String,
    /// The search that it leads to.
    pub filter: VacancyFilter,
    /// How many open vacancies have it, whatever else is chosen.
    pub count: u32,
}

/// What a suggestion is, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SuggestionKind {
    /// A study field.
    StudyField,
    /// A skill.
    Skill,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

/// At most so many of one kind.
const MOST_OF_A_KIND: usize = 3;

impl Index {
    /// What the word that is being typed at the end of the query may mean: at most three of each kind, those
    /// that start with it first, then the most frequent.
    pub fn suggest(&self, filter: &VacancyFilter) -> Vec<Suggestion> {
        let typed: Vec<String> = words(filter.query()).map(|word| word.folded.into_owned()).collect();
        let Some((last, before)) = typed.split_last() else { return Vec::new() };
        // With more words the whole may be a name; otherwise the last word begins one, and the others stay.
        let whole = self.starting_with(&typed.join("-"), filter, "");
        if !whole.is_empty() || before.is_empty() || last.len() < 2 {
            return whole;
        }
        self.starting_with(last, filter, &before.join(" "))
    }

    fn starting_with(&self, start: &str, filter: &VacancyFilter, before: &str) -> Vec<Suggestion> {
        let mut found: Map<(SuggestionKind, String), Found> = Map::default();
        for part in &self.parts {
            find_in(part, start, &mut found);
        }
        let mut found: Vec<((SuggestionKind, String), Found)> =
            found.into_iter().filter(|(_, found)| found.count > 0).collect();
        found.sort_by(|((kind, a), one), ((other_kind, b), other)| {
            (kind, !one.is_at_start, Reverse(one.count), a).cmp(&(other_kind, !other.is_at_start, Reverse(other.count), b))
        });
        let rest = filter.with_query(before);
        let of_kind = found.chunk_by(|((a, _), _), ((b, _), _)| a == b);
        let most = of_kind.flat_map(|of_kind| of_kind.iter().take(MOST_OF_A_KIND));
        most.map(|((kind, value), found)| Suggestion {
            kind: *kind,
            label: found.label.clone(),
            filter: lead_to(*kind, value, &found.label, &rest),
            count: found.count,
        })
        .collect()
    }
}

struct Found {
    label: String,
    is_at_start: bool,
    count: u32,
}

fn find_in(part: &Part, start: &str, found: &mut Map<(SuggestionKind, String), Found>) {
    let segment = &part.segment;
    let columns = &segment.columns;
    let inside = format!("-{start}");
    let mut add = |kind, value: &str, label: &str, count: &dyn Fn() -> u32| {
        let is_at_start = value.starts_with(start);
        if is_at_start || value.contains(&inside) {
            let new = || Found { label: label.to_owned(), is_at_start, count: 0 };
            found.entry((kind, value.to_owned())).or_insert_with(new).count += count();
        }
    };
    for ((slug, skill), total) in segment.names.skills.iter().zip(&columns.skills).zip(&part.skill_totals) {
        add(SuggestionKind::Skill, slug, skill, &|| *total);
    }
    for ((slug, organisation), number) in segment.names.organisations.iter().zip(&columns.organisations).zip(0..) {
        let total = || segment.facets.number_of_organisation(number).map_or(0, |value| part.totals[value as usize]);
        add(SuggestionKind::Organisation, slug, &organisation.name, &total);
    }
    // Several spellings of one study field share a value, which is counted once.
    for (number, slug, label) in segment.facets.labels(Facet::StudyField) {
        add(SuggestionKind::StudyField, slug, label, &|| part.totals[number]);
    }
    for (_, name, documents) in segment.places.sites() {
        add(SuggestionKind::Place, &slug(name), name, &|| documents.count_with(&part.live));
    }
}

fn lead_to(kind: SuggestionKind, value: &str, label: &str, rest: &VacancyFilter) -> VacancyFilter {
    match kind {
        SuggestionKind::StudyField => rest.with(Facet::StudyField, value),
        SuggestionKind::Organisation => rest.with(Facet::Organisation, value),
        SuggestionKind::Place => choose(rest, &Choice::Place(label.to_owned())),
        SuggestionKind::Skill => {
            let words = format!("{} {label}", rest.query());
            rest.with_query(words.trim())
        }
    }
}
