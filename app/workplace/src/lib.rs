//! The two dashboards: that of a member organisation and that of the programme office.

// The type of a page's view holds the types of all that is in it.
#![recursion_limit = "512"]

pub mod answer;
pub mod mail;
pub mod people;
pub mod received;

#[cfg(feature = "ssr")]
pub mod server;
