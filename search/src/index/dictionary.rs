//! A sorted list of words in one piece of memory: found by their letters, their start, or nearly.

use std::ops::Range;

/// Words in alphabetical order (by bytes), each known by its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dictionary {
    letters: String,
    ends: Vec<u32>,
    /// The number of letters that each word shares with the one before, as far as a byte counts.
    shared: Vec<u8>,
    /// For every start that [`start_of`] tells apart, and the one after the last, its first word.
    starts: Vec<u32>,
}

/// The number of first letters that are told apart: the alphabet, all before it and all after it.
const LETTERS: usize = 28;

/// The first two letters of a word as a number that sorts like words do. Only a first letter of the alphabet stands
/// for itself alone, so that the second may follow it.
fn start_of(word: &str) -> usize {
    let letter = |at: usize| {
        let byte = word.as_bytes().get(at).copied().unwrap_or_default();
        usize::from(byte.clamp(b'a' - 1, b'z' + 1) - (b'a' - 1))
    };
    let first = letter(0);
    first * LETTERS + if (1..LETTERS - 1).contains(&first) { letter(1) } else { 0 }
}

impl Dictionary {
    /// A dictionary of words that are sorted and differ.
    pub(crate) fn of<'a>(sorted: impl Iterator<Item = &'a str>) -> Self {
        let mut dictionary = Self::default();
        let mut before = "";
        for word in sorted {
            let shared = before
                .bytes()
                .zip(word.bytes())
                .take(usize::from(u8::MAX))
                .take_while(|(a, b)| a == b)
                .count();
            dictionary.shared.push(shared as u8);
            dictionary.starts.resize(start_of(word) + 1, dictionary.ends.len() as u32);
            before = word;
            dictionary.letters.push_str(word);
            dictionary.ends.push(dictionary.letters.len() as u32);
        }
        dictionary.starts.resize(LETTERS * LETTERS + 1, dictionary.ends.len() as u32);
        dictionary
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a word.
    pub(crate) fn find(&self, word: &str) -> Option<u32> {
        let Range { start, end } = self.around(word);
        let at = self.first_where(start..end, |other| other >= word);
        (at < end && self.at(at) == word).then_some(at as u32)
    }

    /// The numbers of all words that start with a prefix.
    pub(crate) fn starting_with(&self, prefix: &str) -> Range<u32> {
        let Range { start, end } = self.around(prefix);
        let first = self.first_where(start..end, |word| word >= prefix);
        let end = if prefix.len() < 2 { self.ends.len() } else { end };
        let end = self.first_where(first..end, |word| !word.starts_with(prefix));
        first as u32..end as u32
    }

    /// The word of a number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.at(number as usize)
    }

    /// The number of letters that a word shares with the one before; 255 may also mean more.
    pub(crate) fn shared_with_previous(&self, number: u32) -> usize {
        usize::from(self.shared[number as usize])
    }

    /// The next word from a number on that shares fewer than `letters` letters with the one before.
    pub(crate) fn next_sharing_less(&self, number: u32, letters: usize) -> u32 {
        let later = &self.shared[number as usize..];
        let skipped = later.iter().position(|shared| usize::from(*shared) < letters);
        number + skipped.unwrap_or(later.len()) as u32
    }

    /// All words.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.letters[start..self.ends[at] as usize]
    }

    /// The words among which a word stands if it is there, and before whose end it would stand.
    fn around(&self, word: &str) -> Range<usize> {
        let start = start_of(word);
        let first = |start: usize| self.starts.get(start).map_or(0, |first| *first as usize);
        first(start)..first(start + 1)
    }

    /// The first number of a range whose word is on the other side, by halving; the end when there is none.
    fn first_where(&self, range: Range<usize>, is_beyond: impl Fn(&str) -> bool) -> usize {
        let Range { start: mut low, end: mut high } = range;
        while low < high {
            let middle = low.midpoint(high);
            if is_beyond(self.at(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_letters_or_its_start() {
        let dictionary = Dictionary::of(["las", "laser", "lasrobot", "robot"].into_iter());
        assert_eq!(dictionary.find("laser"), Some(1));
        assert_eq!(dictionary.find("lass"), None);
        assert_eq!(dictionary.starting_with("las"), 0..3);
        assert_eq!(dictionary.starting_with("robots"), 4..4);
        assert_eq!(dictionary.starting_with(""), 0..4);
        assert_eq!(dictionary.word(2), "lasrobot");
        assert_eq!(Dictionary::default().find("las"), None);
        assert_eq!(Dictionary::default().starting_with("l"), 0..0);
    }

    proptest::proptest! {
        #[test]
        fn words_are_found_as_plain_comparing_finds_them(
            mut words in proptest::collection::vec("[ab1zé+]{1,4}", 0..60), asked in "[ab1zé+]{0,4}",
        ) {
            words.sort_unstable();
            words.dedup();
            let dictionary = Dictionary::of(words.iter().map(String::as_str));
            let at = words.iter().position(|word| *word == asked);
            proptest::prop_assert_eq!(dictionary.find(&asked), at.map(|at| at as u32));
            let range = dictionary.starting_with(&asked);
            let found: Vec<&str> = range.map(|number| dictionary.word(number)).collect();
            let expected: Vec<&String> = words.iter().filter(|word| word.starts_with(&asked)).collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
