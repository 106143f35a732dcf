//! Matches of a query outside vacancies: organisations and events.

use serde::{Deserialize, Serialize};

use crate::analyse::{Stemmed, words};
use crate::bytes::{Malformed, Reader, put, put_text};
use crate::hash::Numbers;
use crate::index::Lists;
use crate::query::Query;

/// The number of entries shown of each kind.
const MOST_SHOWN: usize = 3;

/// The searchable entries outside vacancies.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    entries: Vec<(ElsewhereKind, ElsewhereEntry)>,
    /// For every entry the numbers of its words.
    words_of: Lists,
    /// All words, each once.
    words: Vec<Stemmed>,
    /// The first byte of each word: it rules out nearly all words without reading them.
    initials: Vec<Option<u8>>,
    numbers: Numbers,
}

fn initial(word: &str) -> Option<u8> {
    word.as_bytes().first().copied()
}

/// Whether a word with the same first letter starts with what was typed, or shares its stem.
fn is_like(own: &Stemmed, typed: &Stemmed) -> bool {
    own.folded.starts_with(&typed.folded)
        || own.stems.iter().zip(&typed.stems).any(|(own, typed)| own == typed)
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ElsewhereKind {
    /// An organisation; it is found by its name, sector and place.
    Organisation,
    /// A public event; it is found by its title and place.
    Event,
}

/// Something beside vacancies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereEntry {
    /// The title.
    pub title: String,
    /// The last part of its address.
    pub slug: String,
}

/// The matches of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundElsewhere {
    /// The kind.
    pub kind: ElsewhereKind,
    /// The number of matches.
    pub total: u32,
    /// The first of them.
    pub first: Vec<ElsewhereEntry>,
}

impl Elsewhere {
    /// Adds something that is found by the words of its title and by more words.
    pub fn add(&mut self, kind: ElsewhereKind, entry: ElsewhereEntry, more_words: &str) {
        let numbers: Vec<u32> =
            words(&entry.title).chain(words(more_words)).map(|word| self.number(&word.folded)).collect();
        self.words_of.push(numbers);
        self.entries.push((kind, entry));
    }

    fn number(&mut self, folded: &str) -> u32 {
        let number = self.numbers.number(folded);
        if number as usize == self.words.len() {
            self.words.push(Stemmed::new(folded));
            self.initials.push(initial(folded));
        }
        number
    }

    /// The entries with all words of a query, each as the start of a word or by its stem.
    pub(crate) fn find(&self, query: &Query) -> Vec<FoundElsewhere> {
        let in_phrases: Vec<Stemmed> = query.phrases.iter().flatten().map(Stemmed::new).collect();
        let typed: Vec<&Stemmed> = query.words.iter().map(|word| &word.word).chain(&in_phrases).collect();
        if typed.iter().all(|word| word.folded.len() < 2) {
            return Vec::new();
        }
        let mut fits = vec![true; self.entries.len()];
        for typed in typed {
            let first = initial(&typed.folded);
            let own = self.initials.iter().zip(&self.words);
            let is_like: Vec<bool> =
                own.map(|(initial, own)| *initial == first && is_like(own, typed)).collect();
            for (fits, entry) in fits.iter_mut().zip(0..) {
                *fits = *fits && self.words_of.get(entry).iter().any(|word| is_like[*word as usize]);
            }
        }
        let found = |kind: ElsewhereKind| {
            let fitting =
                self.entries.iter().zip(&fits).filter(|((other, _), fits)| **fits && *other == kind);
            let mut fitting = fitting.map(|(entry, _)| entry);
            let first: Vec<ElsewhereEntry> =
                fitting.by_ref().take(MOST_SHOWN).map(|(_, entry)| entry.clone()).collect();
            let total = (first.len() + fitting.count()) as u32;
            (total > 0).then_some(FoundElsewhere { kind, total, first })
        };
        [ElsewhereKind::Organisation, ElsewhereKind::Event].into_iter().filter_map(found).collect()
    }

    /// Writes what there is.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        put(bytes, self.entries.len() as u64);
        for ((kind, entry), number) in self.entries.iter().zip(0..) {
            put(bytes, *kind as u64);
            put_text(bytes, &entry.title);
            put_text(bytes, &entry.slug);
            let words = self.words_of.get(number);
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
            let entry = ElsewhereEntry { title: reader.text()?.to_owned(), slug: reader.text()?.to_owned() };
            let numbers: Vec<u32> = reader.text()?.split(' ').map(|word| elsewhere.number(word)).collect();
            elsewhere.words_of.push(numbers);
            elsewhere.entries.push((kind, entry));
        }
        Ok(elsewhere)
    }
}
