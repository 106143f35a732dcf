//! Spreadsheet rows: columns, cells and the errors in them.
//!
//! A kind of row reads itself from cells and writes itself to cells; export and import are each other's
//! inverse because both go through here.

use std::fmt;

use crate::region::Region;

/// A column of a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The header, in Dutch.
    pub name: &'static str,
    /// Whether a file without this column is refused.
    pub is_required: bool,
}

/// A column that every file must have.
pub const fn required(name: &'static str) -> Column {
    Column { name, is_required: true }
}

/// A column that a file may leave out; rows then keep what they had.
pub const fn optional(name: &'static str) -> Column {
    Column { name, is_required: false }
}

/// The column that identifies a row, in every sheet.
pub const REFERENCE: &str = "Kenmerk";

/// A kind of row that a spreadsheet can hold.
pub trait Row: Sized + Clone + PartialEq {
    /// The name of the sheet, in Dutch: `vacatures`.
    const SHEET: &'static str;
    /// The columns, in the order of an export; the first is [`REFERENCE`].
    const COLUMNS: &'static [Column];

    /// Reads a row from its cells, one for each of [`Row::COLUMNS`].
    ///
    /// # Errors
    /// Every cell that is wrong, at once.
    fn from_cells(cells: &[String], region: &Region) -> Result<Self, Vec<CellError>>;

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
    /// A name that no other organisation has; the reference that has it.
    UniqueName(String),
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filled => write!(formatter, "a value; the cell is empty"),
            Self::AtMost(limit) => write!(formatter, "at most {limit} characters"),
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
            Self::UniqueName(reference) => {
                write!(formatter, "a name of its own; {reference} has this one already")
            }
        }
    }
}

/// Reads the cells of one row and gathers what is wrong with them.
pub(crate) struct Reader<'a> {
    columns: &'static [Column],
    cells: &'a [String],
    pub(crate) errors: Vec<CellError>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(columns: &'static [Column], cells: &'a [String]) -> Self {
        Self { columns, cells, errors: Vec::new() }
    }

    /// The trimmed text of a column; a column that the file lacks is empty.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        let position = self.columns.iter().position(|known| known.name == column);
        position.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    pub(crate) fn error(&mut self, column: &'static str, expected: Expected) {
        let value = self.text(column).chars().take(80).collect();
        self.errors.push(CellError { column, value, expected });
    }

    /// A text of one line with at most `limit` characters; empty when it is missing.
    pub(crate) fn line(&mut self, column: &'static str, limit: usize) -> String {
        let text = self.text(column);
        if text.chars().any(char::is_control) {
            self.error(column, Expected::PlainText);
        } else if text.chars().count() > limit {
            self.error(column, Expected::AtMost(limit));
        }
        text.to_owned()
    }

    /// A text of one line that may not be empty.
    pub(crate) fn filled_line(&mut self, column: &'static str, limit: usize) -> String {
        let text = self.line(column, limit);
        if text.is_empty() {
            self.error(column, Expected::Filled);
        }
        text
    }

    /// A text of many lines with at most `limit` characters.
    pub(crate) fn lines(&mut self, column: &'static str, limit: usize) -> String {
        let text = self.text(column).replace("\r\n", "\n").replace('\r', "\n");
        if text.chars().any(|letter| letter.is_control() && letter != '\n' && letter != '\t') {
            self.error(column, Expected::PlainText);
        } else if text.chars().count() > limit {
            self.error(column, Expected::AtMost(limit));
        }
        text
    }

    /// A line that must pass a check when it is filled.
    pub(crate) fn checked(
        &mut self,
        column: &'static str,
        check: fn(&str) -> bool,
        expected: Expected,
    ) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        if !check(text) {
            self.error(column, expected);
        }
        Some(text.to_owned())
    }

    /// A value that `parse` makes of the cell; `None` when it is empty or wrong.
    pub(crate) fn parsed<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        expected: Expected,
    ) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            self.error(column, expected);
        }
        value
    }

    /// Like [`Reader::parsed`], but an empty cell is wrong too.
    pub(crate) fn required<T>(
        &mut self,
        column: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        expected: Expected,
    ) -> Option<T> {
        if self.text(column).is_empty() {
            self.error(column, Expected::Filled);
        }
        self.parsed(column, parse, expected)
    }

    /// A whole number within bounds; Excel's `36,0` and `36.0` count as whole.
    pub(crate) fn number(&mut self, column: &'static str, low: i64, high: i64) -> Option<i64> {
        let parse = |text: &str| {
            let text = text.strip_suffix(",0").or_else(|| text.strip_suffix(".0")).unwrap_or(text);
            text.parse().ok().filter(|number| (low..=high).contains(number))
        };
        self.parsed(column, parse, Expected::Number(low, high))
    }

    /// `ja` or `nee`; an empty cell is `nee`.
    pub(crate) fn yes(&mut self, column: &'static str) -> bool {
        let parse = |text: &str| match text.to_lowercase().as_str() {
            "ja" | "yes" | "true" | "waar" | "x" | "1" => Some(true),
            "nee" | "no" | "false" | "onwaar" | "0" => Some(false),
            _ => None,
        };
        self.parsed(column, parse, Expected::YesOrNo).unwrap_or(false)
    }

    /// The values between `|` of a cell, without empty and double ones.
    pub(crate) fn list(&mut self, column: &'static str, limit: usize) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.text(column).split('|').map(str::trim).filter(|value| !value.is_empty()) {
            if value.chars().any(char::is_control) {
                self.error(column, Expected::PlainText);
            } else if value.chars().count() > limit {
                self.error(column, Expected::AtMost(limit));
            } else if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
        values
    }

    /// A place of the region, in the region's own spelling; checks the municipality beside it.
    pub(crate) fn place(
        &mut self,
        column: &'static str,
        municipality: &'static str,
        region: &Region,
    ) -> String {
        let text = self.text(column);
        if text.is_empty() {
            self.error(column, Expected::Filled);
            return String::new();
        }
        let Some(place) = region.find_place(text) else {
            self.error(column, Expected::Place(region.nearest_name(text).map(str::to_owned)));
            return String::new();
        };
        let beside = self.text(municipality);
        if !beside.is_empty() && crate::text::slug(beside) != crate::text::slug(&place.municipality) {
            self.error(municipality, Expected::Municipality(place.municipality.clone()));
        }
        place.name.clone()
    }
}

/// `ja` or `nee`.
pub(crate) fn yes_or_no(is_so: bool) -> String {
    if is_so { "ja" } else { "nee" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Place;

    const COLUMNS: &[Column] = &[required("Naam"), required("Plaats"), optional("Gemeente")];

    /// Reads the one cell `Naam`.
    fn read<T>(cell: &str, act: impl FnOnce(&mut Reader<'_>) -> T) -> (T, Vec<Expected>) {
        let cells = [cell.to_owned()];
        let mut reader = Reader::new(COLUMNS, &cells);
        let value = act(&mut reader);
        (value, reader.errors.into_iter().map(|error| error.expected).collect())
    }

    #[test]
    fn a_file_must_have_the_required_columns_only() {
        assert_eq!(COLUMNS.iter().map(|column| column.is_required).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!((COLUMNS[0].name, COLUMNS[2].name), ("Naam", "Gemeente"));
    }

    #[test]
    fn a_cell_is_read_without_the_blanks_around_it_and_one_that_lacks_is_empty() {
        assert_eq!(
            read(" Ulft ", |cells| (cells.text("Naam").to_owned(), cells.text("Plaats").len())).0,
            ("Ulft".into(), 0)
        );
    }

    #[test]
    fn an_error_tells_the_column_and_the_first_80_characters_of_the_cell() {
        let cells = ["é".repeat(90)];
        let mut reader = Reader::new(COLUMNS, &cells);
        reader.error("Naam", Expected::Date);
        let expected = CellError { column: "Naam", value: "é".repeat(80), expected: Expected::Date };
        assert_eq!(reader.errors, [expected]);
    }

    #[test]
    fn a_line_is_as_long_as_its_limit_at_most_and_plain() {
        assert_eq!(read("één", |cells| cells.line("Naam", 3)), ("één".into(), vec![]));
        assert_eq!(read("vier", |cells| cells.line("Naam", 3)).1, [Expected::AtMost(3)]);
        assert_eq!(read("a\nb", |cells| cells.line("Naam", 3)).1, [Expected::PlainText]);
        assert_eq!(read("", |cells| cells.line("Naam", 3)).1, []);
        assert_eq!(read(" ", |cells| cells.filled_line("Naam", 3)).1, [Expected::Filled]);
        assert_eq!(read("één", |cells| cells.filled_line("Naam", 3)), ("één".into(), vec![]));
    }

    #[test]
    fn lines_may_have_breaks_and_tabs_and_no_other_control_characters() {
        let lines = |text: &str| read(text, |cells| cells.lines("Naam", 5));
        assert_eq!(lines("a\r\nb\rc"), ("a\nb\nc".into(), vec![]));
        assert_eq!(lines("a\tb"), ("a\tb".into(), vec![]));
        assert_eq!(lines("a\u{7}b").1, [Expected::PlainText]);
        assert_eq!((lines("12345").1, lines("123456").1), (vec![], vec![Expected::AtMost(5)]));
    }

    #[test]
    fn a_checked_cell_is_empty_or_right() {
        let checked =
            |text: &str| read(text, |cells| cells.checked("Naam", |text| text == "ja", Expected::Email));
        assert_eq!(checked("ja"), (Some("ja".into()), vec![]));
        assert_eq!(checked("nee").1, [Expected::Email]);
        assert_eq!(checked(" "), (None, vec![]));
    }

    #[test]
    fn a_required_value_is_neither_empty_nor_wrong() {
        let required =
            |text: &str| read(text, |cells| cells.required("Naam", |text| text.parse().ok(), Expected::Date));
        assert_eq!(required("7"), (Some(7), vec![]));
        assert_eq!((required("").1, required("x").1), (vec![Expected::Filled], vec![Expected::Date]));
        let optional =
            |text: &str| read(text, |cells| cells.parsed("Naam", |text| text.parse().ok(), Expected::Date));
        assert_eq!((optional("7"), optional("")), ((Some(7), vec![]), (None, vec![])));
        assert_eq!(optional("x"), (None, vec![Expected::Date]));
    }

    #[test]
    fn a_number_lies_within_its_bounds_and_is_whole() {
        let number = |text: &str| read(text, |cells| cells.number("Naam", 1, 40));
        for (text, value) in [("1", 1), ("40", 40), ("36,0", 36), ("36.0", 36)] {
            assert_eq!(number(text), (Some(value), vec![]), "{text}");
        }
        for text in ["0", "41", "36,5", "veel"] {
            assert_eq!(number(text), (None, vec![Expected::Number(1, 40)]), "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_as_spreadsheets_write_them() {
        let yes = |text: &str| read(text, |cells| cells.yes("Naam"));
        for text in ["ja", "JA", "yes", "TRUE", "waar", "x", "1"] {
            assert_eq!(yes(text), (true, vec![]), "{text}");
        }
        for text in ["", "nee", "No", "false", "ONWAAR", "0"] {
            assert_eq!(yes(text), (false, vec![]), "{text}");
        }
        assert_eq!(yes("misschien"), (false, vec![Expected::YesOrNo]));
        assert_eq!([yes_or_no(true), yes_or_no(false)], ["ja", "nee"]);
    }

    #[test]
    fn a_list_holds_each_value_once_and_no_empty_one() {
        let list = |text: &str| read(text, |cells| cells.list("Naam", 3));
        assert_eq!(list(" a | |b|a|één"), (vec!["a".into(), "b".into(), "één".into()], vec![]));
        assert_eq!(list("a|vier").1, [Expected::AtMost(3)]);
        assert_eq!(list("a|b\u{7}b").1, [Expected::PlainText]);
        assert_eq!(list(""), (vec![], vec![]));
    }

    #[test]
    fn a_place_is_one_of_the_region_and_lies_in_its_municipality() {
        let ulft = Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        let region = Region { municipalities: vec![], places: vec![ulft] };
        let place = |place: &str, municipality: &str| {
            let cells = [String::new(), place.to_owned(), municipality.to_owned()];
            let mut reader = Reader::new(COLUMNS, &cells);
            let name = reader.place("Plaats", "Gemeente", &region);
            (name, reader.errors.into_iter().map(|error| (error.column, error.expected)).collect::<Vec<_>>())
        };
        assert_eq!(place("ULFT", ""), ("Ulft".into(), vec![]));
        assert_eq!(place("ulft", "oude ijsselstreek"), ("Ulft".into(), vec![]));
        let elsewhere = Expected::Municipality("Oude IJsselstreek".into());
        assert_eq!(place("ulft", "Bronckhorst").1, [("Gemeente", elsewhere)]);
        assert_eq!(place("Ulfd", "").1, [("Plaats", Expected::Place(Some("Ulft".into())))]);
        assert_eq!(place("Amsterdam", "").1, [("Plaats", Expected::Place(None))]);
        assert_eq!(place("", "").1, [("Plaats", Expected::Filled)]);
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
