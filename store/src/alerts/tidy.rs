//! What goes of alerts by itself.

use chrono::{DateTime, Utc};
use domain::alerts::CONFIRMED_WITHIN;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::send::TOLD_IS_KEPT;
use crate::entity::{alert_vacancies, alerts};
use crate::error::Error;

/// Throws away what nobody confirmed, and what was told long ago; returns how many rows went.
pub(crate) async fn tidy(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let unconfirmed = alerts::Entity::delete_many()
        .filter(alerts::Column::ConfirmedAt.is_null())
        .filter(alerts::Column::CreatedAt.lt(now - CONFIRMED_WITHIN));
    let told =
        alert_vacancies::Entity::delete_many().filter(alert_vacancies::Column::ToldAt.lt(now - TOLD_IS_KEPT));
    Ok(unconfirmed.exec(transaction).await?.rows_affected + told.exec(transaction).await?.rows_affected)
}
