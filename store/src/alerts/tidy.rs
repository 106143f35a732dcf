//! What goes of alerts by itself.

use chrono::{DateTime, TimeDelta, Utc};
use domain::alerts::{ALERT_LINK_LASTS, CONFIRMED_WITHIN};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::send::TOLD_IS_KEPT;
use crate::entity::{alert_links, alert_vacancies, alerts};
use crate::error::Error;

/// How long a link still says that nothing comes any more; then the address goes too.
const LINKS_OF_NOTHING_KEPT_FOR: TimeDelta = TimeDelta::days(1);

/// Throws away what nobody confirmed, links of long ago or to nothing, and what was told long ago; returns how many rows went.
pub(crate) async fn tidy(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let unconfirmed = alerts::Entity::delete_many()
        .filter(alerts::Column::ConfirmedAt.is_null())
        .filter(alerts::Column::CreatedAt.lt(now - CONFIRMED_WITHIN));
    let of_nothing = Condition::all()
        .add(alert_links::Column::CreatedAt.lt(now - LINKS_OF_NOTHING_KEPT_FOR))
        .add(alert_links::Column::Email.not_in_subquery(
            alerts::Entity::find().select_only().column(alerts::Column::Email).into_query(),
        ));
    let old = alert_links::Column::CreatedAt.lt(now - ALERT_LINK_LASTS);
    let links = alert_links::Entity::delete_many().filter(Condition::any().add(old).add(of_nothing));
    let told =
        alert_vacancies::Entity::delete_many().filter(alert_vacancies::Column::ToldAt.lt(now - TOLD_IS_KEPT));
    Ok(unconfirmed.exec(transaction).await?.rows_affected
        + links.exec(transaction).await?.rows_affected
        + told.exec(transaction).await?.rows_affected)
}
