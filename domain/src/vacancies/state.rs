//! States of a vacancy, and the changes between them.

use crate::words::words;

words! {
    /// The state of a vacancy.
    VacancyState {
        /// Being written; nobody outside sees it.
        Draft = "draft", "concept";
        /// Public until its closing day.
        Published = "published", "gepubliceerd";
        /// Somebody was found.
        Filled = "filled", "vervuld";
        /// Closed without anybody.
        Expired = "expired", "verlopen";
    }
}

impl VacancyState {
    /// Whether a vacancy may go from this state to the other.
    ///
    /// A vacancy that was public once never becomes a draft again: its address is known.
    pub const fn may_become(self, next: Self) -> bool {
        use VacancyState::{Draft, Expired, Filled, Published};
        matches!(
            (self, next),
            (Draft, Published | Expired)
                | (Published, Filled | Expired)
                | (Filled | Expired, Published)
                | (Expired, Filled)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::VacancyState::{self, Draft, Expired, Filled, Published};

    #[test]
    fn only_the_listed_changes_of_state_are_allowed() {
        let allowed = [
            (Draft, Published),
            (Draft, Expired),
            (Published, Filled),
            (Published, Expired),
            (Filled, Published),
            (Expired, Published),
            (Expired, Filled),
        ];
        for &from in VacancyState::ALL {
            for &to in VacancyState::ALL {
                assert_eq!(from.may_become(to), allowed.contains(&(from, to)), "{from:?} to {to:?}");
            }
        }
    }
}
