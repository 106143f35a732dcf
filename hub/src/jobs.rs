//! The work that the hub does by itself: a job is a row of this table. The database says when each is due, and one of all
//! servers runs it.

use chrono::TimeDelta;
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Error;

use crate::state::HubState;

/// A kind of background work.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The word by which the database and the metrics know it.
    pub kind: &'static str,
    /// How long after its end it comes again.
    pub every: TimeDelta,
    /// Whether it waits while the clock is not to be trusted, as whatever erases or ends something must.
    pub needs_sure_clock: bool,
    /// The line of the log when it did something, which a count follows.
    pub done: &'static str,
    /// The work; it tells how many things it did. What it did not do is done the next time.
    pub work: fn(HubState) -> BoxFuture<'static, Result<u64, Error>>,
}

impl Job {
    const fn hourly(
        kind: &'static str,
        done: &'static str,
        work: fn(HubState) -> BoxFuture<'static, Result<u64, Error>>,
    ) -> Self {
        Self { kind, every: TimeDelta::hours(1), needs_sure_clock: true, done, work }
    }
}

/// All jobs, in the order in which those run that are due together: an account goes only when no application of its owner is
/// kept any more.
pub const JOBS: &[Job] = &[
    Job {
        kind: "publish_scheduled",
        every: TimeDelta::minutes(1),
        needs_sure_clock: false,
        done: "published what was scheduled",
        work: |hub| async move { hub.store().publish_scheduled_vacancies(hub.moment()).await }.boxed(),
    },
    Job {
        kind: "send_alerts",
        every: TimeDelta::seconds(15),
        needs_sure_clock: false,
        done: "told what is new",
        work: |hub| async move { hub.send_alerts(hub.now()).await }.boxed(),
    },
    Job::hourly("remind_organisations", "reminded organisations of applications", |hub| {
        async move { hub.store().remind_organisations(&hub.letter_context(), hub.now()).await }.boxed()
    }),
    Job::hourly("expire_applications", "ended applications that nobody answered", |hub| {
        async move { hub.store().expire_applications(&hub.letter_context(), hub.moment()).await }.boxed()
    }),
    Job::hourly("tell_of_closing", "told organisations of vacancies that close soon", |hub| {
        async move { hub.store().tell_of_closing(hub.moment()).await }.boxed()
    }),
    Job::hourly("ask_outcomes", "asked what became of vacancies", |hub| {
        async move { hub.store().ask_outcomes(&hub.letter_context(), hub.moment()).await }.boxed()
    }),
    Job::hourly("ask_follow_ups", "asked where placed talents are", |hub| {
        async move { hub.store().ask_follow_ups(&hub.letter_context(), hub.moment()).await }.boxed()
    }),
    Job::hourly("erase_applications", "erased applications", |hub| {
        async move {
            let erased = hub.store().erase_applications(hub.moment()).await?;
            Ok(erased.applications + erased.drafts + erased.documents)
        }
        .boxed()
    }),
    Job::hourly("look_after_unused", "warned of unused accounts, or erased them", |hub| {
        async move {
            let unused = hub.store().look_after_unused(&hub.letter_context(), hub.moment()).await?;
            Ok(unused.warned + unused.erased)
        }
        .boxed()
    }),
    Job::hourly("tidy", "threw away what nobody needs any more", |hub| {
        async move { hub.store().tidy(hub.now()).await }.boxed()
    }),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_jobs_have_one_word() {
        let kinds: BTreeSet<&str> = JOBS.iter().map(|job| job.kind).collect();
        assert_eq!(kinds.len(), JOBS.len());
    }

    #[test]
    fn what_erases_waits_for_a_sure_clock() {
        for kind in ["expire_applications", "erase_applications", "look_after_unused", "tidy"] {
            assert!(JOBS.iter().any(|job| job.kind == kind && job.needs_sure_clock), "{kind}");
        }
    }
}
