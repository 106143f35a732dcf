//! Completions for a query that is being typed: study fields, skills, organisations and places, with their counts.

use std::cmp::Reverse;

use domain::Language;
use domain::text::slug;
use domain::vacancies::{Facet, VacancyFilter};
use serde::{Deserialize, Serialize};

use crate::analyse::words;
use crate::hash::ByText;
use crate::index::{Index, IndexPart, Segment};
use crate::results::Choice;
use crate::sorting::sort_by;
use crate::understand::choose;

/// A completion for a query that is being typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The kind.
    pub kind: SuggestionKind,
    /// The text as the data has it.
    pub label: String,
    /// The search that it leads to.
    pub filter: VacancyFilter,
    /// The number of open vacancies that have it, whatever else is chosen.
    pub count: u32,
}

/// The kinds of suggestion, in the order in which they are shown.
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

/// The largest number of suggestions of one kind.
const MOST_OF_A_KIND: usize = 3;

impl Index {
    /// Completions of the word that is being typed at the end of the query, in the reader's language: at most
    /// three of each kind, those that start with it first, then the most frequent.
    pub fn suggest(&self, filter: &VacancyFilter, language: Language) -> Vec<Suggestion> {
        let typed: Vec<String> = words(filter.query()).map(|word| word.folded.into_owned()).collect();
        let Some((last, before)) = typed.split_last() else { return Vec::new() };
        // With more words the whole may be a name; otherwise the last word begins one, and the others stay.
        let whole = self.starting_with(&typed.join("-"), &filter.with_query(""), language);
        if !whole.is_empty() || before.is_empty() || last.len() < 2 {
            return whole;
        }
        self.starting_with(last, &filter.with_query(&before.join(" ")), language)
    }

    /// The suggestions that begin with `start`; `rest` is the filter that was chosen and typed besides.
    fn starting_with(&self, start: &str, rest: &VacancyFilter, language: Language) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        for kind in SuggestionKind::ALL {
            let mut found = ByText::default();
            match kind {
                SuggestionKind::StudyField => {
                    self.find_values(Facet::StudyField, start, language, &mut found);
                }
                SuggestionKind::Organisation => {
                    self.find_values(Facet::Organisation, start, language, &mut found);
                }
                SuggestionKind::Skill => {
                    for part in &self.parts {
                        find_skills(part, start, &mut found);
                    }
                }
                SuggestionKind::Place => {
                    for part in &self.parts {
                        find_places(part, start, &mut found);
                    }
                }
            }
            let mut found = found.into_values();
            let rank = |found: &Found| (!found.is_at_start, Reverse(found.count));
            sort_by(&mut found, |a, b| rank(a).cmp(&rank(b)).then_with(|| a.value.cmp(&b.value)));
            suggestions.extend(found.into_iter().take(MOST_OF_A_KIND).map(|found| Suggestion {
                kind,
                filter: lead_to(kind, &found.value, &found.label, rest),
                label: found.label,
                count: found.count,
            }));
        }
        suggestions
    }

    /// Values are counted after all their spellings were seen: each of them may be the one that fits.
    fn find_values(&self, facet: Facet, start: &str, language: Language, found: &mut ByText<Found>) {
        for part in &self.parts {
            for (value, spelling) in part.segment.facets.spellings(facet) {
                let (label, is_at_start) = match self.knowledge.name(facet, value.slug(), language) {
                    Some(name) => (name, fits(start, &slug(name))),
                    None => (spelling.text.as_str(), fits(start, &spelling.slug)),
                };
                if let Some(is_at_start) = is_at_start
                    && value.is_spelled(spelling, &part.live)
                {
                    note(found, value.slug(), label, is_at_start, 0);
                }
            }
        }
        if found.is_empty() {
            return;
        }
        for part in &self.parts {
            for (value, number) in part.segment.facets.values_with_numbers(facet) {
                if let Some(known) = found.get_mut(value) {
                    known.count += part.totals[number];
                }
            }
        }
    }
}

/// Whether what somebody began to type is the start of a name; nothing when not even one of its words starts so.
fn fits(start: &str, name: &str) -> Option<bool> {
    let is_at_start = name.starts_with(start);
    let mut bytes = (1..).zip(name.bytes());
    let mut is_in_name = || bytes.any(|(after, byte)| byte == b'-' && name[after..].starts_with(start));
    (is_at_start || is_in_name()).then_some(is_at_start)
}

struct Found {
    value: String,
    label: String,
    is_at_start: bool,
    count: u32,
}

/// Adds to the count of a value; of several labels the first in the alphabet stays.
fn note(found: &mut ByText<Found>, value: &str, label: &str, is_at_start: bool, count: u32) {
    let new = || Found { value: value.to_owned(), label: label.to_owned(), is_at_start, count: 0 };
    let known = found.or_insert_with(value, new);
    known.count += count;
    known.is_at_start |= is_at_start;
    if label < known.label.as_str() {
        label.clone_into(&mut known.label);
    }
}

/// Several spellings of one skill are counted once for every vacancy.
fn find_skills(part: &IndexPart, start: &str, found: &mut ByText<Found>) {
    let Segment { columns, skills, .. } = &*part.segment;
    for ((skill, slug), total) in columns.skills.iter().zip(&skills.slugs).zip(&part.skill_totals) {
        if let Some(total) = total
            && let Some(is_at_start) = fits(start, slug)
        {
            note(found, slug, skill, is_at_start, *total);
        }
    }
}

fn find_places(part: &IndexPart, start: &str, found: &mut ByText<Found>) {
    for (_, name, documents) in part.segment.places.locations() {
        let value = slug(name);
        if let Some(is_at_start) = fits(start, &value)
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
