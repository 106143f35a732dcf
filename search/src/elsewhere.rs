//! What the words of a query find beside vacancies: organisations and events.

use domain::Language;
use serde::{Deserialize, Serialize};

use crate::analyse::{stem, words};
use crate::bytes::{Malformed, Reader, put, put_text};
use crate::query::Query;

/// At most so many are shown of each kind.
const MOST_SHOWN: usize = 3;

/// What there is beside vacancies.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    entries: Vec<(ElsewhereKind, Entry, Vec<String>)>,
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
        let folded =
            words(&entry.title).chain(words(more_words)).map(|word| word.folded.into_owned()).collect();
        self.entries.push((kind, entry, folded));
    }

    /// What has all words of a query, each as the start of a word or by its stem.
    pub(crate) fn find(&self, query: &Query) -> Vec<FoundElsewhere> {
        let typed: Vec<&str> = query
            .words
            .iter()
            .map(|word| word.folded.as_str())
            .chain(query.phrases.iter().flatten().map(String::as_str))
            .collect();
        if typed.is_empty() || typed.iter().all(|word| word.len() < 2) {
            return Vec::new();
        }
        let found = |kind: ElsewhereKind| {
            let fits = |own: &[String]| typed.iter().all(|typed| own.iter().any(|own| is_like(own, typed)));
            let mut fitting = self.entries.iter().filter(|(other, _, own)| *other == kind && fits(own));
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
            put_text(bytes, &words.join(" "));
        }
    }

    /// Reads what there is.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = reader.count()?;
        let entries = reader.list(count, |reader| {
            let kind = match reader.number()? {
                0 => ElsewhereKind::Organisation,
                1 => ElsewhereKind::Event,
                _ => return Err(Malformed),
            };
            let entry = Entry { title: reader.text()?.to_owned(), slug: reader.text()?.to_owned() };
            Ok((kind, entry, reader.text()?.split(' ').map(str::to_owned).collect()))
        })?;
        Ok(Self { entries })
    }
}

fn is_like(own: &str, typed: &str) -> bool {
    own.starts_with(typed)
        || (own.as_bytes().first() == typed.as_bytes().first()
            && Language::ALL.iter().any(|language| stem(own, *language) == stem(typed, *language)))
}
