//! The words of a text.

use std::borrow::Cow;

use domain::text::fold;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The spelling in the text.
    pub written: &'a str,
    /// In lower case without accents; never empty.
    pub folded: Cow<'a, str>,
}

/// The words of a text: runs of letters and digits, and `c++`, `c#` and the like.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    let written = std::iter::from_fn(move || {
        rest = &rest[rest.find(is_letter_or_digit)?..];
        let end = rest.find(|letter| !is_inside_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end + signs_after(rest, end));
        rest = after;
        Some(word)
    });
    written.map(|written| Word { written, folded: fold_word(written) }).filter(|word| !word.folded.is_empty())
}

/// Whether a word may begin with a sign: all that is not known to stand between words, so that words of any alphabet are
/// found. The full tables of Unicode would cost the engine in the browser some 3 kB.
fn is_letter_or_digit(sign: char) -> bool {
    match sign {
        '\0'..='\x7f' => sign.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' => matches!(sign, 'ª' | 'µ' | 'º' | '¹' | '²' | '³' | '¼'..='¾'),
        _ => !matches!(sign,
            // Accents; punctuation, currencies, arrows and other pictures; marks of Arabic, Chinese and Japanese.
            '×' | '÷' | '\u{2c2}'..='\u{36f}' | '\u{2000}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}'
            | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{3000}'..='\u{3020}' | '\u{e000}'..='\u{f8ff}'
            | '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
            | '\u{fff0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..
        ),
    }
}

/// Accents that stand apart from their letter (U+0300 and on) do not end a word.
fn is_inside_word(letter: char) -> bool {
    is_letter_or_digit(letter) || ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Programming languages are called `C++`, `C#` and `F#`: the signs belong to a word of one letter.
fn signs_after(text: &str, end: usize) -> usize {
    if end > 1 {
        return 0;
    }
    text.bytes().skip(end).take_while(|byte| matches!(byte, b'+' | b'#')).count()
}

/// Most words are plain, so they cost no memory or only that of a copy.
fn fold_word(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        Cow::Owned(fold(word))
    } else if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_without_accents() {
        assert_eq!(
            folded("  Coöperatie ’t Gruñ & Zn., mbo-4!"),
            ["cooperatie", "t", "grun", "zn", "mbo", "4"]
        );
        assert_eq!(folded("Straße cafe\u{301}"), ["strasse", "cafe"]);
        assert_eq!(folded("… --- ? «» €×👍"), Vec::<String>::new());
    }

    #[test]
    fn words_of_other_alphabets_are_words() {
        assert_eq!(folded("Київ，東京；«Θεσσαλονίκη»؟ شركة"), ["київ", "東京", "θεσσαλονίκη", "شركة"]);
    }

    #[test]
    fn the_names_of_programming_languages_keep_their_signs() {
        assert_eq!(folded("C++, C# of .NET; wiskunde+ #1"), ["c++", "c#", "of", "net", "wiskunde", "1"]);
    }

    proptest! {
        #[test]
        fn no_word_is_empty(text in any::<String>()) {
            prop_assert!(words(&text).all(|word| !word.folded.is_empty()));
        }

        #[test]
        fn a_word_folds_as_its_text_does(text in "[a-zA-ZäöüÄÖÜßéëïĳ]{1,12}") {
            prop_assert_eq!(folded(&text), vec![fold(&text)]);
        }
    }
}
