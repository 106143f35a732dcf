//! A vacancy as a row of a spreadsheet.

use super::{Level, Pay, Remote, Vacancy, VacancyKind, VacancyState};
use crate::Language;
use crate::region::Region;
use crate::sheet::{CellError, Column, Expected, REFERENCE, Reader, Row, optional, required, yes_or_no};
use crate::text::{parse_date, write_date};

const TITLE: &str = "Titel";
const ORGANISATION: &str = "Organisatie";
const KIND: &str = "Soort";
const LEVELS: &str = "Niveau";
const STUDY_FIELDS: &str = "Studierichting";
const SKILLS: &str = "Vaardigheden";
const PLACE: &str = "Plaats";
const MUNICIPALITY: &str = "Gemeente";
const HOURS: &str = "Uren per week";
const WEEKS: &str = "Duur (weken)";
const STARTS: &str = "Startdatum";
const CLOSES: &str = "Sluitingsdatum";
const PAY: &str = "Vergoeding per maand";
const LANGUAGE: &str = "Taal";
const CROSS_BORDER: &str = "Grensoverschrijdend";
const REMOTE: &str = "Thuiswerken";
const SEATS: &str = "Plekken";
const STATE: &str = "Status";
const PUBLISHED: &str = "Geplaatst op";
const TEXT: &str = "Tekst";

impl Vacancy {
    /// The column that names the organisation; an importer must check that the hub knows it.
    pub const ORGANISATION_COLUMN: &'static str = ORGANISATION;
    /// The column of the closing day; an importer must hold it to the day of publication that the hub knows.
    pub const CLOSING_COLUMN: &'static str = CLOSES;
}

impl Row for Vacancy {
    const SHEET: &'static str = "vacatures";
    const COLUMNS: &'static [Column] = &[
        required(REFERENCE),
        required(TITLE),
        required(ORGANISATION),
        required(KIND),
        required(LEVELS),
        optional(STUDY_FIELDS),
        optional(SKILLS),
        required(PLACE),
        optional(MUNICIPALITY),
        optional(HOURS),
        optional(WEEKS),
        optional(STARTS),
        required(CLOSES),
        optional(PAY),
        optional(LANGUAGE),
        optional(CROSS_BORDER),
        optional(REMOTE),
        optional(SEATS),
        required(STATE),
        optional(PUBLISHED),
        required(TEXT),
    ];

    fn from_cells(cells: &[String], region: &Region) -> Result<Self, Vec<CellError>> {
        let mut read = Reader::new(Self::COLUMNS, cells);
        let reference = read.filled_line(REFERENCE, 60);
        let title = read.filled_line(TITLE, 160);
        let organisation = read.filled_line(ORGANISATION, 120);
        let kind = read.required(KIND, VacancyKind::from_word, Expected::OneOf(VacancyKind::words()));
        let levels = read_levels(&mut read);
        let study_fields = read.list(STUDY_FIELDS, 80);
        let skills = read.list(SKILLS, 80);
        let place = read.place(PLACE, MUNICIPALITY, region);
        let hours_per_week = read.number(HOURS, 1, 60).map(|number| number as u8);
        let weeks = read.number(WEEKS, 1, 520).map(|number| number as u16);
        let starts_on = read.parsed(STARTS, parse_date, Expected::Date);
        let closes_on = read.required(CLOSES, parse_date, Expected::Date);
        if let (Some(start), Some(close)) = (starts_on, closes_on)
            && close > start
        {
            read.error(CLOSES, Expected::NotAfterStart);
        }
        let pay = read.parsed(PAY, Pay::parse, Expected::Money);
        let language = read.parsed(LANGUAGE, Language::from_word, Expected::OneOf(Language::words()));
        let is_cross_border = read.yes(CROSS_BORDER);
        let remote = read.parsed(REMOTE, Remote::from_word, Expected::OneOf(Remote::words()));
        let seats = read.number(SEATS, 1, 1000).map_or(1, |number| number as u16);
        let state = read.required(STATE, VacancyState::from_word, Expected::OneOf(VacancyState::words()));
        let published_on = read.parsed(PUBLISHED, parse_date, Expected::Date);
        if let (Some(open), Some(close)) = (published_on, closes_on)
            && close < open
        {
            read.error(CLOSES, Expected::NotBeforeOpening);
        }
        let text = read.lines(TEXT, 20_000);
        match (kind, closes_on, state) {
            (Some(kind), Some(closes_on), Some(state)) if read.errors.is_empty() => Ok(Self {
                reference,
                title,
                organisation,
                kind,
                levels,
                study_fields,
                skills,
                place,
                hours_per_week,
                weeks,
                starts_on,
                closes_on,
                pay,
                language: language.unwrap_or(Language::Dutch),
                is_cross_border,
                remote: remote.unwrap_or(Remote::No),
                seats,
                state,
                published_on,
                text,
            }),
            _ => Err(read.errors),
        }
    }

    fn to_cells(&self) -> Vec<String> {
        let levels: Vec<&str> = self.levels.iter().map(|level| level.word()).collect();
        vec![
            self.reference.clone(),
            self.title.clone(),
            self.organisation.clone(),
            self.kind.word().to_owned(),
            levels.join("|"),
            self.study_fields.join("|"),
            self.skills.join("|"),
            self.place.clone(),
            String::new(),
            self.hours_per_week.map(|number| number.to_string()).unwrap_or_default(),
            self.weeks.map(|number| number.to_string()).unwrap_or_default(),
            self.starts_on.map(write_date).unwrap_or_default(),
            write_date(self.closes_on),
            self.pay.map(Pay::word).unwrap_or_default(),
            self.language.word().to_owned(),
            yes_or_no(self.is_cross_border),
            self.remote.word().to_owned(),
            self.seats.to_string(),
            self.state.word().to_owned(),
            self.published_on.map(write_date).unwrap_or_default(),
            self.text.clone(),
        ]
    }

    fn reference(&self) -> &str {
        &self.reference
    }
}

fn read_levels(read: &mut Reader<'_>) -> Vec<Level> {
    let mut levels = Vec::new();
    let words = read.list(LEVELS, 40);
    if words.is_empty() && read.text(LEVELS).is_empty() {
        read.error(LEVELS, Expected::Filled);
    }
    for word in words {
        match Level::from_word(&word) {
            Some(level) => levels.push(level),
            None => read.error(LEVELS, Expected::OneOf(Level::words())),
        }
    }
    levels.sort_unstable();
    levels.dedup();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::{Municipality, Place};

    fn region() -> Region {
        Region {
            municipalities: vec![Municipality {
                name: "Oude IJsselstreek".into(),
                country: "NL".into(),
                province: None,
            }],
            places: vec![Place {
                name: "Ulft".into(),
                municipality: "Oude IJsselstreek".into(),
                latitude: 51.8897,
                longitude: 6.3797,
            }],
        }
    }

    fn cells(changes: &[(&str, &str)]) -> Vec<String> {
        let good = [
            "V-1",
            "Lasrobot",
            "IJsselmetaal",
            "stage",
            "hbo|mbo 4",
            "mechatronica",
            "Python|ROS",
            "ulft",
            "Oude IJsselstreek",
            "36",
            "20",
            "01-02-2027",
            "15-01-2027",
            "€ 450,00",
            "nl",
            "nee",
            "deels",
            "1",
            "gepubliceerd",
            "",
            "Tekst",
        ];
        let mut cells: Vec<String> = good.iter().map(|cell| (*cell).to_owned()).collect();
        for (column, value) in changes {
            let at = Vacancy::COLUMNS.iter().position(|known| known.name == *column).unwrap();
            cells[at] = (*value).to_owned();
        }
        cells
    }

    #[test]
    fn a_good_row_reads_back_from_what_it_writes() {
        let vacancy = Vacancy::from_cells(&cells(&[]), &region()).unwrap();
        assert_eq!(vacancy.place, "Ulft");
        assert_eq!(vacancy.levels, [Level::Mbo4, Level::Hbo]);
        assert_eq!(Vacancy::from_cells(&vacancy.to_cells(), &region()), Ok(vacancy));
    }

    #[test]
    fn a_row_reports_every_bad_cell_at_once() {
        let bad = cells(&[
            (TITLE, ""),
            (KIND, "hobby"),
            (LEVELS, "hbo|havo"),
            (PLACE, "Ulfd"),
            (HOURS, "99"),
            (STARTS, "31-02-2027"),
            (PAY, "€ -1,00"),
            (SEATS, "0"),
        ]);
        let errors = Vacancy::from_cells(&bad, &region()).unwrap_err();
        let columns: Vec<&str> = errors.iter().map(|error| error.column).collect();
        assert_eq!(columns, [TITLE, KIND, LEVELS, PLACE, HOURS, STARTS, PAY, SEATS]);
        assert_eq!(errors[3].expected, Expected::Place(Some("Ulft".into())));
    }

    #[test]
    fn a_vacancy_closes_before_it_starts_and_after_it_opens() {
        let late = Vacancy::from_cells(&cells(&[(CLOSES, "02-02-2027")]), &region()).unwrap_err();
        assert_eq!(late[0].expected, Expected::NotAfterStart);
        let early = Vacancy::from_cells(&cells(&[(PUBLISHED, "16-01-2027")]), &region()).unwrap_err();
        assert_eq!(early[0].expected, Expected::NotBeforeOpening);
    }

    #[test]
    fn control_characters_are_refused() {
        let errors = Vacancy::from_cells(&cells(&[(TITLE, "a\0b"), (TEXT, "a\0b")]), &region()).unwrap_err();
        assert_eq!(errors.len(), 2);
        assert!(errors.iter().all(|error| error.expected == Expected::PlainText));
    }

    #[test]
    fn a_vacancy_may_close_on_the_day_it_starts_or_opens() {
        let reads = |changes: &[(&str, &str)]| Vacancy::from_cells(&cells(changes), &region()).is_ok();
        assert!(reads(&[(CLOSES, "01-02-2027")]) && reads(&[(PUBLISHED, "15-01-2027")]));
        assert!(reads(&[(STARTS, "")]) && reads(&[(PUBLISHED, "01-01-2027")]));
        let errors = Vacancy::from_cells(&cells(&[(CLOSES, "ooit"), (PUBLISHED, "01-01-2027")]), &region());
        assert_eq!(errors.unwrap_err().len(), 1, "a day that cannot be read is not compared");
    }

    #[test]
    fn a_row_reads_every_cell_and_says_its_reference() {
        let changes =
            [(REMOTE, "volledig"), (CROSS_BORDER, "ja"), (LANGUAGE, "de"), (PUBLISHED, "02-01-2027")];
        let vacancy = Vacancy::from_cells(&cells(&changes), &region()).unwrap();
        assert_eq!(
            (vacancy.reference(), vacancy.language, vacancy.remote),
            ("V-1", Language::German, Remote::Fully)
        );
        assert!(vacancy.is_cross_border);
        assert_eq!((vacancy.hours_per_week, vacancy.weeks, vacancy.seats), (Some(36), Some(20), 1));
        let defaults = [(REMOTE, ""), (LANGUAGE, ""), (SEATS, "")];
        let vacancy = Vacancy::from_cells(&cells(&defaults), &region()).unwrap();
        assert_eq!((vacancy.language, vacancy.remote, vacancy.seats), (Language::Dutch, Remote::No, 1));
    }

    #[test]
    fn a_vacancy_has_at_least_one_level_and_each_once() {
        let read = |levels| Vacancy::from_cells(&cells(&[(LEVELS, levels)]), &region());
        assert_eq!(read("").unwrap_err()[0].expected, Expected::Filled);
        assert_eq!(read("havo").unwrap_err().len(), 1);
        assert_eq!(read("hbo|mbo 2|HBO").unwrap().levels, [Level::Mbo2, Level::Hbo]);
    }

    #[test]
    fn one_bad_text_alone_refuses_a_row() {
        let errors = Vacancy::from_cells(&cells(&[(TITLE, "")]), &region()).unwrap_err();
        assert_eq!((errors.len(), errors[0].column), (1, TITLE));
    }
}
