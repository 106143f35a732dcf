//! Those who do something: the owner of an account, the holder of a link, an operator, an import, the hub itself.

use std::fmt;

/// A kind of [`Actor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// The owner of an account.
    Account,
    /// The holder of a link in a mail, without an account.
    Link,
    /// An operator on the command line.
    CommandLine,
    /// The hub by itself.
    Hub,
    /// An import of a file.
    Import,
}

impl ActorKind {
    const ALL: [Self; 5] = [Self::Account, Self::Link, Self::CommandLine, Self::Hub, Self::Import];

    /// The word that the database keeps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Link => "link",
            Self::CommandLine => "command_line",
            Self::Hub => "hub",
            Self::Import => "import",
        }
    }

    /// The kind that the database calls `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Somebody or something that acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Its kind.
    pub kind: ActorKind,
    /// The number of the account, of an actor that has one. It names nobody once the account is gone.
    pub account_id: Option<i64>,
    /// The name that others read; empty where the kind and the number say enough.
    pub label: String,
}

impl Actor {
    /// The owner of an account, named by the number alone.
    pub fn account(account_id: i64) -> Self {
        Self { kind: ActorKind::Account, account_id: Some(account_id), label: String::new() }
    }

    /// A person with a name that others read: the owner of an account, or the holder of a link.
    pub(crate) fn person(account_id: Option<i64>, label: String) -> Self {
        let kind = if account_id.is_some() { ActorKind::Account } else { ActorKind::Link };
        Self { kind, account_id, label }
    }

    /// An import of a file, by the name of the file.
    pub fn import(file: impl Into<String>) -> Self {
        Self { kind: ActorKind::Import, account_id: None, label: file.into() }
    }

    /// An operator on the command line.
    pub fn command_line() -> Self {
        Self { kind: ActorKind::CommandLine, account_id: None, label: String::new() }
    }

    /// The hub by itself.
    pub fn hub() -> Self {
        Self { kind: ActorKind::Hub, account_id: None, label: String::new() }
    }
}

/// The kind, and the number or the label: `account 12`, `import vacatures.csv`, `hub`.
impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.kind.code())?;
        match self.account_id {
            Some(id) => write!(out, " {id}"),
            None if self.label.is_empty() => Ok(()),
            None => write!(out, " {}", self.label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_actor_has_a_code_of_its_own() {
        for kind in ActorKind::ALL {
            assert_eq!(ActorKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(ActorKind::from_code("talent"), None);
    }

    #[test]
    fn the_owner_of_an_account_is_written_by_number_whatever_the_name() {
        assert_eq!(Actor::person(Some(12), "Jan".into()).to_string(), "account 12");
        assert_eq!(Actor::import("vacatures.csv").to_string(), "import vacatures.csv");
        assert_eq!(Actor::hub().to_string(), "hub");
    }
}
