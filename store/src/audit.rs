//! The audit trail: who did what to which row, and when.

use chrono::{DateTime, Utc};
use domain::vacancies::VacancyState;
use sea_orm::sea_query::{Value, value::sea_value_to_json_value};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, DatabaseConnection, DatabaseTransaction,
    EntityTrait, IdenStatic, Iterable, QueryFilter, QueryOrder,
};
use serde::Serialize;
use serde_json::{Map, json};

use crate::actor::{Actor, ActorKind};
use crate::entity::audit_record;
use crate::personal_data::{ColumnReason, Departure, Erasing, Export, Person, TableDeclaration, gathered};
use crate::store::Store;
pub(crate) use crate::subject::Subject;
use crate::{Error, changes};

/// What the audit trail holds of persons.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "audit_record",
    Export::Part("history", |connection, person| gathered(history(connection, person))),
    Erasing::Nothing("who did what must be known, by a number that names nobody once the account is gone"),
)
.withholding(&[ColumnReason::new("actor_account_id", "the account tells its own number")])
.keeping(&[
    ColumnReason::new("actor_account_id", "the number names nobody once the account is gone"),
    ColumnReason::new("subject_id", "the number names nobody once the account is gone"),
    ColumnReason::new(
        "details",
        "an organisation's contact is the organisation's to change, and so is the record of it",
    ),
])];

/// Something that was done, for the person who did it or whose account it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct HistoryData {
    /// When.
    pub at: DateTime<Utc>,
    /// The actor: `you`, `manager`, `office` or `hub`.
    pub by: &'static str,
    /// What was done, as a word of the hub.
    pub action: String,
    /// To what it was done, as a word of the hub.
    pub subject: String,
    /// The number of what it was done to.
    pub number: i64,
    /// What changed.
    pub details: serde_json::Value,
}

impl Store {
    /// The records of a row, newest first.
    pub async fn list_audit_records(&self, subject: Subject, id: i64) -> Result<Vec<AuditRecord>, Error> {
        list(&self.reader, subject, id).await
    }

    /// When rows of a file with this name were last imported.
    pub async fn last_import_at(&self, file: &str) -> Result<Option<DateTime<Utc>>, Error> {
        let newest = audit_record::Entity::find()
            .filter(audit_record::Column::ActorKind.eq(ActorKind::Import.code()))
            .filter(audit_record::Column::ActorLabel.eq(file))
            .order_by_desc(audit_record::Column::Id)
            .one(&self.reader)
            .await?;
        Ok(newest.map(|record| record.at))
    }
}

/// The verb of a change of state.
const BECAME: &str = "became";

/// A kind of change of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// It was made.
    Created,
    /// It was changed, but its state stayed.
    Changed,
    /// A vacancy went to this state; other columns may have changed with it.
    Became(VacancyState),
    /// A change of it waits for the programme office.
    ChangeSubmitted,
    /// The programme office returned a change of it.
    ChangeReturned,
    /// An account got another address.
    AddressChanged,
    /// The password of an account was set or changed.
    PasswordChanged,
    /// An account got a second step of signing in.
    SecondStepSetUp,
    /// The second step was taken with a recovery code, or another phone was begun with one.
    RecoveryCodeUsed,
    /// An account got new recovery codes.
    RecoveryCodesRenewed,
    /// Another phone gives the codes of the second step.
    PhoneChanged,
    /// The second step was taken away, so that it is set up anew.
    SecondStepReset,
    /// Another device was signed out.
    DeviceSignedOut,
    /// All devices were signed out.
    SignedOutEverywhere,
    /// An account got a role in the programme office.
    RoleGiven,
    /// An account got a role in an organisation.
    MembershipGiven,
    /// The role of an account in the programme office ended.
    RoleEnded,
    /// An account works for an organisation no longer.
    MembershipEnded,
    /// A talent consented to a year.
    ConsentGiven,
    /// A talent took that back.
    ConsentWithdrawn,
    /// The owner of an account was told that it will go.
    Warned,
    /// A mail that was given up is tried again.
    SentAgain,
    /// It was erased.
    Erased,
}

impl Action {
    /// Every action that leads to no state of a vacancy.
    const STATELESS: [Self; 22] = [
        Self::Created,
        Self::Changed,
        Self::ChangeSubmitted,
        Self::ChangeReturned,
        Self::AddressChanged,
        Self::PasswordChanged,
        Self::SecondStepSetUp,
        Self::RecoveryCodeUsed,
        Self::RecoveryCodesRenewed,
        Self::PhoneChanged,
        Self::SecondStepReset,
        Self::DeviceSignedOut,
        Self::SignedOutEverywhere,
        Self::RoleGiven,
        Self::MembershipGiven,
        Self::RoleEnded,
        Self::MembershipEnded,
        Self::ConsentGiven,
        Self::ConsentWithdrawn,
        Self::Warned,
        Self::SentAgain,
        Self::Erased,
    ];

    /// The verb that the database keeps: `created`, `changed`, …
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Became(_) => BECAME,
            Self::ChangeSubmitted => "change_submitted",
            Self::ChangeReturned => "change_returned",
            Self::AddressChanged => "address_changed",
            Self::PasswordChanged => "password_changed",
            Self::SecondStepSetUp => "second_step_set_up",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::RecoveryCodesRenewed => "recovery_codes_renewed",
            Self::PhoneChanged => "phone_changed",
            Self::SecondStepReset => "second_step_reset",
            Self::DeviceSignedOut => "device_signed_out",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::RoleGiven => "role_given",
            Self::MembershipGiven => "membership_given",
            Self::RoleEnded => "role_ended",
            Self::MembershipEnded => "membership_ended",
            Self::ConsentGiven => "consent_given",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::Warned => "warned",
            Self::SentAgain => "sent_again",
            Self::Erased => "erased",
        }
    }

    /// The action with this verb, and with the state that it led to.
    pub fn from_code(verb: &str, to_state: Option<&str>) -> Option<Self> {
        if verb == BECAME {
            return to_state.and_then(VacancyState::from_code).map(Self::Became);
        }
        Self::STATELESS.into_iter().find(|action| action.code() == verb)
    }

    /// The state of a vacancy that it leads to.
    const fn to_state(self) -> Option<&'static str> {
        match self {
            Self::Became(state) => Some(state.code()),
            _ => None,
        }
    }
}

/// One thing that was done to a row.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRecord {
    /// The record's number; a later record has a higher one.
    pub id: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The actor.
    pub actor: Actor,
    /// The action.
    pub action: Action,
    /// An object that gives each changed column of the database its `old` and `new` value, as stored there.
    pub details: serde_json::Value,
    /// The reason that was given or that the hub had.
    pub reason: Option<String>,
}

/// The records of a row, newest first.
pub(crate) async fn list(
    connection: &DatabaseConnection,
    subject: Subject,
    id: i64,
) -> Result<Vec<AuditRecord>, Error> {
    let records = audit_record::Entity::find()
        .filter(audit_record::Column::Subject.eq(subject.code()))
        .filter(audit_record::Column::SubjectId.eq(id))
        .order_by_desc(audit_record::Column::Id)
        .all(connection)
        .await?;
    records.into_iter().map(read).collect()
}

fn read(record: audit_record::Model) -> Result<AuditRecord, Error> {
    let unreadable = || Error::Unreadable(format!("audit record {}", record.id));
    Ok(AuditRecord {
        id: record.id,
        at: record.at,
        action: action_of(&record)?,
        details: serde_json::from_str(&record.details).map_err(|_| unreadable())?,
        actor: Actor {
            kind: ActorKind::from_code(&record.actor_kind).ok_or_else(unreadable)?,
            account_id: record.actor_account_id,
            label: record.actor_label,
        },
        reason: record.reason,
    })
}

pub(crate) fn action_of(record: &audit_record::Model) -> Result<Action, Error> {
    let action = Action::from_code(&record.verb, record.to_state.as_deref());
    action.ok_or_else(|| Error::Unreadable(format!("audit record {}", record.id)))
}

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

async fn history(connection: &DatabaseTransaction, person: &Person<'_>) -> Result<Vec<HistoryData>, Error> {
    let rows = audit_record::Entity::find()
        .filter(
            Condition::any()
                .add(about_account(person.account_id))
                .add(audit_record::Column::ActorAccountId.eq(person.account_id)),
        )
        .order_by_asc(audit_record::Column::Id)
        .all(connection)
        .await?;
    let data = rows.into_iter().map(|row| HistoryData {
        at: row.at,
        by: By::of(&row, person.account_id).code(),
        action: row.to_state.unwrap_or(row.verb),
        subject: row.subject,
        number: row.subject_id,
        details: serde_json::from_str(&row.details).unwrap_or_default(),
    });
    Ok(data.collect())
}

/// The records about an account.
pub(crate) fn about_account(account_id: i64) -> Condition {
    Condition::all()
        .add(audit_record::Column::Subject.eq(Subject::Account.code()))
        .add(audit_record::Column::SubjectId.eq(account_id))
}

/// The actor and the moment that all audit records of one write share.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    pub(crate) actor: Actor,
    pub(crate) at: DateTime<Utc>,
    reason: Option<&'static str>,
}

impl Stamp {
    pub(crate) fn new(actor: Actor, at: DateTime<Utc>) -> Self {
        Self { actor, at, reason: None }
    }

    /// The owner of an account.
    pub(crate) fn of_account(account_id: i64, at: DateTime<Utc>) -> Self {
        Self::new(Actor::account(account_id), at)
    }

    /// Whoever lets a person be erased.
    pub(crate) fn of_departure(departure: &Departure<'_>) -> Self {
        Self { actor: departure.actor.clone(), at: departure.at, reason: departure.reason }
    }

    /// The reason, when there is one.
    pub(crate) const fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    /// The same, for a reason.
    pub(crate) fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    /// Writes that something was done to a row.
    pub(crate) async fn note(
        &self,
        transaction: &DatabaseTransaction,
        action: Action,
        subject: Subject,
        id: i64,
    ) -> Result<(), Error> {
        add(transaction, vec![self.record(action, subject, id, &Changes::new())]).await
    }

    /// A record that is still to be written.
    pub(crate) fn record(
        &self,
        action: Action,
        subject: Subject,
        id: i64,
        details: &Changes,
    ) -> audit_record::ActiveModel {
        audit_record::ActiveModel {
            id: ActiveValue::NotSet,
            at: ActiveValue::Set(self.at),
            actor_kind: ActiveValue::Set(self.actor.kind.code().to_owned()),
            actor_account_id: ActiveValue::Set(self.actor.account_id),
            actor_label: ActiveValue::Set(self.actor.label.clone()),
            verb: ActiveValue::Set(action.code().to_owned()),
            from_state: ActiveValue::Set(action.to_state().and_then(|_| old_state(details))),
            to_state: ActiveValue::Set(action.to_state().map(str::to_owned)),
            reason: ActiveValue::Set(self.reason.map(str::to_owned)),
            subject: ActiveValue::Set(subject.code().to_owned()),
            subject_id: ActiveValue::Set(id),
            details: ActiveValue::Set(serde_json::Value::Object(details.clone()).to_string()),
        }
    }
}

/// The row of a record, when the public site shows such rows.
fn public_row(record: &audit_record::ActiveModel) -> Option<(String, i64)> {
    let (subject, id) = (record.subject.as_ref(), *record.subject_id.as_ref());
    Subject::PUBLIC.iter().any(|public| public.code() == subject).then(|| (subject.clone(), id))
}

/// The state before a change, when the change says so.
fn old_state(details: &Changes) -> Option<String> {
    details.get(STATE)?.get(OLD)?.as_str().map(str::to_owned)
}

/// Writes records, and into the feed of changes the rows that the public site shows; none is fine.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    records: Vec<audit_record::ActiveModel>,
) -> Result<(), Error> {
    changes::add(transaction, records.iter().filter_map(public_row)).await?;
    audit_record::Entity::insert_many(records).exec_without_returning(transaction).await?;
    Ok(())
}

const STATE: &str = "state";
const OLD: &str = "old";

/// Per changed column its old and its new value.
pub(crate) type Changes = Map<String, serde_json::Value>;

/// Leaves in `new` only the columns that differ from `old`, and says which they are.
pub(crate) fn keep_changes<A: ActiveModelTrait>(old: &A, new: &mut A) -> Changes {
    let mut changes = Changes::new();
    for column in <A::Entity as EntityTrait>::Column::iter() {
        let (before, after) = (old.get(column).into_value(), new.get(column).into_value());
        if before == after {
            new.not_set(column);
        } else {
            let change = json!({ OLD: as_json(before.as_ref()), "new": as_json(after.as_ref()) });
            changes.insert(column.as_str().to_owned(), change);
        }
    }
    changes
}

fn as_json(value: Option<&Value>) -> serde_json::Value {
    match value {
        None => serde_json::Value::Null,
        Some(Value::ChronoDate(Some(date))) => json!(date),
        Some(Value::ChronoDateTime(Some(moment))) => json!(moment),
        Some(value) => sea_value_to_json_value(value),
    }
}
