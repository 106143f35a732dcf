//! German umlauts have a second spelling without: `Führung` is `Fuehrung` on a keyboard that has no ü.

use domain::Language;
use domain::text::fold;

use super::words::Word;

/// The other way in which a word of a text may be typed, folded; it is indexed beside the word itself.
///
/// Every umlaut gives its spelling with an `e` (`Köln`, `Koeln`); in German texts the spelling with an `e`
/// also gives that without (`Fuehrung`, `fuhrung`). A trema is no umlaut: `coördinator` has one spelling.
pub fn other_spelling(word: &Word<'_>, language: Language) -> Option<String> {
    let other = if !word.written.is_ascii() {
        spelled_out(word.written)
    } else if language == Language::German {
        contracted(&word.folded)
    } else {
        return None;
    };
    (other != *word.folded).then_some(other)
}

fn spelled_out(written: &str) -> String {
    let mut spelled = String::with_capacity(written.len() + 2);
    let mut previous = ' ';
    for letter in written.chars() {
        spelled.push(letter);
        let is_umlaut = matches!(letter, 'ä' | 'ö' | 'ü' | 'Ä' | 'Ö' | 'Ü');
        if is_umlaut && !is_vowel(previous) {
            spelled.push('e');
        }
        previous = letter;
    }
    fold(&spelled)
}

fn contracted(folded: &str) -> String {
    let mut contracted = String::with_capacity(folded.len());
    let (mut before, mut previous) = (' ', ' ');
    for letter in folded.chars() {
        let is_umlaut =
            letter == 'e' && matches!(previous, 'a' | 'o' | 'u') && !is_vowel(before) && before != 'q';
        if !is_umlaut {
            contracted.push(letter);
        }
        (before, previous) = (previous, letter);
    }
    contracted
}

fn is_vowel(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use domain::Language::{Dutch, German};

    use super::*;
    use crate::analyse::words;

    fn other(text: &str, language: Language) -> Option<String> {
        words(text).next().and_then(|word| other_spelling(&word, language))
    }

    #[test]
    fn an_umlaut_is_also_spelled_with_an_e() {
        assert_eq!(other("Führung", German).as_deref(), Some("fuehrung"));
        assert_eq!(other("Köln", Dutch).as_deref(), Some("koeln"));
        assert_eq!(other("Überblick", German).as_deref(), Some("ueberblick"));
    }

    #[test]
    fn a_german_word_without_umlauts_gets_them_back() {
        assert_eq!(other("Fuehrung", German).as_deref(), Some("fuhrung"));
        assert_eq!(other("neue", German), None);
        assert_eq!(other("Quelle", German), None);
        assert_eq!(other("boer", Dutch), None);
    }

    #[test]
    fn a_trema_is_no_umlaut() {
        assert_eq!(other("coördinator", Dutch), None);
        assert_eq!(other("reünie", Dutch), None);
    }
}
