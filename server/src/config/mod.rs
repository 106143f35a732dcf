//! What an operator can set: `hub.toml`, the environment and flags, as one typed value.

mod check;
mod read;
mod settings;

pub use check::hub_problems;
pub use read::{Flags, add_news, inspect, load};
pub use settings::{Config, DocumentPlace, Limits, Log, LogFormat, Mail, Search, StorageKey};
