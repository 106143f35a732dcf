//! The words of the hub: what pages, mails and files say alike, in three languages, and the addresses of pages.

pub mod field_errors;
pub mod format;
pub mod labels;
#[cfg(feature = "live")]
mod live;
pub mod paths;
pub mod texts;
