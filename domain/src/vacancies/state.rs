//! States of a vacancy, and who may bring it from one to another.

use chrono::NaiveDate;

use crate::initiator::Initiator;
use crate::organisations::OrganisationState;
use crate::words::words;

words! {
    /// The state of a vacancy.
    VacancyState {
        /// Being written; nobody outside sees it.
        Draft = "draft", "concept";
        /// Waits for the programme office to look at it.
        Submitted = "submitted", "ingediend";
        /// The programme office asked for changes.
        Returned = "returned", "teruggestuurd";
        /// Approved; public from a day to come.
        Scheduled = "scheduled", "ingepland";
        /// Public until its closing day.
        Published = "published", "gepubliceerd";
        /// Not shown for a while.
        Paused = "paused", "gepauzeerd";
        /// Somebody was found.
        Filled = "filled", "vervuld";
        /// Closed without anybody.
        Expired = "expired", "verlopen";
        /// Taken back.
        Withdrawn = "withdrawn", "ingetrokken";
    }
}

impl VacancyState {
    /// Whether this initiator may bring a vacancy from this state to the other. The import asks nobody.
    pub const fn may_become(self, next: Self, initiator: Initiator) -> bool {
        match initiator {
            Initiator::Member => self.may_become_by_member(next),
            Initiator::Office => self.may_become_by_office(next),
            Initiator::Hub => self.may_become_by_hub(next),
        }
    }

    /// Whether a vacancy usually was public when it came to this state, or is so now.
    pub const fn follows_publication(self) -> bool {
        use VacancyState::{Expired, Filled, Paused, Published, Withdrawn};
        matches!(self, Published | Paused | Filled | Expired | Withdrawn)
    }

    /// A member writes, submits and ends; what was approved once it may show again.
    const fn may_become_by_member(self, next: Self) -> bool {
        use VacancyState::{
            Draft, Expired, Filled, Paused, Published, Returned, Scheduled, Submitted, Withdrawn,
        };
        match self {
            Draft | Returned => matches!(next, Submitted | Withdrawn),
            Submitted => matches!(next, Draft | Withdrawn),
            Scheduled => matches!(next, Withdrawn),
            Published => matches!(next, Paused | Filled | Withdrawn),
            Paused => matches!(next, Published | Filled | Withdrawn),
            Filled => matches!(next, Published),
            Expired => matches!(next, Submitted | Filled),
            Withdrawn => matches!(next, Draft | Submitted),
        }
    }

    /// The programme office approves, returns and ends.
    const fn may_become_by_office(self, next: Self) -> bool {
        use VacancyState::{
            Draft, Expired, Filled, Paused, Published, Returned, Scheduled, Submitted, Withdrawn,
        };
        match self {
            Draft | Returned => matches!(next, Scheduled | Published | Withdrawn),
            Submitted => matches!(next, Returned | Scheduled | Published | Withdrawn),
            Scheduled => matches!(next, Returned | Published | Withdrawn),
            Published => matches!(next, Returned | Paused | Filled | Expired | Withdrawn),
            Paused => matches!(next, Returned | Published | Filled | Expired | Withdrawn),
            Filled => matches!(next, Published),
            Expired => matches!(next, Published | Filled),
            Withdrawn => matches!(next, Draft | Published),
        }
    }

    /// The hub publishes what was scheduled, and ends what closed.
    const fn may_become_by_hub(self, next: Self) -> bool {
        use VacancyState::{Expired, Paused, Published, Scheduled};
        matches!((self, next), (Scheduled, Published) | (Published | Paused, Expired))
    }
}

/// All that decides whether visitors may see a vacancy: the two judges of it, and nobody else, are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacancyVisibility {
    /// The state of the vacancy.
    pub state: VacancyState,
    /// The last day on which it is public.
    pub closes_on: NaiveDate,
    /// Whether the hub recorded that it became public.
    pub was_published: bool,
    /// The state of the organisation that offers it.
    pub organisation: OrganisationState,
}

impl VacancyVisibility {
    /// Whether visitors may see the vacancy on this day: published, not yet closed, and offered by a member.
    ///
    /// The closing day itself still counts, until its end on the hub's own clock.
    pub fn is_public(self, today: NaiveDate) -> bool {
        self.state == VacancyState::Published && today <= self.closes_on && self.organisation.is_public()
    }

    /// Whether visitors could see the vacancy once, so that they may learn that it is gone: of a member or of an
    /// organisation that was one.
    pub fn was_public(self) -> bool {
        self.was_published && self.organisation.was_public()
    }

    /// Whether this initiator may bring the vacancy to another state.
    ///
    /// A vacancy that was public once never becomes a draft again: its address is known.
    pub fn may_become(self, next: VacancyState, initiator: Initiator) -> bool {
        let is_known = next == VacancyState::Draft && self.was_published;
        !is_known && self.state.may_become(next, initiator)
    }

    /// Whether a change of its contents by this initiator waits for the programme office, while what was approved stays.
    pub const fn change_waits(self, initiator: Initiator) -> bool {
        use VacancyState::{Draft, Returned, Submitted, Withdrawn};
        let is_unapproved = matches!(self.state, Draft | Submitted | Returned | Withdrawn);
        matches!(initiator, Initiator::Member) && (self.was_published || !is_unapproved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initiator::tests::assert_transitions;

    #[test]
    fn each_initiator_makes_the_listed_changes_of_state_and_no_other() {
        let matrix = "
            from\\to   D   S   R   C   P   Z   F   E   W
            Draft      .   M   .   O   O   .   .   .   MO
            Submitted  M   .   O   O   O   .   .   .   MO
            Returned   .   M   .   O   O   .   .   .   MO
            sCheduled  .   .   O   .   OH  .   .   .   MO
            Published  .   .   O   .   .   MO  MO  OH  MO
            pauZed     .   .   O   .   MO  .   MO  OH  MO
            Filled     .   .   .   .   MO  .   .   .   .
            Expired    .   M   .   .   O   .   MO  .   .
            Withdrawn  MO  M   .   .   O   .   .   .   .
        ";
        let (_, rows) = matrix.trim().split_once('\n').unwrap();
        assert_transitions(VacancyState::ALL, rows, VacancyState::may_become);
    }

    #[test]
    fn a_vacancy_that_was_public_becomes_no_draft_again() {
        for was_published in [true, false] {
            let withdrawn = VacancyVisibility {
                state: VacancyState::Withdrawn,
                was_published,
                ..visibility(VacancyState::Draft)
            };
            assert_eq!(withdrawn.may_become(VacancyState::Draft, Initiator::Member), !was_published);
            assert!(withdrawn.may_become(VacancyState::Submitted, Initiator::Member));
            assert!(!withdrawn.may_become(VacancyState::Filled, Initiator::Member));
        }
    }

    #[test]
    fn what_is_not_approved_follows_no_publication() {
        use VacancyState::{Draft, Returned, Scheduled, Submitted};
        for &state in VacancyState::ALL {
            let is_ahead = [Draft, Submitted, Returned, Scheduled].contains(&state);
            assert_eq!(state.follows_publication(), !is_ahead, "{state:?}");
        }
    }

    fn visibility(state: VacancyState) -> VacancyVisibility {
        let closes_on = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
        VacancyVisibility { state, closes_on, was_published: false, organisation: OrganisationState::Member }
    }

    #[test]
    fn a_vacancy_is_public_while_it_is_published_by_a_member_and_on_its_closing_day_still() {
        for &state in VacancyState::ALL {
            for &organisation in OrganisationState::ALL {
                let vacancy = VacancyVisibility { organisation, ..visibility(state) };
                let is_shown = state == VacancyState::Published && organisation == OrganisationState::Member;
                let closes_on = vacancy.closes_on;
                for day in [closes_on.pred_opt().unwrap(), closes_on] {
                    assert_eq!(vacancy.is_public(day), is_shown, "{vacancy:?}");
                }
                assert!(!vacancy.is_public(closes_on.succ_opt().unwrap()), "{vacancy:?}");
            }
        }
    }

    #[test]
    fn a_vacancy_was_public_when_that_was_recorded_and_its_organisation_is_or_was_a_member() {
        for &state in VacancyState::ALL {
            for (organisation, was_known) in [
                (OrganisationState::Prospect, false),
                (OrganisationState::Invited, false),
                (OrganisationState::Member, true),
                (OrganisationState::Ended, true),
            ] {
                for was_published in [false, true] {
                    let vacancy = VacancyVisibility { was_published, organisation, ..visibility(state) };
                    assert_eq!(vacancy.was_public(), was_published && was_known, "{vacancy:?}");
                }
            }
        }
    }

    #[test]
    fn a_change_by_a_member_waits_once_the_text_was_approved() {
        use VacancyState::{Draft, Returned, Submitted, Withdrawn};
        for &state in VacancyState::ALL {
            let vacancy = visibility(state);
            let is_open = [Draft, Submitted, Returned, Withdrawn].contains(&state);
            assert_eq!(vacancy.change_waits(Initiator::Member), !is_open, "{state:?}");
            let was_public = VacancyVisibility { was_published: true, ..vacancy };
            assert!(was_public.change_waits(Initiator::Member), "{state:?}");
            assert!(!was_public.change_waits(Initiator::Office), "{state:?}");
        }
    }
}
