//! What can be wrong with a typed text.

/// What is wrong with a text that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing was typed.
    Missing,
    /// It has more characters than so many.
    TooLong(usize),
    /// It is no e-mail address.
    NoAddress,
}
