//! From what was typed to the documents that have all its words, weighed.

use std::borrow::Cow;

use domain::Language;
use domain::vacancies::LONGEST_QUERY;

use crate::analyse::{is_stop_word, stem, words};
use crate::index::{Postings, Texts};

/// Words after these are ignored.
const MOST_WORDS: usize = 12;

/// A word that is not the last one may be the start of a longer word from this many bytes on.
const SHORTEST_PREFIX: usize = 4;

/// What a word weighs by its field: title, skills, names, text. A stronger field always outweighs a weaker
/// one, whatever the way of matching.
const FIELD_WEIGHTS: [u8; 4] = [20, 9, 4, 1];

/// How a typed word matches a document's, with its factor.
#[derive(Clone, Copy)]
enum Way {
    Exact = 4,
    Prefix = 3,
    Stem = 2,
}

/// A typed word.
#[derive(Debug, PartialEq, Eq)]
struct QueryWord<'a> {
    folded: Cow<'a, str>,
    is_prefix: bool,
}

/// The words of a query that count: stop words do only when there is nothing else.
fn query_words<'a>(query: &'a str) -> Vec<QueryWord<'a>> {
    let end = query.char_indices().nth(LONGEST_QUERY).map_or(query.len(), |(end, _)| end);
    let mut folded: Vec<Cow<'a, str>> = words(&query[..end]).map(|word| word.folded).collect();
    if folded.iter().any(|word| !is_stop_word(word)) {
        folded.retain(|word| !is_stop_word(word));
    }
    folded.truncate(MOST_WORDS);
    let last = folded.len().saturating_sub(1);
    let mark = |(at, folded): (usize, Cow<'a, str>)| QueryWord {
        is_prefix: at == last || folded.len() >= SHORTEST_PREFIX,
        folded,
    };
    folded.into_iter().enumerate().map(mark).collect()
}

impl Texts {
    /// The score of every document, 0 for those that lack a word; nothing when the query has no words.
    pub(crate) fn score(&self, query: &str, documents: usize) -> Option<Vec<u16>> {
        let words = query_words(query);
        let (first, others) = words.split_first()?;
        let mut scores: Vec<u16> = self.best(first, documents).into_iter().map(u16::from).collect();
        for word in others {
            let best = self.best(word, documents);
            for (score, best) in scores.iter_mut().zip(best) {
                *score = if best == 0 || *score == 0 { 0 } else { *score + u16::from(best) };
            }
        }
        Some(scores)
    }

    /// What a word weighs in every document: the best of all ways in which it stands there.
    fn best(&self, word: &QueryWord<'_>, documents: usize) -> Vec<u8> {
        let mut best = vec![0; documents];
        let exact = self.words.find(&word.folded);
        if let Some(exact) = exact {
            raise(&mut best, &self.words, exact, Way::Exact);
        }
        if word.is_prefix {
            for longer in self.words.starting_with(&word.folded).filter(|longer| Some(*longer) != exact) {
                raise(&mut best, &self.words, longer, Way::Prefix);
            }
        }
        for stem in stems_of(&word.folded) {
            if let Some(stem) = self.stems.find(&stem) {
                raise(&mut best, &self.stems, stem, Way::Stem);
            }
        }
        best
    }
}

fn raise(best: &mut [u8], postings: &Postings, word: u32, way: Way) {
    let weights = FIELD_WEIGHTS.map(|weight| weight * way as u8);
    for (document, field) in postings.of(word) {
        best[document] = best[document].max(weights[field as usize]);
    }
}

/// Nobody says in which language they type: the stems in all three, each once.
fn stems_of(folded: &str) -> Vec<Cow<'_, str>> {
    let mut stems: Vec<Cow<'_, str>> = Language::ALL.iter().map(|language| stem(folded, *language)).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(query: &str) -> Vec<(String, bool)> {
        query_words(query).into_iter().map(|word| (word.folded.into_owned(), word.is_prefix)).collect()
    }

    #[test]
    fn the_last_word_and_long_words_may_be_the_start_of_a_word() {
        let expected = [("las", false), ("robot", true), ("u", true)];
        assert_eq!(typed("las robot u"), expected.map(|(word, is_prefix)| (word.to_owned(), is_prefix)));
    }

    #[test]
    fn stop_words_count_only_when_there_is_nothing_else() {
        assert_eq!(typed("stage in de bouw").len(), 2);
        assert_eq!(typed("in de").len(), 2);
        assert_eq!(typed("de").len(), 1);
    }

    #[test]
    fn no_more_than_twelve_words_are_used() {
        assert_eq!(typed(&"woord ".repeat(20)).len(), 12);
        assert_eq!(typed(&"a-".repeat(200)).len(), 12);
        assert_eq!(typed("?!"), []);
    }

    #[test]
    fn a_stronger_field_always_outweighs_a_weaker_one() {
        for pair in FIELD_WEIGHTS.windows(2) {
            assert!(pair[0] * Way::Stem as u8 > pair[1] * Way::Exact as u8);
        }
    }
}
