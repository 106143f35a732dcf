//! Applications in the database: sent, answered, moved on, counted, erased.

mod apply;
pub(crate) mod data;
mod drafts;
mod erase;
mod letters;
mod lists;
mod participants;
mod received;
mod reminders;
mod rows;
mod steps;
mod stored_cv;

pub use apply::{Applied, ApplyRefused, Applying};
pub use drafts::SavedDraft;
pub use erase::Erased;
pub(crate) use erase::{erase_drafts, erase_for_talent, forget_colleague, is_running, of_person};
pub(crate) use letters::{recipients, still_answers};
pub use lists::ReceivedVacancy;
pub(crate) use participants::follow_account;
pub use received::ReceivedApplication;
pub(crate) use rows::{applied, offered};
pub use stored_cv::StoredCv;
