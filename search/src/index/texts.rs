//! Which words stand in the texts of which documents.

use crate::analyse::{is_stop_word, other_spelling, words};
use crate::bits::Bits;
use crate::bytes::{Malformed, Reader, put};
use crate::hash::Map;
use domain::Language;

/// A word that stands in more than one in sixteen documents is kept as a set, the others as lists.
const DENSE: usize = 16;

/// The documents of every word, as distances from one to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextWords {
    /// The words, sorted, each with its documents.
    pub(crate) lists: Vec<(String, TextList)>,
}

/// The documents that have a word in their text, in ascending order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextList {
    /// Few: distances, as `bytes` writes numbers; the first from the document before the first.
    Sparse(Box<[u8]>),
    /// Many.
    Dense(Bits),
}

impl TextList {
    /// Adds the documents to a set.
    pub(crate) fn add_to(&self, documents: &mut Bits) {
        match self {
            Self::Sparse(bytes) => sparse(bytes).for_each(|document| documents.add(document)),
            Self::Dense(bits) => documents.join(bits),
        }
    }

    /// The documents as a list of distances.
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Sparse(distances) => {
                put(bytes, distances.len() as u64);
                bytes.extend_from_slice(distances);
            }
            Self::Dense(bits) => {
                let mut list = ListWriter::default();
                bits.ones().for_each(|document| list.add(document));
                put(bytes, list.bytes.len() as u64);
                bytes.extend_from_slice(&list.bytes);
            }
        }
    }

    /// Reads what [`TextList::write`] wrote, for an index of `documents` documents.
    pub(crate) fn read(reader: &mut Reader<'_>, documents: usize) -> Result<Self, Malformed> {
        let length = reader.count()?;
        let bytes = reader.take(length)?;
        let mut rest = Reader(bytes);
        let (mut next, mut count) = (0u64, 0);
        while !rest.0.is_empty() {
            next =
                next.checked_add(rest.number()?).filter(|next| *next < documents as u64).ok_or(Malformed)?
                    + 1;
            count += 1;
        }
        Ok(Self::of(bytes.into(), count, documents))
    }

    fn of(distances: Box<[u8]>, count: usize, documents: usize) -> Self {
        if count * DENSE <= documents {
            return Self::Sparse(distances);
        }
        let mut bits = Bits::none(documents);
        sparse(&distances).for_each(|document| bits.add(document));
        Self::Dense(bits)
    }
}

/// The documents of a list that was written or checked before.
fn sparse(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut reader = Reader(bytes);
    let mut next = 0u32;
    std::iter::from_fn(move || {
        let document = next + reader.number().ok()? as u32;
        next = document + 1;
        Some(document)
    })
}

#[derive(Clone, Debug, Default)]
struct ListWriter {
    bytes: Vec<u8>,
    /// The first document that may come next.
    next: u32,
    count: usize,
}

impl ListWriter {
    /// Adds a document after the last; the last again changes nothing.
    fn add(&mut self, document: u32) {
        if document >= self.next {
            put(&mut self.bytes, u64::from(document - self.next));
            self.next = document + 1;
            self.count += 1;
        }
    }
}

impl TextWords {
    /// Reads the texts of all documents in their order. Stop words are left out.
    pub(crate) fn of<'a>(texts: impl ExactSizeIterator<Item = (&'a str, Language)>) -> Self {
        let documents = texts.len();
        let mut numbers: Map<String, u32> = Map::default();
        let mut lists: Vec<ListWriter> = Vec::new();
        let mut add = |word: &str, document: u32| {
            let number = numbers.get(word).copied().unwrap_or_else(|| {
                numbers.insert(word.to_owned(), lists.len() as u32);
                lists.push(ListWriter::default());
                lists.len() as u32 - 1
            });
            lists[number as usize].add(document);
        };
        for (document, (text, language)) in (0..).zip(texts) {
            for word in words(text).filter(|word| !is_stop_word(&word.folded)) {
                add(&word.folded, document);
                if let Some(other) = other_spelling(&word, language) {
                    add(&other, document);
                }
            }
        }
        let mut words: Vec<(String, u32)> = numbers.into_iter().collect();
        words.sort_unstable();
        let list = |number: u32| {
            let ListWriter { bytes, count, .. } = std::mem::take(&mut lists[number as usize]);
            TextList::of(bytes.into(), count, documents)
        };
        let mut list = list;
        Self { lists: words.into_iter().map(|(word, number)| (word, list(number))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(words: &TextWords, word: &str, len: usize) -> Vec<u32> {
        let mut bits = Bits::none(len);
        let at = words.lists.binary_search_by(|(other, _)| other.as_str().cmp(word)).unwrap();
        words.lists[at].1.add_to(&mut bits);
        bits.ones().collect()
    }

    #[test]
    fn a_word_knows_its_documents_whether_few_or_many() {
        let texts: Vec<String> = (0..100)
            .map(|at| format!("altijd altijd {}", if at % 40 == 3 { "zelden" } else { "" }))
            .collect();
        let words = TextWords::of(texts.iter().map(|text| (text.as_str(), Language::Dutch)));
        assert_eq!(documents(&words, "zelden", 100), [3, 43, 83]);
        assert_eq!(documents(&words, "altijd", 100).len(), 100);
        for (_, list) in &words.lists {
            let mut bytes = Vec::new();
            list.write(&mut bytes);
            assert_eq!(TextList::read(&mut Reader(&bytes), 100).as_ref(), Ok(list));
            assert_eq!(TextList::read(&mut Reader(&bytes), 50), Err(Malformed));
        }
    }
}
