//! A person's own pages: signing in, the account, the profile, saved vacancies, alerts, applying and applications.

// The type of a page's view holds the types of all that is in it.
#![recursion_limit = "512"]

pub mod accounts;
pub mod alerts;
pub mod applications;
pub mod talents;

#[cfg(feature = "ssr")]
pub mod server;
