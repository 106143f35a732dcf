//! Positions of matched words in a text, to be marked.

use domain::Language;

use crate::analyse::{other_spelling, words};
use crate::query::Matched;

/// The matched words in a text of a document: start and end, in bytes.
pub(crate) fn marks(matched: &Matched<'_>, document: u32, text: &str, language: Language) -> Vec<(u32, u32)> {
    let start = text.as_ptr() as usize;
    let is_marked = |word: &crate::analyse::Word<'_>| {
        matched.has(document, &word.folded)
            || other_spelling(word, language).is_some_and(|other| matched.has(document, &other))
    };
    words(text)
        .filter(is_marked)
        .map(|word| {
            let from = word.written.as_ptr() as usize - start;
            (from as u32, (from + word.written.len()) as u32)
        })
        .collect()
}
