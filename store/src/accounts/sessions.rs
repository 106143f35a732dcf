//! Sessions: the browsers in which somebody is signed in.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::SessionLife;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::rows;
use crate::access::SignedIn;
use crate::audit::{Action, Stamp, Subject};
use crate::entity::{accounts, sessions};
use crate::tokens::Token;
use crate::{Error, Store};

/// A visit is written down when the last one that was is so long ago: not every page is a write.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(10);

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// Its number.
    pub id: i64,
    /// The name of the browser and its system.
    pub device: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// The last visit, to ten minutes.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Begins a session.
pub(super) async fn begin(
    transaction: &DatabaseTransaction,
    account: accounts::Model,
    token: &Token,
    device: String,
    now: DateTime<Utc>,
) -> Result<SignedIn, Error> {
    let row = sessions::ActiveModel {
        secret_hash: Set(token.hash()),
        account_id: Set(account.id),
        device: Set(device),
        created_at: Set(now),
        seen_at: Set(now),
        ..Default::default()
    };
    let session = sessions::Entity::insert(row).exec_with_returning(transaction).await?;
    note_visit(transaction, &session, now).await?;
    rows::signed_in(transaction, &session, account).await
}

async fn note_visit(
    transaction: &DatabaseTransaction,
    session: &sessions::Model,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let seen = sessions::ActiveModel { id: Set(session.id), seen_at: Set(now), ..Default::default() };
    seen.update(transaction).await?;
    // Somebody who was warned that the account will go, and comes back, keeps it.
    let account = accounts::ActiveModel {
        id: Set(session.account_id),
        seen_at: Set(now),
        warned_on: Set(None),
        ..Default::default()
    };
    account.update(transaction).await?;
    Ok(())
}

/// Ends all sessions of an account but this one.
pub(super) async fn end_others(transaction: &DatabaseTransaction, who: &SignedIn) -> Result<(), Error> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::AccountId.eq(who.account_id))
        .filter(sessions::Column::Id.ne(who.session_id))
        .exec(transaction)
        .await?;
    Ok(())
}

fn has_ended(session: &sessions::Model, is_staff: bool, now: DateTime<Utc>) -> bool {
    let life = if is_staff { SessionLife::STAFF } else { SessionLife::USUAL };
    now - session.seen_at >= life.idle || now - session.created_at >= life.whole
}

impl Store {
    /// The person of a session; nobody when it has ended.
    pub async fn find_signed_in(&self, token: &Token, now: DateTime<Utc>) -> Result<Option<SignedIn>, Error> {
        let of_secret = sessions::Entity::find().filter(sessions::Column::SecretHash.eq(token.hash()));
        let Some(session) = of_secret.one(&self.reader).await? else { return Ok(None) };
        let account = accounts::Entity::find_by_id(session.account_id).one(&self.reader).await?;
        let Some(account) = account.filter(|account| !has_ended(&session, account.staff_role.is_some(), now))
        else {
            return Ok(None);
        };
        let signed_in = rows::signed_in(&self.reader, &session, account).await?;
        if now - session.seen_at >= NOTED_EVERY {
            let write = self.writer.write(move |transaction| {
                Box::pin(async move { note_visit(transaction, &session, now).await })
            });
            write.await?;
        }
        Ok(Some(signed_in))
    }

    /// The sessions of somebody who is signed in, the last used first.
    pub async fn list_sessions(&self, who: &SignedIn) -> Result<Vec<SessionView>, Error> {
        let rows = sessions::Entity::find()
            .filter(sessions::Column::AccountId.eq(who.account_id))
            .order_by_desc(sessions::Column::SeenAt)
            .order_by_desc(sessions::Column::Id)
            .all(&self.reader)
            .await?;
        let view = |row: sessions::Model| SessionView {
            id: row.id,
            is_this: row.id == who.session_id,
            device: row.device,
            created_at: row.created_at,
            seen_at: row.seen_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends this session.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), Error> {
        let session_id = who.session_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                sessions::Entity::delete_by_id(session_id).exec(transaction).await?;
                Ok(())
            })
        });
        write.await
    }

    /// Ends a session of somebody who is signed in; another's is left alone.
    pub async fn end_session(&self, who: &SignedIn, id: i64, now: DateTime<Utc>) -> Result<(), Error> {
        let account_id = who.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let ended = sessions::Entity::delete_many()
                    .filter(sessions::Column::AccountId.eq(account_id))
                    .filter(sessions::Column::Id.eq(id))
                    .exec(transaction)
                    .await?;
                if ended.rows_affected == 0 {
                    return Ok(());
                }
                let stamp = Stamp::of_account(account_id, now);
                stamp.note(transaction, Action::DeviceSignedOut, Subject::Account, account_id).await
            })
        });
        write.await
    }

    /// Ends every session of somebody who is signed in, this one too.
    pub async fn sign_out_everywhere(&self, who: &SignedIn, now: DateTime<Utc>) -> Result<(), Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                end_others(transaction, &who).await?;
                sessions::Entity::delete_by_id(who.session_id).exec(transaction).await?;
                let stamp = Stamp::of_account(who.account_id, now);
                stamp.note(transaction, Action::SignedOutEverywhere, Subject::Account, who.account_id).await
            })
        });
        write.await
    }
}
