//! Accounts in the database, and what their owners change of them.

mod data;
mod erase;
mod history;
mod rows;
mod second_step;
mod sessions;
mod sign_in;

pub use data::{AccountData, DeviceData, HistoryData, MailData, MembershipData, MyData, SignInData};
pub use erase::{EraseRefused, Leaving, Unused};
pub use history::{By, Happened};
pub use second_step::{RECOVERY_CODES, StepSecret};
pub use sessions::SessionView;
pub use sign_in::{AskedSignIn, Browser, LinkFault, Offer, Refused, SignInSecrets};

pub(crate) use data::Person;

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::{EmailAddress, MemberRole, PasswordFault, StaffRole, check_password};
use domain::mail::Message;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::access::SignedIn;
use crate::audit::{self, Action, COMMAND_LINE, Changes, Stamp, Subject};
use crate::entity::{accounts, memberships, organisations};
use crate::passwords::is_common;
use crate::{Error, Store, alerts, outbox};

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
                let stamp = Stamp { actor: COMMAND_LINE.to_owned(), at: now };
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                let before = account.staff_role.as_deref();
                if before == Some(role.code()) {
                    return Ok(());
                }
                let details = changed("staff_role", json!(before), json!(role.code()));
                let record = stamp.record(Action::RoleGiven, Subject::Account, account.id, &details);
                audit::add(transaction, vec![record]).await?;
                let account = accounts::ActiveModel {
                    id: Set(account.id),
                    staff_role: Set(Some(role.code().to_owned())),
                    ..Default::default()
                };
                account.update(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

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
                let found = organisations::Entity::find()
                    .filter(organisations::COLUMN.slug.eq(organisation))
                    .one(transaction)
                    .await?;
                let organisation_id = found.ok_or(Error::NotFound)?.id;
                let stamp = Stamp { actor: COMMAND_LINE.to_owned(), at: now };
                let account = rows::find_or_add(transaction, &email, language, Some(&stamp), now).await?;
                let before = memberships::Entity::find()
                    .filter(memberships::Column::AccountId.eq(account.id))
                    .filter(memberships::Column::OrganisationId.eq(organisation_id))
                    .one(transaction)
                    .await?
                    .map(|membership| membership.role);
                if before.as_deref() == Some(role.code()) {
                    return Ok(());
                }
                let organisation = format!("role in organisation {organisation_id}");
                let details = changed(&organisation, json!(before), json!(role.code()));
                let record = stamp.record(Action::MembershipGiven, Subject::Account, account.id, &details);
                audit::add(transaction, vec![record]).await?;
                let row = memberships::ActiveModel {
                    account_id: Set(account.id),
                    organisation_id: Set(organisation_id),
                    role: Set(role.code().to_owned()),
                    created_at: Set(now),
                    ..Default::default()
                };
                let again = OnConflict::columns([
                    memberships::Column::AccountId,
                    memberships::Column::OrganisationId,
                ])
                .update_column(memberships::Column::Role)
                .to_owned();
                memberships::Entity::insert(row)
                    .on_conflict(again)
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }

    /// Sets or changes the password of who is signed in, ends the other sessions and tells by mail.
    ///
    /// # Errors
    /// What is wrong with the password.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        password: String,
        salt: [u8; 16],
        now: DateTime<Utc>,
    ) -> Result<Result<(), PasswordFault>, Error> {
        if let Err(fault) = check_password(&password, &who.viewer.email, is_common) {
            return Ok(Err(fault));
        }
        let hash = self.hasher.hash(password, salt).await?;
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let account = accounts::ActiveModel {
                    id: Set(who.account_id),
                    password_hash: Set(Some(hash)),
                    ..Default::default()
                };
                account.update(transaction).await?;
                sessions::end_others(transaction, &who).await?;
                let stamp = Stamp::of_account(who.account_id, now);
                stamp.note(transaction, Action::PasswordChanged, Subject::Account, who.account_id).await?;
                let to = &who.viewer.email;
                outbox::add(transaction, to, who.language, &Message::PasswordChanged, now).await
            })
        });
        write.await.map(Ok)
    }

    /// Changes what the account says of its owner.
    pub async fn change_account(
        &self,
        who: &SignedIn,
        name: Option<String>,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if name == who.viewer.name && language == who.language {
            return Ok(());
        }
        let (account_id, email) = (who.account_id, who.viewer.email.clone());
        let is_other_language = language != who.language;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                if is_other_language {
                    alerts::change_language(transaction, email.as_str(), language).await?;
                }
                let account = accounts::ActiveModel {
                    id: Set(account_id),
                    name: Set(name),
                    language: Set(language.code().to_owned()),
                    ..Default::default()
                };
                account.update(transaction).await?;
                // Which name it was and is, is nobody's business later.
                let stamp = Stamp::of_account(account_id, now);
                stamp.note(transaction, Action::Changed, Subject::Account, account_id).await
            })
        });
        write.await
    }
}

/// What a record says of one thing that changed.
fn changed(what: &str, old: serde_json::Value, new: serde_json::Value) -> Changes {
    Changes::from_iter([(what.to_owned(), json!({ "old": old, "new": new }))])
}
