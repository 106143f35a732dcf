//! States of an organisation, and who may bring it from one to another.

use crate::initiator::Initiator;
use crate::words::words;

words! {
    /// The state of an organisation.
    OrganisationState {
        /// The programme office would like it to join; nobody outside sees it.
        Prospect = "prospect", "prospect";
        /// It was asked to join.
        Invited = "invited", "uitgenodigd";
        /// It takes part.
        Member = "member", "lid";
        /// It took part.
        Ended = "ended", "beëindigd";
    }
}

impl OrganisationState {
    /// Whether this initiator may bring an organisation from this state to the other. The import asks nobody.
    ///
    /// Who was a member never becomes a prospect again: its vacancies are known.
    pub const fn may_become(self, next: Self, initiator: Initiator) -> bool {
        use OrganisationState::{Ended, Invited, Member, Prospect};
        match initiator {
            Initiator::Member => false,
            Initiator::Office => matches!(
                (self, next),
                (Prospect, Invited | Member)
                    | (Invited, Prospect | Member)
                    | (Member, Ended)
                    | (Ended, Member)
            ),
            // Somebody of the organisation accepted.
            Initiator::Hub => matches!((self, next), (Invited, Member)),
        }
    }

    /// Whether visitors may see the organisation and what it offers.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Member)
    }

    /// Whether visitors could see the organisation once.
    pub const fn was_public(self) -> bool {
        matches!(self, Self::Member | Self::Ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initiator::tests::assert_transitions;

    #[test]
    fn each_initiator_makes_the_listed_changes_of_state_and_no_other() {
        let rows = "
            Prospect  .  O  O   .
            Invited   O  .  OH  .
            Member    .  .  .   O
            Ended     .  .  O   .
        ";
        assert_transitions(OrganisationState::ALL, rows, OrganisationState::may_become);
    }

    #[test]
    fn visitors_see_members_and_saw_who_was_one() {
        use OrganisationState::{Ended, Member};
        for state in OrganisationState::ALL {
            assert_eq!(state.is_public(), *state == Member, "{state:?}");
            assert_eq!(state.was_public(), [Member, Ended].contains(state), "{state:?}");
        }
    }
}
