//! Small values that are written as text: slugs, money, dates, register numbers, addresses.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// Lower case without accents: `Coöperatie` and `cooperatie` fold to the same letters, `ß` to `ss`.
///
/// Covers the Latin letters of Europe, composed or with combining marks, and the capitals of Greek and Cyrillic; the
/// full tables of Unicode would cost the browser's part some 40 kB.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
            '\0'..='\x7f' => folded.push(letter),
            '\u{300}'..='\u{36f}' => {}
            _ => match base_letters(letter) {
                Some(base) => folded.push_str(base),
                None => folded.push(small(letter)),
            },
        }
    }
    folded
}

/// The small letter of a capital of Europe's other alphabets.
fn small(letter: char) -> char {
    let distance = match letter {
        'Α'..='Ϋ' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        // Capital and small letter in turn.
        '\u{1e00}'..='\u{1e95}' | '\u{1ea0}'..='\u{1eff}' => u32::from(u32::from(letter).is_multiple_of(2)),
        _ => 0,
    };
    char::from_u32(u32::from(letter) + distance).unwrap_or(letter)
}

/// The letters without an accent that stand for a letter with one.
const fn base_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'ß' | 'ẞ' => "ss",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Þ' | 'þ' => "th",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => return None,
    })
}

/// Folded letters and digits with single dashes between them: what an address can hold.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A slug of at most `limit` bytes, cut between words where that is possible.
pub fn short_slug(text: &str, limit: usize) -> String {
    let mut slug = slug(text);
    if slug.len() > limit {
        let cut = slug[..=limit].rfind('-').unwrap_or(limit);
        slug.truncate(cut);
    }
    slug
}

/// A text as a value within an address: all but letters, digits and `-_.~` percent-encoded.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, IN_ADDRESS).to_string()
}

const IN_ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An amount of money in euro cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cents(pub i64);

impl Cents {
    /// Reads an amount as Dutch people type it: `€ 1.250,00`, `1250`, `1.250,-`, `450,5`.
    ///
    /// A dot is a mark between thousands when three digits follow it, otherwise the decimal sign.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('€').trim_start_matches("EUR").trim();
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        let text = text.trim_start_matches('€').trim();
        let (whole, fraction) = match text.rsplit_once(',') {
            Some((whole, fraction)) => (whole, fraction.trim_end_matches('-').trim_end_matches('—')),
            None => match text.rsplit_once('.') {
                Some((whole, fraction)) if fraction.len() != 3 => (whole, fraction),
                _ => (text, ""),
            },
        };
        let mut groups = whole.split('.');
        let mut digits = groups.next()?.to_owned();
        for group in groups {
            if group.len() != 3 || digits.is_empty() {
                return None;
            }
            digits.push_str(group);
        }
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if digits.is_empty()
            || digits.len() > 12
            || !is_number(&digits)
            || fraction.len() > 2
            || !is_number(fraction)
        {
            return None;
        }
        let euros: i64 = digits.parse().ok()?;
        let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
        let amount = euros * 100 + cents;
        Some(Self(if is_negative { -amount } else { amount }))
    }

    /// The whole euros, when there are no cents beside them.
    pub const fn whole_euros(self) -> Option<i64> {
        if self.0 % 100 == 0 { Some(self.0 / 100) } else { None }
    }

    /// The digits with the given marks between thousands and before the cents: `1.250,00`.
    pub fn grouped(self, thousands: char, decimal: char) -> String {
        let euros = (self.0 / 100).unsigned_abs().to_string();
        let mut text = String::from(if self.0 < 0 { "-" } else { "" });
        for (position, digit) in euros.chars().enumerate() {
            if position > 0 && (euros.len() - position).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        text.push(decimal);
        let cents = (self.0 % 100).unsigned_abs();
        text.push(char::from(b'0' + (cents / 10) as u8));
        text.push(char::from(b'0' + (cents % 10) as u8));
        text
    }
}

impl fmt::Display for Cents {
    /// The Dutch way: `€ 1.250,00`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "€ {}", self.grouped('.', ','))
    }
}

/// Reads a day as Dutch Excel writes it (`21-11-2026`, also with `/` or `.`) or as ISO 8601 has it.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    if parts.iter().any(|part| part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A day as Dutch spreadsheets show it: `21-11-2026`.
pub fn write_date(date: NaiveDate) -> String {
    date.format("%d-%m-%Y").to_string()
}

/// A day as forms and data write it: `2026-11-21`.
pub fn day_text(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// A day and a time as forms write them: `2026-11-21T13:00`.
pub fn moment_text(moment: NaiveDateTime) -> String {
    format!("{}T{:02}:{:02}", day_text(moment.date()), moment.hour(), moment.minute())
}

/// A day in data: `2026-11-21`. The date library's own reader knows many more forms and is large in a browser.
pub mod day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes a day.
    pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::day_text(*day))
    }

    /// Reads a day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse_date(&text).ok_or_else(|| D::Error::custom("no day"))
    }
}

/// A day in data that may be missing; see [`day`].
pub mod maybe_day {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Day(#[serde(with = "super::day")] NaiveDate);

    /// Writes a day, or null.
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(serializer)
    }

    /// Reads a day, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
    }
}

/// Reads a day and a time of the hub's own clock: `21-11-2026 13:00`, also `13.00` or ISO 8601.
pub fn parse_date_time(text: &str) -> Option<NaiveDateTime> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let mut parts = time.trim().split([':', '.']);
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    parse_date(date)?.and_hms_opt(hour, minute, 0)
}

/// A day and a time as Dutch spreadsheets show them: `21-11-2026 13:00`.
pub fn write_date_time(moment: NaiveDateTime) -> String {
    moment.format("%d-%m-%Y %H:%M").to_string()
}

/// A line as somebody meant it: blanks once, no line breaks, nothing invisible.
pub fn clean_line(text: &str) -> String {
    let visible: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    words.join(" ").chars().filter(|letter| !turns_text(*letter)).collect::<String>().trim().to_owned()
}

/// Lines as somebody meant them: line breaks as `\n`, nothing invisible, no blanks around.
pub fn clean_lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept =
        |letter: &char| (!letter.is_control() || matches!(letter, '\n' | '\t')) && !turns_text(*letter);
    lines.chars().filter(is_kept).collect::<String>().trim().to_owned()
}

/// Whether a character turns the direction of what stands around it: with one, a name could turn the words of a page.
/// Letters that run from right to left need none.
fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text is a number of the Dutch trade register (KvK): eight digits.
pub fn is_kvk_number(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the text can be an e-mail address: one `@`, a name before it, a domain with a dot after it.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let allowed = |letter: char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter);
    text.len() <= 254
        && !name.is_empty()
        && name.chars().all(allowed)
        && domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        })
}

/// Whether the text is the address of a web site: `http://` or `https://`, a host, no blanks or quotes.
pub fn is_web_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    text.len() <= 500
        && host.contains('.')
        && !host.starts_with('.')
        && !text
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "\"'<>\\@".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_is_cleaned_and_keeps_its_letters() {
        assert_eq!(clean_line("  Anne-Marie\t van  den Berg\u{0} "), "Anne-Marie van den Berg");
        assert_eq!(clean_line("d'Hondt \u{202e}gpj.exe"), "d'Hondt gpj.exe");
        assert_eq!(clean_line("\u{202e} \n"), "");
        assert_eq!(clean_line("מרים لُبنى"), "מרים لُبنى");
        assert_eq!(clean_lines("\n een\r\ntwee\rdrie\u{7}\n\n"), "een\ntwee\ndrie");
    }

    #[test]
    fn a_slug_holds_only_what_an_address_can() {
        assert_eq!(slug("  Coöperatie ’t Gruñ & Zn. "), "cooperatie-t-grun-zn");
        assert_eq!(slug("Straße"), "strasse");
        assert_eq!(slug("Łódź Çelik e\u{301}e\u{301}n"), "lodz-celik-een");
        assert_eq!(slug("---"), "");
        assert_eq!(short_slug("een lange titel", 9), "een-lange");
        assert_eq!(short_slug("aaaaaaaaaaaa", 4), "aaaa");
    }

    #[test]
    fn capitals_of_other_alphabets_become_small() {
        for (capitals, small) in [("ΑΘΗΝΑ", "αθηνα"), ("КИЇВ Ђ", "київ ђ"), ("ẤẬḀ", "ấậḁ"), ("東京", "東京")]
        {
            assert_eq!((fold(capitals).as_str(), fold(small).as_str()), (small, small));
        }
    }

    #[test]
    fn money_is_read_as_dutch_people_type_it() {
        for (text, cents) in [
            ("€ 1.250,00", 125_000),
            ("1250", 125_000),
            ("€1.250", 125_000),
            ("450,5", 45_050),
            ("450.50", 45_050),
            ("€ 450,-", 45_000),
            ("-10", -1_000),
            ("€ -10,00", -1_000),
            ("0", 0),
        ] {
            assert_eq!(Cents::parse(text), Some(Cents(cents)), "{text}");
        }
        for text in ["", "€", "tien", "1,2,3", "1.25.000", "12,345", "1e3", ".500,00"] {
            assert_eq!(Cents::parse(text), None, "{text}");
        }
        assert_eq!(Cents(125_000).to_string(), "€ 1.250,00");
        assert_eq!(Cents(-5).to_string(), "€ -0,05");
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert_eq!(parse_date("31-02-2027"), None);
        assert_eq!(parse_date("1-2-2027"), NaiveDate::from_ymd_opt(2027, 2, 1));
        assert_eq!(parse_date("2027-02-01"), NaiveDate::from_ymd_opt(2027, 2, 1));
        assert_eq!(parse_date("01-02-27"), None);
        assert_eq!(parse_date("morgen"), None);
    }

    #[test]
    fn a_moment_has_a_day_and_a_time() {
        let expected = NaiveDate::from_ymd_opt(2027, 2, 1).and_then(|day| day.and_hms_opt(13, 30, 0));
        assert_eq!(parse_date_time("01-02-2027 13:30"), expected);
        assert_eq!(parse_date_time("2027-02-01T13:30:00"), expected);
        assert_eq!(parse_date_time("01-02-2027 25:00"), None);
    }

    #[test]
    fn addresses_that_could_carry_a_script_are_refused() {
        assert!(is_web_address("https://ijsselmetaal.example/werken?x=1"));
        for text in [
            "javascript:alert(1)",
            "https://",
            "https://x\"y.nl",
            "ftp://a.nl",
            "https://a b.nl",
            "https://u@a.nl",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
        assert!(is_email("hr@ijsselmetaal.example"));
        for text in ["hr", "@a.nl", "a@b", "a@b..nl", "a b@c.nl", "a@b.nl\"", "<a@b.nl>"] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn letters_of_europe_fold_to_those_of_the_alphabet() {
        for (letters, base) in [
            ("ÀÅàåĀąǍǎ", "a"),
            ("Ææ", "ae"),
            ("ÇçĆč", "c"),
            ("ĎđÐð", "d"),
            ("ÈËèëĒě", "e"),
            ("Ĝģ", "g"),
            ("Ĥħ", "h"),
            ("ÌÏìïĨı", "i"),
            ("Ĳĳ", "ij"),
            ("Ĵĵ", "j"),
            ("Ķĸ", "k"),
            ("Ĺł", "l"),
            ("ÑñŃŋ", "n"),
            ("ÒÖØòöøŌő", "o"),
            ("Œœ", "oe"),
            ("Ŕř", "r"),
            ("ßẞ", "ss"),
            ("ŚšȘș", "s"),
            ("ŢŧȚț", "t"),
            ("Þþ", "th"),
            ("ÙÜùüŨų", "u"),
            ("Ŵŵ", "w"),
            ("ÝýÿŶŸ", "y"),
            ("Źž", "z"),
        ] {
            for letter in letters.chars() {
                assert_eq!(fold(&letter.to_string()), base, "{letter}");
            }
        }
        assert_eq!(fold("ÇA VA? 100%"), "ca va? 100%");
    }

    #[test]
    fn an_address_is_cut_between_words_and_not_sooner_than_it_must() {
        assert_eq!(short_slug("een lange titel", 15), "een-lange-titel");
        assert_eq!(short_slug("een lange titel", 14), "een-lange");
        assert_eq!(short_slug("een lange titel", 8), "een");
    }

    #[test]
    fn an_address_encodes_all_that_could_part_it() {
        assert_eq!(encode("a b&c=d/é-_.~"), "a%20b%26c%3Dd%2F%C3%A9-_.~");
    }

    #[test]
    fn an_amount_has_at_most_twelve_digits_and_two_for_cents() {
        assert_eq!(Cents::parse("123456789012"), Some(Cents(12_345_678_901_200)));
        assert_eq!(Cents::parse("1234567890123"), None);
        assert_eq!(Cents::parse("1.234.567,89"), Some(Cents(123_456_789)));
        assert_eq!(Cents::parse("12,34"), Some(Cents(1_234)));
        for text in ["12,3x", "x,30", "12x", "1x.000", ",50", "1.00.000", "EUR"] {
            assert_eq!(Cents::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_is_written_with_marks_between_thousands() {
        for (cents, text) in [
            (0, "0,00"),
            (7, "0,07"),
            (90, "0,90"),
            (1_234, "12,34"),
            (99_999, "999,99"),
            (100_000, "1.000,00"),
            (12_345_678, "123.456,78"),
            (123_456_789, "1.234.567,89"),
            (-123_456, "-1.234,56"),
        ] {
            assert_eq!(Cents(cents).grouped('.', ','), text);
        }
        let whole = [45_000, 300, 45_050, 0, -20_000].map(|cents| Cents(cents).whole_euros());
        assert_eq!(whole, [Some(450), Some(3), None, Some(0), Some(-200)]);
    }

    #[test]
    fn a_date_has_three_numbers_and_a_year_of_four_digits() {
        let first_of_february = NaiveDate::from_ymd_opt(2027, 2, 1);
        for text in ["1/2/2027", "01.02.2027", " 2027-2-1 "] {
            assert_eq!(parse_date(text), first_of_february, "{text}");
        }
        for text in
            ["1-2", "1-2-2027-3", "1--2027", "+1-2-2027", "1-+2-2027", "00001-2-2027", "1-2-20270", "1-2-202"]
        {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(first_of_february.map(write_date).as_deref(), Some("01-02-2027"));
    }

    #[test]
    fn a_moment_reads_back_from_what_it_writes() {
        let moment = parse_date_time("1-2-2027 9.05").unwrap();
        assert_eq!(write_date_time(moment), "01-02-2027 09:05");
        assert_eq!(parse_date_time(&write_date_time(moment)), Some(moment));
    }

    #[test]
    fn data_hold_days_as_iso_8601_has_them() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Days {
            #[serde(with = "day")]
            closes: NaiveDate,
            #[serde(with = "maybe_day")]
            starts: Option<NaiveDate>,
        }
        let closes = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
        for (starts, text) in [
            (Some(closes), r#"{"closes":"2027-02-01","starts":"2027-02-01"}"#),
            (None, r#"{"closes":"2027-02-01","starts":null}"#),
        ] {
            let days = Days { closes, starts };
            assert_eq!(serde_json::to_string(&days).unwrap(), text);
            assert_eq!(serde_json::from_str::<Days>(text).unwrap(), days);
        }
        assert!(serde_json::from_str::<Days>(r#"{"closes":"2027-02-31","starts":null}"#).is_err());
    }

    #[test]
    fn lines_keep_their_tabs_and_lose_what_turns_text() {
        assert_eq!(clean_lines("een\ttwee\u{202e}\u{7}\ndrie"), "een\ttwee\ndrie");
    }

    #[test]
    fn a_number_of_the_trade_register_has_eight_digits() {
        assert!(is_kvk_number("12345678"));
        for text in ["1234567", "123456789", "1234567x", ""] {
            assert!(!is_kvk_number(text), "{text}");
        }
    }

    #[test]
    fn an_address_of_mail_has_at_most_254_bytes_and_a_domain_of_labels() {
        let address = |length: usize| format!("{}@a.nl", "x".repeat(length - 5));
        assert!(is_email(&address(254)) && !is_email(&address(255)));
        assert!(is_email("a@metaal-bouw.nl"));
        for text in ["a@.nl", "a@b.", "a@b_c.nl", "a@b@c.nl"] {
            assert!(!is_email(text), "{text}");
        }
    }

    #[test]
    fn an_address_of_a_site_has_at_most_500_bytes_and_a_host_with_a_dot() {
        let address = |length: usize| format!("http://a.nl/{}", "x".repeat(length - 12));
        assert!(is_web_address(&address(500)) && !is_web_address(&address(501)));
        assert!(is_web_address("https://a.nl?x#y"));
        for text in [
            "https://localhost/a.b",
            "https://.nl",
            "https://a.nl/\u{7}",
            "https://a.nl/\u{a0}",
            "https://a.nl/<",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
    }
}
