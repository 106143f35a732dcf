//! The server's part of a person's own pages: load what they show, and run their commands.

mod accounts;
mod alerts;
mod applications;
mod applied_vacancy;
mod mailbox;
mod my;
mod questions;
mod routes;
mod second_step;
mod sign_in;
mod talents;
mod uploads;

pub use mailbox::MAILBOX;
pub use routes::routes;
