//! Spreadsheet rows: columns, cells and the errors in them.
//!
//! A kind of row reads itself from cells and writes itself to cells; export and import are each other's
//! inverse because both go through here.

use std::fmt;

use crate::field_errors::{FieldError, FieldErrors};
use crate::organisations::KnownOrganisation;
use crate::region::Region;

/// A column of a spreadsheet.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The header, in Dutch.
    pub name: &'static str,
    /// Whether a file without this column is refused.
    pub is_required: bool,
    /// The name of its field in a draft.
    field: &'static str,
    /// Lists the words among which its cells choose, when they choose.
    words: Option<fn() -> String>,
}

impl Column {
    /// The column with the words among which its cells choose.
    pub(crate) const fn of(self, words: fn() -> String) -> Self {
        Self { words: Some(words), ..self }
    }
}

/// A column that every file must have.
pub(crate) const fn required(name: &'static str, field: &'static str) -> Column {
    Column { name, is_required: true, field, words: None }
}

/// A column that a file may leave out; rows then keep what they had.
pub(crate) const fn optional(name: &'static str, field: &'static str) -> Column {
    Column { name, is_required: false, field, words: None }
}

/// The column that identifies a row, in every sheet.
pub const REFERENCE: &str = "Kenmerk";
/// The greatest number of characters of a reference.
pub(crate) const LONGEST_REFERENCE: usize = 60;

/// What must be known of the hub to read a row.
#[derive(Clone, Copy)]
pub struct SheetContext<'a> {
    /// The places of the hub.
    pub region: &'a Region,
    organisations: &'a dyn Fn(&str) -> Option<KnownOrganisation>,
}

impl<'a> SheetContext<'a> {
    /// A hub with these places that knows no organisation yet.
    pub fn of(region: &'a Region) -> Self {
        Self { region, organisations: &|_| None }
    }

    /// A hub that finds its organisations by name.
    #[must_use]
    pub fn with_organisations(self, find: &'a dyn Fn(&str) -> Option<KnownOrganisation>) -> Self {
        Self { organisations: find, ..self }
    }

    /// The organisation of that name.
    pub(crate) fn find_organisation(&self, name: &str) -> Option<KnownOrganisation> {
        (self.organisations)(name)
    }
}

/// A kind of row that a spreadsheet can hold.
///
/// It is an adapter: its cells make a draft, and the draft's check, which forms go through too, makes the row.
pub trait Row: Sized + Clone + PartialEq {
    /// The name of the sheet, in Dutch: `vacatures`.
    const SHEET: &'static str;
    /// The columns, in the order of an export; the first is [`REFERENCE`].
    const COLUMNS: &'static [Column];

    /// Reads a row from its cells, one for each of [`Row::COLUMNS`].
    ///
    /// # Errors
    /// Every cell that is wrong, at once.
    fn from_cells(cells: &[String], context: &SheetContext<'_>) -> Result<Self, Vec<CellError>>;

    /// Writes the row as cells, one for each of [`Row::COLUMNS`].
    fn to_cells(&self) -> Vec<String>;

    /// The key of the row: its `Kenmerk`.
    fn reference(&self) -> &str;
}

/// A cell that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The header of the column.
    pub column: &'static str,
    /// The contents of the cell.
    pub value: String,
    /// The contents that were expected.
    pub expected: Expected,
}

/// The expected contents of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Any text.
    Filled,
    /// A text of at most this many characters.
    AtMost(usize),
    /// At most this many values between `|`.
    AtMostValues(usize),
    /// A text without control characters.
    PlainText,
    /// A day: `dd-mm-jjjj`.
    Date,
    /// A day and a time: `dd-mm-jjjj uu:mm`.
    DateTime,
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// An amount or a range of amounts, not negative.
    Money,
    /// One of the words of a closed list.
    OneOf(String),
    /// `ja` or `nee`.
    YesOrNo,
    /// A web address that starts with `https://` or `http://`.
    WebAddress,
    /// An e-mail address.
    Email,
    /// A number of the Dutch trade register.
    KvkNumber,
    /// The name of a picture file.
    LogoFile,
    /// A place that `hub.toml` knows; the nearest name, when one is near.
    Place(Option<String>),
    /// The municipality in which the place lies.
    Municipality(String),
    /// A day that is not after the start date.
    NotAfterStart,
    /// A day that is not before the vacancy opened.
    NotBeforeOpening,
    /// A moment after the beginning.
    AfterBegin,
    /// An organisation that the hub knows.
    Organisation,
    /// A reference that no other row of the file has; the line that has it.
    Unique(usize),
    /// A value that nothing else has.
    Free,
    /// A name that no other organisation has; the reference that has it.
    UniqueName(String),
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filled => write!(formatter, "a value; the cell is empty"),
            Self::AtMost(limit) => write!(formatter, "at most {limit} characters"),
            Self::AtMostValues(limit) => write!(formatter, "at most {limit} values between |"),
            Self::PlainText => write!(formatter, "text without control characters"),
            Self::Date => write!(formatter, "a day that exists, as dd-mm-jjjj"),
            Self::DateTime => write!(formatter, "a day and a time, as dd-mm-jjjj uu:mm"),
            Self::Number(low, high) => write!(formatter, "a whole number from {low} to {high}"),
            Self::Money => write!(
                formatter,
                "an amount such as € 1.250,00 or a range such as € 400 - € 600, not negative"
            ),
            Self::OneOf(words) => write!(formatter, "one of: {words}"),
            Self::YesOrNo => write!(formatter, "ja or nee"),
            Self::WebAddress => write!(formatter, "a web address that starts with https://"),
            Self::Email => write!(formatter, "an e-mail address"),
            Self::KvkNumber => write!(formatter, "a KvK number of eight digits"),
            Self::LogoFile => write!(formatter, "the name of an svg, png, webp or jpg file"),
            Self::Place(Some(near)) => write!(formatter, "a place of hub.toml; did you mean {near}?"),
            Self::Place(None) => write!(formatter, "a place of hub.toml"),
            Self::Municipality(name) => write!(formatter, "{name}, where hub.toml has this place"),
            Self::NotAfterStart => write!(formatter, "a closing day that is not after the start day"),
            Self::NotBeforeOpening => write!(formatter, "a closing day that is not before the day it opened"),
            Self::AfterBegin => write!(formatter, "a moment after the beginning, at most 31 days later"),
            Self::Organisation => write!(
                formatter,
                "the name of an organisation that the hub knows; import organisations first"
            ),
            Self::Unique(line) => write!(formatter, "a Kenmerk of its own; line {line} has this one already"),
            Self::Free => write!(formatter, "a value that nothing else has"),
            Self::UniqueName(reference) => {
                write!(formatter, "a name of its own; {reference} has this one already")
            }
        }
    }
}

/// The cells of one row, by column.
pub(crate) struct Cells<'a> {
    columns: &'static [Column],
    cells: &'a [String],
}

impl<'a> Cells<'a> {
    pub(crate) const fn new(columns: &'static [Column], cells: &'a [String]) -> Self {
        Self { columns, cells }
    }

    /// The text of a column without the blanks around it; a column that the file lacks is empty.
    pub(crate) fn text(&self, column: &str) -> String {
        let position = self.columns.iter().position(|known| known.name == column);
        position.and_then(|at| self.cells.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    }

    /// The texts between `|` of a column.
    pub(crate) fn list(&self, column: &str) -> Vec<String> {
        self.text(column).split('|').map(|text| text.trim().to_owned()).collect()
    }

    /// The errors of fields as errors of the cells that they came from, in the order of the columns.
    pub(crate) fn errors(&self, errors: &FieldErrors) -> Vec<CellError> {
        let of_column = |column: &Column| {
            let value: String = self.text(column.name).chars().take(80).collect();
            let (name, words) = (column.name, column.words);
            let cell_error = move |(_, error): (Option<usize>, &FieldError)| CellError {
                column: name,
                value: value.clone(),
                expected: Expected::instead_of(error, words),
            };
            errors.get_list(column.field).map(cell_error).collect::<Vec<_>>()
        };
        self.columns.iter().flat_map(of_column).collect()
    }
}

impl Expected {
    /// The contents that were expected where a field has this error, in a column that chooses among `words` or not.
    fn instead_of(error: &FieldError, words: Option<fn() -> String>) -> Self {
        match error {
            FieldError::Missing | FieldError::TooShort { .. } => Self::Filled,
            FieldError::TooLong { longest } => Self::AtMost(*longest),
            FieldError::TooMany { most } => Self::AtMostValues(*most),
            FieldError::NoEmail => Self::Email,
            FieldError::NoWebAddress => Self::WebAddress,
            FieldError::NoKvkNumber => Self::KvkNumber,
            FieldError::NoPictureFile => Self::LogoFile,
            FieldError::NoNumber { least, most } => Self::Number(*least, *most),
            FieldError::NoAmount => Self::Money,
            FieldError::NoDate => Self::Date,
            FieldError::NoDateTime => Self::DateTime,
            FieldError::NoYesOrNo => Self::YesOrNo,
            FieldError::DateBefore { .. } => Self::NotBeforeOpening,
            FieldError::DateAfter { .. } => Self::NotAfterStart,
            FieldError::EndsBeforeStart | FieldError::LastsTooLong { .. } => Self::AfterBegin,
            FieldError::UnknownChoice => words.map_or(Self::Organisation, |words| Self::OneOf(words())),
            FieldError::UnknownPlace { nearest } => Self::Place(nearest.clone()),
            FieldError::OtherMunicipality { municipality } => Self::Municipality(municipality.clone()),
            FieldError::Taken | FieldError::LastOne => Self::Free,
            // But for the last, no row of a spreadsheet is checked against these.
            FieldError::Unchanged
            | FieldError::Wrong
            | FieldError::TooCommon
            | FieldError::FileTooLarge { .. }
            | FieldError::NoPdf
            | FieldError::PdfLocked
            | FieldError::PdfActive
            | FieldError::NoPlainText => Self::PlainText,
        }
    }
}

/// `ja` or `nee`.
pub(crate) fn yes_or_no(is_so: bool) -> String {
    if is_so { "ja" } else { "nee" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        required("Naam", "name"),
        required("Soort", "kind").of(crate::vacancies::VacancyKind::words),
        optional("Vaardigheden", "skills"),
    ];

    #[test]
    fn a_file_must_have_the_required_columns_only() {
        assert_eq!(COLUMNS.iter().map(|column| column.is_required).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!((COLUMNS[0].name, COLUMNS[2].name), ("Naam", "Vaardigheden"));
    }

    #[test]
    fn a_cell_is_read_without_the_blanks_around_it_and_one_that_lacks_is_empty() {
        let cells = [" Ulft ".to_owned()];
        let cells = Cells::new(COLUMNS, &cells);
        assert_eq!((cells.text("Naam"), cells.text("Soort")), ("Ulft".into(), String::new()));
    }

    #[test]
    fn a_list_stands_between_bars() {
        let cells = ["", "", " ROS |Python|"].map(str::to_owned);
        assert_eq!(Cells::new(COLUMNS, &cells).list("Vaardigheden"), ["ROS", "Python", ""]);
    }

    #[test]
    fn an_error_tells_the_column_and_the_first_80_characters_of_the_cell() {
        let cells = ["é".repeat(90)];
        let errors = Cells::new(COLUMNS, &cells).errors(&FieldErrors::of("name", FieldError::NoDate));
        let expected = CellError { column: "Naam", value: "é".repeat(80), expected: Expected::Date };
        assert_eq!(errors, [expected]);
    }

    #[test]
    fn errors_stand_in_the_order_of_the_columns_with_each_item_of_a_list() {
        let cells = ["", "hobby", "a|b"].map(str::to_owned);
        let mut errors = FieldErrors::of("skills[1]", FieldError::NoPlainText);
        errors.insert("skills[0]", FieldError::TooLong { longest: 80 });
        errors.insert("name", FieldError::Missing);
        errors.insert("kind", FieldError::UnknownChoice);
        let found: Vec<(&str, Expected)> = Cells::new(COLUMNS, &cells)
            .errors(&errors)
            .into_iter()
            .map(|error| (error.column, error.expected))
            .collect();
        let kinds = Expected::OneOf("stage, afstudeeropdracht, traineeship, startersfunctie, bijbaan".into());
        let skills = [("Vaardigheden", Expected::AtMost(80)), ("Vaardigheden", Expected::PlainText)];
        assert_eq!(found[..2], [("Naam", Expected::Filled), ("Soort", kinds)]);
        assert_eq!(found[2..], skills);
    }

    #[test]
    fn every_error_of_a_field_is_told_by_what_the_cell_should_hold() {
        let day = chrono::NaiveDate::MIN;
        for (error, expected) in [
            (FieldError::TooShort { shortest: 2 }, Expected::Filled),
            (FieldError::TooMany { most: 9 }, Expected::AtMostValues(9)),
            (FieldError::NoEmail, Expected::Email),
            (FieldError::NoWebAddress, Expected::WebAddress),
            (FieldError::NoKvkNumber, Expected::KvkNumber),
            (FieldError::NoPictureFile, Expected::LogoFile),
            (FieldError::NoNumber { least: 1, most: 60 }, Expected::Number(1, 60)),
            (FieldError::NoAmount, Expected::Money),
            (FieldError::NoDateTime, Expected::DateTime),
            (FieldError::NoYesOrNo, Expected::YesOrNo),
            (FieldError::DateBefore { earliest: day }, Expected::NotBeforeOpening),
            (FieldError::DateAfter { latest: day }, Expected::NotAfterStart),
            (FieldError::EndsBeforeStart, Expected::AfterBegin),
            (FieldError::LastsTooLong { days: 31 }, Expected::AfterBegin),
            (FieldError::UnknownChoice, Expected::Organisation),
            (FieldError::UnknownPlace { nearest: None }, Expected::Place(None)),
            (FieldError::Taken, Expected::Free),
        ] {
            assert_eq!(Expected::instead_of(&error, None), expected);
        }
    }

    #[test]
    fn yes_and_no_are_written_in_dutch() {
        assert_eq!([yes_or_no(true), yes_or_no(false)], ["ja", "nee"]);
    }

    #[test]
    fn an_error_says_what_to_write_instead() {
        for (expected, text) in [
            (Expected::AtMost(80), "at most 80 characters"),
            (Expected::Number(1, 40), "a whole number from 1 to 40"),
            (Expected::OneOf("ja, nee".into()), "one of: ja, nee"),
            (Expected::Place(Some("Ulft".into())), "a place of hub.toml; did you mean Ulft?"),
            (Expected::Place(None), "a place of hub.toml"),
            (Expected::Unique(7), "a Kenmerk of its own; line 7 has this one already"),
        ] {
            assert_eq!(expected.to_string(), text);
        }
    }
}
