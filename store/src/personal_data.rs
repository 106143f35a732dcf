//! What a table holds of persons, as the noun of the table declares it: its part of the data export, and what erasing somebody
//! does with its rows.

use std::future::Future;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::Error;
use crate::actor::Actor;
use crate::letter_context::LetterContext;
use crate::tokens::Token;

/// A table, and what it holds of persons.
#[derive(Clone, Copy, Debug)]
pub struct TableDeclaration {
    /// The name of the table.
    pub name: &'static str,
    /// What it holds of persons; nothing when it holds nothing of them.
    pub personal: Option<PersonalData>,
}

/// What a table holds of persons.
#[derive(Clone, Copy, Debug)]
pub struct PersonalData {
    export: Export,
    erasing: Erasing,
    /// Columns that the export leaves out of the rows that it tells.
    pub withheld: &'static [ColumnReason],
    /// Columns that still say something of a person who was erased.
    pub kept: &'static [ColumnReason],
}

/// A column that is treated otherwise than its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnReason {
    /// The name of the column.
    pub column: &'static str,
    /// The reason.
    pub reason: &'static str,
}

/// How the rows of a person come into the data export.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Export {
    /// As a part of its own, under this name.
    Part(&'static str, Gather),
    /// Within the part of another table.
    Within(&'static str),
    /// Not at all, for this reason.
    Nothing(&'static str),
}

/// What erasing a person does with the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Erasing {
    /// Removes them, or empties them of the person.
    By(Turn, Erase),
    /// Removes them with the rows of another table.
    With(&'static str),
    /// Leaves them, for this reason.
    Nothing(&'static str),
}

/// The order in which tables are erased: the account is still there before its own turn, and gone after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// Whatever is found by the account, and may still write mail.
    BeforeAccount,
    /// The account.
    Account,
    /// Whatever the others wrote.
    AfterAccount,
}

/// Gathers a part of the data export, as JSON.
pub(crate) type Gather =
    for<'a> fn(&'a DatabaseTransaction, &'a Person<'a>) -> BoxFuture<'a, Result<Box<RawValue>, Error>>;

/// Erases rows; returns the files of CVs that they named.
pub(crate) type Erase =
    for<'a> fn(&'a DatabaseTransaction, &'a Departure<'a>) -> BoxFuture<'a, Result<Vec<String>, Error>>;

/// Whose data is exported, and what else is needed to find it.
pub(crate) struct Person<'a> {
    pub(crate) account_id: i64,
    pub(crate) address: &'a str,
    /// The browser that asks, when it has something that was not sent yet.
    pub(crate) browser: Option<&'a Token>,
    /// Where CVs are given out; the number of the application follows.
    pub(crate) cv_address: &'a str,
}

/// Whose data is erased, by whom and why.
pub(crate) struct Departure<'a> {
    /// The account; who applied without one has none.
    pub(crate) account_id: Option<i64>,
    pub(crate) address: &'a str,
    /// The browser that asks, when it has something that was not sent yet.
    pub(crate) browser: Option<&'a Token>,
    pub(crate) actor: &'a Actor,
    pub(crate) reason: Option<&'static str>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) letter_context: &'a LetterContext,
}

impl TableDeclaration {
    /// A table that holds nothing of persons.
    pub(crate) const fn without_persons(name: &'static str) -> Self {
        Self { name, personal: None }
    }

    /// A table that holds something of persons.
    pub(crate) const fn of_persons(name: &'static str, export: Export, erasing: Erasing) -> Self {
        Self { name, personal: Some(PersonalData { export, erasing, withheld: &[], kept: &[] }) }
    }

    /// The same, with columns that the export leaves out.
    pub(crate) const fn withholding(self, withheld: &'static [ColumnReason]) -> Self {
        match self.personal {
            Some(personal) => Self { personal: Some(PersonalData { withheld, ..personal }), ..self },
            None => self,
        }
    }

    /// The same, with columns that erasing leaves.
    pub(crate) const fn keeping(self, kept: &'static [ColumnReason]) -> Self {
        match self.personal {
            Some(personal) => Self { personal: Some(PersonalData { kept, ..personal }), ..self },
            None => self,
        }
    }
}

impl PersonalData {
    /// The part of the data export in which the rows of a person are; nothing when they are in none.
    pub const fn exported_in(&self) -> Option<&'static str> {
        match self.export {
            Export::Part(part, _) | Export::Within(part) => Some(part),
            Export::Nothing(_) => None,
        }
    }

    /// The reason why the rows are in no part of the data export; nothing when they are in one.
    pub const fn not_exported_because(&self) -> Option<&'static str> {
        match self.export {
            Export::Nothing(reason) => Some(reason),
            Export::Part(..) | Export::Within(_) => None,
        }
    }

    /// The part of the data export that this table makes.
    pub(crate) const fn own_part(&self) -> Option<(&'static str, Gather)> {
        match self.export {
            Export::Part(part, gather) => Some((part, gather)),
            Export::Within(_) | Export::Nothing(_) => None,
        }
    }

    /// The table with whose rows those of this one are erased.
    pub const fn erased_with(&self) -> Option<&'static str> {
        match self.erasing {
            Erasing::With(table) => Some(table),
            Erasing::By(..) | Erasing::Nothing(_) => None,
        }
    }

    /// The reason why erasing leaves the rows; nothing when it doesn't.
    pub const fn left_because(&self) -> Option<&'static str> {
        match self.erasing {
            Erasing::Nothing(reason) => Some(reason),
            Erasing::By(..) | Erasing::With(_) => None,
        }
    }

    /// What erases the rows of this table, and when.
    pub(crate) const fn own_erasing(&self) -> Option<(Turn, Erase)> {
        match self.erasing {
            Erasing::By(turn, erase) => Some((turn, erase)),
            Erasing::With(_) | Erasing::Nothing(_) => None,
        }
    }
}

impl ColumnReason {
    pub(crate) const fn new(column: &'static str, reason: &'static str) -> Self {
        Self { column, reason }
    }
}

/// Brings what was found into the form of the data export.
pub(crate) fn gathered<'a, T: Serialize>(
    found: impl Future<Output = Result<T, Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Box<RawValue>, Error>> {
    found.map(|found| to_json(&found?)).boxed()
}

/// Lets something be erased that names no files.
pub(crate) fn erased<'a>(
    work: impl Future<Output = Result<(), Error>> + Send + 'a,
) -> BoxFuture<'a, Result<Vec<String>, Error>> {
    work.map(|done| done.map(|()| Vec::new())).boxed()
}

/// JSON that a person reads, one level in. A line break within a text is written as `\n`, so that all of them are between lines.
fn to_json(found: &impl Serialize) -> Result<Box<RawValue>, Error> {
    let unwritable = |error: serde_json::Error| Error::Unreadable(error.to_string());
    let text = serde_json::to_string_pretty(found).map_err(unwritable)?;
    RawValue::from_string(text.replace('\n', "\n  ")).map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_if_it_stood_in_the_whole() {
        let part = serde_json::json!({ "note": "one\ntwo", "number": 3 });
        let whole = serde_json::to_string_pretty(&serde_json::json!({ "part": part })).unwrap();
        assert_eq!(format!("{{\n  \"part\": {}\n}}", to_json(&part).unwrap()), whole);
    }
}
