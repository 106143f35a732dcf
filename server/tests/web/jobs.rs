//! Jobs: each runs on one of all servers, and none keeps another from running.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ::hub::jobs::{JOBS, Job};
use chrono::TimeDelta;
use futures::FutureExt;
use server::keep_jobs;
use store::JobStatus;
use tokio_util::sync::CancellationToken;

use crate::hub::TestHub;

static COUNTED: AtomicU32 = AtomicU32::new(0);

const PANICS: Job = Job {
    kind: "panics",
    every: TimeDelta::hours(1),
    needs_sure_clock: false,
    done: "did what it could not",
    work: |_| async { panic!("a job of the test") }.boxed(),
};
const COUNTS: Job = Job {
    kind: "counts",
    work: |_| async { Ok(u64::from(COUNTED.fetch_add(1, Ordering::Relaxed))) }.boxed(),
    ..PANICS
};
const NEVER_ENDS: Job = Job { kind: "never_ends", work: |_| futures::future::pending().boxed(), ..PANICS };

async fn find(hub: &TestHub, kind: &str) -> Option<JobStatus> {
    hub.server.state.store().read_jobs().await.unwrap().into_iter().find(|job| job.kind == kind)
}

async fn wait_until(hub: &TestHub, kind: &str, is_so: impl Fn(&JobStatus) -> bool) -> JobStatus {
    for _ in 0..200 {
        if let Some(job) = find(hub, kind).await.filter(&is_so) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("after ten seconds {kind} is {:?}", find(hub, kind).await);
}

#[tokio::test]
async fn of_two_servers_one_runs_a_job_and_one_that_panics_stops_no_other() {
    let hub = TestHub::start().await;
    let stop = CancellationToken::new();
    let servers =
        [1, 2].map(|_| tokio::spawn(keep_jobs(hub.server.state.clone(), &[PANICS, COUNTS], stop.clone())));
    let counted = wait_until(&hub, "counts", |job| job.last_success_at.is_some()).await;
    let panicked = wait_until(&hub, "panics", |job| job.last_error.is_some()).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    stop.cancel();
    for server in servers {
        server.await.unwrap();
    }
    assert_eq!(COUNTED.load(Ordering::Relaxed), 1, "it is not due again for an hour");
    assert_eq!((counted.attempts, counted.last_error), (0, None));
    assert_eq!(panicked.last_error.as_deref(), Some("it panicked: a job of the test"));
    assert_eq!((panicked.attempts, panicked.claimed_until, panicked.last_success_at), (1, None, None));
    let metrics = hub.server.metrics.render();
    assert!(metrics.contains("smarthub_job_failures_total{kind=\"panics\"} 1"), "{metrics}");
    assert!(metrics.contains("smarthub_job_last_success_seconds{kind=\"counts\"}"), "{metrics}");
}

#[tokio::test]
async fn a_server_that_stops_gives_back_the_job_that_runs() {
    let hub = TestHub::start().await;
    let stop = CancellationToken::new();
    let server = tokio::spawn(keep_jobs(hub.server.state.clone(), &[NEVER_ENDS], stop.clone()));
    wait_until(&hub, "never_ends", |job| job.claimed_until.is_some()).await;
    stop.cancel();
    server.await.unwrap();
    let given_back = find(&hub, "never_ends").await.unwrap();
    assert_eq!((given_back.attempts, given_back.claimed_until, given_back.last_error), (0, None, None));
}

#[tokio::test]
async fn the_doctor_names_a_job_that_is_given_up_or_late() {
    let hub = TestHub::start().await;
    let store = hub.server.state.store();
    let (given_up, late) = (&JOBS[0], &JOBS[1]);
    let mut at = server::clock::now() - TimeDelta::days(2);
    store.add_jobs(vec![given_up.kind, late.kind], at).await.unwrap();
    for _ in 0..5 {
        let job = find(&hub, given_up.kind).await.unwrap();
        let claim = store.claim_job(&job, at).await.unwrap().unwrap();
        store.job_failed(&claim, "the disk is full".into(), given_up.every, at).await.unwrap();
        at = find(&hub, given_up.kind).await.unwrap().due_at;
    }
    let problems = server::doctor::examine(&hub.server.config).await;
    let named: Vec<&String> = problems.iter().filter(|problem| problem.starts_with("jobs: ")).collect();
    let [given_up, late] = named[..] else { panic!("{problems:?}") };
    assert!(given_up.starts_with("jobs: publish_scheduled is given up since "), "{given_up}");
    assert!(given_up.ends_with(": the disk is full"), "{given_up}");
    assert!(late.starts_with("jobs: send_alerts should have run at "), "{late}");
}
