//! The server's part of a person's own pages: load what they show, and do what their forms ask for.

mod accounts;
mod alerts;
mod applications;
mod applied_vacancy;
mod error_texts;
mod mailbox;
mod routes;
mod talents;
mod uploads;

pub use mailbox::MAILBOX;
pub use routes::routes;
