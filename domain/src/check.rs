//! Checks what was typed, field by field, and gathers what is wrong.

use crate::field_errors::{FieldError, FieldErrors, item_name};
use crate::region::Region;
use crate::text::slug;

/// Gathers the errors of a draft while it makes values of its texts. Blanks around a text do not count.
#[derive(Default)]
pub(crate) struct Checker {
    pub(crate) errors: FieldErrors,
}

impl Checker {
    /// A text of one line with at most `longest` characters; it may be empty.
    pub(crate) fn line(&mut self, field: &str, text: &str, longest: usize) -> String {
        let text = text.trim();
        if let Some(error) = line_error(text, longest) {
            self.errors.insert(field, error);
        }
        text.to_owned()
    }

    /// A text of one line that may not be empty.
    pub(crate) fn filled_line(&mut self, field: &str, text: &str, longest: usize) -> String {
        let text = self.line(field, text, longest);
        if text.is_empty() {
            self.errors.insert(field, FieldError::Missing);
        }
        text
    }

    /// A text of one line; nothing when it is empty.
    pub(crate) fn optional_line(&mut self, field: &str, text: &str, longest: usize) -> Option<String> {
        Some(self.line(field, text, longest)).filter(|text| !text.is_empty())
    }

    /// A text of many lines with at most `longest` characters; it may be empty.
    pub(crate) fn lines(&mut self, field: &str, text: &str, longest: usize) -> String {
        let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
        if text.chars().any(|letter| letter.is_control() && letter != '\n' && letter != '\t') {
            self.errors.insert(field, FieldError::NoPlainText);
        } else if text.chars().count() > longest {
            self.errors.insert(field, FieldError::TooLong { longest });
        }
        text
    }

    /// A text that passes a test; nothing when it is empty.
    pub(crate) fn tested(
        &mut self,
        field: &str,
        text: &str,
        is_right: fn(&str) -> bool,
        error: FieldError,
    ) -> Option<String> {
        self.parsed(field, text, |text| is_right(text).then(|| text.to_owned()), error)
    }

    /// A value that `parse` makes of the text; nothing when it is empty or wrong.
    pub(crate) fn parsed<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: impl Fn(&str) -> Option<T>,
        error: FieldError,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            self.errors.insert(field, error);
        }
        value
    }

    /// Like [`Checker::parsed`], but an empty text is wrong too.
    pub(crate) fn required<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: impl Fn(&str) -> Option<T>,
        error: FieldError,
    ) -> Option<T> {
        if text.trim().is_empty() {
            self.errors.insert(field, FieldError::Missing);
        }
        self.parsed(field, text, parse, error)
    }

    /// A whole number within bounds; Excel's `36,0` and `36.0` count as whole.
    pub(crate) fn number<N: TryFrom<i64>>(
        &mut self,
        field: &str,
        text: &str,
        least: i64,
        most: i64,
    ) -> Option<N> {
        let parse = |text: &str| {
            let text = text.strip_suffix(",0").or_else(|| text.strip_suffix(".0")).unwrap_or(text);
            let number: i64 = text.parse().ok()?;
            (least..=most).contains(&number).then(|| N::try_from(number).ok()).flatten()
        };
        self.parsed(field, text, parse, FieldError::NoNumber { least, most })
    }

    /// Yes or no, as forms and spreadsheets write it; an empty text is no.
    pub(crate) fn yes(&mut self, field: &str, text: &str) -> bool {
        let parse = |text: &str| match text.to_lowercase().as_str() {
            "ja" | "yes" | "true" | "waar" | "on" | "x" | "1" => Some(true),
            "nee" | "no" | "false" | "onwaar" | "0" => Some(false),
            _ => None,
        };
        self.parsed(field, text, parse, FieldError::NoYesOrNo).unwrap_or(false)
    }

    /// The texts of a list, each once and none empty: at most `most`, each of one line with at most `longest` characters.
    pub(crate) fn list(&mut self, field: &str, texts: &[String], longest: usize, most: usize) -> Vec<String> {
        let line = |text: &str| line_error(text, longest).map_or(Ok(text.to_owned()), Err);
        let values = self.values(field, texts, line);
        if values.len() > most {
            self.errors.insert(field, FieldError::TooMany { most });
        }
        values
    }

    /// The values of a list, each once: `parse` makes one of each text that is not empty.
    pub(crate) fn values<T: PartialEq>(
        &mut self,
        field: &str,
        texts: &[String],
        parse: impl Fn(&str) -> Result<T, FieldError>,
    ) -> Vec<T> {
        let mut values = Vec::new();
        for (position, text) in texts.iter().enumerate() {
            match parse(text.trim()) {
                _ if text.trim().is_empty() => {}
                Ok(value) if values.contains(&value) => {}
                Ok(value) => values.push(value),
                Err(error) => self.errors.insert(item_name(field, position), error),
            }
        }
        values
    }

    /// A place of the region, in the region's own spelling; empty when it is wrong.
    pub(crate) fn place(&mut self, field: &str, text: &str, region: &Region) -> String {
        let text = text.trim();
        let place = region.find_place(text);
        if text.is_empty() {
            self.errors.insert(field, FieldError::Missing);
        } else if place.is_none() {
            let nearest = region.nearest_name(text).map(str::to_owned);
            self.errors.insert(field, FieldError::UnknownPlace { nearest });
        }
        place.map(|place| place.name.clone()).unwrap_or_default()
    }

    /// Checks the municipality that stands beside a place; it may be empty, and a place that nobody knows is in none.
    pub(crate) fn municipality(&mut self, field: &str, text: &str, place: &str, region: &Region) {
        let text = text.trim();
        let Some(place) = region.find_place(place).filter(|_| !text.is_empty()) else { return };
        if slug(text) != slug(&place.municipality) {
            let municipality = place.municipality.clone();
            self.errors.insert(field, FieldError::OtherMunicipality { municipality });
        }
    }

    /// The value of another check; its errors come to these.
    pub(crate) fn take<T>(&mut self, checked: Result<T, FieldErrors>) -> Option<T> {
        checked.map_err(|errors| self.errors.extend(errors)).ok()
    }
}

fn line_error(text: &str, longest: usize) -> Option<FieldError> {
    if text.chars().any(char::is_control) {
        Some(FieldError::NoPlainText)
    } else if text.chars().count() > longest {
        Some(FieldError::TooLong { longest })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Place;

    /// Checks one field.
    fn checked<T>(act: impl FnOnce(&mut Checker) -> T) -> (T, Option<FieldError>) {
        let mut check = Checker::default();
        let value = act(&mut check);
        assert!(check.errors.len() <= 1);
        (value, check.errors.into_iter().next().map(|(_, error)| error))
    }

    #[test]
    fn a_line_is_as_long_as_its_limit_at_most_and_plain() {
        let line = |text: &str| checked(|check| check.line("name", text, 3));
        assert_eq!(line(" één "), ("één".into(), None));
        assert_eq!(line("vier").1, Some(FieldError::TooLong { longest: 3 }));
        assert_eq!(line("a\nb").1, Some(FieldError::NoPlainText));
        assert_eq!(line(""), (String::new(), None));
        let filled = |text: &str| checked(|check| check.filled_line("name", text, 3));
        assert_eq!(filled(" ").1, Some(FieldError::Missing));
        assert_eq!(filled("één"), ("één".into(), None));
        let optional = |text: &str| checked(|check| check.optional_line("name", text, 3));
        assert_eq!((optional(" "), optional("ab")), ((None, None), (Some("ab".into()), None)));
    }

    #[test]
    fn lines_may_have_breaks_and_tabs_and_no_other_control_characters() {
        let lines = |text: &str| checked(|check| check.lines("text", text, 5));
        assert_eq!(lines("a\r\nb\rc"), ("a\nb\nc".into(), None));
        assert_eq!(lines("a\tb"), ("a\tb".into(), None));
        assert_eq!(lines("a\u{7}b").1, Some(FieldError::NoPlainText));
        assert_eq!((lines("12345").1, lines("123456").1), (None, Some(FieldError::TooLong { longest: 5 })));
    }

    #[test]
    fn a_tested_text_is_empty_or_right() {
        let tested = |text: &str| {
            checked(|check| check.tested("email", text, |text| text == "ja", FieldError::NoEmail))
        };
        assert_eq!(tested(" ja "), (Some("ja".into()), None));
        assert_eq!(tested("nee"), (None, Some(FieldError::NoEmail)));
        assert_eq!(tested(" "), (None, None));
    }

    #[test]
    fn a_required_value_is_neither_empty_nor_wrong() {
        let number = |text: &str| text.parse::<u8>().ok();
        let required = |text| checked(|check| check.required("day", text, number, FieldError::NoDate));
        assert_eq!(required("7"), (Some(7), None));
        assert_eq!((required(" ").1, required("x").1), (Some(FieldError::Missing), Some(FieldError::NoDate)));
        let parsed = |text| checked(|check| check.parsed("day", text, number, FieldError::NoDate));
        assert_eq!((parsed("7"), parsed("")), ((Some(7), None), (None, None)));
        assert_eq!(parsed("x"), (None, Some(FieldError::NoDate)));
    }

    #[test]
    fn a_number_lies_within_its_bounds_and_is_whole() {
        let number = |text: &str| checked(|check| check.number::<u8>("weeks", text, 1, 40));
        for (text, value) in [("1", 1), ("40", 40), ("36,0", 36), ("36.0", 36)] {
            assert_eq!(number(text), (Some(value), None), "{text}");
        }
        for text in ["0", "41", "36,5", "veel"] {
            assert_eq!(number(text), (None, Some(FieldError::NoNumber { least: 1, most: 40 })), "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_as_forms_and_spreadsheets_write_them() {
        let yes = |text: &str| checked(|check| check.yes("is_open", text));
        for text in ["ja", "JA", "yes", "TRUE", "waar", "on", "x", "1"] {
            assert_eq!(yes(text), (true, None), "{text}");
        }
        for text in ["", "nee", "No", "false", "ONWAAR", "0"] {
            assert_eq!(yes(text), (false, None), "{text}");
        }
        assert_eq!(yes("misschien"), (false, Some(FieldError::NoYesOrNo)));
    }

    #[test]
    fn a_list_holds_each_value_once_and_no_empty_one() {
        let list = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            checked(|check| check.list("skills", &texts, 3, 2))
        };
        assert_eq!(list(&[" a ", "", "b", "a"]), (vec!["a".into(), "b".into()], None));
        assert_eq!(list(&["a", "vier"]), (vec!["a".into()], Some(FieldError::TooLong { longest: 3 })));
        assert_eq!(list(&["b\u{7}b"]).1, Some(FieldError::NoPlainText));
        assert_eq!(list(&["a", "b", "c"]).1, Some(FieldError::TooMany { most: 2 }));
        assert_eq!(list(&[]), (vec![], None));
    }

    #[test]
    fn a_bad_item_of_a_list_is_named_by_where_it_was_typed() {
        let texts = ["", "a", "vier"].map(str::to_owned);
        let mut check = Checker::default();
        check.list("skills", &texts, 3, 2);
        assert!(check.errors.iter().map(|(field, _)| field).eq(["skills[2]"]));
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
        let place = |text: &str| checked(|check| check.place("place", text, &region));
        assert_eq!(place(" ULFT"), ("Ulft".into(), None));
        let near = FieldError::UnknownPlace { nearest: Some("Ulft".into()) };
        assert_eq!(place("Ulfd"), (String::new(), Some(near)));
        assert_eq!(place("Amsterdam").1, Some(FieldError::UnknownPlace { nearest: None }));
        assert_eq!(place(" ").1, Some(FieldError::Missing));
        let beside = |text: &str, place: &str| {
            checked(|check| check.municipality("municipality", text, place, &region)).1
        };
        let elsewhere = FieldError::OtherMunicipality { municipality: "Oude IJsselstreek".into() };
        assert_eq!(beside("Bronckhorst", "ulft"), Some(elsewhere));
        for (text, place) in [("oude ijsselstreek", "ULFT"), (" ", "Ulft"), ("Bronckhorst", "Vorden")] {
            assert_eq!(beside(text, place), None, "{text} {place}");
        }
    }

    #[test]
    fn errors_of_another_check_come_to_these() {
        let mut check = Checker::default();
        assert_eq!(check.take(Ok(7)), Some(7));
        assert_eq!(check.take::<i32>(Err(FieldErrors::of("title", FieldError::Missing))), None);
        assert_eq!(check.errors, FieldErrors::of("title", FieldError::Missing));
    }
}
