//! What the words of a query find beside vacancies: organisations and events.

use serde::{Deserialize, Serialize};

use crate::analyse::{Stemmed, words};
use crate::bytes::{Malformed, Reader, put, put_text};
use crate::hash::Map;
use crate::query::Query;

/// At most so many are shown of each kind.
const MOST_SHOWN: usize = 3;

/// What there is beside vacancies.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// Each with the numbers of its words.
    entries: Vec<(ElsewhereKind, Entry, Vec<u32>)>,
    /// All words, each once.
    words: Vec<Stemmed>,
    numbers: Map<String, u32>,
}

/// Whether a word starts with what was typed, or shares its stem and first letter.
fn is_like(own: &Stemmed, typed: &Stemmed) -> bool {
    own.folded.starts_with(&typed.folded)
        || (own.folded.as_bytes().first() == typed.folded.as_bytes().first()
            && own.stems.iter().zip(&typed.stems).any(|(own, typed)| own == typed))
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ElsewhereKind {
    /// An organisation; it is found by its name, sector and place.
    Organisation,
    /// A public event; it is found by its title and place.
    Event,
}

/// Something beside vacancies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// The last part of its address.
    pub slug: String,
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundElsewhere {
    /// The kind.
    pub kind: ElsewhereKind,
    /// How many were found.
    pub total: u32,
    /// The first of them.
    pub first: Vec<Entry>,
}

impl Elsewhere {
    /// Adds something that is found by the words of its title and by more words.
    pub fn add(&mut self, kind: ElsewhereKind, entry: Entry, more_words: &str) {
        let numbers =
            words(&entry.title).chain(words(more_words)).map(|word| self.number(&word.folded)).collect();
        self.entries.push((kind, entry, numbers));
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(number) = self.numbers.get(folded) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(folded.to_owned(), number);
        self.words.push(Stemmed::new(folded));
        number
    }

    /// What has all words of a query, each as the start of a word or by its stem.
    pub(crate) fn find(&self, query: &Query) -> Vec<FoundElsewhere> {
        let in_phrases: Vec<Stemmed> = query.phrases.iter().flatten().map(Stemmed::new).collect();
        let typed: Vec<&Stemmed> = query.words.iter().map(|word| &word.word).chain(&in_phrases).collect();
        if typed.iter().all(|word| word.folded.len() < 2) {
            return Vec::new();
        }
        let mut fits = vec![true; self.entries.len()];
        for typed in typed {
            let is_like: Vec<bool> = self.words.iter().map(|own| is_like(own, typed)).collect();
            for (fits, (_, _, own)) in fits.iter_mut().zip(&self.entries) {
                *fits &= own.iter().any(|word| is_like[*word as usize]);
            }
        }
        let found = |kind: ElsewhereKind| {
            let fitting =
                self.entries.iter().zip(&fits).filter(|((other, ..), fits)| *other == kind && **fits);
            let mut fitting = fitting.map(|(entry, _)| entry);
            let first: Vec<Entry> =
                fitting.by_ref().take(MOST_SHOWN).map(|(_, entry, _)| entry.clone()).collect();
            let total = (first.len() + fitting.count()) as u32;
            (total > 0).then_some(FoundElsewhere { kind, total, first })
        };
        [ElsewhereKind::Organisation, ElsewhereKind::Event].into_iter().filter_map(found).collect()
    }

    /// Writes what there is.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        put(bytes, self.entries.len() as u64);
        for (kind, entry, words) in &self.entries {
            put(bytes, *kind as u64);
            put_text(bytes, &entry.title);
            put_text(bytes, &entry.slug);
            let words: Vec<&str> =
                words.iter().map(|word| self.words[*word as usize].folded.as_str()).collect();
            put_text(bytes, &words.join(" "));
        }
    }

    /// Reads what there is.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = reader.count()?;
        let mut elsewhere = Self::default();
        for _ in 0..count {
            let kind = match reader.number()? {
                0 => ElsewhereKind::Organisation,
                1 => ElsewhereKind::Event,
                _ => return Err(Malformed),
            };
            let entry = Entry { title: reader.text()?.to_owned(), slug: reader.text()?.to_owned() };
            let words = reader.text()?.split(' ').map(|word| elsewhere.number(word)).collect();
            elsewhere.entries.push((kind, entry, words));
        }
        Ok(elsewhere)
    }
}
