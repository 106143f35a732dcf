//! Which vacancies an alert told of lately, that none comes twice.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alert_vacancies")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) alert_id: i64,
    pub(crate) vacancy_id: i64,
    pub(crate) told_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
