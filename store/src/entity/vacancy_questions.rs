//! What an organisation asks of somebody who applies.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancy_questions")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) vacancy_id: i64,
    pub(crate) position: i32,
    pub(crate) question: String,
}

impl ActiveModelBehavior for ActiveModel {}
