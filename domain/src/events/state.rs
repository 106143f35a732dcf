//! States of an event, and who may bring it from one to another.

use crate::initiator::Initiator;
use crate::words::words;

words! {
    /// The state of an event.
    EventState {
        /// Being planned; nobody outside sees it.
        Draft = "draft", "concept";
        /// Waits for the programme office to look at it.
        Submitted = "submitted", "ingediend";
        /// The programme office asked for changes.
        Returned = "returned", "teruggestuurd";
        /// Takes place, and may be seen by whom it is for.
        Published = "published", "gepubliceerd";
        /// Does not take place.
        Cancelled = "cancelled", "afgelast";
    }
}

impl EventState {
    /// Whether this initiator may bring an event from this state to the other. The import asks nobody.
    pub const fn may_become(self, next: Self, initiator: Initiator) -> bool {
        use EventState::{Cancelled, Draft, Published, Returned, Submitted};
        match initiator {
            Initiator::Member => matches!(
                (self, next),
                (Draft | Returned, Submitted | Cancelled)
                    | (Submitted, Draft | Cancelled)
                    | (Published, Cancelled)
            ),
            Initiator::Office => matches!(
                (self, next),
                (Draft | Returned, Published | Cancelled)
                    | (Submitted, Returned | Published | Cancelled)
                    | (Published, Cancelled)
                    | (Cancelled, Published)
            ),
            Initiator::Hub => false,
        }
    }

    /// Whether members may still change what the event says.
    pub const fn is_open_to_members(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initiator::tests::assert_transitions;

    #[test]
    fn each_initiator_makes_the_listed_changes_of_state_and_no_other() {
        let rows = "
            Draft      .  M  .  O  MO
            Submitted  M  .  O  O  MO
            Returned   .  M  .  O  MO
            Published  .  .  .  .  MO
            Cancelled  .  .  .  O  .
        ";
        assert_transitions(EventState::ALL, rows, EventState::may_become);
    }

    #[test]
    fn members_change_what_the_office_has_not_decided_yet() {
        use EventState::{Cancelled, Draft, Published, Returned, Submitted};
        for state in [Draft, Submitted, Returned] {
            assert!(state.is_open_to_members(), "{state:?}");
        }
        for state in [Published, Cancelled] {
            assert!(!state.is_open_to_members(), "{state:?}");
        }
    }
}
