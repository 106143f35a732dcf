//! From the rows of accounts to values, and back.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::{EmailAddress, MemberRole, Membership, StaffRole, Viewer};
use domain::text::fold;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::Error;
use crate::access::{SecondStep, SignedIn};
use crate::audit::{Action, Stamp, Subject};
use crate::entity::{accounts, memberships, organisations, sessions};

/// The account with an address.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<accounts::Model>, Error> {
    let with_address = accounts::Entity::find().filter(accounts::Column::Email.eq(email.as_str()));
    Ok(with_address.one(connection).await?)
}

/// The account with an address, made when there is none: by its owner, unless `by` says who else.
pub(super) async fn find_or_add(
    transaction: &DatabaseTransaction,
    email: &EmailAddress,
    language: Language,
    by: Option<&Stamp>,
    now: DateTime<Utc>,
) -> Result<accounts::Model, Error> {
    if let Some(account) = find(transaction, email).await? {
        return Ok(account);
    }
    let row = accounts::ActiveModel {
        email: Set(email.to_string()),
        language: Set(language.code().to_owned()),
        created_at: Set(now),
        seen_at: Set(now),
        ..Default::default()
    };
    // Two who come at once with one address: the second finds what the first made.
    let taken = OnConflict::column(accounts::Column::Email).do_nothing().to_owned();
    let added = accounts::Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await?;
    let account = find(transaction, email).await?.ok_or(Error::NotFound)?;
    if added > 0 {
        let stamp = by.cloned().unwrap_or_else(|| Stamp::of_account(account.id, now));
        stamp.note(transaction, Action::Created, Subject::Account, account.id).await?;
    }
    Ok(account)
}

/// The person of a session of an account.
pub(super) async fn signed_in(
    connection: &impl ConnectionTrait,
    session: &sessions::Model,
    account: accounts::Model,
) -> Result<SignedIn, Error> {
    let unreadable = |column: &str| Error::Unreadable(format!("{column} of account {}", account.id));
    let language = Language::from_code(&account.language).ok_or_else(|| unreadable("language"))?;
    let email = EmailAddress::parse(&account.email).ok_or_else(|| unreadable("email"))?;
    let staff_role = match &account.staff_role {
        None => None,
        Some(code) => Some(StaffRole::from_code(code).ok_or_else(|| unreadable("staff_role"))?),
    };
    let second_step = match (staff_role, account.second_step_since, session.second_step_at) {
        (None, ..) => SecondStep::NotNeeded,
        (Some(_), None, _) => SecondStep::NotSetUp,
        (Some(_), Some(_), None) => SecondStep::Waiting,
        (Some(_), Some(_), Some(_)) => SecondStep::Taken,
    };
    Ok(SignedIn {
        session_id: session.id,
        account_id: account.id,
        language,
        viewer: Viewer {
            email,
            name: account.name,
            memberships: memberships_of(connection, account.id).await?,
            staff_role: staff_role.filter(|_| second_step == SecondStep::Taken),
        },
        second_step,
        has_password: account.password_hash.is_some(),
    })
}

pub(super) async fn memberships_of(
    connection: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Vec<Membership>, Error> {
    let rows = memberships::Entity::find()
        .filter(memberships::Column::AccountId.eq(account_id))
        .find_also_related(organisations::Entity)
        .all(connection)
        .await?;
    let mut memberships = Vec::with_capacity(rows.len());
    for (membership, organisation) in rows {
        let organisation = organisation.ok_or(Error::NotFound)?;
        let role = MemberRole::from_code(&membership.role);
        memberships.push(Membership {
            organisation_id: organisation.id,
            organisation: organisation.name,
            slug: organisation.slug,
            role: role.ok_or_else(|| Error::Unreadable(format!("role of membership {}", membership.id)))?,
        });
    }
    memberships.sort_by_cached_key(|membership| fold(&membership.organisation));
    Ok(memberships)
}
