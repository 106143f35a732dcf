//! Sets of documents as dense bits: quick to combine and to count.

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

    /// The documents with a score above 0.
    pub(crate) fn scored(scores: &[u16]) -> Self {
        let word =
            |chunk: &[u16]| chunk.iter().rev().fold(0u64, |word, score| word << 1 | u64::from(*score > 0));
        Self(scores.chunks(64).map(word).collect())
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, document: u32) {
        self.0[document as usize / 64] |= 1 << (document % 64);
    }

    /// Whether the document is in the set.
    pub(crate) fn has(&self, document: u32) -> bool {
        self.0[document as usize / 64] >> (document % 64) & 1 == 1
    }

    /// Keeps what the other set has too.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Takes in what the other set has.
    pub(crate) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// How many documents are in the set.
    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many documents are in both sets.
    pub(crate) fn count_with(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(word, other)| (word & other).count_ones()).sum()
    }

    /// The size of the set in machine words, whatever is in it.
    pub(crate) fn words(&self) -> usize {
        self.0.len()
    }

    /// The documents, lowest number first.
    pub(crate) fn ones(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.0).flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }
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
    }

    #[test]
    fn everything_ends_at_the_last_document() {
        for len in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Bits::all(len).count() as usize, len);
        }
    }

    #[test]
    fn a_score_above_zero_is_in() {
        let mut scores = vec![0; 70];
        scores[3] = 1;
        scores[69] = 9;
        let bits = Bits::scored(&scores);
        assert_eq!(bits.ones().collect::<Vec<_>>(), [3, 69]);
        assert_eq!(bits.count_with(&Bits::all(70)), 2);
    }
}
