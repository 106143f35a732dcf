//! Alerts: a search whose new vacancies come by mail. Following an organisation is the alert of its vacancies.

pub mod mail;

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta};

use crate::vacancies::VacancyFilter;
use crate::words::words;

words! {
    /// The frequency of an alert.
    Frequency {
        /// As soon as there is something new.
        AtOnce = "at_once", "meteen";
        /// In the morning of every day on which there is something new.
        Daily = "daily", "elke dag";
        /// On Monday morning, when there is something new.
        Weekly = "weekly", "elke week";
    }
}

/// The largest number of vacancies in a mail; the others are counted, with a link to all.
pub const MOST_IN_MAIL: usize = 10;
/// The largest number of vacancies of one organisation in a mail, so that one does not fill it.
pub const MOST_OF_ORGANISATION: usize = 2;
/// The largest number of alerts of an address.
pub const MOST_ALERTS: u64 = 30;
/// An alert whose address nobody confirmed goes after this time.
pub const CONFIRMED_WITHIN: TimeDelta = TimeDelta::days(7);
/// The time for which a link in a mail works; the newest mail has a newer one.
pub const ALERT_LINK_LASTS: TimeDelta = TimeDelta::days(730);
/// The hour of the hub's own clock at which daily and weekly alerts go out.
const MORNING: u32 = 7;

impl Frequency {
    /// The last moment at which alerts of this frequency were to go out, on the hub's own clock: an alert that was looked
    /// at before it is due.
    pub fn last_round(self, now: NaiveDateTime) -> NaiveDateTime {
        let morning = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
        let back =
            |days: u64| now.date().checked_sub_days(Days::new(days)).unwrap_or_default().and_time(morning);
        match self {
            Self::AtOnce => now,
            Self::Daily if now.time() >= morning => back(0),
            Self::Daily => back(1),
            Self::Weekly => {
                let since_monday = u64::from(now.weekday().num_days_from_monday());
                if since_monday == 0 && now.time() < morning { back(7) } else { back(since_monday) }
            }
        }
    }
}

/// An alert, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The row's number.
    pub id: i64,
    /// The filter that a vacancy must match.
    pub filter: VacancyFilter,
    /// The same in words, as its owner read it.
    pub title: String,
    /// The frequency.
    pub frequency: Frequency,
    /// Whether its owner confirmed the address.
    pub is_confirmed: bool,
}

impl Alert {
    /// The slug of the organisation that it follows, when it looks for nothing else.
    pub fn followed(&self) -> Option<&str> {
        self.filter.only_organisation()
    }
}

/// Chooses what stands in a mail of what was found, the best first: at most [`MOST_IN_MAIL`], and at most
/// [`MOST_OF_ORGANISATION`] of each organisation unless the alert follows one. Also how many are left out.
pub fn choose<T, K: Eq + Hash>(
    found: Vec<T>,
    follows_one: bool,
    organisation: impl Fn(&T) -> K,
) -> (Vec<T>, usize) {
    let all = found.len();
    let mut counts: HashMap<K, usize> = HashMap::new();
    let mut chosen = found;
    chosen.retain(|one| {
        let count = counts.entry(organisation(one)).or_default();
        *count += 1;
        follows_one || *count <= MOST_OF_ORGANISATION
    });
    chosen.truncate(MOST_IN_MAIL);
    let others = all - chosen.len();
    (chosen, others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        // The second of November 2026 is a Monday.
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn rounds_begin_at_seven_daily_or_on_monday() {
        assert_eq!(Frequency::AtOnce.last_round(at(4, 3, 5)), at(4, 3, 5));
        assert_eq!(Frequency::Daily.last_round(at(4, 6, 59)), at(3, 7, 0));
        assert_eq!(Frequency::Daily.last_round(at(4, 7, 0)), at(4, 7, 0));
        for (now, round) in [
            (at(9, 6, 59), at(2, 7, 0)),
            (at(9, 7, 0), at(9, 7, 0)),
            (at(10, 0, 0), at(9, 7, 0)),
            (at(15, 23, 59), at(9, 7, 0)),
        ] {
            assert_eq!(Frequency::Weekly.last_round(now), round, "{now}");
        }
    }

    #[test]
    fn a_mail_holds_ten_and_two_of_each_organisation() {
        let found: Vec<(char, u32)> =
            ('a'..='z').flat_map(|organisation| (0..3).map(move |number| (organisation, number))).collect();
        let (chosen, others) = choose(found.clone(), false, |one| one.0);
        assert_eq!((chosen.len(), others), (10, 68));
        assert!(chosen.iter().all(|one| one.1 < 2));
        assert_eq!(chosen[..3], [('a', 0), ('a', 1), ('b', 0)]);
        let of_one: Vec<(char, u32)> = (0..12).map(|number| ('a', number)).collect();
        assert_eq!(choose(of_one.clone(), false, |one| one.0).0.len(), 2);
        assert_eq!(choose(of_one, true, |one| one.0), ((0..10).map(|number| ('a', number)).collect(), 2));
        assert_eq!(choose(Vec::<(char, u32)>::new(), false, |one| one.0), (vec![], 0));
    }

    #[test]
    fn an_alert_follows_an_organisation_when_it_looks_for_nothing_else() {
        let alert = |filter: &str| Alert {
            id: 1,
            filter: VacancyFilter::parse(filter),
            title: String::new(),
            frequency: Frequency::Daily,
            is_confirmed: true,
        };
        assert_eq!(alert("organisatie=ijsselmetaal").followed(), Some("ijsselmetaal"));
        assert_eq!(alert("organisatie=ijsselmetaal&soort=stage").followed(), None);
        assert_eq!(alert("soort=stage").followed(), None);
    }
}
