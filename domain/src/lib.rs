//! The vocabulary of a talent hub: typed words and the rules that need no input or output.
//!
//! Nothing here knows a database, a page, a clock or chance. The same code runs on the server and in
//! the browser, so that both give the same answer.

pub mod accounts;
pub mod alerts;
pub mod applications;
mod check;
pub mod command;
pub mod events;
pub mod field_errors;
pub mod follow_ups;
pub mod form;
pub mod hub;
pub mod initiator;
pub mod language;
pub mod list;
pub mod mail;
pub mod merge;
mod message;
pub mod moment;
pub mod organisations;
pub mod region;
pub mod sheet;
pub mod stages;
pub mod talents;
pub mod text;
pub mod vacancies;
mod words;

pub use command::{Command, CommandError};
pub use field_errors::{FieldError, FieldErrors};
pub use language::Language;
pub use moment::Moment;
