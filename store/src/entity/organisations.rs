//! Members and prospects of the hub.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub reference: String,
    #[sea_orm(unique)]
    pub name: String,
    #[sea_orm(unique)]
    pub slug: String,
    pub kind: String,
    pub sector: String,
    pub employees: Option<i32>,
    pub place: String,
    pub website: Option<String>,
    pub contact_name: Option<String>,
    pub email: Option<String>,
    pub kvk_number: Option<String>,
    pub brand_grade: String,
    pub member_since: Option<Date>,
    pub logo: Option<String>,
    pub text_nl: String,
    pub text_de: Option<String>,
    pub text_en: Option<String>,
    pub state: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
