//! The second step of signing in, which staff need: a code of an app (TOTP, RFC 6238), or a recovery code.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::accounts::mail::{AccountMail, SecondStepChange};
use domain::mail::Message;
use futures::future::BoxFuture;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait,
    QueryFilter,
};
use totp_rs::{Builder, Totp};

use super::rows;
use super::sessions::end_others;
use super::sign_in::Refused;
use crate::access::{SecondStep, SignedIn};
use crate::actor::Actor;
use crate::audit::{self, Action, Stamp};
use crate::entity::{accounts, recovery_codes, sessions};
use crate::throttle::{self, ThrottleKey};
use crate::tokens::hash;
use crate::{Error, Store, outbox};

/// The number of recovery codes.
pub const RECOVERY_CODES: usize = 10;

/// A secret that a person's app shares with the hub.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// A secret of bytes that nobody can guess.
    pub fn of(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Reads the letters of base 32.
    pub fn parse(text: &str) -> Option<Self> {
        data_encoding::BASE32_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The secret as apps take it: letters of base 32.
    pub fn to_text(&self) -> String {
        data_encoding::BASE32_NOPAD.encode(&self.0)
    }

    /// The address that apps read from a QR code.
    pub fn to_url(&self, hub: &str, account: &str) -> String {
        let (hub, account) = (domain::text::encode(hub), domain::text::encode(account));
        format!("otpauth://totp/{hub}:{account}?secret={}&issuer={hub}", self.to_text())
    }

    /// The time step at which a code is right, now or half a minute before or after.
    fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let digits: String = code.chars().filter(char::is_ascii_digit).collect();
        let totp: Totp = Builder::new().with_secret(self.0.to_vec()).build().ok()?;
        let seconds = u64::try_from(now.timestamp()).ok()?;
        totp.check(&digits, seconds).map(|step| step as i64)
    }
}

impl Store {
    /// Gives staff who have no second step yet the secret for one; it counts when [`Store::finish_second_step`] says so.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who is no staff or has a second step already.
    pub async fn begin_second_step(&self, who: &SignedIn, secret: &TotpSecret) -> Result<(), Error> {
        if who.second_step != SecondStep::NotSetUp {
            return Err(Error::NotFound);
        }
        let (account_id, secret) = (who.account_id, secret.to_text());
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                accounts::Entity::update_many()
                    .col_expr(accounts::Column::SecondStepSecret, Expr::value(secret))
                    .filter(accounts::Column::Id.eq(account_id))
                    .filter(accounts::Column::SecondStepSince.is_null())
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }

    /// The secret that waits to be confirmed: the first one, or that of another phone that this session sets up.
    pub async fn find_begun_second_step(&self, who: &SignedIn) -> Result<Option<TotpSecret>, Error> {
        let account = accounts::Entity::find_by_id(who.account_id).one(&self.reader).await?;
        let Some(account) = account else { return Ok(None) };
        begun(&self.reader, &account, who).await
    }

    /// Sets the second step up for somebody who shows that the app has the secret, and takes it for this session. Another phone takes
    /// the place of the old one only now, which ends the other sessions and is told by mail. The recovery codes are kept only
    /// as hashes: show them now.
    pub async fn finish_second_step(
        &self,
        who: &SignedIn,
        code: String,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let attempt = self.try_code(who, now, move |transaction, who, account| {
            Box::pin(async move {
                let Some(secret) = begun(transaction, &account, who).await? else {
                    return Ok(Err(Refused::Wrong));
                };
                let Some(step) = secret.step_of(&code, now) else { return Ok(Err(Refused::Wrong)) };
                let set_up = accounts::ActiveModel {
                    id: Set(account.id),
                    second_step_secret: Set(Some(secret.to_text())),
                    second_step_since: Set(Some(now)),
                    second_step_used: Set(Some(step)),
                    ..Default::default()
                };
                set_up.update(transaction).await?;
                keep_other_phone(transaction, who, None).await?;
                replace_codes(transaction, account.id, &recovery).await?;
                if account.second_step_since.is_some() {
                    end_others(transaction, who).await?;
                    note(transaction, who, Action::PhoneChanged, now).await?;
                    tell(transaction, who, SecondStepChange::NewPhone, now).await?;
                } else {
                    note(transaction, who, Action::SecondStepSetUp, now).await?;
                }
                taken(transaction, who, now).await.map(Ok)
            })
        });
        attempt.await
    }

    /// Begins to set up another phone for somebody who has taken the second step and shows a code of the old phone, or a recovery
    /// code. The old phone stays until [`Store::finish_second_step`].
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who has not taken the second step.
    pub async fn begin_other_phone(
        &self,
        who: &SignedIn,
        code: String,
        secret: TotpSecret,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let attempt = self.try_code(who, now, move |transaction, who, account| {
            Box::pin(async move {
                check_step(who, &account)?;
                if !shows_code(transaction, who, &account, &code, now).await? {
                    return Ok(Err(Refused::Wrong));
                }
                keep_other_phone(transaction, who, Some(&secret)).await?;
                throttle::forget(transaction, &subject(who)).await?;
                Ok(Ok(()))
            })
        });
        attempt.await
    }

    /// How many recovery codes of somebody who is signed in were not used yet.
    pub async fn count_recovery_codes(&self, who: &SignedIn) -> Result<u64, Error> {
        let unused = recovery_codes::Entity::find()
            .filter(recovery_codes::Column::AccountId.eq(who.account_id))
            .filter(recovery_codes::Column::UsedAt.is_null());
        Ok(unused.count(&self.reader).await?)
    }

    /// Gives who has taken the second step new recovery codes, ends the old ones and tells by mail. They are kept only as
    /// hashes: show them now.
    ///
    /// # Errors
    /// [`Error::NotFound`] for somebody who has not taken the second step.
    pub async fn renew_recovery_codes(
        &self,
        who: &SignedIn,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let account = account_of(transaction, &who).await?;
                check_step(&who, &account)?;
                replace_codes(transaction, account.id, &recovery).await?;
                note(transaction, &who, Action::RecoveryCodesRenewed, now).await?;
                tell(transaction, &who, SecondStepChange::NewCodes, now).await
            })
        });
        write.await
    }

    /// Takes phone and recovery codes away from the account with an address, so that its owner sets the second step up anew.
    /// Ends all its sessions and tells by mail. Returns whether there was a second step.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such account.
    pub async fn reset_second_step(&self, email: EmailAddress, now: DateTime<Utc>) -> Result<bool, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let account = rows::find(transaction, &email).await?.ok_or(Error::NotFound)?;
                if account.second_step_secret.is_none() {
                    return Ok(false);
                }
                let without = accounts::ActiveModel {
                    id: Set(account.id),
                    second_step_secret: Set(None),
                    second_step_since: Set(None),
                    second_step_used: Set(None),
                    ..Default::default()
                };
                without.update(transaction).await?;
                replace_codes(transaction, account.id, &[]).await?;
                sessions::Entity::delete_many()
                    .filter(sessions::Column::AccountId.eq(account.id))
                    .exec(transaction)
                    .await?;
                // Who tried in vain before need not wait now.
                throttle::forget(transaction, &subject_of(account.id)).await?;
                let stamp = Stamp::new(Actor::command_line(), now);
                stamp.note(transaction, Action::SecondStepReset, audit::Subject::Account, account.id).await?;
                let language = Language::from_code(&account.language).unwrap_or(Language::Dutch);
                let message =
                    Message::Account(AccountMail::SecondStepChanged { change: SecondStepChange::Reset });
                outbox::add(transaction, &email, language, &message, now).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Takes the second step for this session, with a code of the app or a recovery code.
    pub async fn take_second_step(
        &self,
        who: &SignedIn,
        code: String,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let attempt = self.try_code(who, now, move |transaction, who, account| {
            Box::pin(async move {
                if account.second_step_since.is_none() {
                    return Ok(Err(Refused::Wrong));
                }
                if !shows_code(transaction, who, &account, &code, now).await? {
                    return Ok(Err(Refused::Wrong));
                }
                taken(transaction, who, now).await.map(Ok)
            })
        });
        attempt.await
    }

    /// Lets somebody show a code, unless that was tried too often.
    async fn try_code<F>(
        &self,
        who: &SignedIn,
        now: DateTime<Utc>,
        attempt: F,
    ) -> Result<Result<(), Refused>, Error>
    where
        F: for<'a> FnOnce(&'a DatabaseTransaction, &'a SignedIn, accounts::Model) -> Attempt<'a>
            + Send
            + 'static,
    {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                if let Err(next) = throttle::take(transaction, &[subject(&who)], now).await? {
                    return Ok(Err(Refused::TooOften(next)));
                }
                let account = account_of(transaction, &who).await?;
                attempt(transaction, &who, account).await
            })
        });
        write.await
    }
}

/// What becomes of a code that somebody shows.
type Attempt<'a> = BoxFuture<'a, Result<Result<(), Refused>, Error>>;

fn subject(who: &SignedIn) -> ThrottleKey {
    subject_of(who.account_id)
}

fn subject_of(account_id: i64) -> ThrottleKey {
    ThrottleKey::address("second step", account_id.to_string())
}

/// The secret that the account's phone has, once it is confirmed.
fn phone_of(account: &accounts::Model) -> Option<TotpSecret> {
    TotpSecret::parse(account.second_step_secret.as_deref()?)
}

/// The secret that waits to be confirmed by this session.
async fn begun(
    connection: &impl ConnectionTrait,
    account: &accounts::Model,
    who: &SignedIn,
) -> Result<Option<TotpSecret>, Error> {
    match (who.second_step, account.second_step_since) {
        (SecondStep::NotSetUp, None) => Ok(phone_of(account)),
        (SecondStep::Taken, Some(_)) => {
            let session = sessions::Entity::find_by_id(who.session_id).one(connection).await?;
            Ok(session.and_then(|session| TotpSecret::parse(session.other_phone.as_deref()?)))
        }
        _ => Ok(None),
    }
}

/// Keeps the secret of another phone with the session that sets it up. It gives no way in before it is confirmed.
async fn keep_other_phone(
    transaction: &DatabaseTransaction,
    who: &SignedIn,
    secret: Option<&TotpSecret>,
) -> Result<(), Error> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::OtherPhone, Expr::value(secret.map(TotpSecret::to_text)))
        .filter(sessions::Column::Id.eq(who.session_id))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn account_of(transaction: &DatabaseTransaction, who: &SignedIn) -> Result<accounts::Model, Error> {
    accounts::Entity::find_by_id(who.account_id).one(transaction).await?.ok_or(Error::NotFound)
}

/// Whether somebody has taken the second step, and the account still has one.
fn check_step(who: &SignedIn, account: &accounts::Model) -> Result<(), Error> {
    let has_step = who.second_step == SecondStep::Taken && account.second_step_since.is_some();
    if has_step { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether this is a code of the phone, or a recovery code; it is used up then.
async fn shows_code(
    transaction: &DatabaseTransaction,
    who: &SignedIn,
    account: &accounts::Model,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    if is_right_code(transaction, account, code, now).await? {
        return Ok(true);
    }
    if !use_recovery_code(transaction, account.id, code, now).await? {
        return Ok(false);
    }
    note(transaction, who, Action::RecoveryCodeUsed, now).await?;
    Ok(true)
}

/// Whether the app shows this code now. Each code works once, as RFC 6238 asks in section 5.2.
async fn is_right_code(
    transaction: &DatabaseTransaction,
    account: &accounts::Model,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let Some(step) = phone_of(account).and_then(|secret| secret.step_of(code, now)) else { return Ok(false) };
    let used = accounts::Entity::update_many()
        .col_expr(accounts::Column::SecondStepUsed, Expr::value(step))
        .filter(accounts::Column::Id.eq(account.id))
        .filter(accounts::Column::SecondStepUsed.is_null().or(accounts::Column::SecondStepUsed.lt(step)))
        .exec(transaction)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Gives an account these recovery codes instead of those that it had.
async fn replace_codes(
    transaction: &DatabaseTransaction,
    account_id: i64,
    codes: &[String],
) -> Result<(), Error> {
    recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::AccountId.eq(account_id))
        .exec(transaction)
        .await?;
    let rows = codes.iter().map(|code| recovery_codes::ActiveModel {
        account_id: Set(account_id),
        code_hash: Set(recovery_hash(account_id, code)),
        ..Default::default()
    });
    recovery_codes::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}

async fn use_recovery_code(
    transaction: &DatabaseTransaction,
    account_id: i64,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let used = recovery_codes::Entity::update_many()
        .col_expr(recovery_codes::Column::UsedAt, Expr::value(now))
        .filter(recovery_codes::Column::AccountId.eq(account_id))
        .filter(recovery_codes::Column::CodeHash.eq(recovery_hash(account_id, code)))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .exec(transaction)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Capitals, blanks and dashes mean nothing in a recovery code.
fn recovery_hash(account_id: i64, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(format!("{account_id} {}", plain.to_ascii_lowercase()).as_bytes())
}

async fn note(
    transaction: &DatabaseTransaction,
    who: &SignedIn,
    action: Action,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let stamp = Stamp::of_account(who.account_id, now);
    stamp.note(transaction, action, audit::Subject::Account, who.account_id).await
}

async fn tell(
    transaction: &DatabaseTransaction,
    who: &SignedIn,
    change: SecondStepChange,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let message = Message::Account(AccountMail::SecondStepChanged { change });
    outbox::add(transaction, &who.viewer.email, who.language, &message, now).await
}

async fn taken(transaction: &DatabaseTransaction, who: &SignedIn, now: DateTime<Utc>) -> Result<(), Error> {
    throttle::forget(transaction, &subject(who)).await?;
    let session = sessions::ActiveModel {
        id: Set(who.session_id),
        second_step_at: Set(Some(now)),
        ..Default::default()
    };
    session.update(transaction).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test values of RFC 6238, appendix B, with six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = TotpSecret::of(*b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.step_of(code, now), Some(seconds / 30), "{seconds}");
            assert_eq!(secret.step_of("000000", now), None);
        }
        assert_eq!(
            TotpSecret::parse(&secret.to_text()).map(|secret| secret.0),
            Some(*b"12345678901234567890")
        );
        let url = secret.to_url("SmartHub Achterhoek", "eva@example.nl");
        assert_eq!(
            url,
            "otpauth://totp/SmartHub%20Achterhoek:eva%40example.nl?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=SmartHub%20Achterhoek"
        );
    }
}
