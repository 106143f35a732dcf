//! Placements: what became of people who started in a place through the hub, without their names.
//!
//! An organisation is asked three times, whatever it answered before: a person who left may have come
//! back. Each time it is asked once, and once more when no answer comes.

pub mod mail;

use chrono::{Days, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// The whereabouts of a person who was placed, as reported by the organisation.
    Whereabouts {
        /// Still with the organisation.
        StillThere = "still_there", "nog op de plek";
        /// With somebody else in the region.
        InRegion = "in_region", "elders in de regio";
        /// No longer in the region.
        Left = "left", "weg uit de regio";
        /// The organisation does not know.
        Unknown = "unknown", "onbekend";
    }
}

/// The numbers of calendar months after the first day on which the organisation is asked.
pub const ASKED_MONTHS_AFTER_START: [u32; 3] = [6, 12, 24];
/// The time without an answer after which the question is sent once more.
pub const ASKED_AGAIN_AFTER: TimeDelta = TimeDelta::days(28);
/// The largest number of days that a question may be late; then it is dropped: a new hub does not ask about its past.
pub const ASKED_AT_MOST_DAYS_LATE: u64 = 42;

/// The subject of a question to an organisation: a person who was placed, known by vacancy and first day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The title of the vacancy.
    pub vacancy: String,
    /// The first day.
    pub placed_from: NaiveDate,
    /// The number of months after the first day.
    pub months: u32,
    /// Which of those who began in this place on the same day, counted from 1.
    pub number: u32,
    /// The number of people who began in this place on that day.
    pub of: u32,
}

/// The first days about which an organisation is asked today: those after the first and up to the second of these days.
pub fn first_days_to_ask_about(today: NaiveDate, months: u32) -> (NaiveDate, NaiveDate) {
    let too_late = today.checked_sub_days(Days::new(ASKED_AT_MOST_DAYS_LATE + 1)).unwrap_or(NaiveDate::MIN);
    (last_reached(too_late, months), last_reached(today, months))
}

/// The last day from which this many months have gone by. Six months after 31 August is the last day of February, so that
/// on that day six months have gone by for all of August's last days.
fn last_reached(today: NaiveDate, months: u32) -> NaiveDate {
    let months = Months::new(months);
    let usual = today.checked_sub_months(months);
    let before_next = today
        .succ_opt()
        .and_then(|tomorrow| tomorrow.checked_sub_months(months))
        .and_then(|day| day.pred_opt());
    usual.max(before_next).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_first_day_is_asked_about_from_the_same_day_of_a_later_month() {
        for months in ASKED_MONTHS_AFTER_START {
            for start in day("2027-01-01").iter_days().take(4 * 366) {
                let due = start + Months::new(months);
                let is_asked = |today: NaiveDate| {
                    let (after, until) = first_days_to_ask_about(today, months);
                    after < start && start <= until
                };
                let last = due + Days::new(ASKED_AT_MOST_DAYS_LATE);
                assert!(is_asked(due) && is_asked(last), "{start} {months}");
                assert!(!is_asked(due - Days::new(1)) && !is_asked(last + Days::new(1)), "{start} {months}");
            }
        }
    }

    #[test]
    fn a_month_without_that_day_asks_on_its_last() {
        assert_eq!(first_days_to_ask_about(day("2027-02-28"), 6).1, day("2026-08-31"));
        assert_eq!(first_days_to_ask_about(day("2027-02-27"), 6).1, day("2026-08-27"));
        assert_eq!(first_days_to_ask_about(NaiveDate::MIN, 24), (NaiveDate::MIN, NaiveDate::MIN));
    }
}
