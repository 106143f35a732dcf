//! The hub's own time zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::Moment;

/// The time on the hub's own clock at a moment.
pub fn local(now: DateTime<Utc>) -> NaiveDateTime {
    now.with_timezone(&Amsterdam).naive_local()
}

/// The moment at which a day begins on the hub's own clock.
pub fn beginning_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // No clock here skips midnight.
    let begins = Amsterdam.from_local_datetime(&midnight).earliest();
    begins.map_or_else(|| midnight.and_utc(), |begins| begins.with_timezone(&Utc))
}

/// A moment with its day on the hub's own clock.
pub fn moment_at(now: DateTime<Utc>) -> Moment {
    Moment { now, today: local(now).date() }
}

/// A local moment with its distance from UTC, as ISO 8601 has it.
pub fn with_offset(moment: NaiveDateTime) -> String {
    // The hour that clocks skip in March does not exist: take the moment as UTC+1 then.
    Amsterdam
        .from_local_datetime(&moment)
        .earliest()
        .map_or_else(|| format!("{}+01:00", moment.format("%Y-%m-%dT%H:%M:%S")), |zoned| zoned.to_rfc3339())
}
