//! Places that members offer.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vacancies")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub reference: String,
    pub title: String,
    pub organisation_id: i64,
    pub kind: String,
    /// The codes of the levels, as a JSON list.
    pub levels: String,
    /// A JSON list.
    pub study_fields: String,
    /// A JSON list.
    pub skills: String,
    pub place: String,
    pub hours_per_week: Option<i32>,
    pub weeks: Option<i32>,
    pub starts_on: Option<Date>,
    pub closes_on: Date,
    /// When it was filled or given up before its closing day.
    pub ended_on: Option<Date>,
    pub pay_from_cents: Option<i64>,
    pub pay_to_cents: Option<i64>,
    pub travel_allowance: String,
    pub language: String,
    pub is_cross_border: bool,
    pub remote: String,
    pub seats: i32,
    pub state: String,
    pub published_on: Option<Date>,
    /// When it became public for the first time.
    pub published_at: Option<DateTimeUtc>,
    /// The day on which it is to be published.
    pub scheduled_for: Option<Date>,
    /// The closing day that its organisation was told of.
    pub closing_told_for: Option<Date>,
    /// What the programme office asked to change.
    pub return_reason: Option<String>,
    pub text: String,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<super::organisations::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
