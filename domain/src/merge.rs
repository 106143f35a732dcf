//! What two people wrote in the same field since one of them began.

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// It stays as it is.
    Keep,
    /// It takes what the other wrote.
    Take,
    /// Both changed it, each in another way: a person decides.
    Ask,
}

/// Merges a field: as it was when one began, as it is here, and as another saved it.
pub fn merge(before: &str, mine: &str, theirs: &str) -> Merged {
    if theirs == before || theirs == mine {
        Merged::Keep
    } else if mine == before {
        Merged::Take
    } else {
        Merged::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_changed_is_taken_and_what_both_changed_is_asked() {
        for (before, mine, theirs, merged) in [
            ("a", "a", "a", Merged::Keep),
            ("a", "b", "a", Merged::Keep),
            ("a", "a", "b", Merged::Take),
            ("a", "b", "b", Merged::Keep),
            ("a", "b", "c", Merged::Ask),
            ("", "", "c", Merged::Take),
            ("a", "", "c", Merged::Ask),
            ("a", "b", "", Merged::Ask),
        ] {
            assert_eq!(merge(before, mine, theirs), merged, "{before:?} {mine:?} {theirs:?}");
        }
    }
}
