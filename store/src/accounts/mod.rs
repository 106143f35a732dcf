//! Accounts in the database, and what their owners change of them.

mod account;
mod colleagues;
pub(crate) mod data;
mod erase;
mod history;
mod rows;
mod second_step;
mod sessions;
mod sign_in;
mod staff;

pub use colleagues::{Added, PeopleRefused};
pub use erase::{EraseRefused, Leaving, Unused};
pub use history::Happened;
pub use second_step::{RECOVERY_CODES, TotpSecret};
pub use sessions::SessionView;
pub use sign_in::{Browser, LetIn, LinkError, PendingSignIn, Refused, SignInRequest, SignInTokens};
