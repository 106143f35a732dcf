//! The audit trail: who did what to which row, and when.

use chrono::{DateTime, Utc};
use domain::vacancies::VacancyState;
use sea_orm::sea_query::{Expr, Value, value::sea_value_to_json_value};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait,
    IdenStatic, Iterable, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Map, json};

use crate::Error;
use crate::entity::{audit_record, revision};
use crate::store::Store;

impl Store {
    /// The number of the newest audit record of what the public site shows; 0 before the first.
    pub async fn last_audit_record(&self) -> Result<i64, Error> {
        newest(&self.reader).await
    }

    /// Which rows that the public site shows were written after an audit record.
    pub async fn rows_written_after(&self, audit_record: i64) -> Result<WrittenRows, Error> {
        rows_written_after(&self.reader, audit_record).await
    }

    /// The records of a row, newest first.
    pub async fn list_audit_records(&self, subject: Subject, id: i64) -> Result<Vec<AuditRecord>, Error> {
        list(&self.reader, subject, id).await
    }

    /// When somebody last did something.
    pub async fn last_audit_at(&self, actor: &str) -> Result<Option<DateTime<Utc>>, Error> {
        last_at(&self.reader, actor).await
    }
}

/// The actor of what an operator did on the command line.
pub const COMMAND_LINE: &str = "command line";
/// The actor of what the hub did by itself.
pub const HUB: &str = "hub";

/// The prefix of the number of an account that acted.
const ACCOUNT: &str = "account ";

/// The actor of the owner of an account: a number, which names nobody once the account is gone.
pub(crate) fn actor_of(account_id: i64) -> String {
    format!("{ACCOUNT}{account_id}")
}

/// Whether the owner of an account did it.
pub(crate) fn is_account(actor: &str) -> bool {
    actor.strip_prefix(ACCOUNT).is_some_and(|number| number.parse::<i64>().is_ok())
}

/// The kind of row of an audit record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An organisation.
    Organisation,
    /// A vacancy.
    Vacancy,
    /// An event.
    Event,
    /// An account.
    Account,
    /// An application. What its sides do stands in its timeline; here stands what outlives that.
    Application,
}

impl Subject {
    /// The subjects that the public site shows.
    const PUBLIC: [Self; 3] = [Self::Organisation, Self::Vacancy, Self::Event];

    /// The word that the database keeps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Vacancy => "vacancy",
            Self::Event => "event",
            Self::Account => "account",
            Self::Application => "application",
        }
    }
}

/// A kind of change of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// It was made.
    Created,
    /// It was changed, but its state stayed.
    Changed,
    /// A vacancy went to this state; other columns may have changed with it.
    Became(VacancyState),
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
    /// It was erased.
    Erased,
}

impl Action {
    /// Every action that leads to no state of a vacancy.
    const STATELESS: [Self; 19] = [
        Self::Created,
        Self::Changed,
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
        Self::Erased,
    ];

    /// The word that the database keeps: `created`, `changed`, …, or the code of the new state.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Became(state) => state.code(),
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
            Self::Erased => "erased",
        }
    }

    /// The action that the database calls `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        let stateless = Self::STATELESS.into_iter().find(|action| action.code() == code);
        stateless.or_else(|| VacancyState::from_code(code).map(Self::Became))
    }
}

/// One thing that was done to a row.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRecord {
    /// The record's number; a later record has a higher one.
    pub id: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The actor: `account 12`, [`COMMAND_LINE`], [`HUB`], or `import vacatures.csv`.
    pub actor: String,
    /// The action.
    pub action: Action,
    /// An object that gives each changed column of the database its `old` and `new` value, as stored there.
    pub details: serde_json::Value,
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
        action: Action::from_code(&record.action).ok_or_else(unreadable)?,
        details: serde_json::from_str(&record.details).map_err(|_| unreadable())?,
        actor: record.actor,
    })
}

/// The rows that were written since an audit record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenRows {
    /// The number of the newest audit record; 0 before the first.
    pub last: i64,
    /// The rows that were written, each once.
    pub rows: Vec<(Subject, i64)>,
}

/// Which rows that the public site shows were written after an audit record. Their records have their numbers in the order of
/// their commits, because writers of them take turns; who writes of accounts takes none.
pub(crate) async fn rows_written_after(
    connection: &DatabaseConnection,
    last: i64,
) -> Result<WrittenRows, Error> {
    let records: Vec<(i64, String, i64)> = audit_record::Entity::find()
        .select_only()
        .columns([audit_record::Column::Id, audit_record::Column::Subject, audit_record::Column::SubjectId])
        .filter(audit_record::Column::Id.gt(last))
        .filter(is_public())
        .order_by_asc(audit_record::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    let mut changes = WrittenRows { last, rows: Vec::new() };
    for (id, subject, subject_id) in records {
        let subject = Subject::PUBLIC
            .into_iter()
            .find(|known| known.code() == subject)
            .ok_or_else(|| Error::Unreadable(format!("audit record {id}")))?;
        changes.last = id;
        changes.rows.push((subject, subject_id));
    }
    changes.rows.sort_unstable_by_key(|(subject, id)| (subject.code(), *id));
    changes.rows.dedup();
    Ok(changes)
}

fn is_public() -> Expr {
    audit_record::Column::Subject.is_in(Subject::PUBLIC.map(Subject::code))
}

/// The number of the newest audit record of what the public site shows; 0 before the first.
pub(crate) async fn newest(connection: &DatabaseConnection) -> Result<i64, Error> {
    let newest: Option<i64> = audit_record::Entity::find()
        .select_only()
        .column(audit_record::Column::Id)
        .filter(is_public())
        .order_by_desc(audit_record::Column::Id)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(newest.unwrap_or(0))
}

/// When somebody last did something.
pub(crate) async fn last_at(
    connection: &DatabaseConnection,
    actor: &str,
) -> Result<Option<DateTime<Utc>>, Error> {
    let newest = audit_record::Entity::find()
        .filter(audit_record::Column::Actor.eq(actor))
        .order_by_desc(audit_record::Column::Id)
        .one(connection)
        .await?;
    Ok(newest.map(|record| record.at))
}

/// The actor and the moment that all audit records of one write share.
#[derive(Clone, Debug)]
pub(crate) struct Stamp {
    pub(crate) actor: String,
    pub(crate) at: DateTime<Utc>,
}

impl Stamp {
    /// The owner of an account.
    pub(crate) fn of_account(account_id: i64, at: DateTime<Utc>) -> Self {
        Self { actor: actor_of(account_id), at }
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
            actor: ActiveValue::Set(self.actor.clone()),
            action: ActiveValue::Set(action.code().to_owned()),
            subject: ActiveValue::Set(subject.code().to_owned()),
            subject_id: ActiveValue::Set(id),
            details: ActiveValue::Set(serde_json::Value::Object(details.clone()).to_string()),
        }
    }
}

/// Calls an account by its number wherever its address stands as who did something.
pub(crate) async fn forget_address(
    transaction: &DatabaseTransaction,
    address: &str,
    account_id: i64,
) -> Result<(), Error> {
    let number = actor_of(account_id);
    audit_record::Entity::update_many()
        .col_expr(audit_record::Column::Actor, Expr::value(number.as_str()))
        .filter(audit_record::Column::Actor.eq(address))
        .exec(transaction)
        .await?;
    revision::Entity::update_many()
        .col_expr(revision::Column::Reason, Expr::value(number))
        .filter(revision::Column::Reason.eq(address))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Writes records; none is fine.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    records: Vec<audit_record::ActiveModel>,
) -> Result<(), Error> {
    audit_record::Entity::insert_many(records).exec_without_returning(transaction).await?;
    Ok(())
}

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
            let change = json!({ "old": as_json(before.as_ref()), "new": as_json(after.as_ref()) });
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
