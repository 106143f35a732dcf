//! The hub's pages, components, server functions and translations.
//!
//! A page is a function of its address: the server loads what it needs and renders it; islands make parts
//! of it answer in the browser. Nothing but the address holds state.

// The type of a page's view holds the types of all that is in it.
#![recursion_limit = "512"]

pub mod about;
pub mod accounts;
pub mod alerts;
pub mod applications;
mod browser;
pub mod error_page;
pub mod events;
pub mod format;
pub mod home;
pub mod labels;
pub mod organisations;
pub mod paths;
mod share;
pub mod shell;
pub mod talents;
pub mod texts;
pub mod ui;
pub mod vacancies;

#[cfg(feature = "ssr")]
pub mod server;
