//! Where a vacancy stands, and where it can go from there.

use crate::words::words;

words! {
    /// Where a vacancy stands.
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
    /// What was public once never becomes a draft again: its address is known.
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
