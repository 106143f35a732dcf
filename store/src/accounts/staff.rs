//! Staff of the programme office: its managers add people, change what they may do, and end it.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{Colleague, EmailAddress, SessionLife, StaffRole};
use domain::mail::Message;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

use super::account::changed;
use super::colleagues::{Added, PeopleRefused, adding, by_name, colleague, tell};
use super::erase::is_last_manager;
use super::rows;
use crate::access::{Broker, OfficeManager};
use crate::actor::Actor;
use crate::audit::{self, Action, Stamp, Subject};
use crate::entity::{accounts, sessions};
use crate::{Error, Store, database, throttle};

/// What records call what somebody may do for the programme office.
const STAFF_ROLE: &str = "staff_role";

impl Store {
    /// Makes an account of staff, or gives one that is there another role.
    pub async fn add_staff(
        &self,
        email: EmailAddress,
        role: StaffRole,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let stamp = Stamp::new(Actor::command_line(), now);
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                set_role(transaction, &account, Some(role), &stamp).await
            })
        });
        write.await
    }

    /// Ends what somebody does for the programme office; says no when that was nothing.
    pub async fn remove_staff(
        &self,
        email: EmailAddress,
        now: DateTime<Utc>,
    ) -> Result<Result<bool, PeopleRefused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                let account = rows::find(transaction, &email).await?;
                let Some(account) = account.filter(|account| account.staff_role.is_some()) else {
                    return Ok(Ok(false));
                };
                let stamp = Stamp::new(Actor::command_line(), now);
                let done = change(transaction, &account, None, &stamp).await?;
                Ok(done.map(|()| true))
            })
        });
        write.await
    }

    /// The staff of the programme office, by name.
    pub async fn list_staff(&self, _broker: &Broker) -> Result<Vec<Colleague<StaffRole>>, Error> {
        let people = accounts::Entity::find()
            .filter(accounts::Column::StaffRole.is_not_null())
            .all(&self.reader)
            .await?;
        let read = |account: accounts::Model| {
            let role = account.staff_role.as_deref().and_then(StaffRole::from_code);
            let role =
                role.ok_or_else(|| Error::Unreadable(format!("staff_role of account {}", account.id)))?;
            let since = account.staff_since;
            colleague(account, role, since)
        };
        let staff = people.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        Ok(by_name(staff))
    }

    /// Lets somebody work for the programme office, and tells so by mail; makes the account, in `language`, when needed. Who
    /// works there already gets the role, and no mail.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the right was lost meanwhile.
    pub async fn add_office_colleague(
        &self,
        manager: &OfficeManager,
        email: EmailAddress,
        role: StaffRole,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Result<Added, PeopleRefused>, Error> {
        let staff = manager.staff.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                must_manage(transaction, staff.account_id).await?;
                let stamp = Stamp::of_account(staff.account_id, now);
                let known = rows::find(transaction, &email).await?;
                if let Some(account) = known.filter(|account| account.staff_role.is_some()) {
                    let done = change(transaction, &account, Some(role), &stamp).await?;
                    return Ok(done.map(|()| Added::Known));
                }
                if let Err(next) = throttle::take(transaction, &[adding(staff.account_id)], now).await? {
                    return Ok(Err(PeopleRefused::TooOften(next)));
                }
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                set_role(transaction, &account, Some(role), &stamp).await?;
                let message = Message::Account(AccountMail::StaffAdded { by: staff.actor(), role });
                tell(transaction, &account, &message, now).await?;
                Ok(Ok(Added::Told))
            })
        });
        write.await
    }

    /// Changes what somebody may do for the programme office, by the number of the account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who does not work there, and when the right was lost meanwhile.
    pub async fn change_office_colleague(
        &self,
        manager: &OfficeManager,
        account_id: i64,
        role: StaffRole,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        self.change_staff_role(manager, account_id, Some(role), now).await
    }

    /// Ends what somebody does for the programme office, by the number of the account, with all rights of staff at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who does not work there, and when the right was lost meanwhile.
    pub async fn remove_office_colleague(
        &self,
        manager: &OfficeManager,
        account_id: i64,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        self.change_staff_role(manager, account_id, None, now).await
    }

    async fn change_staff_role(
        &self,
        manager: &OfficeManager,
        account_id: i64,
        role: Option<StaffRole>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), PeopleRefused>, Error> {
        let manager_id = manager.staff.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                // Of two managers who end each other at once one is the last.
                database::take_turn(transaction).await?;
                must_manage(transaction, manager_id).await?;
                let account = accounts::Entity::find_by_id(account_id).one(transaction).await?;
                let account = account.filter(|account| account.staff_role.is_some());
                let stamp = Stamp::of_account(manager_id, now);
                change(transaction, &account.ok_or(Error::NotFound)?, role, &stamp).await
            })
        });
        write.await
    }
}

/// Somebody may have lost the right since the page was asked for.
async fn must_manage(transaction: &DatabaseTransaction, account_id: i64) -> Result<(), Error> {
    let account = accounts::Entity::find_by_id(account_id).one(transaction).await?;
    let role = account.and_then(|account| account.staff_role);
    if role.as_deref() == Some(StaffRole::Manager.code()) { Ok(()) } else { Err(Error::NotFound) }
}

/// Gives one of the staff another role, or none. The office keeps a manager.
async fn change(
    transaction: &DatabaseTransaction,
    account: &accounts::Model,
    role: Option<StaffRole>,
    stamp: &Stamp,
) -> Result<Result<(), PeopleRefused>, Error> {
    if role != Some(StaffRole::Manager) && is_last_manager(transaction, account).await? {
        return Ok(Err(PeopleRefused::LastManager));
    }
    set_role(transaction, account, role, stamp).await.map(Ok)
}

async fn set_role(
    transaction: &DatabaseTransaction,
    account: &accounts::Model,
    role: Option<StaffRole>,
    stamp: &Stamp,
) -> Result<(), Error> {
    let (before, after) = (account.staff_role.as_deref(), role.map(StaffRole::code));
    if before == after {
        return Ok(());
    }
    let action = if role.is_some() { Action::RoleGiven } else { Action::RoleEnded };
    let details = changed(STAFF_ROLE, json!(before), json!(after));
    audit::add(transaction, vec![stamp.record(action, Subject::Account, account.id, &details)]).await?;
    let row = accounts::ActiveModel {
        id: Set(account.id),
        staff_role: Set(after.map(str::to_owned)),
        // Another role is no new beginning.
        staff_since: Set(role.map(|_| account.staff_since.unwrap_or(stamp.at))),
        ..Default::default()
    };
    row.update(transaction).await?;
    if role.is_none() {
        end_old_sessions(transaction, account.id, stamp.at).await?;
    }
    Ok(())
}

/// Sessions of staff are over sooner than others: those that are must not live again when the role is gone.
async fn end_old_sessions(
    transaction: &DatabaseTransaction,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let are_over = Condition::any()
        .add(sessions::Column::SeenAt.lte(now - SessionLife::STAFF.idle))
        .add(sessions::Column::CreatedAt.lte(now - SessionLife::STAFF.whole));
    sessions::Entity::delete_many()
        .filter(sessions::Column::AccountId.eq(account_id))
        .filter(are_over)
        .exec(transaction)
        .await?;
    Ok(())
}
