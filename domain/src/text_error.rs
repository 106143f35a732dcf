//! Errors in typed texts.

/// An error in a text that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing was typed.
    Missing,
    /// It has more characters than this.
    TooLong(usize),
    /// It is no e-mail address.
    NoAddress,
}
