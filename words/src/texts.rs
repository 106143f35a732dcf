//! Every text of the interface, in three languages: made by the build from `locales/`.
#![expect(
    clippy::match_same_arms,
    clippy::if_same_then_else,
    reason = "languages share words, and numbers share forms"
)]

use domain::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
