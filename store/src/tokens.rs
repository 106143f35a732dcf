//! Secrets that a person holds: the database keeps only what it needs to recognise them.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// 32 bytes of chance that only their holder knows: a session, a link in a mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of bytes that nobody can guess.
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a token as cookies and addresses carry it.
    pub fn parse(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The token as cookies and addresses carry it: 43 letters, digits, `-` and `_`.
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What the database keeps of it. Nobody guesses 32 bytes, so one quick hash is enough.
    pub(crate) fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// Six digits that somebody copies from a mail to another device.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code of bytes that nobody can guess.
    pub fn of(bytes: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000))
    }

    /// Reads a code as somebody typed it: blanks and dashes mean nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
        (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Self(digits))
    }

    /// The six digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it, for one holder: equal codes of others look different.
    pub(crate) fn hash(&self, holder: &str) -> String {
        hash(format!("{holder} {}", self.0).as_bytes())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(…)")
    }
}

/// Hashes of what the database must only recognise.
pub(crate) fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let token = Token::of(std::array::from_fn(|at| at as u8 * 7));
        assert_eq!(Token::parse(&token.to_text()), Some(token.clone()));
        for bad in ["", "short", "ö", &"A".repeat(44), &"=".repeat(43)] {
            assert_eq!(Token::parse(bad), None, "{bad}");
        }
        assert_eq!(format!("{token:?}"), "Secret(…)");
    }

    #[test]
    fn a_code_has_six_digits_however_it_is_typed() {
        let code = Code::of(42u64.to_le_bytes());
        assert_eq!(code.digits(), "000042");
        assert_eq!(Code::parse(" 000 042 "), Some(code.clone()));
        assert_eq!(Code::parse("000-042"), Some(code.clone()));
        assert_ne!(code.hash("one"), code.hash("other"));
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(Code::parse(bad), None, "{bad}");
        }
    }
}
