//! The server's part of public pages: load what they show, and answer the browser's program.

mod fitting;
mod functions;
mod pages;
mod qr;
mod routes;
mod search;
mod structured;

pub use fitting::fitting;
pub use functions::server_functions;
pub(crate) use functions::{asking_talent, hub_state};
pub use routes::routes;
pub use search::search;
