//! The present moment, as a request or a job sees it from its beginning to its end.

use chrono::{DateTime, NaiveDate, Utc};

/// A moment with its day in the hub's own zone. Whoever has the clock makes one for a request or a job: the day of UTC is
/// another for an hour or two each night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment itself.
    pub now: DateTime<Utc>,
    /// Its day on the hub's own clock.
    pub today: NaiveDate,
}
