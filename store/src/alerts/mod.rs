//! Alerts in the database: asked for, confirmed, changed, ended. Whose they are is said by an address.

pub(crate) mod data;
mod list;
mod send;
mod tidy;

pub use list::{AlertRefused, WantedAlert};
pub(crate) use list::{change_language, count, follow_account, language_of};
pub use send::{DueAlert, round_at_once};
pub(crate) use tidy::tidy;
