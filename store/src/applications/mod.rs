//! Applications in the database: sent, answered, moved on, counted, erased.

mod apply;
mod bulk;
pub(crate) mod data;
mod drafts;
mod erase;
mod letters;
mod lists;
mod participants;
mod questions;
mod received;
mod reminders;
mod rows;
mod steps;
mod stored_cv;

pub use apply::{Applied, ApplyRefused, Applying};
pub use bulk::BulkAnswer;
pub use drafts::SavedDraft;
pub use erase::Erased;
pub(crate) use erase::{is_running, of_person};
pub(crate) use letters::{colleagues, recipients, still_answers};
pub use lists::ReceivedVacancy;
pub(crate) use participants::follow_account;
pub use questions::EditableQuestions;
pub use received::{ReceivedApplication, ReceivedColumn};
pub(crate) use rows::{applied, offered};
pub use stored_cv::StoredCv;
