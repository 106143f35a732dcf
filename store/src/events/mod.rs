//! Events in the database.

pub(crate) mod data;
mod edits;
mod rows;
