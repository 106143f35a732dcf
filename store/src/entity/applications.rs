//! Answers of talents to vacancies.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "applications")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) vacancy_id: i64,
    /// The organisation that received it; nothing before it was sent.
    pub(crate) organisation_id: Option<i64>,
    /// Whose it is, when there is an account.
    pub(crate) account_id: Option<i64>,
    pub(crate) name: String,
    /// The name as it was sent, folded for search and order.
    pub(crate) folded_name: String,
    pub(crate) email: String,
    /// Of the talent.
    pub(crate) language: String,
    pub(crate) motivation: String,
    /// Questions and answers, as a JSON list.
    pub(crate) answers: String,
    /// The name of the file in the documents.
    pub(crate) cv_document: Option<String>,
    pub(crate) cv_name: Option<String>,
    pub(crate) cv_bytes: Option<i64>,
    /// The text by which the talent consented to a year.
    pub(crate) consent_version: Option<String>,
    pub(crate) consented_at: Option<DateTimeUtc>,
    pub(crate) state: String,
    pub(crate) state_since: DateTimeUtc,
    pub(crate) placed_from: Option<Date>,
    /// How often the organisation was reminded.
    pub(crate) reminders: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) submitted_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "vacancy_id", to = "id")]
    pub(crate) vacancy: BelongsTo<super::vacancies::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
