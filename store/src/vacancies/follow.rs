//! What follows when visitors see other vacancies than before.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Moment;
use domain::vacancies::VacancyState;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::rows::is_public_on;
use crate::Error;
use crate::entity::vacancies::{Column, Entity};
use crate::entity::{applications, inquiries};

/// Notes which vacancies became public, which ended, and which go on again.
pub(crate) async fn follow(transaction: &DatabaseTransaction, moment: Moment) -> Result<(), Error> {
    note_endings(transaction, moment.today).await?;
    hand_over_applications(transaction, moment.now).await?;
    note_first_days(transaction, moment.today).await?;
    note_publications(transaction, moment).await
}

/// Notes the first day of vacancies that became public without one, because their organisation did.
async fn note_first_days(transaction: &DatabaseTransaction, today: NaiveDate) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::PublishedOn, Expr::value(today))
        .filter(Column::PublishedOn.is_null())
        .filter(is_public_on(today))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Notes which vacancies ended before their closing day, and which go on again: of those it is asked anew what became of them.
async fn note_endings(transaction: &DatabaseTransaction, today: NaiveDate) -> Result<(), Error> {
    let ended = [VacancyState::Filled.code(), VacancyState::Expired.code()];
    Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(today))
        .filter(Column::State.is_in(ended))
        .filter(Column::EndedOn.is_null())
        .filter(Column::ClosesOn.gt(today))
        .exec(transaction)
        .await?;
    Entity::update_many()
        .col_expr(Column::EndedOn, Expr::value(None::<NaiveDate>))
        .filter(Column::State.is_not_in(ended))
        .filter(Column::EndedOn.is_not_null())
        .exec(transaction)
        .await?;
    let open = Entity::find().select_only().column(Column::Id).filter(is_public_on(today));
    inquiries::Entity::delete_many()
        .filter(inquiries::Column::VacancyId.in_subquery(open.into_query()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Gives what was received for vacancies that changed at a moment to the organisations that offer them from then on.
async fn hand_over_applications(transaction: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), Error> {
    let offered_by = Entity::find()
        .select_only()
        .column(Column::OrganisationId)
        .filter(
            Expr::col((Entity, Column::Id)).equals((applications::Entity, applications::Column::VacancyId)),
        )
        .into_query();
    let changed =
        Entity::find().select_only().column(Column::Id).filter(Column::UpdatedAt.eq(at)).into_query();
    let receiver = (applications::Entity, applications::Column::OrganisationId);
    applications::Entity::update_many()
        .col_expr(
            applications::Column::OrganisationId,
            SimpleExpr::SubQuery(None, Box::new(offered_by.into())),
        )
        .filter(applications::Column::VacancyId.in_subquery(changed))
        .filter(Expr::col(receiver).is_not_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Records when vacancies became public that were not before: from then on they were public once.
async fn note_publications(
    transaction: &DatabaseTransaction,
    Moment { now, today }: Moment,
) -> Result<(), Error> {
    // What closed before anybody could see it was not public, unless the programme office knows the day on which it was.
    let was_public_before = Column::PublishedOn.lte(today);
    Entity::update_many()
        .col_expr(Column::PublishedAt, Expr::value(now))
        .filter(Column::PublishedAt.is_null())
        .filter(Condition::any().add(is_public_on(today)).add(was_public_before))
        .exec(transaction)
        .await?;
    Ok(())
}
