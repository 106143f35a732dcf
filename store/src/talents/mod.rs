//! Talents in the database: what they tell of themselves, and the vacancies that they keep.

pub(crate) mod data;
mod profile;

pub use profile::StoredProfile;
pub(crate) use profile::{Told, count, names_document};
