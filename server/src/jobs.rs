//! Runs the jobs of the hub that are due, one at a time. What is due, and who runs it, the database says: it may have several
//! servers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hub::HubState;
use hub::jobs::Job;
use store::{JobClaim, JobStatus};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

use crate::metrics::{count_job_failure, show_jobs};
use crate::supervise::{SureClock, supervise};

const LOOK: Duration = Duration::from_secs(1);
/// A claim lasts a minute.
const RENEW_CLAIM: Duration = Duration::from_secs(20);

/// Runs jobs that are due, until the server stops. One that is running then is given back.
pub async fn keep_jobs(hub: HubState, jobs: &'static [Job], stop: CancellationToken) {
    let runner = Runner { hub, jobs, stop: stop.clone(), clock: SureClock::default(), was_up: true.into() };
    supervise("jobs", LOOK, stop, || runner.look()).await;
}

struct Runner {
    hub: HubState,
    jobs: &'static [Job],
    stop: CancellationToken,
    clock: SureClock,
    was_up: AtomicBool,
}

impl Runner {
    /// Looks once, and runs what is due; says it only when the database goes.
    async fn look(&self) {
        let result = self.run_due().await;
        let was_up = self.was_up.swap(result.is_ok(), Ordering::Relaxed);
        if let Err(error) = result.as_ref()
            && was_up
        {
            tracing::error!(%error, "the jobs can't be looked at; each second tries again");
        }
    }

    async fn run_due(&self) -> Result<(), store::Error> {
        let is_sure = self.clock.is_sure(self.hub.now());
        let known = self.read().await?;
        show_jobs(self.jobs, &known);
        for job in self.jobs.iter().filter(|job| is_sure || !job.needs_sure_clock) {
            let now = self.hub.now();
            let due = known.iter().find(|known| known.kind == job.kind && known.is_due(job.every, now));
            let Some(due) = due.filter(|_| !self.stop.is_cancelled()) else { continue };
            if let Some(claim) = self.hub.store().claim_job(due, now).await? {
                self.run(job, &claim).await?;
            }
        }
        Ok(())
    }

    /// How all jobs stand; the first server makes their rows.
    async fn read(&self) -> Result<Vec<JobStatus>, store::Error> {
        let store = self.hub.store();
        let known = store.read_jobs().await?;
        let is_known = |job: &Job| known.iter().any(|known| known.kind == job.kind);
        if self.jobs.iter().all(is_known) {
            return Ok(known);
        }
        store.add_jobs(self.jobs.iter().map(|job| job.kind).collect(), self.hub.now()).await?;
        store.read_jobs().await
    }

    /// Runs a job as a task of its own: when it panics, the others go on.
    async fn run(&self, job: &Job, claim: &JobClaim) -> Result<(), store::Error> {
        let (hub, work) = (self.hub.clone(), job.work);
        let mut task = tokio::spawn(async move { work(hub).await });
        let outcome = loop {
            tokio::select! {
                outcome = &mut task => break outcome,
                () = self.stop.cancelled() => {
                    task.abort();
                    self.hub.store().release_job(claim).await?;
                    return Ok(());
                }
                () = tokio::time::sleep(RENEW_CLAIM) => self.renew(job, claim).await,
            }
        };
        let failure = match outcome {
            Ok(Ok(count)) => return self.note_success(job, claim, count).await,
            Ok(Err(error)) => error.to_string(),
            Err(error) => broken_off(error),
        };
        self.note_failure(job, claim, failure).await
    }

    /// Each job is safe when two servers run it at once; so a claim that can't be renewed is no reason to stop.
    async fn renew(&self, job: &Job, claim: &JobClaim) {
        match self.hub.store().renew_job(claim, self.hub.now()).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(job = job.kind, "another server took this job while it ran"),
            Err(error) => tracing::warn!(job = job.kind, %error, "the claim of this job was not renewed"),
        }
    }

    async fn note_success(&self, job: &Job, claim: &JobClaim, count: u64) -> Result<(), store::Error> {
        if count > 0 {
            tracing::info!(job = job.kind, count, "{}", job.done);
        }
        self.hub.store().job_succeeded(claim, job.every, self.hub.now()).await?;
        Ok(())
    }

    async fn note_failure(&self, job: &Job, claim: &JobClaim, failure: String) -> Result<(), store::Error> {
        count_job_failure(job.kind);
        let (kind, now) = (job.kind, self.hub.now());
        if self.hub.store().job_failed(claim, failure.clone(), job.every, now).await? {
            tracing::error!(job = kind, failure, "this job is given up until its next regular time");
        } else {
            tracing::warn!(job = kind, failure, "this job failed; it is tried again");
        }
        Ok(())
    }
}

/// The words of a panic.
fn broken_off(error: JoinError) -> String {
    let Ok(panic) = error.try_into_panic() else { return "it was broken off".to_owned() };
    let words = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("it panicked: {}", words.unwrap_or_default())
}
