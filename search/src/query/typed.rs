//! Typed queries: words, phrases, and the meanings of several words together.

use std::ops::Range;

use domain::vacancies::LONGEST_QUERY;

use crate::analyse::{LONGEST_TERM, Stemmed, Synonyms, Term, is_stop_word, words};

/// Words after these are ignored.
const MOST_WORDS: usize = 12;

/// A word that is not the last one may be the start of a longer word from this many bytes on.
const SHORTEST_PREFIX: usize = 4;

/// A typed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// The words that count: stop words do only when there is nothing else.
    pub(crate) words: Vec<QueryWord>,
    /// The meanings of neighbouring words together.
    pub(super) spans: Vec<Span>,
    /// Words between quotation marks, which must stand next to each other.
    pub(crate) phrases: Vec<Vec<String>>,
}

/// A typed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// The word with its stems; nobody says in which language they type.
    pub(crate) word: Stemmed,
    /// Whether it may be the start of a word.
    pub(super) is_prefix: bool,
    /// Whether somebody may still be typing it.
    pub(super) is_last: bool,
    /// With `y` for `ij` or the other way round, when it has either.
    pub(super) other_spelling: Option<String>,
}

/// Neighbouring words that mean something together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) words: Range<usize>,
    pub(super) meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The words written as one: `proces verbeteraar`.
    Joined(Vec<String>),
    /// Other terms for the same.
    Terms(Vec<Term>),
}

impl Query {
    /// Reads what was typed.
    pub(crate) fn parse(typed: &str, synonyms: &Synonyms) -> Self {
        let end = typed.char_indices().nth(LONGEST_QUERY).map_or(typed.len(), |(end, _)| end);
        let (plain, phrases) = take_phrases(&typed[..end]);
        let mut folded: Vec<String> = words(&plain).map(|word| word.folded.into_owned()).collect();
        if !phrases.is_empty() || folded.iter().any(|word| !is_stop_word(word)) {
            folded.retain(|word| !is_stop_word(word));
        }
        folded.truncate(MOST_WORDS);
        let stemmed: Vec<Stemmed> = folded.into_iter().map(Stemmed::new).collect();
        let spans = spans(&stemmed, synonyms);
        let last = stemmed.len().saturating_sub(1);
        let words =
            stemmed.into_iter().enumerate().map(|(at, word)| QueryWord::new(word, at == last)).collect();
        Self { words, spans, phrases }
    }

    /// Whether nothing was typed that could be looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}

impl QueryWord {
    fn new(word: Stemmed, is_last: bool) -> Self {
        Self {
            is_prefix: is_last || word.folded.len() >= SHORTEST_PREFIX,
            is_last,
            other_spelling: other_spelling(&word.folded),
            word,
        }
    }
}

/// Dutch `ij` is also written `y`.
fn other_spelling(folded: &str) -> Option<String> {
    let has_ij = folded.as_bytes().windows(2).any(|pair| pair == b"ij");
    let mut other = String::new();
    let mut rest = folded.chars();
    while let Some(letter) = rest.next() {
        match letter {
            'i' if rest.as_str().starts_with('j') => {
                rest.next();
                other.push('y');
            }
            'y' if !has_ij && folded.len() > 2 => other.push_str("ij"),
            _ => other.push(letter),
        }
    }
    (other != folded).then_some(other)
}

/// The text without its phrases, and the words of each phrase. A mark that is not closed yet means nothing.
fn take_phrases(typed: &str) -> (String, Vec<Vec<String>>) {
    let mut plain = String::new();
    let mut phrases = Vec::new();
    let mut pieces = typed.split(['"', '“', '”', '„']).peekable();
    let mut is_quoted = false;
    while let Some(piece) = pieces.next() {
        let folded: Vec<String> =
            words(piece).map(|word| word.folded.into_owned()).take(MOST_WORDS).collect();
        if is_quoted && pieces.peek().is_some() && folded.len() > 1 {
            phrases.push(folded);
        } else {
            plain.push(' ');
            plain.push_str(piece);
        }
        is_quoted = !is_quoted;
    }
    phrases.truncate(MOST_WORDS);
    (plain, phrases)
}

fn spans(words: &[Stemmed], synonyms: &Synonyms) -> Vec<Span> {
    let mut spans = Vec::new();
    for first in 0..words.len() {
        for end in first + 1..=words.len().min(first + LONGEST_TERM) {
            let terms = synonyms.terms_for(&words[first..end]);
            if !terms.is_empty() {
                spans.push(Span { words: first..end, meaning: Meaning::Terms(terms) });
            }
        }
        if let Some([left, right]) = words.get(first..first + 2)
            && left.folded.len() + right.folded.len() >= SHORTEST_PREFIX + 2
        {
            let links = ["", "s", "en", "e", "n"];
            let joined = links.map(|link| format!("{}{link}{}", left.folded, right.folded)).to_vec();
            spans.push(Span { words: first..first + 2, meaning: Meaning::Joined(joined) });
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(query: &str) -> Vec<(String, bool)> {
        let query = Query::parse(query, &Synonyms::default());
        query.words.into_iter().map(|word| (word.word.folded, word.is_prefix)).collect()
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
    fn words_between_marks_are_a_phrase_once_the_marks_are_closed() {
        let query = Query::parse("stage \"bij een boer\" mbo", &Synonyms::default());
        assert_eq!(query.phrases, [["bij", "een", "boer"]]);
        assert_eq!(query.words.len(), 2);
        assert_eq!(Query::parse("\"bij een boer", &Synonyms::default()).phrases.len(), 0);
        assert_eq!(typed("\"robot\""), [("robot".to_owned(), true)]);
    }
}
