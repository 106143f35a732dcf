//! Throws away what nobody needs any more: ended sessions, used links, counted tries, mail of long ago.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::{SIGN_IN_LASTS, SessionLife};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::{outbox, sessions, sign_ins};
use crate::{Error, Store, alerts, mail_links, outbox as outbox_rows, throttle};

/// A link that no longer works still says why for so long.
const LINKS_EXPLAINED_FOR: TimeDelta = TimeDelta::days(7);
/// That a mail was sent, or not, can be looked up for so long.
const MAIL_KEPT_FOR: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Throws away what nobody needs any more; returns how many rows went.
    pub async fn tidy(&self, now: DateTime<Utc>) -> Result<u64, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let idle = sessions::Column::SeenAt.lte(now - SessionLife::USUAL.idle);
                let over = sessions::Column::CreatedAt.lte(now - SessionLife::USUAL.whole);
                outbox_rows::forget_given_up(transaction, now).await?;
                let gone = [
                    throttle::forget_old(transaction, now).await?,
                    alerts::tidy(transaction, now).await?,
                    mail_links::tidy(transaction, now).await?,
                    sessions::Entity::delete_many().filter(idle).exec(transaction).await?.rows_affected,
                    sessions::Entity::delete_many().filter(over).exec(transaction).await?.rows_affected,
                    sign_ins::Entity::delete_many()
                        .filter(sign_ins::Column::CreatedAt.lt(now - SIGN_IN_LASTS - LINKS_EXPLAINED_FOR))
                        .exec(transaction)
                        .await?
                        .rows_affected,
                    outbox::Entity::delete_many()
                        .filter(outbox::Column::CreatedAt.lt(now - MAIL_KEPT_FOR))
                        .filter(outbox::Column::DueAt.is_null())
                        .exec(transaction)
                        .await?
                        .rows_affected,
                ];
                Ok(gone.iter().sum())
            })
        });
        write.await
    }
}
