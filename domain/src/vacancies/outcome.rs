//! What became of a vacancy that closed.

use chrono::TimeDelta;

use crate::words::words;

words! {
    /// What became of a vacancy that closed, as its organisation says.
    VacancyOutcome {
        /// By somebody whom the hub brought.
        ThroughHub = "through_hub", "vervuld via de hub";
        /// By somebody else.
        Otherwise = "otherwise", "anders vervuld";
        /// By nobody.
        NotFilled = "not_filled", "niet vervuld";
        /// The organisation does not know.
        Unknown = "unknown", "onbekend";
    }
}

/// Days between the end of a vacancy and the first question about it.
pub const ASKED_DAYS_AFTER_CLOSING: u64 = 14;
/// How long a question waits for an answer before it is asked once more.
pub const ASKED_AGAIN_AFTER: TimeDelta = TimeDelta::days(14);
/// Later than this nobody is asked any more: a hub that begins does not ask about the past.
pub const ASKED_AT_MOST_DAYS_AFTER_CLOSING: u64 = 42;
