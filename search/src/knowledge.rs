//! What an index knows besides the vacancies: the region, which words belong together, what else there is.

use domain::region::Region;

use crate::analyse::{Cuts, Lexicon, Synonyms};
use crate::elsewhere::Elsewhere;

/// What an index knows besides the vacancies.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// The places with their coordinates.
    pub region: Region,
    /// Which words mean the same.
    pub synonyms: Synonyms,
    /// Of which parts compounds are made; needed where an index is built, not where a snapshot is opened.
    pub lexicon: Lexicon,
    /// What is found beside vacancies.
    pub elsewhere: Elsewhere,
}

impl Knowledge {
    /// A region with the synonyms and the lexicon that come with the engine.
    pub fn of(region: Region) -> Self {
        Self {
            region,
            synonyms: Synonyms::standard(),
            lexicon: Lexicon::standard(),
            elsewhere: Elsewhere::default(),
        }
    }

    /// Where a word is cut, when it is a compound.
    pub(crate) fn cut(&self, word: &str) -> Option<Cuts> {
        self.lexicon.cut(word)
    }
}
