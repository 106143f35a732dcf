//! Words that say nothing beside others.

/// Dutch, German and English articles, prepositions and the like, folded.
const STOP_WORDS: [&str; 61] = [
    "a", "aan", "als", "am", "an", "and", "as", "at", "auf", "aus", "bei", "bij", "by", "das", "de", "dem",
    "den", "der", "die", "een", "ein", "eine", "einem", "einen", "einer", "en", "for", "from", "fuer", "fur",
    "het", "im", "in", "is", "ist", "met", "mit", "naar", "nach", "oder", "of", "om", "on", "op", "or", "te",
    "ter", "the", "to", "tot", "uit", "um", "und", "van", "vom", "von", "voor", "with", "zu", "zum", "zur",
];

/// No stop word is longer.
const LONGEST: usize = 5;

/// Whether a folded word is ignored beside others.
pub fn is_stop_word(folded: &str) -> bool {
    folded.len() <= LONGEST && STOP_WORDS.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stop_word_is_longer_than_the_longest() {
        assert!(STOP_WORDS.into_iter().all(is_stop_word));
    }

    #[test]
    fn words_that_mean_something_in_a_vacancy_are_no_stop_words() {
        assert!(["de", "die", "the", "fur"].into_iter().all(is_stop_word));
        assert!(!["it", "ict", "hbo", "wo", "bouw", "4"].into_iter().any(is_stop_word));
    }
}
