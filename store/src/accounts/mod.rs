//! Accounts in the database, and what their owners change of them.

mod account;
mod colleagues;
mod data;
mod erase;
mod history;
mod person;
mod rows;
mod second_step;
mod sessions;
mod sign_in;
mod staff;

pub use colleagues::{Added, PeopleRefused};
pub use data::{AccountData, DeviceData, HistoryData, MailData, MembershipData, MyData, SignInData};
pub use erase::{EraseRefused, Leaving, Unused};
pub use history::{By, Happened};
pub(crate) use person::Person;
pub use second_step::{RECOVERY_CODES, TotpSecret};
pub use sessions::SessionView;
pub use sign_in::{Browser, LetIn, LinkError, PendingSignIn, Refused, SignInRequest, SignInTokens};
