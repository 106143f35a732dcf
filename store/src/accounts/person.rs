//! The person whose data is gathered.

use crate::tokens::Token;

/// Whose data it is, and what else is needed to find it.
pub(crate) struct Person<'a> {
    pub(crate) account_id: i64,
    pub(crate) address: &'a str,
    /// The browser that asks, when it has something that was not sent yet.
    pub(crate) browser: Option<&'a Token>,
    /// Where CVs are given out; the number of the application follows.
    pub(crate) cv_address: &'a str,
}
