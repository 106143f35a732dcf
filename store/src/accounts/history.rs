//! What happened to an account, as its owner reads it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::SignedIn;
use crate::actor::ActorKind;
use crate::audit::{self, Action, Subject};
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
    pub(crate) fn of(record: &audit_record::Model, account_id: i64) -> Self {
        match ActorKind::from_code(&record.actor_kind) {
            Some(ActorKind::Account) if record.actor_account_id == Some(account_id) => Self::Owner,
            Some(ActorKind::Account) => Self::Manager,
            Some(ActorKind::Hub) => Self::Hub,
            Some(ActorKind::CommandLine | ActorKind::Import | ActorKind::Link) | None => Self::Office,
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
            let by = By::of(&row, who.account_id);
            Ok(Happened { at: row.at, action: audit::action_of(&row)?, by })
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
