//! The tables, as SeaORM sees them. They never leave this crate; what leaves it are domain types.
//!
//! Words of a closed list are stored as their `code`, lists as JSON text, money in cents.

pub(crate) mod accounts;
pub(crate) mod alert_vacancies;
pub(crate) mod alerts;
pub(crate) mod application_drafts;
pub(crate) mod application_entries;
pub(crate) mod application_figures;
pub(crate) mod applications;
pub(crate) mod audit_record;
pub(crate) mod changes;
pub(crate) mod events;
pub(crate) mod inquiries;
pub(crate) mod jobs;
pub(crate) mod mail_links;
pub(crate) mod memberships;
pub(crate) mod organisations;
pub(crate) mod outbox;
pub(crate) mod recovery_codes;
pub(crate) mod revision;
pub(crate) mod saved_vacancies;
pub(crate) mod saved_views;
pub(crate) mod sessions;
pub(crate) mod sign_ins;
pub(crate) mod talent_profiles;
pub(crate) mod throttles;
pub(crate) mod vacancies;
pub(crate) mod vacancy_changes;
pub(crate) mod vacancy_questions;
