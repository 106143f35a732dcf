//! Vacancies that talents keep.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_vacancies")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) vacancy_id: i64,
    pub(crate) note: String,
    pub(crate) saved_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "vacancy_id", to = "id")]
    pub(crate) vacancy: BelongsTo<super::vacancies::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
