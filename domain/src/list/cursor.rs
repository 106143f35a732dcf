//! A place between two rows of a sorted list.

use std::fmt;

/// The longest cursor that is read, in bytes.
const LONGEST: usize = 1_000;

/// A row beside which a page lies: its number, its value in the column of the sort, and whether the page follows or precedes it.
///
/// An address carries it as text whose form is nobody's business but this type's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Where the page lies.
    pub position: Position,
    /// The row's number, which parts rows with equal values.
    pub id: i64,
    /// The row's value in the column of the sort, as the store writes it; `None` when the row has none.
    pub value: Option<String>,
}

/// Where a page lies, seen from a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Position {
    /// It begins after the row.
    After,
    /// It ends before the row.
    Before,
}

impl Cursor {
    /// Reads what [`Cursor`]'s `Display` wrote; nothing when it is malformed.
    pub fn parse(position: Position, text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let (id, value) = match text.split_once('~') {
            Some((id, value)) => (id, Some(value.to_owned())),
            None => (text, None),
        };
        Some(Self { position, id: id.parse().ok()?, value })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.id)?;
        self.value.as_ref().map_or(Ok(()), |value| write!(to, "~{value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_value_is_another_than_one_with_an_empty_value() {
        for value in [None, Some(String::new()), Some("a~b".to_owned())] {
            let cursor = Cursor { position: Position::After, id: 7, value };
            assert_eq!(Cursor::parse(Position::After, &cursor.to_string()), Some(cursor));
        }
    }

    #[test]
    fn a_cursor_has_at_most_a_thousand_bytes() {
        let text = format!("1~{}", "a".repeat(LONGEST - 2));
        assert_eq!(Cursor::parse(Position::After, &text).unwrap().to_string(), text);
    }

    #[test]
    fn what_is_no_cursor_is_dropped() {
        for text in ["", "~a", "x~a", "99999999999999999999", &format!("1~{}", "a".repeat(LONGEST))] {
            assert_eq!(Cursor::parse(Position::Before, text), None, "{text}");
        }
    }
}
