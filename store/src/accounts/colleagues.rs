//! Members of an organisation: its managers and the programme office add people, change what they may do, and end it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{Colleague, EmailAddress, MemberRole, StaffRole};
use domain::mail::Message;
use domain::text::fold;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use serde_json::json;

use super::account::changed;
use super::rows;
use crate::access::{Broker, Team, TeamManager};
use crate::actor::Actor;
use crate::audit::{self, Action, Stamp, Subject};
use crate::entity::{accounts, memberships, organisations};
use crate::{Error, Store, database, outbox, throttle};

/// People whom somebody adds without a pause, beyond the free tries of others.
const ADDED_FREE: u32 = 15;
/// The prefix of the organisation's number in a record of a membership.
const ROLE_IN: &str = "role in organisation ";

/// What became of somebody who was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The person works here from now on, and a mail says so.
    Told,
    /// The person worked here before, and has this role now.
    Known,
}

/// Why people are left as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleRefused {
    /// There would be no manager any more.
    LastManager,
    /// Many were added; the next may come at this moment.
    TooOften(DateTime<Utc>),
}

impl Store {
    /// Lets somebody work for an organisation, given by the last part of its address; makes the account when needed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such organisation.
    pub async fn add_member(
        &self,
        email: EmailAddress,
        organisation: String,
        role: MemberRole,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                let organisation_id = by_slug(transaction, &organisation).await?.ok_or(Error::NotFound)?.id;
                let stamp = Stamp::new(Actor::command_line(), now);
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                match find(transaction, organisation_id, account.id).await? {
                    Some(membership) => set_role(transaction, &membership, Some(role), &stamp).await,
                    None => join(transaction, organisation_id, account.id, role, &stamp).await,
                }
            })
        });
        write.await
    }

    /// Ends what somebody does for an organisation, given by the last part of its address; says no when that was nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such organisation.
    pub async fn remove_member(
        &self,
        email: EmailAddress,
        organisation: String,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let organisation_id = by_slug(transaction, &organisation).await?.ok_or(Error::NotFound)?.id;
                let Some(account) = rows::find(transaction, &email).await? else { return Ok(false) };
                let Some(membership) = find(transaction, organisation_id, account.id).await? else {
                    return Ok(false);
                };
                let stamp = Stamp::new(Actor::command_line(), now);
                set_role(transaction, &membership, None, &stamp).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// The right of staff to change who works for an organisation, by the last part of its address.
    pub async fn find_team(&self, broker: &Broker, slug: &str) -> Result<Option<TeamManager>, Error> {
        let found = by_slug(&self.reader, slug).await?;
        let team = |found: organisations::Model| Team { organisation_id: found.id, organisation: found.name };
        Ok(found.map(|found| broker.over(team(found))))
    }

    /// How many people work here for each organisation that has any, by its number.
    pub async fn count_colleagues(&self, _broker: &Broker) -> Result<HashMap<i64, u32>, Error> {
        let counts: Vec<(i64, i64)> = memberships::Entity::find()
            .select_only()
            .column(memberships::Column::OrganisationId)
            .column_as(memberships::Column::Id.count(), "people")
            .group_by(memberships::Column::OrganisationId)
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(counts.into_iter().map(|(organisation_id, people)| (organisation_id, people as u32)).collect())
    }

    /// The members of an organisation, by name.
    pub async fn list_colleagues(&self, team: &Team) -> Result<Vec<Colleague<MemberRole>>, Error> {
        let people = memberships::Entity::find()
            .filter(memberships::Column::OrganisationId.eq(team.organisation_id))
            .find_also_related(accounts::Entity)
            .all(&self.reader)
            .await?;
        let read = |(membership, account): (memberships::Model, Option<accounts::Model>)| {
            let role = MemberRole::from_code(&membership.role)
                .ok_or_else(|| Error::Unreadable(format!("role of membership {}", membership.id)))?;
            colleague(account.ok_or(Error::NotFound)?, role, Some(membership.created_at))
        };
        let colleagues = people.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        Ok(by_name(colleagues))
    }

    /// Lets somebody work for an organisation, and tells so by mail; makes the account, in `language`, when needed. Who works
    /// there already gets the role, and no mail.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the right was lost meanwhile.
    pub async fn add_colleague(
        &self,
        manager: &TeamManager,
        email: EmailAddress,
        role: MemberRole,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Result<Added, PeopleRefused>, Error> {
        let manager = manager.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                must_manage(transaction, &manager).await?;
                let organisation_id = manager.team.organisation_id;
                let stamp = Stamp::of_account(manager.account_id, now);
                if let Some(account) = rows::find(transaction, &email).await?
                    && let Some(membership) = find(transaction, organisation_id, account.id).await?
                {
                    let done = change(transaction, &manager, &membership, Some(role), &stamp).await?;
                    return Ok(done.map(|()| Added::Known));
                }
                if let Err(next) = throttle::take(transaction, &[adding(manager.account_id)], now).await? {
                    return Ok(Err(PeopleRefused::TooOften(next)));
                }
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                join(transaction, organisation_id, account.id, role, &stamp).await?;
                let (by, organisation) = (manager.actor, manager.team.organisation);
                let message = Message::Account(AccountMail::ColleagueAdded { by, organisation, role });
                tell(transaction, &account, &message, now).await?;
                Ok(Ok(Added::Told))
            })
        });
        write.await
    }

    /// Changes what a colleague may do, by the number of the account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who is no colleague, and when the right was lost meanwhile.
    pub async fn change_colleague(
        &self,
        manager: &TeamManager,
        account_id: i64,
        role: MemberRole,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        self.change_membership(manager, account_id, Some(role), now).await
    }

    /// Ends what a colleague does for the organisation, by the number of the account. Sessions stay, without that right; links
    /// in mails about the organisation lead nowhere any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who is no colleague, and when the right was lost meanwhile.
    pub async fn remove_colleague(
        &self,
        manager: &TeamManager,
        account_id: i64,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        self.change_membership(manager, account_id, None, now).await
    }

    async fn change_membership(
        &self,
        manager: &TeamManager,
        account_id: i64,
        role: Option<MemberRole>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        let manager = manager.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                // Of two managers who end each other at once one is the last.
                database::take_turn(transaction).await?;
                must_manage(transaction, &manager).await?;
                let found = find(transaction, manager.team.organisation_id, account_id).await?;
                let membership = found.ok_or(Error::NotFound)?;
                let stamp = Stamp::of_account(manager.account_id, now);
                change(transaction, &manager, &membership, role, &stamp).await
            })
        });
        write.await
    }
}

async fn by_slug(
    connection: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<organisations::Model>, Error> {
    let with_slug = organisations::Entity::find().filter(organisations::COLUMN.slug.eq(slug));
    Ok(with_slug.one(connection).await?)
}

async fn find(
    connection: &impl ConnectionTrait,
    organisation_id: i64,
    account_id: i64,
) -> Result<Option<memberships::Model>, Error> {
    let membership = memberships::Entity::find()
        .filter(memberships::Column::OrganisationId.eq(organisation_id))
        .filter(memberships::Column::AccountId.eq(account_id));
    Ok(membership.one(connection).await?)
}

/// Somebody may have lost the right since the page was asked for.
async fn must_manage(transaction: &DatabaseTransaction, manager: &TeamManager) -> Result<(), Error> {
    let still_does = if manager.is_office {
        let account = accounts::Entity::find_by_id(manager.account_id).one(transaction).await?;
        let role = account.and_then(|account| StaffRole::from_code(&account.staff_role?));
        role.is_some_and(StaffRole::looks_after_people)
    } else {
        let own = find(transaction, manager.team.organisation_id, manager.account_id).await?;
        own.is_some_and(|own| own.role == MemberRole::Manager.code())
    };
    if still_does { Ok(()) } else { Err(Error::NotFound) }
}

/// Gives a colleague another role, or none. Its own people leave an organisation a manager; the office need not.
async fn change(
    transaction: &DatabaseTransaction,
    manager: &TeamManager,
    membership: &memberships::Model,
    role: Option<MemberRole>,
    stamp: &Stamp,
) -> Result<Result<(), PeopleRefused>, Error> {
    let leaves = role != Some(MemberRole::Manager) && !manager.is_office;
    if leaves && is_last_manager(transaction, membership).await? {
        return Ok(Err(PeopleRefused::LastManager));
    }
    set_role(transaction, membership, role, stamp).await.map(Ok)
}

async fn is_last_manager(
    transaction: &DatabaseTransaction,
    membership: &memberships::Model,
) -> Result<bool, Error> {
    let manager = MemberRole::Manager.code();
    if membership.role != manager {
        return Ok(false);
    }
    let others = memberships::Entity::find()
        .filter(memberships::Column::OrganisationId.eq(membership.organisation_id))
        .filter(memberships::Column::Role.eq(manager))
        .filter(memberships::Column::Id.ne(membership.id));
    Ok(others.count(transaction).await? == 0)
}

/// Makes somebody one of the people of an organisation.
async fn join(
    transaction: &DatabaseTransaction,
    organisation_id: i64,
    account_id: i64,
    role: MemberRole,
    stamp: &Stamp,
) -> Result<(), Error> {
    note(transaction, (organisation_id, account_id), None, Some(role), stamp).await?;
    let row = memberships::ActiveModel {
        account_id: Set(account_id),
        organisation_id: Set(organisation_id),
        role: Set(role.code().to_owned()),
        created_at: Set(stamp.at),
        ..Default::default()
    };
    memberships::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

/// Gives one of the people of an organisation another role, or none any more.
async fn set_role(
    transaction: &DatabaseTransaction,
    membership: &memberships::Model,
    role: Option<MemberRole>,
    stamp: &Stamp,
) -> Result<(), Error> {
    if role.is_some_and(|role| role.code() == membership.role) {
        return Ok(());
    }
    let whose = (membership.organisation_id, membership.account_id);
    note(transaction, whose, Some(&membership.role), role, stamp).await?;
    match role {
        Some(role) => {
            let row = memberships::ActiveModel {
                id: Set(membership.id),
                role: Set(role.code().to_owned()),
                ..Default::default()
            };
            row.update(transaction).await?;
        }
        None => {
            memberships::Entity::delete_by_id(membership.id).exec(transaction).await?;
        }
    }
    Ok(())
}

/// Writes down what somebody may do for an organisation, given by the numbers of organisation and account.
async fn note(
    transaction: &DatabaseTransaction,
    (organisation_id, account_id): (i64, i64),
    before: Option<&str>,
    role: Option<MemberRole>,
    stamp: &Stamp,
) -> Result<(), Error> {
    let action = if role.is_some() { Action::MembershipGiven } else { Action::MembershipEnded };
    let what = format!("{ROLE_IN}{organisation_id}");
    let details = changed(&what, json!(before), json!(role.map(MemberRole::code)));
    audit::add(transaction, vec![stamp.record(action, Subject::Account, account_id, &details)]).await
}

/// The throttle key of adding people: there is a limit to it, as each gets a mail.
pub(super) fn adding(account_id: i64) -> throttle::ThrottleKey {
    throttle::ThrottleKey::account("adding people", account_id).and_free(ADDED_FREE)
}

/// Writes to the owner of an account.
pub(super) async fn tell(
    transaction: &DatabaseTransaction,
    account: &accounts::Model,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let unreadable = |column: &str| Error::Unreadable(format!("{column} of account {}", account.id));
    let email = EmailAddress::parse(&account.email).ok_or_else(|| unreadable("email"))?;
    let language = Language::from_code(&account.language).ok_or_else(|| unreadable("language"))?;
    outbox::add(transaction, &email, language, message, now).await
}

/// What colleagues see of somebody.
pub(super) fn colleague<Role>(
    account: accounts::Model,
    role: Role,
    since: Option<DateTime<Utc>>,
) -> Result<Colleague<Role>, Error> {
    let unreadable = || Error::Unreadable(format!("email of account {}", account.id));
    let came_by = since.is_none_or(|since| account.seen_at >= since);
    Ok(Colleague {
        account_id: account.id,
        email: EmailAddress::parse(&account.email).ok_or_else(unreadable)?,
        name: account.name.filter(|_| came_by),
        role,
        since,
    })
}

/// The same people, by name; those without by address.
pub(super) fn by_name<Role>(mut colleagues: Vec<Colleague<Role>>) -> Vec<Colleague<Role>> {
    colleagues.sort_by_cached_key(|colleague| {
        (fold(colleague.name.as_deref().unwrap_or(colleague.email.as_str())), colleague.account_id)
    });
    colleagues
}
