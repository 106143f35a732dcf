//! The part of an address that names a thing.

/// What the address names, as it stands there: the part of the path at which the pattern has a name.
pub(crate) fn slug_of(pattern: &str, path: &str) -> String {
    let at = pattern.split('/').position(|part| part.starts_with('{'));
    at.and_then(|at| path.split('/').nth(at)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_thing_is_read_where_the_pattern_has_it() {
        assert_eq!(
            slug_of("/organisatie/{slug}/collegas", "/organisatie/bits-boeren/collegas"),
            "bits-boeren"
        );
        assert_eq!(slug_of("/de/stellen/{slug}", "/de/stellen/caf%C3%A9-1"), "caf%C3%A9-1");
        assert_eq!(slug_of("/vacatures", "/vacatures"), "");
    }
}
