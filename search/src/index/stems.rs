//! Which words of an index share a stem.

use std::hash::Hasher;

use domain::Language;

use super::dictionary::Dictionary;
use crate::analyse::stem;
use crate::hash::WordHasher;
use crate::sorting::sort_by_key;

/// For every stem that differs from its word that word, in order. A stem is a number made of its language and letters:
/// 64 bits, so that two of them in one index are as good as never the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stems(Vec<(u64, u32)>);

impl Stems {
    /// The words that have this stem in a language, but not the word that equals it.
    pub(crate) fn words(&self, stem: &str, language: Language) -> impl Iterator<Item = u32> {
        let number = number(stem, language);
        let first = self.0.partition_point(|(other, _)| *other < number);
        self.0[first..].iter().take_while(move |(other, _)| *other == number).map(|(_, word)| *word)
    }
}

/// The stems of a dictionary while they are found, some words at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct StemFinder {
    stems: Stems,
    /// The first word whose stems are not found yet.
    next: u32,
}

impl StemFinder {
    /// Finds the stems of `words` more words; whether there are no more.
    pub(crate) fn go_on(&mut self, dictionary: &Dictionary, words: usize) -> bool {
        let all = dictionary.len() as u32;
        let end = all.min(self.next.saturating_add(u32::try_from(words).unwrap_or(u32::MAX)));
        for word in self.next..end {
            let folded = dictionary.word(word);
            for language in Language::ALL {
                let stem = stem(folded, *language);
                if stem != folded {
                    self.stems.0.push((number(&stem, *language), word));
                }
            }
        }
        self.next = end;
        end == all
    }

    /// The stems found so far.
    pub(crate) fn finish(mut self) -> Stems {
        sort_by_key(&mut self.stems.0, |pair| *pair);
        self.stems
    }
}

fn number(stem: &str, language: Language) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write_u8(language as u8);
    hasher.write(stem.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_stem_however_few_are_read_at_a_time() {
        let dictionary =
            Dictionary::of(["internship", "internships", "lassen", "lasser", "opleidingen"].into_iter());
        for words in [1, 2, usize::MAX] {
            let mut finder = StemFinder::default();
            while !finder.go_on(&dictionary, words) {}
            let stems = finder.finish();
            let found = |text, language| stems.words(&stem(text, language), language).collect::<Vec<_>>();
            assert_eq!(found("internships", Language::English), [1]);
            assert_eq!(found("opleiding", Language::Dutch), [4]);
            assert_eq!(found("lassen", Language::English), [0; 0]);
        }
    }
}
