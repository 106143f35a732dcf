//! How often something is tried that must not be tried often: signing in, asking for mail.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::{TRIES_FORGOTTEN_AFTER, pause_after};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::Error;
use crate::entity::throttles::{ActiveModel, Column, Entity};
use crate::personal_data::{Erasing, Export, TableDeclaration};
use crate::tokens::hash;

/// From one network, such as a school's, many people come: so many tries count less.
const FREE_FOR_A_NETWORK: u32 = 50;

/// So soon a network's try is forgotten: many people share one, and those who succeed must not count for ever.
const A_NETWORK_FORGETS_ONE_EVERY: TimeDelta = TimeDelta::seconds(30);

/// What the counts of tries hold of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "tries",
    Export::Nothing("it only recognises an address that is tried"),
    Erasing::Nothing(
        "it names nobody, who tries again at once must not be counted anew, and it is soon forgotten",
    ),
)];

/// What is throttled: an action and whose tries are counted. The database keeps a hash of it.
#[derive(Clone, Debug)]
pub(crate) struct ThrottleKey {
    text: String,
    /// Tries that are free beyond the usual ones.
    free: u32,
    /// After so long one try counts no longer.
    forgets_one_every: Option<TimeDelta>,
}

impl ThrottleKey {
    /// Something with an address.
    pub(crate) fn address(what: &str, address: impl AsRef<str>) -> Self {
        Self { text: format!("{what} {}", address.as_ref()), free: 0, forgets_one_every: None }
    }

    /// Something of an account, whatever its address.
    pub(crate) fn account(what: &str, account_id: i64) -> Self {
        Self { text: format!("{what} of account {account_id}"), free: 0, forgets_one_every: None }
    }

    /// Something from a network.
    pub(crate) fn network(what: &str, network: &str) -> Self {
        Self {
            text: format!("{what} from {network}"),
            free: FREE_FOR_A_NETWORK,
            forgets_one_every: Some(A_NETWORK_FORGETS_ONE_EVERY),
        }
    }

    /// The same, with so many tries more that are free.
    pub(crate) fn and_free(self, more: u32) -> Self {
        Self { free: self.free + more, ..self }
    }

    /// How many of `count` tries still count so long after the last.
    fn remembered(&self, count: u32, since: TimeDelta) -> u32 {
        let forgotten = self.forgets_one_every.map_or(0, |each| since.num_seconds() / each.num_seconds());
        count.saturating_sub(forgotten.max(0) as u32)
    }

    /// How long after the last of `count` tries the next may come.
    fn pause(&self, count: u32) -> TimeDelta {
        let after = |count: u32| pause_after(count.saturating_sub(self.free));
        let Some(each) = self.forgets_one_every else { return after(count) };
        // The longer one waits, the fewer count, and the shorter one need wait.
        (0..=count).map(|gone| after(count - gone).max(each * gone as i32)).min().unwrap_or_default()
    }

    fn hash(&self) -> String {
        hash(self.text.as_bytes())
    }
}

/// Counts a try of each subject; or says when the next may come, and counts nothing.
pub(crate) async fn take(
    transaction: &DatabaseTransaction,
    keys: &[ThrottleKey],
    now: DateTime<Utc>,
) -> Result<Result<(), DateTime<Utc>>, Error> {
    let hashes: Vec<String> = keys.iter().map(ThrottleKey::hash).collect();
    let known = Entity::find().filter(Column::SubjectHash.is_in(hashes.clone())).all(transaction).await?;
    let mut counts = Vec::with_capacity(keys.len());
    for (key, hash) in keys.iter().zip(&hashes) {
        let row =
            known.iter().find(|row| row.subject_hash == *hash && now - row.last_at < TRIES_FORGOTTEN_AFTER);
        let count = row.map_or(0, |row| row.count as u32);
        let pause = key.pause(count);
        // A request has the moment at which it came, and those that run at once are counted in any order: without a pause the
        // later moment of another holds nobody up.
        let next = row.map(|row| row.last_at + pause).filter(|next| !pause.is_zero() && *next > now);
        if let Some(next) = next {
            return Ok(Err(next));
        }
        counts.push(row.map_or(0, |row| key.remembered(count, now - row.last_at)) + 1);
    }
    for (hash, count) in hashes.into_iter().zip(counts) {
        let row = ActiveModel {
            subject_hash: Set(hash),
            count: Set(count as i32),
            last_at: Set(now),
            ..Default::default()
        };
        let again = OnConflict::column(Column::SubjectHash)
            .update_columns([Column::Count, Column::LastAt])
            .to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    }
    Ok(Ok(()))
}

/// Forgets the tries of a subject, because one succeeded.
pub(crate) async fn forget(transaction: &DatabaseTransaction, key: &ThrottleKey) -> Result<(), Error> {
    Entity::delete_many().filter(Column::SubjectHash.eq(key.hash())).exec(transaction).await?;
    Ok(())
}

/// Forgets what was tried long ago; returns how many rows went.
pub(crate) async fn forget_old(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let old = Column::LastAt.lt(now - TRIES_FORGOTTEN_AFTER);
    Ok(Entity::delete_many().filter(old).exec(transaction).await?.rows_affected)
}
