//! Public pages: the search, vacancies, organisations, events, and what the hub says of itself.
//!
//! A page is a function of its address: the server loads what it needs and renders it; islands make parts
//! of it answer in the browser. Nothing but the address holds state.

// The type of a page's view holds the types of all that is in it.
#![recursion_limit = "512"]

pub mod about;
pub mod events;
pub mod home;
pub mod organisations;
mod share;
pub mod vacancies;

#[cfg(feature = "ssr")]
pub mod server;
