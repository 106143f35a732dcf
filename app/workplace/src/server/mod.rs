//! The server's part of the dashboards: load what they show, and do what their forms ask for.

mod people;
mod received;
mod routes;

pub use routes::routes;
