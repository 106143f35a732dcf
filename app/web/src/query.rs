//! Pairs of names and values: the part of an address behind the `?`, and the fields of a form.

use domain::form;
use serde::de::DeserializeOwned;

/// The pairs of an address behind the `?`, or of a form, decoded.
pub fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// A typed value of an address; what can't be read as one is as if nothing was said.
pub(crate) fn typed<T: DeserializeOwned + Default>(query: &str) -> T {
    form::decode(&pairs(query.as_bytes())).unwrap_or_default()
}
