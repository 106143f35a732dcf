//! What is new for alerts: the store says which are due, the index what fits them.

use std::collections::HashMap;

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::alerts::Frequency;
use store::DueAlert;

use crate::state::HubState;
use crate::zone::local;

/// Alerts of one transaction, so that others need not wait for it.
const AT_ONCE: u64 = 50;

impl HubState {
    /// Mails what is new for alerts; returns how many mails that makes.
    ///
    /// # Errors
    /// When the database does not answer; what was not told is told the next time.
    pub async fn send_alerts(&self, now: DateTime<Utc>) -> Result<u64, store::Error> {
        let store = self.store();
        let Some(newest) = store.last_publication().await? else { return Ok(0) };
        self.refresh().await?;
        let rounds = rounds(now, newest);
        let (mut told, mut after) = (0, 0);
        loop {
            let (due, last) = store.due_alerts(&rounds, after, AT_ONCE).await?;
            told += self.tell(due, now).await?;
            match last {
                Some(last) => after = last,
                None => return Ok(told),
            }
        }
    }

    async fn tell(&self, due: Vec<DueAlert>, now: DateTime<Utc>) -> Result<u64, store::Error> {
        let Some(since) = due.iter().map(DueAlert::since).min() else { return Ok(0) };
        let new: HashMap<i64, DateTime<Utc>> =
            self.store().published_after(since).await?.into_iter().collect();
        let index = &self.catalogue().index;
        let look = |due: DueAlert| {
            let is_new = |id: i64| new.get(&id).is_some_and(|at| due.may_be_new(*at));
            let found = index.find_exact(&due.alert.filter, is_new);
            (due, found)
        };
        self.store().tell_alerts(due.into_iter().map(look).collect(), &self.letter_context(), now).await
    }
}

/// When alerts of each frequency were last to go out.
fn rounds(now: DateTime<Utc>, newest: DateTime<Utc>) -> Vec<(Frequency, DateTime<Utc>)> {
    let round = |frequency: Frequency| {
        if frequency == Frequency::AtOnce {
            return store::round_at_once(now, newest);
        }
        let round = frequency.last_round(local(now));
        // Seven in the morning is there once on every day of the year.
        Amsterdam.from_local_datetime(&round).earliest().map_or(now, |round| round.to_utc())
    };
    Frequency::ALL.iter().map(|frequency| (*frequency, round(*frequency))).collect()
}
