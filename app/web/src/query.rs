//! Pairs of names and values: the part of an address behind the `?`, and the fields of a form.

use std::collections::HashSet;

use domain::text::encode;
use serde::de::DeserializeOwned;

use crate::bounded_body::BodyError;

/// The pairs of an address behind the `?`, or of a form, decoded.
pub fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// A typed value of an address; what can't be read as one is as if nothing was said.
pub(crate) fn typed<T: DeserializeOwned + Default>(query: &str) -> T {
    decode(&pairs(query.as_bytes())).unwrap_or_default()
}

/// Typed values of pairs: the one way in which forms and the part of an address behind its `?` are read.
pub(crate) fn decode<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, BodyError> {
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
    serde_qs::from_str(&text).map_err(|_| BodyError::Broken)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
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
        assert_eq!(decode::<Typed>(&pairs(&[("skills", "x")])), Err(BodyError::Broken));
        assert_eq!(decode::<Typed>(&pairs(&[("name[]", "x")])), Err(BodyError::Broken));
    }
}
