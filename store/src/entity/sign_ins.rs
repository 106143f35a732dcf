//! Links and codes by which somebody can sign in, or confirm another address.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_ins")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) email: String,
    /// The account that gets this address; nothing when somebody signs in.
    pub(crate) account_id: Option<i64>,
    pub(crate) language: String,
    /// Where the person wanted to go.
    pub(crate) wanted: String,
    #[sea_orm(unique)]
    pub(crate) link_hash: String,
    /// The code works only in the browser that asked for it.
    #[sea_orm(unique)]
    pub(crate) browser_hash: String,
    pub(crate) code_hash: String,
    pub(crate) code_tries: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
