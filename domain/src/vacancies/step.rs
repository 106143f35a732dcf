//! Steps that bring a vacancy from one state to another.

use chrono::NaiveDate;

use super::state::VacancyState;

/// A step of a vacancy; whether it may be taken says [`super::VacancyVisibility::may_become`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VacancyStep {
    /// To write on it.
    Rewrite,
    /// To let the programme office look at it.
    Submit,
    /// To ask for changes.
    Return {
        /// The changes.
        reason: String,
    },
    /// To publish it later.
    Schedule {
        /// The first day on which it is public.
        day: NaiveDate,
    },
    /// To publish it, or to show it again.
    Publish,
    /// Not to show it for a while.
    Pause,
    /// To say that somebody was found.
    Fill,
    /// To close it without anybody.
    Expire,
    /// To take it back.
    Withdraw,
}

impl VacancyStep {
    /// The state to which the step leads.
    pub const fn leads_to(&self) -> VacancyState {
        match self {
            Self::Rewrite => VacancyState::Draft,
            Self::Submit => VacancyState::Submitted,
            Self::Return { .. } => VacancyState::Returned,
            Self::Schedule { .. } => VacancyState::Scheduled,
            Self::Publish => VacancyState::Published,
            Self::Pause => VacancyState::Paused,
            Self::Fill => VacancyState::Filled,
            Self::Expire => VacancyState::Expired,
            Self::Withdraw => VacancyState::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_the_step_that_leads_to_it() {
        let (reason, day) = (String::new(), NaiveDate::MIN);
        let steps = [
            VacancyStep::Rewrite,
            VacancyStep::Submit,
            VacancyStep::Return { reason },
            VacancyStep::Schedule { day },
            VacancyStep::Publish,
            VacancyStep::Pause,
            VacancyStep::Fill,
            VacancyStep::Expire,
            VacancyStep::Withdraw,
        ];
        assert!(steps.iter().map(VacancyStep::leads_to).eq(VacancyState::ALL.iter().copied()));
    }
}
