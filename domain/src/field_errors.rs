//! Errors in the fields of what somebody typed: one type for every form, file and command of the house.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An error in one field. It says what is wrong and holds what a text about it needs; the words are the page's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldError {
    /// The field is empty and may not be.
    Missing,
    /// The text is too long.
    TooLong {
        /// The greatest number of characters.
        longest: usize,
    },
    /// The text is too short.
    TooShort {
        /// The smallest number of characters.
        shortest: usize,
    },
    /// The list has too many items.
    TooMany {
        /// The greatest number of items.
        most: usize,
    },
    /// The text has control characters.
    NoPlainText,
    /// The text is no e-mail address.
    NoEmail,
    /// The text is no web address that starts with `https://` or `http://`.
    NoWebAddress,
    /// The text is no number of the Dutch trade register.
    NoKvkNumber,
    /// The text is no plain name of a picture file.
    NoPictureFile,
    /// The text is no whole number within the bounds.
    NoNumber {
        /// The smallest number.
        least: i64,
        /// The greatest number.
        most: i64,
    },
    /// The text is no amount of money or range of amounts, or a negative one.
    NoAmount,
    /// The text is no day that exists.
    NoDate,
    /// The text is no day and time that exist.
    NoDateTime,
    /// The text is neither yes nor no.
    NoYesOrNo,
    /// The day is too early.
    DateBefore {
        /// The first day that is right.
        #[serde(with = "crate::text::day")]
        earliest: NaiveDate,
    },
    /// The day is too late.
    DateAfter {
        /// The last day that is right.
        #[serde(with = "crate::text::day")]
        latest: NaiveDate,
    },
    /// It ends before it begins, or as it begins.
    EndsBeforeStart,
    /// It lasts too long.
    LastsTooLong {
        /// The greatest number of days.
        days: u16,
    },
    /// The value is none of those that can be chosen.
    UnknownChoice,
    /// The region has no place of that name.
    UnknownPlace {
        /// The name that is spelled most like it, when one is near.
        nearest: Option<String>,
    },
    /// The place lies in another municipality.
    OtherMunicipality {
        /// The one in which it lies.
        municipality: String,
    },
    /// Something else has this value, which must be unique.
    Taken,
    /// It is what it was before, and must be another.
    Unchanged,
    /// It is not the one that is known: a password, a code.
    Wrong,
    /// A password that is too easy to guess.
    TooCommon,
    /// It is the last one, and one must stay.
    LastOne,
    /// The file has more bytes than it may have.
    FileTooLarge {
        /// The greatest number of bytes.
        most: usize,
    },
    /// The file is no PDF.
    NoPdf,
    /// The PDF is protected by a password.
    PdfLocked,
    /// The PDF holds a program or another file.
    PdfActive,
}

/// The errors of a form: every bad field at once, by its name.
///
/// A field has one error at most, the first that was found. An item of a list has a name of its own: `skills[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(BTreeMap<String, FieldError>);

impl FieldErrors {
    /// Errors with this one alone.
    pub fn of(field: &str, error: FieldError) -> Self {
        Self(BTreeMap::from([(field.to_owned(), error)]))
    }

    /// Adds an error; the first one of a field stays.
    pub fn insert(&mut self, field: impl Into<String>, error: FieldError) {
        self.0.entry(field.into()).or_insert(error);
    }

    /// Adds an error of an item of a list, counted from 0.
    pub fn insert_item(&mut self, field: &str, position: usize, error: FieldError) {
        self.insert(item_name(field, position), error);
    }

    /// The error of a field.
    pub fn get(&self, field: &str) -> Option<&FieldError> {
        self.0.get(field)
    }

    /// The error of an item of a list, counted from 0.
    pub fn get_item(&self, field: &str, position: usize) -> Option<&FieldError> {
        self.get(&item_name(field, position))
    }

    /// The errors of a list: its own first, then those of its items in their order.
    pub fn get_list(&self, field: &str) -> impl Iterator<Item = (Option<usize>, &FieldError)> {
        let mut found: Vec<_> = self
            .iter()
            .filter_map(|(name, error)| {
                let position = match name.strip_prefix(field)? {
                    "" => None,
                    rest => Some(rest.strip_prefix('[')?.strip_suffix(']')?.parse().ok()?),
                };
                Some((position, error))
            })
            .collect();
        found.sort_by_key(|(position, _)| *position);
        found.into_iter()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of fields and items that are wrong.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each wrong field or item with its error, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FieldError)> {
        self.0.iter().map(|(field, error)| (field.as_str(), error))
    }

    /// The value when nothing is wrong, and the errors otherwise.
    ///
    /// # Errors
    /// All that were gathered.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl Extend<(String, FieldError)> for FieldErrors {
    fn extend<I: IntoIterator<Item = (String, FieldError)>>(&mut self, errors: I) {
        for (field, error) in errors {
            self.insert(field, error);
        }
    }
}

impl FromIterator<(String, FieldError)> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = (String, FieldError)>>(errors: I) -> Self {
        let mut gathered = Self::default();
        gathered.extend(errors);
        gathered
    }
}

impl IntoIterator for FieldErrors {
    type Item = (String, FieldError);
    type IntoIter = std::collections::btree_map::IntoIter<String, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The name of an item of a list, counted from 0: `skills[2]`.
pub fn item_name(field: &str, position: usize) -> String {
    format!("{field}[{position}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors() -> FieldErrors {
        let mut errors = FieldErrors::default();
        errors.insert("title", FieldError::Missing);
        errors.insert_item("skills", 10, FieldError::TooLong { longest: 80 });
        errors.insert_item("skills", 2, FieldError::NoPlainText);
        errors.insert("skills", FieldError::TooMany { most: 10 });
        errors
    }

    #[test]
    fn a_field_keeps_the_first_error_that_was_found() {
        let mut errors = errors();
        errors.insert("title", FieldError::TooLong { longest: 160 });
        assert_eq!((errors.get("title"), errors.len()), (Some(&FieldError::Missing), 4));
        assert_eq!(errors.get("text"), None);
    }

    #[test]
    fn an_item_of_a_list_has_an_error_of_its_own() {
        let errors = errors();
        assert_eq!(errors.get_item("skills", 2), Some(&FieldError::NoPlainText));
        assert_eq!(errors.get("skills[2]"), errors.get_item("skills", 2));
        assert_eq!(errors.get_item("skills", 3), None);
    }

    #[test]
    fn the_errors_of_a_list_stand_in_the_order_of_its_items() {
        let mut errors = errors();
        errors.insert("skills_more", FieldError::Missing);
        let positions: Vec<_> = errors.get_list("skills").map(|(position, _)| position).collect();
        assert_eq!(positions, [None, Some(2), Some(10)]);
        assert_eq!(errors.get_list("skill").count(), 0);
    }

    #[test]
    fn a_value_comes_out_only_when_nothing_is_wrong() {
        assert_eq!(FieldErrors::default().or(7), Ok(7));
        assert_eq!(errors().or(7), Err(errors()));
        assert!(FieldErrors::default().is_empty() && !errors().is_empty());
    }

    #[test]
    fn errors_of_two_checks_come_together() {
        let mut first = FieldErrors::of("title", FieldError::Missing);
        first.extend(errors());
        assert_eq!(first, errors());
        assert_eq!(errors().into_iter().collect::<FieldErrors>(), errors());
        assert!(errors().iter().map(|(field, _)| field).eq(["skills", "skills[10]", "skills[2]", "title"]));
    }

    #[test]
    fn errors_arrive_as_they_were_sent() {
        let mut sent = errors();
        let day = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
        sent.insert("closes_on", FieldError::DateAfter { latest: day });
        sent.insert("weeks", FieldError::NoNumber { least: 1, most: 520 });
        let data = serde_json::to_string(&sent).unwrap();
        assert!(data.contains(r#""closes_on":{"DateAfter":{"latest":"2027-01-15"}}"#), "{data}");
        assert_eq!(serde_json::from_str::<FieldErrors>(&data).unwrap(), sent);
    }
}
