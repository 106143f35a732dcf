//! Changes of one's own account.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{PasswordError, check_password};
use domain::mail::Message;
use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::sessions;
use crate::access::SignedIn;
use crate::audit::{Action, Changes, Stamp, Subject};
use crate::entity::accounts;
use crate::passwords::is_common;
use crate::{Error, Store, alerts, outbox};

impl Store {
    /// Sets or changes the password of somebody who is signed in, ends the other sessions and tells by mail.
    ///
    /// # Errors
    /// The error of the password.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        password: String,
        salt: [u8; 16],
        now: DateTime<Utc>,
    ) -> Result<Result<(), PasswordError>, Error> {
        if let Err(error) = check_password(&password, &who.viewer.email, is_common) {
            return Ok(Err(error));
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
                outbox::add(
                    transaction,
                    to,
                    who.language,
                    &Message::Account(AccountMail::PasswordChanged),
                    now,
                )
                .await
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
pub(super) fn changed(what: &str, old: serde_json::Value, new: serde_json::Value) -> Changes {
    Changes::from_iter([(what.to_owned(), json!({ "old": old, "new": new }))])
}
