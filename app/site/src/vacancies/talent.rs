//! The talent who asks, on the way from the server to the engine in the browser: bytes as two hexadecimal digits each.

use domain::talents::Fitting;

/// What vacancies are compared with, as the page carries it.
pub(crate) fn write_talent(talent: &Fitting) -> Option<String> {
    let bytes = postcard::to_allocvec(talent).ok()?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// Reads what the page carries.
pub(crate) fn read_talent(text: &str) -> Option<Fitting> {
    let digits: Vec<u8> =
        text.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    let bytes: Vec<u8> =
        digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    postcard::from_bytes(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use domain::talents::Profile;

    use super::*;

    #[test]
    fn a_talent_comes_to_the_browser_as_it_left_the_server() {
        let profile = Profile {
            skills: vec!["Schweißen \"&<".into(), "C#".into()],
            home_place: "'s-Heerenberg".into(),
            from: chrono::NaiveDate::from_ymd_opt(2027, 2, 1),
            hours: Some(32),
            ..Profile::default()
        };
        let talent = Fitting::from(&profile);
        let text = write_talent(&talent).unwrap_or_default();
        assert!(text.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(read_talent(&text), Some(talent));
        for bad in ["", "0", "zz", "ff", &text[..text.len() - 2]] {
            assert_eq!(read_talent(bad), None, "{bad}");
        }
    }
}
