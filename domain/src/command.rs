//! Commands: what somebody asks the hub to change, and why it was not changed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::field_errors::FieldErrors;

/// A change that somebody asks for, as typed: text and lists of text, so that everything that was sent can be read and
/// nothing that was typed is lost. Whether it makes sense is checked by what runs it.
///
/// A form has a field for each of its fields; a list has the name of its field with `[]` behind it.
pub trait Command: Clone + Default + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The noun that it changes, in kebab case: `colleagues`.
    const NOUN: &'static str;
    /// The verb, unique for the noun, in kebab case: `add`. The button of a form that asks for it has the name `do` and this
    /// value.
    const VERB: &'static str;
    /// What the browser's program gets back.
    type Answer: Serialize + DeserializeOwned + Send;
}

/// The path of the browser's door to a command, as a router has it; `{slug}` follows where its page names a thing.
pub fn door_path(noun: &str, verb: &str) -> String {
    format!("/api/{noun}/{verb}")
}

/// The kind of a command and its answer as bytes. No form of another site can send it.
pub const POSTCARD: &str = "application/vnd.postcard";

/// What a form sends for a box that is ticked; for one that is not, it sends nothing.
pub const TICKED: &str = "yes";

/// Why a command changed nothing, as the browser's program reads it: a closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub enum CommandError {
    /// There is no such thing, or not for this person.
    NotFound,
    /// The person must sign in first.
    SignIn,
    /// The person must take the second step first.
    SecondStep,
    /// The person may see it, but not change it.
    Forbidden,
    /// These fields are wrong.
    Fields(FieldErrors),
    /// It was changed by somebody else in the meantime.
    Conflict,
    /// It was asked too often; it may be asked again then.
    Later(DateTime<Utc>),
    /// The body was not read to its end: too large, too slow, or not what it says.
    Unreadable,
    /// A fault of the hub, with the number of the request.
    Fault(String),
}

/// The answer to a save of what two people can edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub enum SaveAnswer<C> {
    /// It was saved.
    Saved {
        /// The version that it has now.
        version: i64,
    },
    /// Somebody else saved in between, so nothing was: the command as it would be for what is there now, with its version.
    Stale(C),
}

/// Defines a command: its noun and verb, and its fields, which are empty where nothing was sent. The browser's program gets
/// nothing back, unless a type of answer stands behind the arrow.
///
/// ```
/// domain::command! {
///     /// Gives somebody a cup of tea.
///     "tea" "pour" => pub struct PourTea {
///         /// The address of who drinks it.
///         pub email: String,
///         /// What goes into it.
///         pub extras: Vec<String>,
///     }
/// }
/// ```
#[macro_export]
macro_rules! command {
    ($(#[$doc:meta])* $noun:literal $verb:literal => pub struct $name:ident { $($fields:tt)* }) => {
        $crate::command! { $(#[$doc])* $noun $verb => pub struct $name { $($fields)* } -> () }
    };
    ($(#[$doc:meta])* $noun:literal $verb:literal => pub struct $name:ident { $($fields:tt)* } -> $answer:ty) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(default)]
        pub struct $name { $($fields)* }

        impl $crate::Command for $name {
            const NOUN: &'static str = $noun;
            const VERB: &'static str = $verb;
            type Answer = $answer;
        }
    };
}
