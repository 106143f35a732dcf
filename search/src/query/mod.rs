//! Typed queries and the documents that they match.

mod matching;
mod typed;
mod typos;

pub(crate) use matching::{Before, Matched};
pub(crate) use typed::Query;
