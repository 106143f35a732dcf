//! What the hub writes to people: each kind of mail with what it must say.
//!
//! A mail waits in the database as one of these; it becomes text when it is sent.

use serde::{Deserialize, Serialize};

/// A mail that is to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// A link and a code to sign in, or to make an account.
    SignIn {
        /// The secret of the link.
        link: String,
        /// Six digits.
        code: String,
    },
    /// A link and a code that confirm another address for an account.
    ConfirmAddress {
        /// The secret of the link.
        link: String,
        /// Six digits.
        code: String,
    },
    /// To the old address: the account has another one now.
    AddressChanged {
        /// The new address.
        address: String,
    },
    /// The password was set, changed or removed.
    PasswordChanged,
}

impl Message {
    /// The word by which lists and the database call the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordChanged => "password_changed",
        }
    }
}
