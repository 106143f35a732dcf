//! Vacancies in the database.

mod closing;
mod contents;
pub(crate) mod data;
mod edits;
mod follow;
mod import;
mod rows;
mod waiting;

pub(crate) use follow::follow;
pub use rows::EditableVacancy;
pub(crate) use rows::{end, ends_on, is_public, visibility};
pub use waiting::WaitingChange;
