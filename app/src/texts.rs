//! Every text of the interface, in three languages: made by the build from `locales/`.
#![expect(clippy::useless_format, reason = "a counted text needs no number when there is one of it")]

use domain::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
