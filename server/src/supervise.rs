//! Work that comes back: a round that panics does not end the job, and a clock that jumped erases nothing.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use crate::metrics;

/// How long a job rests after its first panic; after each further one twice as long.
const FIRST_REST: Duration = Duration::from_secs(1);
/// The longest rest after a panic.
const LONGEST_REST: Duration = Duration::from_mins(5);
/// A difference between two clocks that no adjustment explains.
const JUMP: TimeDelta = TimeDelta::days(1);
/// After a jump the clock is not believed for so long.
const DISBELIEVED_FOR: Duration = Duration::from_hours(1);

/// Runs rounds of a job until the server stops, the first at once. A round that panics is logged and counted, and the next
/// one comes after a rest; one that ends is a beat of the job's heart in the metrics.
pub(crate) async fn supervise<Round>(
    job: &'static str,
    every: Duration,
    stop: CancellationToken,
    mut round: impl FnMut() -> Round,
) where
    Round: Future<Output = ()>,
{
    let mut beat = tokio::time::interval(every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut panics = 0_u32;
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        // A panic may come while the round is made, too.
        let outcome = AssertUnwindSafe(async { round().await }).catch_unwind().await;
        if outcome.is_ok() {
            panics = 0;
            metrics::count_round(job);
            continue;
        }
        metrics::count_panic(job);
        tracing::error!(job, "a round of this job panicked; the job goes on");
        let rest = (FIRST_REST * 2_u32.saturating_pow(panics.min(16))).min(LONGEST_REST);
        panics += 1;
        stop.run_until_cancelled(tokio::time::sleep(rest)).await;
    }
}

/// Compares the clock on the wall with one that only goes forward.
#[derive(Default)]
pub(crate) struct ClockWatch(Mutex<Option<(Instant, DateTime<Utc>)>>);

impl ClockWatch {
    /// Whether the clock on the wall moved by more than a day against the other since the last look. A new time that still
    /// stands at the next look is believed.
    pub(crate) fn has_jumped(&self, now: DateTime<Utc>) -> bool {
        self.has_jumped_at(Instant::now(), now)
    }

    fn has_jumped_at(&self, at: Instant, now: DateTime<Utc>) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((then, was)) = last.replace((at, now)) else { return false };
        let passed = TimeDelta::from_std(at.duration_since(then)).unwrap_or(TimeDelta::MAX);
        (now - was - passed).abs() > JUMP
    }
}

/// Says whether what erases may go by the clock on the wall: not for an hour after it jumped.
#[derive(Default)]
pub(crate) struct SureClock {
    watch: ClockWatch,
    jumped_at: Mutex<Option<Instant>>,
}

impl SureClock {
    /// Whether the clock may be believed; to be asked often.
    pub(crate) fn is_sure(&self, now: DateTime<Utc>) -> bool {
        self.is_sure_at(Instant::now(), now)
    }

    fn is_sure_at(&self, at: Instant, now: DateTime<Utc>) -> bool {
        let mut jumped_at = self.jumped_at.lock().unwrap_or_else(PoisonError::into_inner);
        if self.watch.has_jumped_at(at, now) {
            tracing::warn!(
                "the clock of this machine jumped by more than a day; nothing is erased for an hour"
            );
            *jumped_at = Some(at);
        }
        jumped_at.is_none_or(|jumped_at| at.duration_since(jumped_at) >= DISBELIEVED_FOR)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_job_goes_on_after_a_round_that_panics() {
        let (rounds, stop) = (Arc::new(AtomicU32::new(0)), CancellationToken::new());
        let (counted, stopper) = (Arc::clone(&rounds), stop.clone());
        let job = supervise("test", Duration::from_millis(1), stop, move || {
            let (counted, stopper) = (Arc::clone(&counted), stopper.clone());
            async move {
                match counted.fetch_add(1, Ordering::Relaxed) {
                    1 => panic!("a round of the test"),
                    3 => stopper.cancel(),
                    _ => {}
                }
            }
        });
        tokio::time::timeout(Duration::from_secs(10), job).await.unwrap();
        assert_eq!(rounds.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn a_clock_that_jumped_is_believed_only_when_it_stays() {
        let (watch, begin) = (ClockWatch::default(), Instant::now());
        let at = |hours: u64| begin + Duration::from_secs(hours * 3600);
        let now = |hours: i64| DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
        assert!(!watch.has_jumped_at(at(0), now(0)));
        assert!(!watch.has_jumped_at(at(1), now(1)));
        assert!(!watch.has_jumped_at(at(2), now(20)), "a machine that slept for less than a day");
        assert!(watch.has_jumped_at(at(3), now(9000)), "a year ahead");
        assert!(!watch.has_jumped_at(at(4), now(9001)), "it stayed there");
        assert!(watch.has_jumped_at(at(5), now(5)), "back");
    }

    #[test]
    fn nothing_is_erased_for_an_hour_after_the_clock_jumped() {
        let (clock, begin) = (SureClock::default(), Instant::now());
        let at = |minutes: u64| begin + Duration::from_secs(minutes * 60);
        let now = |minutes: i64| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        assert!(clock.is_sure_at(at(0), now(0)));
        assert!(!clock.is_sure_at(at(1), now(1_000_000)), "two years ahead");
        assert!(!clock.is_sure_at(at(2), now(1_000_001)), "it stayed there, but not for long");
        assert!(clock.is_sure_at(at(61), now(1_000_060)), "it stayed there");
        assert!(!clock.is_sure_at(at(62), now(62)), "back");
    }
}
