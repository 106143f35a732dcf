//! Texts as their files have them now, for development: a changed text is on the next page that is loaded.

use std::collections::HashMap;
use std::fmt::Display;
use std::path::Path;
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use domain::Language;
use toml::{Table, Value};

/// Where the texts of this build came from.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/locales");

/// The texts of a language, as its file had them when it was written.
struct LanguageFile {
    written: SystemTime,
    texts: Table,
}

static FILES: RwLock<Option<HashMap<&'static str, LanguageFile>>> = RwLock::new(None);

/// A text without anything to fill in; nothing where the file lacks it or can't be read, and then that of the build counts.
pub(crate) fn text(key: &str, language: Language) -> Option<&'static str> {
    // Leaked: texts of a build last as long as the program, and somebody who develops changes few.
    find(key, language, None).map(|text| &*text.leak())
}

/// The same for a text with values, and with a number that chooses the form.
pub(crate) fn filled(
    key: &str,
    language: Language,
    count: Option<u32>,
    values: &[(&str, &dyn Display)],
) -> Option<String> {
    let mut text = find(key, language, count)?;
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Some(text)
}

fn find(key: &str, language: Language, count: Option<u32>) -> Option<String> {
    let code = language.code();
    let path = Path::new(FOLDER).join(format!("{code}.toml"));
    let written = std::fs::metadata(&path).ok()?.modified().ok()?;
    let is_known =
        |files: &HashMap<_, LanguageFile>| files.get(code).is_some_and(|file| file.written == written);
    let known = FILES.read().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(is_known);
    if !known {
        let texts = std::fs::read_to_string(&path).ok()?.parse().ok()?;
        let mut files = FILES.write().unwrap_or_else(PoisonError::into_inner);
        files.get_or_insert_default().insert(code, LanguageFile { written, texts });
    }
    let files = FILES.read().unwrap_or_else(PoisonError::into_inner);
    let table = &files.as_ref()?.get(code)?.texts;
    let value = value_of(table, key)?;
    let text = match (value, count) {
        (Value::String(text), None) => text,
        (Value::Table(forms), Some(count)) => {
            forms.get(if count == 1 { "one" } else { "other" })?.as_str()?
        }
        _ => return None,
    };
    Some(text.to_owned())
}

/// The value of a key such as `apply_title`, which stands as `title` below `[apply]`.
fn value_of<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    if let Some(value) = table.get(key) {
        return Some(value);
    }
    key.match_indices('_').find_map(|(at, _)| {
        let below = table.get(&key[..at])?.as_table()?;
        value_of(below, &key[at + 1..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_that_of_its_file() {
        let title = text("fault_ours_title", Language::German);
        assert_eq!(title, Some("Etwas ist schiefgegangen"));
        assert_eq!(text("nothing_of_the_kind", Language::German), None);
        let long = filled("fault_text_long", Language::English, None, &[("count", &40)]);
        assert_eq!(long.as_deref(), Some("This is too long: at most 40 characters."));
        for (count, vacancies) in [(1, "1 vacature"), (3, "3 vacatures")] {
            let shown = filled("organisations_open", Language::Dutch, Some(count), &[("count", &count)]);
            assert_eq!(shown.as_deref(), Some(vacancies));
        }
    }
}
