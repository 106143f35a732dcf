//! Background work as rows: claimed by one, tried again, given up visibly.

use chrono::{DateTime, TimeDelta, Utc};
use store::{JobClaim, JobStatus, Store};

use crate::hub::{Hub, now, on_each_database};
use crate::people::office_staff;

const HOUR: TimeDelta = TimeDelta::hours(1);

async fn job(store: &Store) -> JobStatus {
    store.read_jobs().await.unwrap().into_iter().find(|job| job.kind == "remind").unwrap()
}

async fn start(hub: &Hub) -> JobStatus {
    hub.store.add_jobs(vec!["remind", "erase"], now()).await.unwrap();
    job(&hub.store).await
}

async fn claim_at(hub: &Hub, at: DateTime<Utc>) -> JobClaim {
    let job = job(&hub.store).await;
    assert!(job.is_due(HOUR, at), "{job:?}");
    hub.store.claim_job(&job, at).await.unwrap().unwrap()
}

#[tokio::test]
async fn of_two_servers_that_read_a_job_one_claims_it() {
    on_each_database(async |hub| {
        let other = Store::connect(&hub.url).await.unwrap();
        let (one, two) =
            tokio::join!(hub.store.add_jobs(vec!["remind"], now()), other.add_jobs(vec!["remind"], now()));
        one.unwrap();
        two.unwrap();
        let read = job(&hub.store).await;
        for round in 0..10 {
            let at = now() + HOUR * round;
            let read = if round == 0 { read.clone() } else { job(&hub.store).await };
            let (one, two) = tokio::join!(hub.store.claim_job(&read, at), other.claim_job(&read, at));
            let claims: Vec<JobClaim> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
            assert_eq!(claims.len(), 1, "round {round}");
            assert!(!job(&other).await.is_due(HOUR, at));
            assert!(hub.store.job_succeeded(&claims[0], HOUR, at).await.unwrap());
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_server_was_killed_runs_again_and_the_dead_claim_ends_nothing() {
    on_each_database(async |hub| {
        start(hub).await;
        let dead = claim_at(hub, now()).await;
        assert!(!job(&hub.store).await.is_due(HOUR, now() + TimeDelta::seconds(59)));
        assert!(hub.store.renew_job(&dead, now() + TimeDelta::seconds(30)).await.unwrap());
        assert!(!job(&hub.store).await.is_due(HOUR, now() + TimeDelta::seconds(89)));

        let at = now() + TimeDelta::seconds(90);
        let living = claim_at(hub, at).await;
        assert!(job(&hub.store).await.last_error.unwrap().contains("ended while the job ran"));
        assert!(!hub.store.renew_job(&dead, at).await.unwrap());
        assert!(!hub.store.job_succeeded(&dead, HOUR, at).await.unwrap());
        assert!(hub.store.job_succeeded(&living, HOUR, at).await.unwrap());
        let done = job(&hub.store).await;
        assert_eq!((done.due_at, done.attempts, done.last_error), (at + HOUR, 0, None));
        assert_eq!((done.last_success_at, done.claimed_until), (Some(at), None));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_is_tried_later_each_time_then_given_up_and_heals() {
    on_each_database(async |hub| {
        start(hub).await;
        let (mut at, mut waits) = (now(), Vec::new());
        for _ in 0..6 {
            let claim = claim_at(hub, at).await;
            let is_given_up = hub.store.job_failed(&claim, "no".to_owned(), HOUR, at).await.unwrap();
            let failed = job(&hub.store).await;
            assert_eq!(is_given_up, failed.given_up_at.is_some());
            assert_eq!(failed.last_error.as_deref(), Some("no"));
            assert!(!failed.is_due(HOUR, at));
            waits.push((failed.due_at - at).num_minutes());
            at = failed.due_at;
        }
        assert_eq!(waits, [1, 2, 4, 8, 60, 60], "given up, it still comes at its regular time");
        let given_up = job(&hub.store).await;
        assert_eq!(given_up.given_up_at, Some(now() + TimeDelta::minutes(15)), "since the fifth failure");
        let office = office_staff(hub).await;
        assert!(hub.store.list_jobs(&office).await.unwrap().contains(&given_up), "staff see it");
        let claim = claim_at(hub, at).await;
        hub.store.job_succeeded(&claim, HOUR, at).await.unwrap();
        let healed = job(&hub.store).await;
        assert_eq!((healed.given_up_at, healed.attempts, healed.last_error), (None, 0, None));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_kills_its_server_each_time_is_given_up_too() {
    on_each_database(async |hub| {
        start(hub).await;
        let mut at = now();
        for _ in 0..5 {
            claim_at(hub, at).await;
            assert_eq!(job(&hub.store).await.given_up_at, None);
            at += TimeDelta::minutes(2);
        }
        claim_at(hub, at).await;
        assert_eq!(job(&hub.store).await.given_up_at, Some(at));
    })
    .await;
}

#[tokio::test]
async fn a_job_given_back_is_due_at_once_and_was_not_tried() {
    on_each_database(async |hub| {
        let before = start(hub).await;
        let claim = claim_at(hub, now()).await;
        hub.store.release_job(&claim).await.unwrap();
        let after = job(&hub.store).await;
        assert!(after.is_due(HOUR, now()));
        assert_eq!((after.attempts, after.due_at), (0, before.due_at));
        hub.store.add_jobs(vec!["remind", "tidy"], now() + HOUR).await.unwrap();
        assert_eq!(job(&hub.store).await, after, "a row that is there stays as it is");
    })
    .await;
}

#[tokio::test]
async fn what_a_clock_that_ran_ahead_wrote_holds_no_job_up() {
    on_each_database(async |hub| {
        start(hub).await;
        let ahead = now() + TimeDelta::days(365);
        let claim = claim_at(hub, ahead).await;
        assert!(!job(&hub.store).await.is_due(HOUR, ahead));
        assert!(job(&hub.store).await.is_due(HOUR, now()), "claimed until next year");
        hub.store.job_succeeded(&claim, HOUR, ahead).await.unwrap();
        assert!(job(&hub.store).await.is_due(HOUR, now()), "due next year");
        assert!(!job(&hub.store).await.is_due(HOUR, ahead));
        assert!(job(&hub.store).await.is_late(ahead + TimeDelta::days(2)));
    })
    .await;
}
