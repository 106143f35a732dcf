//! The part of an address behind the `?`.

use serde::de::DeserializeOwned;

use crate::fields::decode;

/// The pairs of an address behind the `?`, or of a form, decoded.
pub fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// A typed value of an address; what can't be read as one is as if nothing was said.
pub(crate) fn typed<T: DeserializeOwned + Default>(query: &str) -> T {
    decode(&pairs(query.as_bytes())).unwrap_or_default()
}
