//! What somebody who is typing may mean: study fields, skills, organisations and places, with their counts.

use std::cmp::Reverse;

use domain::Language;
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

impl SuggestionKind {
    const ALL: [Self; 4] = [Self::StudyField, Self::Skill, Self::Organisation, Self::Place];
}

/// At most so many of one kind.
const MOST_OF_A_KIND: usize = 3;

impl Index {
    /// What the word that is being typed at the end of the query may mean: at most three of each kind, those
    /// that start with it first, then the most frequent.
    pub fn suggest(&self, filter: &VacancyFilter, language: Language) -> Vec<Suggestion> {
        let typed: Vec<String> = words(filter.query()).map(|word| word.folded.into_owned()).collect();
        let Some((last, before)) = typed.split_last() else { return Vec::new() };
        // With more words the whole may be a name; otherwise the last word begins one, and the others stay.
        let whole = self.starting_with(&typed.join("-"), filter, "", language);
        if !whole.is_empty() || before.is_empty() || last.len() < 2 {
            return whole;
        }
        self.starting_with(last, filter, &before.join(" "), language)
    }

    fn starting_with(
        &self,
        start: &str,
        filter: &VacancyFilter,
        before: &str,
        language: Language,
    ) -> Vec<Suggestion> {
        let start = Start { start, inside: format!("-{start}") };
        let rest = filter.with_query(before);
        let mut suggestions = Vec::new();
        for kind in SuggestionKind::ALL {
            let mut found = Map::default();
            match kind {
                SuggestionKind::StudyField => self.find_values(Facet::StudyField, &start, language, &mut found),
                SuggestionKind::Organisation => self.find_values(Facet::Organisation, &start, language, &mut found),
                SuggestionKind::Skill => self.parts.iter().for_each(|part| find_skills(part, &start, &mut found)),
                SuggestionKind::Place => self.parts.iter().for_each(|part| find_places(part, &start, &mut found)),
            }
            let mut found: Vec<(String, Found)> = found.into_iter().collect();
            found.sort_by(|(a, one), (b, other)| {
                (!one.is_at_start, Reverse(one.count), a).cmp(&(!other.is_at_start, Reverse(other.count), b))
            });
            suggestions.extend(found.into_iter().take(MOST_OF_A_KIND).map(|(value, found)| Suggestion {
                kind,
                filter: lead_to(kind, &value, &found.label, &rest),
                label: found.label,
                count: found.count,
            }));
        }
        suggestions
    }

    /// Values are counted after all their spellings were seen: each of them may be the one that fits.
    fn find_values(
        &self,
        facet: Facet,
        start: &Start<'_>,
        language: Language,
        found: &mut Map<String, Found>,
    ) {
        for part in &self.parts {
            for (value, spelling) in part.segment.facets.spellings(facet, &part.live) {
                let name = self.knowledge.name(facet, value, language);
                let fits = name.map_or_else(|| start.fits(&spelling.slug), |name| start.fits(&slug(name)));
                if let Some(is_at_start) = fits {
                    note(found, value, name.unwrap_or(&spelling.text), is_at_start, 0);
                }
            }
        }
        if found.is_empty() {
            return;
        }
        for part in &self.parts {
            for (value, documents) in part.segment.facets.values_with_documents(facet) {
                if let Some(known) = found.get_mut(value) {
                    known.count += documents.count_with(&part.live);
                }
            }
        }
    }
}

/// What somebody began to type.
struct Start<'a> {
    start: &'a str,
    inside: String,
}

impl Start<'_> {
    /// Whether a name starts with it, when one of its words does.
    fn fits(&self, name: &str) -> Option<bool> {
        let is_at_start = name.starts_with(self.start);
        (is_at_start || name.contains(&self.inside)).then_some(is_at_start)
    }
}

struct Found {
    label: String,
    is_at_start: bool,
    count: u32,
}

/// Of several labels the first in the alphabet stays.
fn note(found: &mut Map<String, Found>, value: &str, label: &str, is_at_start: bool, count: u32) {
    match found.get_mut(value) {
        Some(known) => {
            known.count += count;
            known.is_at_start |= is_at_start;
            if label < known.label.as_str() {
                label.clone_into(&mut known.label);
            }
        }
        None => {
            found.insert(value.to_owned(), Found { label: label.to_owned(), is_at_start, count });
        }
    }
}

/// Several spellings of one skill are counted once for every vacancy.
fn find_skills(part: &Part, start: &Start<'_>, found: &mut Map<String, Found>) {
    let columns = &part.segment.columns;
    let mut numbers: Map<String, u32> = Map::default();
    let value_of: Vec<Option<u32>> = columns
        .skills
        .iter()
        .map(|skill| {
            let value = slug(skill);
            start.fits(&value)?;
            let next = numbers.len() as u32;
            Some(*numbers.entry(value).or_insert(next))
        })
        .collect();
    if numbers.is_empty() {
        return;
    }
    let mut counts = vec![0; numbers.len()];
    let mut is_used = vec![false; value_of.len()];
    let mut own = Vec::new();
    for document in part.live.ones() {
        own.clear();
        for skill in columns.skills_of.get(document) {
            if let Some(value) = value_of[*skill as usize] {
                is_used[*skill as usize] = true;
                if !own.contains(&value) {
                    own.push(value);
                    counts[value as usize] += 1;
                }
            }
        }
    }
    for ((skill, value), _) in columns.skills.iter().zip(&value_of).zip(is_used).filter(|(_, is_used)| *is_used) {
        let Some(value) = value else { continue };
        let name = slug(skill);
        let count = std::mem::take(&mut counts[*value as usize]);
        note(found, &name, skill, start.fits(&name) == Some(true), count);
    }
}

fn find_places(part: &Part, start: &Start<'_>, found: &mut Map<String, Found>) {
    for (_, name, documents) in part.segment.places.sites() {
        let value = slug(name);
        if let Some(is_at_start) = start.fits(&value)
            && documents.meets(&part.live)
        {
            note(found, &value, name, is_at_start, documents.count_with(&part.live));
        }
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
