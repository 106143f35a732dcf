//! Outcomes of vacancies that closed.

use chrono::TimeDelta;

use crate::words::words;

words! {
    /// The outcome of a vacancy that closed, as reported by its organisation.
    VacancyOutcome {
        /// Filled through the hub.
        ThroughHub = "through_hub", "vervuld via de hub";
        /// Filled in another way.
        Otherwise = "otherwise", "anders vervuld";
        /// Not filled.
        NotFilled = "not_filled", "niet vervuld";
        /// The organisation does not know.
        Unknown = "unknown", "onbekend";
    }
}

/// The number of days after the closing day on which the organisation is asked.
pub const ASKED_DAYS_AFTER_CLOSING: u64 = 14;
/// The time without an answer after which the question is sent once more.
pub const ASKED_AGAIN_AFTER: TimeDelta = TimeDelta::days(14);
/// The last day after the closing day on which the organisation is still asked: a new hub does not ask about its past.
pub const ASKED_AT_MOST_DAYS_AFTER_CLOSING: u64 = 42;
