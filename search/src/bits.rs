//! Sets of documents as dense bits: quick to combine and to count.

/// When fewer than one machine word in three is filled, a [`Sieve`] looks at these alone: they cost more each.
const SPARSE: usize = 3;
/// Looking up a document in a list costs as much as reading this many of its documents.
const HALVINGS: usize = 24;

/// A set of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// No document out of `len`.
    pub(crate) fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    /// Every document out of `len`.
    pub(crate) fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !len.is_multiple_of(64)
        {
            *last = (1 << (len % 64)) - 1;
        }
        Self(words)
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, document: u32) {
        self.0[document as usize / 64] |= 1 << (document % 64);
    }

    /// Takes a document out.
    pub(crate) fn remove(&mut self, document: u32) {
        self.0[document as usize / 64] &= !(1 << (document % 64));
    }

    /// Whether the document is in the set.
    pub(crate) fn has(&self, document: u32) -> bool {
        self.0[document as usize / 64] >> (document % 64) & 1 == 1
    }

    /// Whether nothing is in the set.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether both sets have a document in common.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(word, other)| word & other != 0)
    }

    /// Keeps what the other set has too.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Takes in what the other set has.
    pub(crate) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The number of documents in the set.
    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The number of documents in both sets.
    pub(crate) fn count_with(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones()).sum()
    }

    /// The set as machine words, 64 documents in each, the first in the lowest bit.
    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// The documents, lowest number first.
    pub(crate) fn ones(&self) -> Ones<'_> {
        Ones { words: &self.0, start: 0, rest: 0 }
    }
}

/// The documents of a set, lowest number first. Composed of iterators it would be made anew wherever it is used.
#[derive(Debug)]
pub(crate) struct Ones<'a> {
    /// The machine words that follow.
    words: &'a [u64],
    /// The first document of the next machine word.
    start: u32,
    /// The bits of the current machine word that are not yet read.
    rest: u64,
}

impl Iterator for Ones<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.rest == 0 {
            let (first, words) = self.words.split_first()?;
            (self.rest, self.words) = (*first, words);
            self.start += 64;
        }
        let bit = self.rest.trailing_zeros();
        self.rest &= self.rest - 1;
        Some(self.start - 64 + bit)
    }
}

/// A set that is compared with many others. Where it has few documents only their machine words are looked at.
#[derive(Debug)]
pub(crate) struct Sieve<'a> {
    bits: &'a Bits,
    count: u32,
    /// The machine words that are not empty, each with its place; nothing when most of them are not.
    filled: Option<Vec<(u32, u64)>>,
}

impl<'a> Sieve<'a> {
    /// The set is looked at once, to find its documents quickly afterwards.
    pub(crate) fn of(bits: &'a Bits) -> Self {
        let filled = bits.0.iter().filter(|word| **word != 0).count();
        let is_sparse = filled * SPARSE < bits.0.len();
        let filled = || (0..).zip(bits.0.iter().copied()).filter(|(_, word)| *word != 0).collect();
        Self { bits, count: bits.count(), filled: is_sparse.then(filled) }
    }

    /// The number of documents in both sets.
    pub(crate) fn count_in(&self, other: &Bits) -> u32 {
        match &self.filled {
            Some(filled) => filled.iter().map(|(at, word)| (word & other.0[*at as usize]).count_ones()).sum(),
            None => self.bits.count_with(other),
        }
    }

    /// The number of documents that are both in the set and in a list in ascending order.
    pub(crate) fn count_in_list(&self, ascending: &[u32]) -> u32 {
        match &self.filled {
            Some(filled) if self.count as usize * HALVINGS < ascending.len() => {
                let documents = filled.iter().flat_map(|(at, word)| ones_of(*at, *word));
                documents.map(|document| u32::from(ascending.binary_search(&document).is_ok())).sum()
            }
            _ => ascending.iter().map(|document| u32::from(self.bits.has(*document))).sum(),
        }
    }
}

/// The documents of a machine word at a place, lowest number first.
pub(crate) fn ones_of(at: u32, word: u64) -> impl Iterator<Item = u32> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let bit = (rest != 0).then(|| rest.trailing_zeros())?;
        rest &= rest - 1;
        Some(at * 64 + bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_counts_and_lists_what_is_in_it() {
        let mut bits = Bits::none(130);
        for document in [129, 0, 64] {
            bits.add(document);
        }
        assert_eq!(bits.ones().collect::<Vec<_>>(), [0, 64, 129]);
        assert_eq!((bits.count(), bits.has(64), bits.has(65)), (3, true, false));
        bits.remove(64);
        assert_eq!(bits.ones().collect::<Vec<_>>(), [0, 129]);
    }

    #[test]
    fn sets_combine() {
        let of = |documents: &[u32]| {
            let mut bits = Bits::none(70);
            for document in documents {
                bits.add(*document);
            }
            bits
        };
        let (mut kept, mut joined) = (of(&[1, 65]), of(&[1, 65]));
        let other = of(&[65, 69]);
        kept.keep(&other);
        joined.join(&other);
        assert_eq!((kept, joined), (of(&[65]), of(&[1, 65, 69])));
        assert!(other.meets(&of(&[69])) && !other.meets(&of(&[1])) && of(&[]).is_empty());
    }

    #[test]
    fn a_sieve_counts_as_the_set_does() {
        let ascending: Vec<u32> = (0..2000).collect();
        for step in [2, 700, 1999] {
            let mut bits = Bits::none(2000);
            ascending.iter().step_by(step).for_each(|document| bits.add(*document));
            let sieve = Sieve::of(&bits);
            assert_eq!(sieve.filled.is_some(), step > 2);
            for from in [0, 1, 1998] {
                let mut other = Bits::none(2000);
                ascending[from..].iter().for_each(|document| other.add(*document));
                let both = bits.count_with(&other);
                assert_eq!((sieve.count_in(&other), sieve.count_in_list(&ascending[from..])), (both, both));
            }
        }
    }

    #[test]
    fn everything_ends_at_the_last_document() {
        for len in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Bits::all(len).count() as usize, len);
        }
    }
}
