//! Relevance of documents, as sets of documents instead of a number for each.
//!
//! A word fits a document in one of a few *levels*: where it stands (field) and how it matches (way). Each
//! level is a set. Sums over several words are made of the sets' binary digits, 64 documents at a time, and the
//! best documents are found digit by digit; so ranking never looks at a document that is not shown.

use crate::bits::{Bits, ones_of};
use crate::sorting::sort_by_key;

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
    pub(crate) const ALL: [Self; 4] = [Self::Title, Self::Skills, Self::Names, Self::Text];
}

/// The ways in which a typed word matches one of a document, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Exact,
    Prefix,
    Stem,
    Compound,
    Synonym,
    /// The first letter or two of a word: they say little.
    Start,
    Typo,
}

const WAYS: usize = 7;
const LEVELS: usize = 4 * WAYS;

/// The score of a level, by field and way. Within a field the ways keep their order, within a way the fields
/// do; across both, a word in the title outweighs one in the text whatever the way.
const WORTH: [[u8; WAYS]; 4] = [
    // exact, prefix, stem, compound, synonym, start, typo
    [31, 30, 29, 26, 18, 17, 13],
    [25, 24, 23, 21, 16, 15, 11],
    [22, 20, 19, 17, 14, 12, 9],
    [12, 10, 8, 7, 6, 5, 1],
];

/// Binary digits of the highest worth.
const DIGITS: usize = 5;

/// Every level, the most worth first: its worth and its number.
const BEST_FIRST: [(u8, usize); LEVELS] = best_first();

const fn best_first() -> [(u8, usize); LEVELS] {
    let mut sorted = [(0, 0); LEVELS];
    let (mut found, mut worth) = (0, 32);
    while worth > 0 {
        worth -= 1;
        let mut level = 0;
        while level < LEVELS {
            if WORTH[level / WAYS][level % WAYS] == worth {
                sorted[found] = (worth, level);
                found += 1;
            }
            level += 1;
        }
    }
    sorted
}

/// The documents that a typed word fits, by level.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    documents: usize,
    sets: [Option<Bits>; LEVELS],
}

impl Levels {
    /// An empty set for `documents` documents.
    pub(crate) fn none(documents: usize) -> Self {
        Self { documents, sets: Default::default() }
    }

    /// The set of a level, to add to.
    pub(crate) fn set(&mut self, field: Field, way: Way) -> &mut Bits {
        let documents = self.documents;
        self.sets[field as usize * WAYS + way as usize].get_or_insert_with(|| Bits::none(documents))
    }

    /// All documents of all levels.
    pub(crate) fn add_to(&self, documents: &mut Bits) {
        self.sets.iter().flatten().for_each(|set| documents.join(set));
    }

    /// All documents that have the word itself, its beginning, another form of it or another word for the same.
    pub(crate) fn add_exact_to(&self, documents: &mut Bits) {
        const EXACT: [Way; 4] = [Way::Exact, Way::Prefix, Way::Stem, Way::Synonym];
        for of_field in self.sets.chunks(WAYS) {
            EXACT
                .iter()
                .filter_map(|way| of_field[*way as usize].as_ref())
                .for_each(|set| documents.join(set));
        }
    }

    /// For every field the documents that have the word there or in a stronger field, in whatever way.
    pub(crate) fn up_to_each_field(&self) -> [Bits; 4] {
        let mut sets: [Bits; 4] = std::array::from_fn(|_| Bits::none(self.documents));
        for (field, of_field) in self.sets.chunks(WAYS).enumerate() {
            if field > 0 {
                sets[field] = sets[field - 1].clone();
            }
            of_field.iter().flatten().for_each(|set| sets[field].join(set));
        }
        sets
    }

    /// Whether any of these documents has the word outside its text.
    pub(crate) fn is_strong_in(&self, live: &Bits) -> bool {
        self.sets[..Field::Text as usize * WAYS].iter().flatten().any(|set| set.meets(live))
    }
}

/// The score of each document of a set over all words, as binary digits. Machine words without such a document are
/// left out: an answer of few documents has few.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    /// Which machine words are not empty.
    places: Vec<u32>,
    /// The set, without its empty machine words, as all that follows.
    documents: Vec<u64>,
    /// The digits of the sums, the lowest first.
    digits: Vec<Vec<u64>>,
}

impl Scores {
    /// No document of the set is worth anything yet.
    pub(crate) fn of(documents: &Bits) -> Self {
        let filled = (0..).zip(documents.words()).filter(|(_, word)| **word != 0);
        let (places, documents) = filled.unzip();
        Self { places, documents, digits: Vec::new() }
    }

    /// Adds what a word is worth, by the levels of all that it may mean.
    pub(crate) fn add(&mut self, layers: &[&Levels]) {
        let own = self.digits_of(layers);
        // A sum has at most one digit more than the longer of its parts.
        self.digits.resize(self.digits.len().max(DIGITS) + 1, vec![0; self.places.len()]);
        for at in 0..self.places.len() {
            let mut carry = 0u64;
            for (place, sums) in self.digits.iter_mut().enumerate() {
                let sum = &mut sums[at];
                let other = own.get(place).map_or(0, |digit| digit[at]);
                let next = (*sum & other) | (carry & (*sum ^ other));
                *sum ^= other ^ carry;
                carry = next;
            }
        }
        if self.digits.last().is_some_and(|highest| highest.iter().all(|word| *word == 0)) {
            self.digits.pop();
        }
    }

    /// The binary digits of what a word is worth in each document, the lowest first. `layers` are the levels of all
    /// that it may mean; the best of them counts.
    fn digits_of(&self, layers: &[&Levels]) -> [Vec<u64>; DIGITS] {
        let mut digits = std::array::from_fn(|_| vec![0; self.places.len()]);
        let mut open = self.documents.clone();
        for (worth, level) in BEST_FIRST {
            for set in layers.iter().filter_map(|layer| layer.sets[level].as_ref()) {
                for (at, (open, place)) in open.iter_mut().zip(&self.places).enumerate() {
                    let new = set.words()[*place as usize] & *open;
                    if new == 0 {
                        continue;
                    }
                    *open ^= new;
                    for (digit, words) in digits.iter_mut().enumerate() {
                        if worth >> digit & 1 == 1 {
                            words[at] |= new;
                        }
                    }
                }
            }
        }
        digits
    }

    /// The `count` best documents with their worth: the best first, of equals the lowest number.
    pub(crate) fn best(&self, count: usize) -> Vec<(u32, u32)> {
        let mut sure = vec![0; self.places.len()];
        let mut sure_count = 0;
        let mut open = self.documents.clone();
        for digit in self.digits.iter().rev() {
            let better = || open.iter().zip(digit).map(|(open, digit)| open & digit);
            let better_count = better().map(|word| word.count_ones() as usize).sum::<usize>();
            if sure_count + better_count >= count {
                open.iter_mut().zip(digit).for_each(|(open, digit)| *open &= digit);
            } else {
                sure_count += better_count;
                sure.iter_mut().zip(better()).for_each(|(sure, better)| *sure |= better);
                open.iter_mut().zip(digit).for_each(|(open, digit)| *open &= !digit);
            }
        }
        let mut best = Vec::new();
        self.list(&sure, sure_count, &mut best);
        self.list(&open, count - sure_count, &mut best);
        sort_by_key(&mut best, |(document, worth)| (std::cmp::Reverse(*worth), *document));
        best
    }

    /// Lists the first `count` of these documents, each with its score.
    fn list(&self, documents: &[u64], count: usize, list: &mut Vec<(u32, u32)>) {
        let end = list.len() + count;
        for (at, (word, place)) in documents.iter().zip(&self.places).enumerate() {
            for document in ones_of(*place, *word) {
                if list.len() == end {
                    return;
                }
                let worth =
                    (0..).zip(&self.digits).map(|(digit, words)| (words[at] >> (document % 64) & 1) << digit);
                list.push((document, worth.sum::<u64>() as u32));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ways_keep_their_order_in_every_field_and_fields_in_every_way() {
        for of_field in WORTH {
            assert!(of_field.is_sorted_by(|better, worse| better > worse));
        }
        for fields in WORTH.windows(2) {
            assert!(fields[0].iter().zip(fields[1]).all(|(stronger, weaker)| *stronger > weaker));
        }
        let weakest_in_title = WORTH[0][WAYS - 1];
        assert!(WORTH[3].iter().all(|in_text| *in_text < weakest_in_title));
        assert!(WORTH[0][0] < 1 << DIGITS);
        assert_eq!(BEST_FIRST.iter().filter(|(worth, _)| *worth > 0).count(), LEVELS);
    }

    proptest! {
        #[test]
        fn sums_and_the_best_are_those_of_plain_counting(
            words in prop::collection::vec(prop::collection::vec((0u32..150, 0usize..4, 0usize..7), 0..80), 1..13),
            count in 0usize..170,
        ) {
            const ALL_WAYS: [Way; 7] =
                [Way::Exact, Way::Prefix, Way::Stem, Way::Compound, Way::Synonym, Way::Start, Way::Typo];
            let mut scores = Scores::of(&Bits::all(150));
            let mut plain = [0u32; 150];
            for word in &words {
                let mut levels = Levels::none(150);
                let mut best = [0u32; 150];
                for (document, field, way) in word {
                    levels.set(Field::ALL[*field], ALL_WAYS[*way]).add(*document);
                    let worth = u32::from(WORTH[*field][*way]);
                    best[*document as usize] = best[*document as usize].max(worth);
                }
                scores.add(&[&levels]);
                plain.iter_mut().zip(best).for_each(|(sum, best)| *sum += best);
            }
            let mut expected: Vec<(u32, u32)> = (0..).zip(plain).collect();
            expected.sort_by_key(|(document, worth)| (std::cmp::Reverse(*worth), *document));
            expected.truncate(count);
            prop_assert_eq!(scores.best(count), expected);
        }
    }
}
