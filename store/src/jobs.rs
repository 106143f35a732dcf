//! Background work as rows: claimed by one of several servers, tried again later each time, given up visibly.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::access::Staff;
use crate::entity::jobs::{ActiveModel, Column, Entity, Model};
use crate::personal_data::TableDeclaration;
use crate::{Error, Store};

/// A server renews its claim on a job while the job runs; when it is killed, another takes over after this time.
const CLAIM_LASTS: TimeDelta = TimeDelta::minutes(1);
/// After so many failures in a row, some quarter of an hour, a job is given up: it comes at its regular time only.
const MOST_ATTEMPTS: i32 = 5;
const FIRST_RETRY: TimeDelta = TimeDelta::minutes(1);
/// A job that is given up comes no sooner than this, however often it comes otherwise.
const GIVEN_UP_RESTS: TimeDelta = TimeDelta::minutes(15);
/// A job that waits so much longer than it should is late.
const LATE_AFTER: TimeDelta = TimeDelta::days(1);
/// What a job says that was claimed, and of which nothing was heard any more.
const BROKE_OFF: &str = "the program ended while the job ran";

/// Jobs name nobody.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::without_persons("jobs")];

/// A job as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// The kind of job, as a word of the hub.
    pub kind: String,
    /// When it is to run next.
    pub due_at: DateTime<Utc>,
    /// Until when the server that runs it has it to itself; nothing when it does not run.
    pub claimed_until: Option<DateTime<Utc>>,
    /// How often it was tried since it last succeeded.
    pub attempts: u32,
    /// Why the last attempt failed; nothing once it succeeded.
    pub last_error: Option<String>,
    /// When it last succeeded.
    pub last_success_at: Option<DateTime<Utc>>,
    /// Since when it is given up; nothing once it succeeded again.
    pub given_up_at: Option<DateTime<Utc>>,
    claim_number: i64,
}

impl JobStatus {
    /// Whether a job that comes so often may be claimed now. What was written by a clock that ran ahead holds nothing up.
    pub fn is_due(&self, every: TimeDelta, now: DateTime<Utc>) -> bool {
        let rest = every.max(GIVEN_UP_RESTS);
        let is_time = self.due_at <= now || self.due_at > now + rest;
        let is_claimed = self.claimed_until.is_some_and(|until| until > now && until <= now + CLAIM_LASTS);
        is_time && !is_claimed
    }

    /// Whether it should have run a day ago.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.due_at + LATE_AFTER < now
    }
}

/// The right of one server to run a job, until the claim ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobClaim {
    kind: String,
    number: i64,
    attempts: i32,
    given_up_at: Option<DateTime<Utc>>,
}

impl Store {
    /// Makes the rows of jobs that have none yet; those are due at once.
    pub async fn add_jobs(&self, kinds: Vec<&'static str>, now: DateTime<Utc>) -> Result<(), Error> {
        let rows = kinds.into_iter().map(move |kind| ActiveModel {
            kind: Set(kind.to_owned()),
            due_at: Set(now),
            ..Default::default()
        });
        let rows: Vec<ActiveModel> = rows.collect();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let known = OnConflict::column(Column::Kind).do_nothing().to_owned();
                Entity::insert_many(rows).on_conflict(known).exec_without_returning(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

    /// All jobs, by kind, as the programme office sees them.
    pub async fn list_jobs(&self, _staff: &Staff) -> Result<Vec<JobStatus>, Error> {
        self.read_jobs().await
    }

    /// All jobs, by kind, for whoever runs the hub.
    pub async fn read_jobs(&self) -> Result<Vec<JobStatus>, Error> {
        let rows = Entity::find().order_by_asc(Column::Kind).all(&self.reader).await?;
        Ok(rows.into_iter().map(status).collect())
    }

    /// Takes a job to run it, for a minute; nothing when another was faster since it was read.
    pub async fn claim_job(&self, job: &JobStatus, now: DateTime<Utc>) -> Result<Option<JobClaim>, Error> {
        let number = job.claim_number + 1;
        let attempts = job.attempts as i32 + 1;
        let mut claimed = ActiveModel {
            claim_number: Set(number),
            claimed_until: Set(Some(now + CLAIM_LASTS)),
            attempts: Set(attempts),
            ..Default::default()
        };
        let mut given_up_at = job.given_up_at;
        if job.claimed_until.is_some() {
            given_up_at = given_up_at.or((attempts > MOST_ATTEMPTS).then_some(now));
            claimed.last_error = Set(Some(BROKE_OFF.to_owned()));
            claimed.given_up_at = Set(given_up_at);
        }
        let claim = JobClaim { kind: job.kind.clone(), number, attempts, given_up_at };
        let before = JobClaim { number: job.claim_number, ..claim.clone() };
        Ok(self.change_job(before, claimed).await?.then_some(claim))
    }

    /// Keeps a job for another minute; says no when the claim ended and another has it.
    pub async fn renew_job(&self, claim: &JobClaim, now: DateTime<Utc>) -> Result<bool, Error> {
        let renewed = ActiveModel { claimed_until: Set(Some(now + CLAIM_LASTS)), ..Default::default() };
        self.change_job(claim.clone(), renewed).await
    }

    /// Gives a job back that was not run to its end, because the server stops: it is due as before.
    pub async fn release_job(&self, claim: &JobClaim) -> Result<bool, Error> {
        let released =
            ActiveModel { claimed_until: Set(None), attempts: Set(claim.attempts - 1), ..Default::default() };
        self.change_job(claim.clone(), released).await
    }

    /// Notes that a job did what it had to, and when it comes next.
    pub async fn job_succeeded(
        &self,
        claim: &JobClaim,
        every: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let succeeded = ActiveModel {
            due_at: Set(now + every),
            claimed_until: Set(None),
            attempts: Set(0),
            last_error: Set(None),
            last_success_at: Set(Some(now)),
            given_up_at: Set(None),
            ..Default::default()
        };
        self.change_job(claim.clone(), succeeded).await
    }

    /// Notes why a job failed. It is tried again, later each time; after five failures it is given up, and comes at its
    /// regular time only, until it succeeds. Returns whether it is given up.
    pub async fn job_failed(
        &self,
        claim: &JobClaim,
        failure: String,
        every: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let is_given_up = claim.attempts >= MOST_ATTEMPTS;
        let rest = if is_given_up { every.max(GIVEN_UP_RESTS) } else { retry_after(claim.attempts) };
        let failed = ActiveModel {
            due_at: Set(now + rest),
            claimed_until: Set(None),
            last_error: Set(Some(failure)),
            given_up_at: Set(claim.given_up_at.or(is_given_up.then_some(now))),
            ..Default::default()
        };
        self.change_job(claim.clone(), failed).await?;
        Ok(is_given_up)
    }

    /// Changes a job that was not claimed since; says no when it was.
    async fn change_job(&self, claim: JobClaim, change: ActiveModel) -> Result<bool, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let changed = Entity::update_many()
                    .set(change)
                    .filter(Column::Kind.eq(claim.kind))
                    .filter(Column::ClaimNumber.eq(claim.number))
                    .exec(transaction)
                    .await?;
                Ok(changed.rows_affected > 0)
            })
        });
        write.await
    }
}

/// Twice as many minutes each time: 1, 2, 4, 8.
fn retry_after(attempts: i32) -> TimeDelta {
    FIRST_RETRY * (1 << attempts.clamp(1, MOST_ATTEMPTS).saturating_sub(1))
}

fn status(row: Model) -> JobStatus {
    JobStatus {
        kind: row.kind,
        due_at: row.due_at,
        claimed_until: row.claimed_until,
        attempts: row.attempts as u32,
        last_error: row.last_error,
        last_success_at: row.last_success_at,
        given_up_at: row.given_up_at,
        claim_number: row.claim_number,
    }
}
