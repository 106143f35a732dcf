//! Words that are nearly what was typed.
//!
//! The sorted words are walked as if they were a tree: words with the same start share the work for it, and
//! where a start is already too different all words with it are skipped.

use crate::index::Dictionary;

/// From this many letters on two slips are forgiven, and one may be in the first letter.
const LONG: usize = 8;
/// Shorter words are taken as they are.
const SHORTEST: usize = 4;
/// From this many letters on a word that is still being typed may have slips already.
const SHORTEST_START: usize = 5;

/// The words that differ from what was typed by as many slips as its length allows: a letter too many, too few,
/// another, or two neighbours swapped. With `may_go_on` also words whose start does.
pub(super) fn near(dictionary: &Dictionary, typed: &str, may_go_on: bool) -> Vec<u32> {
    let typed = typed.as_bytes();
    if typed.len() < SHORTEST || !typed.iter().all(u8::is_ascii_alphanumeric) {
        return Vec::new();
    }
    let slips = if typed.len() < LONG { 1 } else { 2 };
    let may_go_on = may_go_on && typed.len() >= SHORTEST_START;
    let range = if typed.len() < LONG {
        dictionary.starting_with(std::str::from_utf8(&typed[..1]).unwrap_or_default())
    } else {
        0..dictionary.len() as u32
    };
    let mut walk = Walk::new(typed, slips);
    let mut found = Vec::new();
    let mut number = range.start;
    while number < range.end {
        let word = dictionary.word(number).as_bytes();
        let shared = walk.shared_with(word);
        match walk.read(word, shared, may_go_on) {
            Seen::Near => found.push(number),
            Seen::Other => {}
            Seen::TooFar(depth) => {
                let start = &word[..depth];
                number = dictionary
                    .first_where(number as usize + 1, |other| !other.as_bytes().starts_with(start))
                    as u32;
                continue;
            }
        }
        number += 1;
    }
    found
}

/// What a word turned out to be.
enum Seen {
    Near,
    Other,
    /// No word with a start of this length can be near.
    TooFar(usize),
}

/// A table of distances (optimal string alignment), one line for each letter of the word that was read last.
struct Walk<'a> {
    typed: &'a [u8],
    slips: u8,
    word: Vec<u8>,
    /// Line after line, each one longer than what was typed.
    lines: Vec<u8>,
}

impl<'a> Walk<'a> {
    fn new(typed: &'a [u8], slips: u8) -> Self {
        let first = (0..=typed.len()).map(|at| at.min(100) as u8);
        Self { typed, slips, word: Vec::new(), lines: first.collect() }
    }

    fn shared_with(&self, word: &[u8]) -> usize {
        self.word.iter().zip(word).take_while(|(a, b)| a == b).count()
    }

    fn line(&self, depth: usize) -> &[u8] {
        let width = self.typed.len() + 1;
        &self.lines[depth * width..(depth + 1) * width]
    }

    fn read(&mut self, word: &[u8], shared: usize, may_go_on: bool) -> Seen {
        let width = self.typed.len() + 1;
        self.word.truncate(shared);
        self.lines.truncate((shared + 1) * width);
        if may_go_on && (0..=shared).any(|depth| self.ends_near(depth)) {
            return Seen::Near;
        }
        for (depth, letter) in word.iter().enumerate().skip(shared) {
            self.add_line(depth, *letter);
            if may_go_on && self.ends_near(depth + 1) {
                return Seen::Near;
            }
            if self.line(depth + 1).iter().all(|distance| *distance > self.slips) {
                return Seen::TooFar(depth + 1);
            }
        }
        if self.ends_near(word.len()) { Seen::Near } else { Seen::Other }
    }

    fn ends_near(&self, depth: usize) -> bool {
        self.line(depth)[self.typed.len()] <= self.slips
    }

    fn add_line(&mut self, depth: usize, letter: u8) {
        let width = self.typed.len() + 1;
        let above = depth * width;
        self.lines.push((depth + 1).min(100) as u8);
        for at in 1..width {
            let typed = self.typed[at - 1];
            let replaced = self.lines[above + at - 1] + u8::from(typed != letter);
            let mut distance =
                replaced.min(self.lines[above + at] + 1).min(self.lines[above + width + at - 1] + 1);
            let is_swapped =
                depth > 0 && at > 1 && letter == self.typed[at - 2] && self.word[depth - 1] == typed;
            if is_swapped {
                distance = distance.min(self.lines[above - width + at - 2] + 1);
            }
            self.lines.push(distance);
        }
        self.word.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[&str], typed: &str, may_go_on: bool) -> Vec<String> {
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        let dictionary = Dictionary::of(sorted.into_iter());
        near(&dictionary, typed, may_go_on)
            .into_iter()
            .map(|number| dictionary.word(number).to_owned())
            .collect()
    }

    #[test]
    fn short_words_are_taken_as_they_are_and_longer_ones_forgive_more() {
        assert!(found(&["las"], "lar", false).is_empty());
        assert_eq!(found(&["robot", "rabat"], "robt", false), ["robot"]);
        assert_eq!(found(&["robot"], "rbbot", false), ["robot"]);
        assert!(found(&["robot"], "rbbto", false).is_empty());
        assert_eq!(found(&["lasrobot"], "lsarobott", false), ["lasrobot"]);
    }

    #[test]
    fn a_swap_is_one_slip() {
        assert_eq!(found(&["stage"], "satge", false), ["stage"]);
    }

    #[test]
    fn only_long_words_forgive_a_wrong_first_letter() {
        assert!(found(&["robot"], "tobot", false).is_empty());
        assert_eq!(found(&["verpleegkundige"], "berpleegkundige", false), ["verpleegkundige"]);
    }

    #[test]
    fn what_is_still_typed_may_go_on() {
        assert_eq!(found(&["lasrobotprogrammeur", "lasser"], "lasrobto", true), ["lasrobotprogrammeur"]);
        assert!(found(&["lasrobotprogrammeur"], "lasrobto", false).is_empty());
    }

    /// The distance told again, plainly.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i.max(j)
                } else {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut least =
                        (table[i - 1][j - 1] + same).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_plain_comparing_finds(
            mut words in prop::collection::vec("[abc]{1,11}", 0..60), typed in "[abc]{4,11}", may_go_on: bool,
        ) {
            words.sort_unstable();
            words.dedup();
            let slips = if typed.len() < LONG { 1 } else { 2 };
            let fits = |word: &&String| {
                let is_near = |start: &str| distance(typed.as_bytes(), start.as_bytes()) <= slips;
                (typed.len() >= LONG || word.as_bytes()[0] == typed.as_bytes()[0])
                    && (is_near(word)
                        || (may_go_on && typed.len() >= SHORTEST_START && (0..=word.len()).any(|end| is_near(&word[..end]))))
            };
            let expected: Vec<String> = words.iter().filter(fits).cloned().collect();
            let dictionary = Dictionary::of(words.iter().map(String::as_str));
            let found: Vec<String> =
                near(&dictionary, &typed, may_go_on).into_iter().map(|number| dictionary.word(number).to_owned()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
