//! What happened to an account, as its owner reads it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::SignedIn;
use crate::audit::{self, Action, HUB, Subject, actor_of};
use crate::entity::audit_record;
use crate::{Error, Store};

/// The kind of actor that did something to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Its owner.
    Owner,
    /// Somebody who may: a manager of the organisation, or somebody of the programme office.
    Manager,
    /// The programme office, or who keeps the server.
    Office,
    /// The hub by itself.
    Hub,
}

impl By {
    pub(crate) fn of(actor: &str, account_id: i64) -> Self {
        if actor == actor_of(account_id) {
            Self::Owner
        } else if actor == HUB {
            Self::Hub
        } else if audit::is_account(actor) {
            Self::Manager
        } else {
            Self::Office
        }
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Owner => "you",
            Self::Manager => "manager",
            Self::Office => "office",
            Self::Hub => "hub",
        }
    }
}

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
    /// What happened to the account of who is signed in, the newest first; at most `limit`.
    pub async fn list_happened(&self, who: &SignedIn, limit: u64) -> Result<Vec<Happened>, Error> {
        let rows = audit_record::Entity::find()
            .filter(about(who.account_id))
            .order_by_desc(audit_record::Column::Id)
            .limit(limit)
            .all(&self.reader)
            .await?;
        let happened = |row: audit_record::Model| {
            let by = By::of(&row.actor, who.account_id);
            let action = Action::from_code(&row.action);
            let action = action.ok_or_else(|| Error::Unreadable(format!("audit record {}", row.id)))?;
            Ok(Happened { at: row.at, action, by })
        };
        rows.into_iter().map(happened).collect()
    }
}

/// The records about an account.
pub(super) fn about(account_id: i64) -> Condition {
    Condition::all()
        .add(audit_record::Column::Subject.eq(Subject::Account.code()))
        .add(audit_record::Column::SubjectId.eq(account_id))
}
