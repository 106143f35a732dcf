//! Profiles of talents.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "talent_profiles")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    #[sea_orm(unique)]
    pub(crate) account_id: i64,
    pub(crate) programme: String,
    pub(crate) institution: String,
    pub(crate) level: Option<String>,
    /// A JSON list.
    pub(crate) study_fields: String,
    /// A JSON list.
    pub(crate) skills: String,
    pub(crate) home_place: String,
    pub(crate) roots: String,
    /// The codes of the kinds, as a JSON list.
    pub(crate) kinds: String,
    pub(crate) available_from: Option<Date>,
    pub(crate) available_until: Option<Date>,
    pub(crate) hours: Option<i32>,
    /// The codes of the languages, as a JSON list.
    pub(crate) languages: String,
    pub(crate) about: String,
    pub(crate) cv_document: Option<String>,
    pub(crate) cv_name: Option<String>,
    pub(crate) cv_bytes: Option<i64>,
    /// Whether vacancies are marked that fit.
    pub(crate) shows_fits: bool,
    pub(crate) updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
