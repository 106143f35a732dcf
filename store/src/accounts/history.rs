//! What happened to an account, as its owner reads it.

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::SignedIn;
use crate::audit::{self, Action, By};
use crate::entity::audit_record;
use crate::{Error, Store};

/// Something that happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// The action.
    pub action: Action,
    /// The actor.
    pub by: By,
}

impl Store {
    /// What happened to the account of somebody who is signed in, the newest first; at most `limit`.
    pub async fn list_happened(&self, who: &SignedIn, limit: u64) -> Result<Vec<Happened>, Error> {
        let rows = audit_record::Entity::find()
            .filter(audit::about_account(who.account_id))
            .order_by_desc(audit_record::Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        let happened = |row: audit_record::Model| {
            let by = By::of(&row, who.account_id);
            Ok(Happened { at: row.at, action: audit::action_of(&row)?, by })
        };
        rows.into_iter().map(happened).collect()
    }
}
