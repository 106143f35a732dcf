//! The hub's pages, components, server functions and translations.

pub mod paths;
pub mod ui;
