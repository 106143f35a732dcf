//! Events in the database.

mod edits;
mod rows;
