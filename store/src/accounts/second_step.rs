//! The second step of signing in, which staff need: a code of an app (TOTP, RFC 6238), or a recovery code.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use totp_rs::{Builder, Totp};

use super::Refused;
use crate::access::{SecondStep, SignedIn};
use crate::audit::{self, Action, Stamp};
use crate::entity::{accounts, recovery_codes, sessions};
use crate::secrets::hash;
use crate::tries::{self, Subject};
use crate::{Error, Store};

/// So many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// A secret that a person's app shares with the hub.
#[derive(Clone, PartialEq, Eq)]
pub struct StepSecret([u8; 20]);

impl StepSecret {
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
    /// [`Error::NotFound`] for who is no staff or has a second step already.
    pub async fn begin_second_step(&self, who: &SignedIn, secret: &StepSecret) -> Result<(), Error> {
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

    /// The secret that waits to be confirmed.
    pub async fn find_begun_second_step(&self, who: &SignedIn) -> Result<Option<StepSecret>, Error> {
        let account = accounts::Entity::find_by_id(who.account_id).one(&self.reader).await?;
        let begun = account.filter(|account| account.second_step_since.is_none());
        Ok(begun.and_then(|account| StepSecret::parse(&account.second_step_secret?)))
    }

    /// Sets the second step up for who shows that the app has the secret, and takes it for this session. The recovery
    /// codes are kept only as hashes: show them now.
    pub async fn finish_second_step(
        &self,
        who: &SignedIn,
        code: String,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                if let Err(next) = tries::take(transaction, &[subject(&who)], now).await? {
                    return Ok(Err(Refused::TooOften(next)));
                }
                let account = account_of(transaction, &who).await?;
                if account.second_step_since.is_some()
                    || !is_right_code(transaction, &account, &code, now).await?
                {
                    return Ok(Err(Refused::Wrong));
                }
                let set_up = accounts::ActiveModel {
                    id: Set(account.id),
                    second_step_since: Set(Some(now)),
                    ..Default::default()
                };
                set_up.update(transaction).await?;
                recovery_codes::Entity::delete_many()
                    .filter(recovery_codes::Column::AccountId.eq(account.id))
                    .exec(transaction)
                    .await?;
                let rows = recovery.iter().map(|code| recovery_codes::ActiveModel {
                    account_id: Set(account.id),
                    code_hash: Set(recovery_hash(account.id, code)),
                    ..Default::default()
                });
                recovery_codes::Entity::insert_many(rows).exec_without_returning(transaction).await?;
                note(transaction, &who, Action::SecondStepSetUp, now).await?;
                taken(transaction, &who, now).await.map(Ok)
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
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                if let Err(next) = tries::take(transaction, &[subject(&who)], now).await? {
                    return Ok(Err(Refused::TooOften(next)));
                }
                let account = account_of(transaction, &who).await?;
                if account.second_step_since.is_none() {
                    return Ok(Err(Refused::Wrong));
                }
                if !is_right_code(transaction, &account, &code, now).await? {
                    if !use_recovery_code(transaction, account.id, &code, now).await? {
                        return Ok(Err(Refused::Wrong));
                    }
                    note(transaction, &who, Action::RecoveryCodeUsed, now).await?;
                }
                taken(transaction, &who, now).await.map(Ok)
            })
        });
        write.await
    }
}

fn subject(who: &SignedIn) -> Subject {
    Subject::address("second step", who.account_id.to_string())
}

async fn account_of(transaction: &DatabaseTransaction, who: &SignedIn) -> Result<accounts::Model, Error> {
    accounts::Entity::find_by_id(who.account_id).one(transaction).await?.ok_or(Error::NotFound)
}

/// Whether the app shows this code now. Each code works once, as RFC 6238 asks in section 5.2.
async fn is_right_code(
    transaction: &DatabaseTransaction,
    account: &accounts::Model,
    code: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let secret = account.second_step_secret.as_deref().and_then(StepSecret::parse);
    let Some(step) = secret.and_then(|secret| secret.step_of(code, now)) else { return Ok(false) };
    let used = accounts::Entity::update_many()
        .col_expr(accounts::Column::SecondStepUsed, Expr::value(step))
        .filter(accounts::Column::Id.eq(account.id))
        .filter(accounts::Column::SecondStepUsed.is_null().or(accounts::Column::SecondStepUsed.lt(step)))
        .exec(transaction)
        .await?;
    Ok(used.rows_affected == 1)
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

async fn taken(transaction: &DatabaseTransaction, who: &SignedIn, now: DateTime<Utc>) -> Result<(), Error> {
    tries::forget(transaction, &subject(who)).await?;
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
        let secret = StepSecret::of(*b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.step_of(code, now), Some(seconds / 30), "{seconds}");
            assert_eq!(secret.step_of("000000", now), None);
        }
        assert_eq!(
            StepSecret::parse(&secret.to_text()).map(|secret| secret.0),
            Some(*b"12345678901234567890")
        );
        let url = secret.to_url("SmartHub Achterhoek", "eva@example.nl");
        assert_eq!(
            url,
            "otpauth://totp/SmartHub%20Achterhoek:eva%40example.nl?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=SmartHub%20Achterhoek"
        );
    }
}
