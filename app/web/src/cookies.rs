//! The cookies of the hub.

use domain::accounts::{SIGN_IN_LASTS, SessionLife};

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The token of a session.
    Session,
    /// The token of the browser that asked for a mail to sign in.
    SignIn,
    /// The token by which a browser gets back what somebody filled in.
    Draft,
}

impl Cookie {
    /// With the prefix `__Host-` browsers keep a cookie for this host alone, and only where all is encrypted.
    pub(crate) fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::SignIn, true) => "__Host-sign-in",
            (Self::SignIn, false) => "sign-in",
            (Self::Draft, true) => "__Host-draft",
            (Self::Draft, false) => "draft",
        }
    }

    /// Seconds that a browser keeps it; without them, until it is closed: a draft on a shared computer is for one person.
    pub(crate) fn seconds(self) -> Option<i64> {
        match self {
            Self::Session => Some(SessionLife::USUAL.whole.num_seconds()),
            Self::SignIn => Some(SIGN_IN_LASTS.num_seconds()),
            Self::Draft => None,
        }
    }
}
