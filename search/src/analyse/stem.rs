//! The stem of a word: what its plural, its forms and its near relatives have in common.

use std::borrow::Cow;

use domain::Language;
use waken_snowball::SnowballEnv;
use waken_snowball::algorithms::{dutch_stemmer, english_stemmer, german_stemmer};

/// Longer words are references and addresses; they are their own stem.
const LONGEST_WORD: usize = 40;

/// Words that Snowball's Dutch rules take apart though they belong together, with all that end in them
/// (`afstudeerstages`, `metaalbedrijf`, `elektrotechnisch`). Left the end of the word, right the stem's.
const DUTCH_ENDINGS: [(&str, &str); 23] = [
    ("overheid", "overheid"),
    ("overheden", "overheid"),
    ("stage", "stage"),
    ("stages", "stage"),
    ("bedrijf", "bedrijf"),
    ("bedrijven", "bedrijf"),
    ("functie", "functie"),
    ("functies", "functie"),
    ("techniek", "techniek"),
    ("technieken", "techniek"),
    ("technisch", "techniek"),
    ("technische", "techniek"),
    ("technicus", "techniek"),
    ("technici", "techniek"),
    ("kunde", "kunde"),
    ("kundig", "kunde"),
    ("kundige", "kunde"),
    ("kundigen", "kunde"),
    ("robot", "robot"),
    ("robots", "robot"),
    ("proces", "proces"),
    ("processen", "proces"),
    ("apps", "app"),
];

/// The stem of a folded word in a language.
pub fn stem(folded: &str, language: Language) -> Cow<'_, str> {
    let is_plain = folded.len() <= LONGEST_WORD && folded.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain {
        return Cow::Borrowed(folded);
    }
    match language {
        Language::Dutch => dutch_exception(folded).unwrap_or_else(|| snowball(folded, dutch_stemmer::stem)),
        Language::German => snowball(folded, german_stemmer::stem),
        Language::English => snowball(folded, english_stemmer::stem),
    }
}

/// A folded word with its stem in each of [`Language::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stemmed {
    /// The word.
    pub folded: String,
    /// Its stems, in the order of the languages.
    pub stems: [String; Language::ALL.len()],
}

impl Stemmed {
    /// Finds the stems of a folded word.
    pub fn new(folded: impl Into<String>) -> Self {
        let folded = folded.into();
        let stems = std::array::from_fn(|at| stem(&folded, Language::ALL[at]).into_owned());
        Self { folded, stems }
    }

    /// The stems with their languages.
    pub fn stems(&self) -> impl Iterator<Item = (Language, &str)> {
        Language::ALL.iter().copied().zip(self.stems.iter().map(String::as_str))
    }
}

/// The crate's own entry by the name of a language would bring the rules of thirty languages into the browser.
fn snowball(word: &str, rules: fn(&mut SnowballEnv<'_>) -> bool) -> Cow<'_, str> {
    let mut state = SnowballEnv::create(word);
    rules(&mut state);
    state.get_current()
}

fn dutch_exception(word: &str) -> Option<Cow<'_, str>> {
    DUTCH_ENDINGS.iter().find_map(|(ending, stem)| {
        let start = word.strip_suffix(ending)?;
        Some(if ending == stem { Cow::Borrowed(word) } else { Cow::Owned(format!("{start}{stem}")) })
    })
}

#[cfg(test)]
mod tests {
    use domain::Language::{Dutch, English, German};
    use proptest::prelude::*;

    use super::*;

    fn assert_one_stem(words: &[&str], language: Language) {
        for word in words {
            assert_eq!(stem(word, language), stem(words[0], language), "{word} and {}", words[0]);
        }
    }

    #[test]
    fn dutch_forms_that_snowball_misses_share_a_stem() {
        assert_one_stem(&["stage", "stages"], Dutch);
        assert_one_stem(&["bedrijf", "bedrijven"], Dutch);
        assert_one_stem(&["startersfunctie", "startersfuncties"], Dutch);
        assert_one_stem(&["techniek", "technisch", "technische"], Dutch);
        assert_one_stem(&["metaalbedrijf", "metaalbedrijven"], Dutch);
        assert_one_stem(&["lasrobot", "lasrobots"], Dutch);
        assert_one_stem(&["productieproces", "productieprocessen"], Dutch);
        assert_one_stem(&["app", "apps"], Dutch);
        assert_one_stem(&["verpleegkundige", "verpleegkundigen"], Dutch);
        assert_one_stem(&["werktuigbouwkunde", "werktuigbouwkundig", "werktuigbouwkundige"], Dutch);
    }

    #[test]
    fn singular_and_plural_share_a_stem_in_each_language() {
        assert_one_stem(&["afstudeeropdracht", "afstudeeropdrachten"], Dutch);
        assert_one_stem(&["opleiding", "opleidingen"], Dutch);
        assert_one_stem(&["stagiair", "stagiaire", "stagiaires"], Dutch);
        assert_one_stem(&["abschlussarbeit", "abschlussarbeiten"], German);
        assert_one_stem(&["internship", "internships"], English);
    }

    #[test]
    fn every_exception_is_used() {
        for (ending, expected) in DUTCH_ENDINGS {
            assert_eq!(stem(ending, Dutch), expected, "{ending}");
        }
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem(word in "[a-z]{1,45}|\\PC{0,9}") {
            for language in Language::ALL {
                prop_assert!(stem(&word, *language).len() <= word.len() + 4);
            }
        }
    }
}
