//! The commands of signing in and of one's account.

use domain::command;
use serde::{Deserialize, Serialize};

command! {
    /// Asks for a mail to sign in, or tries a password.
    "sign-in" "ask" => pub struct AskSignIn {
        /// The address.
        pub email: String,
        /// The password, for who tries one.
        pub password: String,
        /// The path to which the person wants to go.
        #[serde(rename = "naar")]
        pub wanted: String,
        /// The button: `link` or `password`; empty when Enter was pressed in a field.
        #[serde(rename = "do")]
        pub button: String,
    }
}

command! {
    /// Signs in by the code of a mail, in the browser that asked for it.
    "sign-in" "enter-code" => pub struct EnterCode {
        /// The code.
        pub code: String,
    }
}

command! {
    /// Signs in by the link of a mail, which the address holds.
    "sign-in" "press-link" => pub struct PressLink {}
}

command! {
    /// Takes the second step, or finishes setting it up.
    "second-step" "take" => pub struct TakeSecondStep {
        /// The code of the app, or a recovery code.
        pub code: String,
    }
}

command! {
    /// Signs out in this browser.
    "account" "sign-out" => pub struct SignOut {}
}

command! {
    /// Changes the name, and the language of the mail.
    "account" "person" => pub struct ChangePerson {
        /// The name.
        pub name: String,
        /// The code of the language.
        pub language: String,
    }
}

command! {
    /// Asks for a mail to another address, which takes the place of the one that is known.
    "account" "address" => pub struct ChangeAddress {
        /// The other address.
        pub email: String,
    }
}

command! {
    /// Sets or changes the password.
    "account" "password" => pub struct ChangePassword {
        /// The password.
        pub password: String,
    }
}

command! {
    /// Makes other recovery codes; those before are good no longer.
    "account" "recovery-codes" => pub struct RenewRecoveryCodes {}
}

command! {
    /// Begins to set up another phone for the second step.
    "account" "other-phone" => pub struct ChangePhone {
        /// A code of the phone before, or a recovery code.
        pub code: String,
    }
}

command! {
    /// Ends the session of another browser.
    "account" "end" => pub struct EndSession {
        /// The number of the session.
        pub session: String,
    }
}

command! {
    /// Signs out in every browser.
    "account" "everywhere" => pub struct SignOutEverywhere {}
}

command! {
    /// Erases one's account.
    "account" "erase" => pub struct EraseAccount {
        /// The address of the account, typed to confirm it.
        pub email: String,
    }
}

/// The result of a change of one's account, as its page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountFlash {
    /// Name and language were changed.
    Person,
    /// The address was changed.
    Address,
    /// The password was set or changed.
    Password,
    /// Another browser was signed out.
    Device,
}
