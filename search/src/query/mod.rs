//! What was typed, and which documents it matches.

mod matching;
mod typed;
mod typos;

pub(crate) use matching::{Before, Matched};
pub(crate) use typed::Query;
