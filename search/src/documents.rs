//! Sets of documents that may be few: a list then, and dense bits otherwise.

use crate::bits::{Bits, Sieve};

/// A set of fewer than one in this many documents is a list.
const FEW: usize = 32;

/// A set of documents in the form that suits its size.
#[derive(Clone, Debug)]
pub(crate) enum Documents {
    /// Few, in ascending order.
    Few(Box<[u32]>),
    /// Many.
    Many(Bits),
}

impl Documents {
    /// Takes documents in ascending order, out of `documents`; one that is told twice counts once.
    pub(crate) fn of(ascending: &[u32], documents: usize) -> Self {
        if ascending.len() * FEW < documents {
            let mut few = ascending.to_vec();
            few.dedup();
            return Self::Few(few.into());
        }
        let mut bits = Bits::none(documents);
        for document in ascending {
            bits.add(*document);
        }
        Self::Many(bits)
    }

    /// The number of them that are in a set.
    pub(crate) fn count_with(&self, set: &Sieve<'_>) -> u32 {
        match self {
            Self::Few(few) => set.count_in_list(few),
            Self::Many(bits) => set.count_in(bits),
        }
    }

    /// Whether any of them is in a set.
    pub(crate) fn meets(&self, set: &Bits) -> bool {
        match self {
            Self::Few(few) => few.iter().any(|document| set.has(*document)),
            Self::Many(bits) => bits.meets(set),
        }
    }

    /// Adds them to a set.
    pub(crate) fn add_to(&self, set: &mut Bits) {
        match self {
            Self::Few(few) => few.iter().for_each(|document| set.add(*document)),
            Self::Many(bits) => set.join(bits),
        }
    }

    /// Does something with each.
    pub(crate) fn for_each(&self, act: impl FnMut(u32)) {
        match self {
            Self::Few(few) => few.iter().copied().for_each(act),
            Self::Many(bits) => bits.ones().for_each(act),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_documents_do_the_same() {
        for step in [3, 50] {
            let documents: Vec<u32> = (0..200).step_by(step).collect();
            let set = Documents::of(&documents, 200);
            let mut all = Bits::none(200);
            set.add_to(&mut all);
            assert_eq!(all.ones().collect::<Vec<_>>(), documents);
            assert_eq!(set.count_with(&Sieve::of(&Bits::all(200))) as usize, documents.len());
            assert_eq!(set.count_with(&Sieve::of(&Bits::none(200))), 0);
            assert!(set.meets(&Bits::all(200)) && !set.meets(&Bits::none(200)));
            let mut each = Vec::new();
            set.for_each(|document| each.push(document));
            assert_eq!(each, documents);
        }
    }
}
