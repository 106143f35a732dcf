//! The languages of pages and of content.

use crate::words::words;

words! {
    /// A language of the interface or of a text.
    Language {
        /// Dutch, the default.
        Dutch = "nl", "nl";
        /// German.
        German = "de", "de";
        /// English.
        English = "en", "en";
    }
}
