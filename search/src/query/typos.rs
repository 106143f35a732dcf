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

/// Longer words are taken as they are: nobody types one that is nearly right.
const LONGEST: usize = 40;
/// No more slips are forgiven.
const MOST_SLIPS: usize = 2;

/// The words that differ from what was typed by as many slips as its length allows: a letter too many, too few,
/// another, or two neighbours swapped. With `may_go_on` also words whose start does.
pub(super) fn near(dictionary: &Dictionary, typed: &str, may_go_on: bool) -> Vec<u32> {
    let typed = typed.as_bytes();
    if !(SHORTEST..=LONGEST).contains(&typed.len()) || !typed.iter().all(u8::is_ascii_alphanumeric) {
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
    let mut seen = Seen::Other;
    let mut number = range.start;
    while number < range.end {
        let shared = if number == range.start { 0 } else { dictionary.shared_with_previous(number) };
        match seen {
            Seen::TooFar(depth) if shared >= depth => {
                number = dictionary.next_sharing_less(number, depth);
                continue;
            }
            Seen::NearFrom(depth) if shared >= depth => found.push(number),
            _ => {
                seen = walk.read(dictionary.word(number).as_bytes(), shared, may_go_on);
                if matches!(seen, Seen::Near | Seen::NearFrom(_)) {
                    found.push(number);
                }
            }
        }
        number += 1;
    }
    found
}

/// The outcome of comparing a word.
enum Seen {
    Near,
    /// Every word with a start of this length is near.
    NearFrom(usize),
    Other,
    /// No word with a start of this length can be near.
    TooFar(usize),
}

/// A line of the table of distances: how far the start of a word is from starts of what was typed that are as
/// long, or shorter or longer by as many letters as slips are forgiven; all others are too far anyway.
type Line = [u8; 2 * MOST_SLIPS + 1];

/// Farther than any that is forgiven.
const FAR: u8 = 100;

/// A table of distances (optimal string alignment), one line for each letter of the word that was read last.
struct Walk<'a> {
    typed: &'a [u8],
    slips: u8,
    lines: Vec<Line>,
}

impl<'a> Walk<'a> {
    fn new(typed: &'a [u8], slips: u8) -> Self {
        let first = std::array::from_fn(|at| at.checked_sub(MOST_SLIPS).map_or(FAR, |at| at as u8));
        Self { typed, slips, lines: vec![first] }
    }

    /// Reads a word of which the first `shared` letters were read before.
    fn read(&mut self, word: &[u8], shared: usize, may_go_on: bool) -> Seen {
        self.lines.truncate(shared + 1);
        for depth in shared..word.len() {
            let line = self.line_after(word, depth);
            self.lines.push(line);
            if may_go_on && self.ends_near(depth + 1) {
                return Seen::NearFrom(depth + 1);
            }
            if line.iter().all(|distance| *distance > self.slips) {
                return Seen::TooFar(depth + 1);
            }
        }
        if self.ends_near(word.len()) { Seen::Near } else { Seen::Other }
    }

    fn ends_near(&self, depth: usize) -> bool {
        let at = (self.typed.len() + MOST_SLIPS).checked_sub(depth);
        at.and_then(|at| self.lines[depth].get(at)).is_some_and(|distance| *distance <= self.slips)
    }

    /// The line of a letter, from the lines before.
    fn line_after(&self, word: &[u8], depth: usize) -> Line {
        let above = &self.lines[depth];
        let mut line = [FAR; 2 * MOST_SLIPS + 1];
        for at in 0..line.len() {
            // So many typed letters stand against the start of the word.
            let Some(count) =
                (depth + 1 + at).checked_sub(MOST_SLIPS).filter(|count| *count <= self.typed.len())
            else {
                continue;
            };
            if count == 0 {
                line[at] = depth as u8 + 1;
                continue;
            }
            let typed = self.typed[count - 1];
            let mut distance = above[at] + u8::from(typed != word[depth]);
            if at + 1 < line.len() {
                distance = distance.min(above[at + 1] + 1);
            }
            if at > 0 {
                distance = distance.min(line[at - 1] + 1);
            }
            let is_swapped =
                depth > 0 && count > 1 && word[depth] == self.typed[count - 2] && word[depth - 1] == typed;
            if is_swapped {
                distance = distance.min(self.lines[depth - 1][at] + 1);
            }
            line[at] = distance.min(FAR);
        }
        line
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
