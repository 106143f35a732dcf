//! Mail about accounts and the roles of people.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{MemberRole, StaffRole};
use crate::message::messages;

messages! {
    /// Mail about an account, or about what its owner may do.
    AccountMail, AccountMailKind {
        /// A link and a code to sign in, or to make an account.
        "sign_in" => SignIn {
            /// The token of the link.
            link: String,
            /// Six digits.
            code: String,
        },
        /// A link and a code that confirm another address for an account.
        "confirm_address" => ConfirmAddress {
            /// The token of the link.
            link: String,
            /// Six digits.
            code: String,
        },
        /// To the old address: the account has another one now.
        "address_changed" => AddressChanged {
            /// The new address.
            address: String,
        },
        /// The password was set, changed or removed.
        "password_changed" => PasswordChanged,
        /// To staff: something of the second step of signing in changed.
        "second_step_changed" => SecondStepChanged {
            /// The change.
            change: SecondStepChange,
        },
        /// To the owner of an account without a visit for long: it will go, unless its owner signs in.
        "account_unused" => AccountUnused {
            /// The day on which it goes.
            erased_on: NaiveDate,
        },
        /// To the address of an account that is gone: the last mail that it gets.
        "account_erased" => AccountErased {
            /// Whether it went because nobody came; otherwise its owner wanted it so.
            is_unused: bool,
        },
        /// To a person who may work for an organisation here from now on.
        "colleague_added" => ColleagueAdded {
            /// The colleague who added the person.
            by: String,
            /// The organisation.
            organisation: String,
            /// The person's role in it.
            role: MemberRole,
        },
        /// To a person who may work for the programme office here from now on.
        "staff_added" => StaffAdded {
            /// The colleague who added the person.
            by: String,
            /// The person's role in it.
            role: StaffRole,
        },
    }
}

/// A change of the second step of signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondStepChange {
    /// There are new recovery codes.
    NewCodes,
    /// Another phone gives the codes.
    NewPhone,
    /// It was taken away.
    Reset,
}
