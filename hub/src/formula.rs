//! Keeps a cell of a text file from becoming a formula.
//!
//! A spreadsheet program evaluates a cell that starts with one of `SIGNS`. An apostrophe before it makes
//! it text. To be able to take away exactly what was added, a text that has apostrophes before such a sign
//! gets one more.

/// What a formula can start with; the wide ones count in East Asian versions of Excel.
const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

fn could_be_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(SIGNS)
}

/// The text with an apostrophe before it when a program could take it for a formula.
pub fn guard(text: String) -> String {
    if could_be_formula(&text) { format!("'{text}") } else { text }
}

/// The text without the apostrophe that [`guard`] adds.
pub fn unguard(mut text: String) -> String {
    if text.starts_with('\'') && could_be_formula(&text) {
        text.remove(0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_gets_an_apostrophe_and_a_place_name_does_not() {
        assert_eq!(guard("=1+1".into()), "'=1+1");
        assert_eq!(guard("'=1+1".into()), "''=1+1");
        assert_eq!(guard("'s-Heerenberg".into()), "'s-Heerenberg");
        assert_eq!(unguard("'s-Heerenberg".into()), "'s-Heerenberg");
    }

    proptest! {
        #[test]
        fn guarding_can_be_undone_and_leaves_no_formula(text in "['=+@\t＝a-]{0,6}") {
            let guarded = guard(text.clone());
            prop_assert!(!guarded.starts_with(SIGNS));
            prop_assert_eq!(unguard(guarded), text);
        }
    }
}
