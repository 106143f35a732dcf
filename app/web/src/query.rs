//! What follows the `?` of an address.

/// The pairs of an address after the `?`, or of a form, decoded.
pub fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}
