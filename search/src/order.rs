//! The order of the results: always total, so that equal searches give equal pages.

use domain::vacancies::Sort;

use crate::bits::Bits;
use crate::distance::Surroundings;
use crate::index::Index;

impl Index {
    /// `count` documents of a set after the first `first`, in an order that may need scores or a place.
    ///
    /// Without words relevance means newest; without a known place distance means relevance.
    pub(crate) fn page_of(
        &self,
        documents: &Bits,
        sort: Sort,
        scores: Option<&[u16]>,
        around: Option<&Surroundings<'_>>,
        (first, count): (usize, usize),
    ) -> Vec<u32> {
        match (sort, scores, around) {
            (Sort::Newest, ..) | (Sort::Relevance, None, _) | (Sort::Distance, None, None) => {
                documents.ones().skip(first).take(count).collect()
            }
            (Sort::ClosingSoon, ..) => {
                let soon = self.closing.iter().copied().filter(|document| documents.has(*document));
                soon.skip(first).take(count).collect()
            }
            (Sort::Distance, _, Some(around)) => {
                around.nearest_first(documents).skip(first).take(count).collect()
            }
            (Sort::Relevance | Sort::Distance, Some(scores), _) => best(documents, scores, first, count),
        }
    }
}

/// The best scores first; of equal scores the newest. Only what is shown is sorted.
pub(crate) fn best<S: Copy + Into<u64>>(
    documents: &Bits,
    scores: &[S],
    first: usize,
    count: usize,
) -> Vec<u32> {
    let key =
        |document: u32| (u64::from(u32::MAX) - scores[document as usize].into()) << 32 | u64::from(document);
    let mut keys: Vec<u64> = documents.ones().map(key).collect();
    let end = first.saturating_add(count);
    if end < keys.len() {
        keys.select_nth_unstable(end);
        keys.truncate(end);
    }
    keys.sort_unstable();
    keys.into_iter().skip(first).map(|key| key as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_the_next_best_and_of_equals_the_newest() {
        let scores: [u16; 6] = [1, 9, 5, 9, 0, 5];
        let documents = Bits::scored(&scores);
        assert_eq!(best(&documents, &scores, 0, 3), [1, 3, 2]);
        assert_eq!(best(&documents, &scores, 3, 3), [5, 0]);
        assert_eq!(best(&documents, &scores, 9, usize::MAX), []);
    }
}
