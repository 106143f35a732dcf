//! The server's part of the dashboards: load what they show, and do what their forms ask for.

mod answer;
mod mail;
mod member_access;
mod people;
mod received;
mod received_file;
mod routes;

pub use routes::routes;
