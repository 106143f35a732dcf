//! The fields of a form as pairs of names and values, and the typed values that they stand for.
//!
//! A list has the name of its field with `[]` behind it, once for each item, as [`Command`](crate::Command) says.

use std::collections::HashSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::text::encode;

/// Pairs that stand for no value of the type: a list is sent as a text, or a text as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedForm;

/// The typed value of pairs: the one way in which forms and the part of an address behind its `?` are read. Names that the type
/// does not have are left out, and of a field that is no list the first value counts.
///
/// # Errors
/// [`MalformedForm`], which no form of ours sends.
pub fn decode<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, MalformedForm> {
    let mut known = HashSet::new();
    let mut text = String::new();
    for (name, value) in pairs {
        let bare = name.strip_suffix("[]").unwrap_or(name);
        let is_name = !bare.is_empty()
            && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !is_name || (bare == name && !known.insert(bare)) {
            continue;
        }
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(&encode(value));
    }
    serde_qs::from_str(&text).map_err(|_| MalformedForm)
}

/// The pairs that stand for a typed value of text and lists of text, in the order of its fields.
///
/// # Errors
/// [`MalformedForm`] where the value holds anything else.
pub fn pairs_of<T: Serialize>(value: &T) -> Result<Vec<(String, String)>, MalformedForm> {
    let text = serde_qs::to_string(value).map_err(|_| MalformedForm)?;
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode_text(name);
        // Items come with their place, `skills[2]`.
        let name = name.split_once('[').map_or(name.clone(), |(list, _)| format!("{list}[]"));
        (name, decode_text(value))
    });
    Ok(pairs.collect())
}

fn decode_text(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Typed {
        name: String,
        #[serde(rename = "remove-cv")]
        remove_cv: String,
        skills: Vec<String>,
    }

    fn pairs(text: &[(&str, &str)]) -> Vec<(String, String)> {
        text.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_is_read_letter_by_letter() {
        let sent = pairs(&[
            ("name", " Jan & Jo=+%20é\n "),
            ("skills[]", "b"),
            ("remove-cv", "yes"),
            ("skills[]", ""),
            ("skills[]", "a & [x]"),
        ]);
        let skills = ["b", "", "a & [x]"].map(str::to_owned).to_vec();
        let typed = Typed { name: " Jan & Jo=+%20é\n ".into(), remove_cv: "yes".into(), skills };
        assert_eq!(decode::<Typed>(&sent), Ok(typed));
    }

    #[test]
    fn many_items_keep_their_order() {
        let items: Vec<(String, String)> =
            (0..120).map(|number| ("skills[]".to_owned(), number.to_string())).collect();
        let typed: Typed = decode(&items).unwrap();
        assert_eq!(typed.skills, (0..120).map(|number| number.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn nonsense_is_left_out_and_the_first_of_a_field_counts() {
        let sent = pairs(&[
            ("name", "Jan"),
            ("name", "Piet"),
            ("name[first]", "x"),
            ("", "x"),
            ("[]", "x"),
            ("na me", "x"),
            ("unknown", "x"),
        ]);
        assert_eq!(decode::<Typed>(&sent), Ok(Typed { name: "Jan".into(), ..Typed::default() }));
        assert_eq!(decode::<Typed>(&[]), Ok(Typed::default()));
        assert_eq!(decode::<Typed>(&pairs(&[("skills", "x")])), Err(MalformedForm));
        assert_eq!(decode::<Typed>(&pairs(&[("name[]", "x")])), Err(MalformedForm));
    }

    #[test]
    fn a_value_is_read_from_its_own_pairs() {
        let skills = ["b", "", "a & [x]=+%20é"].map(str::to_owned).to_vec();
        let typed = Typed { name: "Jan & Jo\n".into(), remove_cv: String::new(), skills };
        let sent = pairs_of(&typed).unwrap();
        let names: Vec<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["name", "remove-cv", "skills[]", "skills[]", "skills[]"]);
        assert_eq!(decode(&sent), Ok(typed));
        assert_eq!(pairs_of(&Typed::default()).map(|pairs| decode(&pairs)), Ok(Ok(Typed::default())));
    }
}
