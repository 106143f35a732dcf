//! Where the time enters: everything else takes it as an argument.

use chrono::{DateTime, Utc};

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "this is the one place where the time enters")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
