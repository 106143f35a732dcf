//! Dates, times, money and numbers as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use domain::Language;
use domain::text::Cents;
use domain::vacancies::Pay;

use crate::texts as t;

const DUTCH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DUTCH_DAYS: [&str; 7] =
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const GERMAN_DAYS: [&str; 7] =
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const ENGLISH_DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The name of a month.
pub fn month(date: NaiveDate, language: Language) -> &'static str {
    let months = match language {
        Language::Dutch => &DUTCH_MONTHS,
        Language::German => &GERMAN_MONTHS,
        Language::English => &ENGLISH_MONTHS,
    };
    months[date.month0() as usize]
}

/// The first letters of a month's name, for a date block.
pub fn short_month(date: NaiveDate, language: Language) -> String {
    let name = month(date, language);
    let letters: String = name.chars().take(3).collect();
    // Dutch writes mrt, not maa.
    if letters == "maa" { "mrt".to_owned() } else { letters }
}

/// The name of a day of the week.
pub fn weekday(day: Weekday, language: Language) -> &'static str {
    let days = match language {
        Language::Dutch => &DUTCH_DAYS,
        Language::German => &GERMAN_DAYS,
        Language::English => &ENGLISH_DAYS,
    };
    days[day.num_days_from_monday() as usize]
}

/// `21 november 2026`, `21. November 2026`, `21 November 2026`.
pub fn date(date: NaiveDate, language: Language) -> String {
    let dot = if language == Language::German { "." } else { "" };
    format!("{}{dot} {} {}", date.day(), month(date, language), date.year())
}

/// `zaterdag 21 november 2026`.
pub fn long_date(day: NaiveDate, language: Language) -> String {
    let comma = if language == Language::German { "," } else { "" };
    format!("{}{comma} {}", weekday(day.weekday(), language), date(day, language))
}

/// `1 feb` in this year, `1 feb 2027` in another.
pub fn short_date(date: NaiveDate, today: NaiveDate, language: Language) -> String {
    let dot = if language == Language::German { "." } else { "" };
    let day = format!("{}{dot} {}", date.day(), short_month(date, language));
    if date.year() == today.year() { day } else { format!("{day} {}", date.year()) }
}

/// `19.30`, `19:30`.
pub fn time(moment: NaiveDateTime, language: Language) -> String {
    let mark = if language == Language::Dutch { '.' } else { ':' };
    format!("{}{mark}{:02}", moment.hour(), moment.minute())
}

/// From when to when: `19.30 – 22.00 uur`, or with both dates when it takes more than a day.
pub fn period(from: NaiveDateTime, to: NaiveDateTime, language: Language) -> String {
    if from.date() == to.date() {
        t::format_from_to(language, time(from, language), time(to, language))
    } else {
        format!(
            "{}, {} – {}, {}",
            date(from.date(), language),
            time(from, language),
            date(to.date(), language),
            time(to, language)
        )
    }
}

/// `€ 1.250`, `1.250 €`, `€1,250`; with cents where there are any.
pub fn money(amount: Cents, language: Language) -> String {
    let (thousands, decimal) = if language == Language::English { (',', '.') } else { ('.', ',') };
    let mut digits = amount.grouped(thousands, decimal);
    if amount.whole_euros().is_some() {
        digits.truncate(digits.len() - 3);
    }
    match language {
        Language::Dutch => format!("€\u{a0}{digits}"),
        Language::German => format!("{digits}\u{a0}€"),
        Language::English => format!("€{digits}"),
    }
}

/// Pay a month: one amount or from – to.
pub fn pay(pay: Pay, language: Language) -> String {
    if pay.from == pay.to {
        money(pay.from, language)
    } else {
        format!("{} – {}", money(pay.from, language), money(pay.to, language))
    }
}

/// A number with marks between thousands.
pub fn number(number: u32, language: Language) -> String {
    let mark = if language == Language::English { ',' } else { '.' };
    let text = Cents(i64::from(number) * 100).grouped(mark, '|');
    text.trim_end_matches("|00").to_owned()
}

/// A size as people read it: `1,2 MB`, `340 kB`.
pub fn file_size(bytes: u64, language: Language) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", bytes.div_ceil(1000));
    }
    let tenths = bytes.div_ceil(100_000);
    let mark = if language == Language::English { '.' } else { ',' };
    format!("{}{mark}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_money_and_numbers_follow_the_language() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 21).unwrap();
        assert_eq!(date(day, Language::Dutch), "21 maart 2026");
        assert_eq!(long_date(day, Language::German), "Samstag, 21. März 2026");
        assert_eq!(short_date(day, day, Language::Dutch), "21 mrt");
        assert_eq!(short_date(day, day, Language::German), "21. Mär");
        let pay_of = |from, to| Pay { from: Cents(from), to: Cents(to) };
        assert_eq!(pay(pay_of(125_000, 125_000), Language::Dutch), "€\u{a0}1.250");
        assert_eq!(pay(pay_of(45_050, 60_000), Language::German), "450,50\u{a0}€ – 600\u{a0}€");
        assert_eq!(money(Cents(125_000), Language::English), "€1,250");
        assert_eq!(number(12_345, Language::Dutch), "12.345");
        assert_eq!(number(640, Language::English), "640");
    }

    #[test]
    fn a_size_is_written_as_people_read_it() {
        assert_eq!(file_size(1, Language::Dutch), "1 kB");
        assert_eq!(file_size(340_000, Language::German), "340 kB");
        assert_eq!(file_size(1_150_000, Language::Dutch), "1,2 MB");
        assert_eq!(file_size(5_242_880, Language::English), "5.3 MB");
    }
}
