//! A segment of the index with what of it still counts.

use std::sync::Arc;

use chrono::NaiveDate;

use super::segment::Segment;
use crate::bits::Bits;

/// A segment, and what of it still counts.
#[derive(Clone, Debug)]
pub(crate) struct IndexPart {
    pub(crate) segment: Arc<Segment>,
    /// The documents that are open and were not replaced.
    pub(crate) live: Bits,
    /// For every value of every facet how many live documents have it.
    pub(crate) totals: Vec<u32>,
    /// For every skill of live documents how many have it.
    pub(crate) skill_totals: Vec<Option<u32>>,
}

impl IndexPart {
    pub(super) fn new(segment: Arc<Segment>, live: Bits) -> Self {
        let skill_totals = segment.skills.totals(&segment.columns, &live);
        Self { totals: segment.facets.totals(&live), skill_totals, segment, live }
    }

    /// The documents of a segment that are open on a day.
    pub(crate) fn open_on(segment: Arc<Segment>, today: NaiveDate) -> Self {
        let mut live = Bits::all(segment.len());
        for (document, row) in (0..).zip(&segment.columns.rows) {
            if row.closes_on < today {
                live.remove(document);
            }
        }
        Self::new(segment, live)
    }

    /// The number of a word, whether what has it still counts or not.
    pub(crate) fn number_of(&self, word: &str) -> Option<u32> {
        self.segment.vocabulary.dictionary().find(word)
    }

    /// Whether a document that counts has the word outside its text.
    pub(crate) fn has_outside_texts(&self, word: u32) -> bool {
        self.segment.vocabulary.strong().get(word).any(|(document, _)| self.live.has(document))
    }
}
