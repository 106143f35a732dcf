//! Which words stand outside the texts of which documents.

use super::lists::Lists;
use crate::bits::Bits;
use crate::levels::Field;

/// A word that more than one in sixteen documents has is kept as sets, the others as lists: sets take less memory
/// then, and are taken in 64 documents at a time.
const DENSE: usize = 16;

/// For every word the documents that have it outside their text, each with the strongest field in which it does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strong {
    /// Words of few documents, packed.
    lists: Lists,
    /// Words of many documents, by the number of the word.
    sets: Vec<(u32, Sets)>,
}

/// For every field the documents that have a word there.
type Sets = [Option<Bits>; Field::ALL.len()];

/// Takes a word in with its field.
type Add<'a> = &'a mut dyn FnMut(u32, Field);

impl Strong {
    /// Reads `documents` documents. `each` tells of a document's words with their fields, the strongest first.
    pub(crate) fn of(words: usize, documents: usize, each: &dyn Fn(u32, Add<'_>)) -> Self {
        // Counts first and fills then: two passes cost less than many growing lists.
        let mut last_document = vec![u32::MAX; words];
        let mut pass = |add: &mut dyn FnMut(u32, u32, Field)| {
            last_document.fill(u32::MAX);
            for document in 0..documents as u32 {
                each(document, &mut |word, field| {
                    let last = &mut last_document[word as usize];
                    if *last != document {
                        *last = document;
                        add(word, document, field);
                    }
                });
            }
        };
        let mut counts = vec![0u32; words];
        pass(&mut |word, _, _| counts[word as usize] += 1);
        let mut sets: Vec<(u32, Sets)> = Vec::new();
        for (word, count) in (0..).zip(&mut counts) {
            if *count as usize * DENSE > documents {
                *count = 0;
                sets.push((word, Sets::default()));
            }
        }
        let (mut lists, mut next) = Lists::with_sizes(&counts);
        pass(&mut |word, document, field| {
            // Only what is not in the lists has no length there.
            if counts[word as usize] == 0 {
                if let Some(sets) = of_word_mut(&mut sets, word) {
                    sets[field as usize].get_or_insert_with(|| Bits::none(documents)).add(document);
                }
            } else {
                let at = &mut next[word as usize];
                lists[*at as usize] = pack(document, field);
                *at += 1;
            }
        });
        Self { lists: Lists::of_parts(lists, &next), sets }
    }

    /// The documents that have a word, each with its strongest field.
    pub(crate) fn get(&self, word: u32) -> impl Iterator<Item = (u32, Field)> {
        let many = self.many(word).flat_map(|(field, set)| set.ones().map(move |document| (document, field)));
        self.few(word).chain(many)
    }

    /// The documents that have a word that few have.
    pub(crate) fn few(&self, word: u32) -> impl Iterator<Item = (u32, Field)> {
        self.lists.get(word).iter().map(|entry| unpack(*entry))
    }

    /// The documents that have a word that many have.
    pub(crate) fn many(&self, word: u32) -> impl Iterator<Item = (Field, &Bits)> {
        let sets = if self.lists.get(word).is_empty() { self.sets.as_slice() } else { &[] };
        let at = sets.partition_point(|(other, _)| *other < word);
        let of_word = sets.get(at).filter(|(other, _)| *other == word).map(|(_, sets)| sets);
        of_word
            .into_iter()
            .flat_map(|sets| Field::ALL.into_iter().zip(sets))
            .filter_map(|(field, set)| Some((field, set.as_ref()?)))
    }

    /// The number of documents that have a word.
    pub(crate) fn count(&self, word: u32) -> usize {
        self.lists.get(word).len() + self.many(word).map(|(_, set)| set.count() as usize).sum::<usize>()
    }
}

fn of_word_mut(sets: &mut [(u32, Sets)], word: u32) -> Option<&mut Sets> {
    let at = sets.partition_point(|(other, _)| *other < word);
    sets.get_mut(at).map(|(_, sets)| sets)
}

/// A document and a field in one number that sorts by document.
fn pack(document: u32, field: Field) -> u32 {
    document << 2 | field as u32
}

fn unpack(entry: u32) -> (u32, Field) {
    (entry >> 2, Field::ALL[(entry & 3) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_many_have_is_found_like_one_that_few_have() {
        // Word 0 stands in every document and twice in each third, word 1 in few, word 2 nowhere.
        let each = |document: u32, add: Add<'_>| {
            if u32::is_multiple_of(document, 3) {
                add(0, Field::Title);
            }
            add(0, Field::Names);
            if document % 40 == 7 {
                add(1, Field::Skills);
            }
        };
        let strong = Strong::of(3, 100, &each);
        assert_eq!(strong.sets.len(), 1);
        assert_eq!([0, 1, 2].map(|word| strong.count(word)), [100, 3, 0]);
        let mut of_first: Vec<(u32, Field)> = strong.get(0).collect();
        of_first.sort_unstable();
        let expected =
            |document| (document, if u32::is_multiple_of(document, 3) { Field::Title } else { Field::Names });
        assert_eq!(of_first, (0..100).map(expected).collect::<Vec<_>>());
        assert_eq!(strong.get(1).collect::<Vec<_>>(), [7, 47, 87].map(|document| (document, Field::Skills)));
    }
}
