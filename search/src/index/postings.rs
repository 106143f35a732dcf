//! Which word stands in which documents, and in how strong a field.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::ops::Range;

use super::dictionary::Dictionary;
use super::lists::Lists;

/// The part of a vacancy that a word stands in, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Title,
    Skills,
    /// Study fields, organisation, place, kind and levels.
    Names,
    Text,
}

impl Field {
    const ALL: [Self; 4] = [Self::Title, Self::Skills, Self::Names, Self::Text];
}

/// A document and the strongest field in which it has a word, in one number that sorts by document.
fn pack(document: u32, field: Field) -> u32 {
    document << 2 | field as u32
}

/// Words with their documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings {
    dictionary: Dictionary,
    lists: Lists,
}

impl Postings {
    /// The number of a word.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        self.dictionary.find(word)
    }

    /// The numbers of all words that start with a prefix.
    pub(crate) fn starting_with(&self, prefix: &str) -> Range<u32> {
        self.dictionary.starting_with(prefix)
    }

    /// How many documents have a word.
    pub(crate) fn documents_with(&self, word: u32) -> usize {
        self.lists.get(word).len()
    }

    /// The documents with a word, each with the strongest field, lowest document first.
    pub(crate) fn of(&self, word: u32) -> impl Iterator<Item = (usize, Field)> {
        self.lists.get(word).iter().map(|entry| ((entry >> 2) as usize, Field::ALL[(entry & 3) as usize]))
    }
}

/// A map that hashes alike on every machine: the index needs no chance.
type Numbers = HashMap<String, u32, BuildHasherDefault<DefaultHasher>>;

/// Collects words until all documents are read.
#[derive(Default)]
pub(crate) struct PostingsBuilder {
    numbers: Numbers,
    lists: Vec<Vec<u32>>,
}

impl PostingsBuilder {
    /// The temporary number of a word, in the order of appearance.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.lists.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.lists.push(Vec::new());
        number
    }

    /// Notes that a document has a word in a field. Documents must come in order.
    pub(crate) fn add(&mut self, number: u32, document: u32, field: Field) {
        let entries = &mut self.lists[number as usize];
        let entry = pack(document, field);
        match entries.last_mut() {
            Some(last) if *last >> 2 == document => *last = entry.min(*last),
            _ => entries.push(entry),
        }
    }

    /// The postings, and the final number for each temporary one.
    pub(crate) fn finish(self) -> (Postings, Vec<u32>) {
        let mut words: Vec<(String, u32)> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut lists = Lists::default();
        let mut finals = vec![0; words.len()];
        for (at, (_, number)) in (0u32..).zip(&words) {
            lists.push(self.lists[*number as usize].iter().copied());
            finals[*number as usize] = at;
        }
        let dictionary = Dictionary::of(words.iter().map(|(word, _)| word.as_str()));
        (Postings { dictionary, lists }, finals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_counts_once_with_its_strongest_field() {
        let mut builder = PostingsBuilder::default();
        for (word, document, field) in [
            ("robot", 0, Field::Text),
            ("robot", 0, Field::Title),
            ("las", 0, Field::Text),
            ("robot", 7, Field::Text),
        ] {
            let number = builder.number(word);
            builder.add(number, document, field);
        }
        let (postings, finals) = builder.finish();
        assert_eq!(finals, [1, 0]);
        assert_eq!(postings.of(1).collect::<Vec<_>>(), [(0, Field::Title), (7, Field::Text)]);
        assert_eq!(postings.documents_with(0), 1);
    }
}
