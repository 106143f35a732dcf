//! A vacancy as a row of a spreadsheet.

use super::draft::{VacancyContext, VacancyDraft};
use super::state::VacancyState;
use super::vacancy::{Level, Pay, Remote, TravelAllowance, Vacancy, VacancyKind};
use crate::Language;
use crate::check::Checker;
use crate::field_errors::FieldError;
use crate::sheet::{
    CellError, Cells, Column, LONGEST_REFERENCE, REFERENCE, Row, SheetContext, optional, required, yes_or_no,
};
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
const TRAVEL: &str = "Reiskostenvergoeding";
const LANGUAGE: &str = "Taal";
const CROSS_BORDER: &str = "Grensoverschrijdend";
const REMOTE: &str = "Thuiswerken";
const SEATS: &str = "Plekken";
const STATE: &str = "Status";
const PUBLISHED: &str = "Geplaatst op";
const TEXT: &str = "Tekst";

impl Vacancy {
    /// The column of the closing day; an importer must hold it to the day of publication that the hub knows.
    pub const CLOSING_COLUMN: &'static str = CLOSES;
}

impl Row for Vacancy {
    const SHEET: &'static str = "vacatures";
    const COLUMNS: &'static [Column] = &[
        required(REFERENCE, "reference"),
        required(TITLE, "title"),
        required(ORGANISATION, "organisation"),
        required(KIND, "kind").of(VacancyKind::words),
        required(LEVELS, "levels").of(Level::words),
        optional(STUDY_FIELDS, "study_fields"),
        optional(SKILLS, "skills"),
        required(PLACE, "place"),
        optional(MUNICIPALITY, "municipality"),
        optional(HOURS, "hours_per_week"),
        optional(WEEKS, "weeks"),
        optional(STARTS, "starts_on"),
        required(CLOSES, "closes_on"),
        optional(PAY, "pay"),
        optional(TRAVEL, "travel_allowance").of(TravelAllowance::words),
        optional(LANGUAGE, "language").of(Language::words),
        optional(CROSS_BORDER, "is_cross_border"),
        optional(REMOTE, "remote").of(Remote::words),
        optional(SEATS, "seats"),
        required(STATE, "state").of(VacancyState::words),
        optional(PUBLISHED, "published_on"),
        required(TEXT, "text"),
    ];

    fn from_cells(cells: &[String], context: &SheetContext<'_>) -> Result<Self, Vec<CellError>> {
        let cells = Cells::new(Self::COLUMNS, cells);
        let mut check = Checker::default();
        let reference = check.filled_line("reference", &cells.text(REFERENCE), LONGEST_REFERENCE);
        let state =
            check.required("state", &cells.text(STATE), VacancyState::parse, FieldError::UnknownChoice);
        let published_on =
            check.parsed("published_on", &cells.text(PUBLISHED), parse_date, FieldError::NoDate);
        check.municipality("municipality", &cells.text(MUNICIPALITY), &cells.text(PLACE), context.region);
        let organisation = context.find_organisation(&cells.text(ORGANISATION));
        let checked = draft_of(&cells).check(&VacancyContext {
            region: context.region,
            organisation: organisation.as_ref(),
            earliest_closing: published_on,
        });
        let new = check.take(checked);
        let (Some(new), Some(state), true) = (new, state, check.errors.is_empty()) else {
            return Err(cells.errors(&check.errors));
        };
        Ok(Self { reference, state, published_on, ..new.into_vacancy() })
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
            self.travel_allowance.word().to_owned(),
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

fn draft_of(cells: &Cells<'_>) -> VacancyDraft {
    VacancyDraft {
        title: cells.text(TITLE),
        organisation: cells.text(ORGANISATION),
        kind: cells.text(KIND),
        levels: cells.list(LEVELS),
        study_fields: cells.list(STUDY_FIELDS),
        skills: cells.list(SKILLS),
        place: cells.text(PLACE),
        hours_per_week: cells.text(HOURS),
        weeks: cells.text(WEEKS),
        starts_on: cells.text(STARTS),
        closes_on: cells.text(CLOSES),
        pay: cells.text(PAY),
        travel_allowance: cells.text(TRAVEL),
        language: cells.text(LANGUAGE),
        is_cross_border: cells.text(CROSS_BORDER),
        remote: cells.text(REMOTE),
        seats: cells.text(SEATS),
        text: cells.text(TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::{KnownOrganisation, OrganisationState};
    use crate::region::{Municipality, Place, Region};
    use crate::sheet::Expected;

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

    fn read_row(cells: &[String]) -> Result<Vacancy, Vec<CellError>> {
        let find = |name: &str| {
            let state = OrganisationState::Member;
            (name == "IJsselmetaal").then(|| KnownOrganisation { id: 7, name: name.to_owned(), state })
        };
        let region = region();
        Vacancy::from_cells(cells, &SheetContext::of(&region).with_organisations(&find))
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
            "openbaar vervoer",
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
        let vacancy = read_row(&cells(&[])).unwrap();
        assert_eq!(vacancy.place, "Ulft");
        assert_eq!(vacancy.levels, [Level::Mbo4, Level::Hbo]);
        assert_eq!(read_row(&vacancy.to_cells()), Ok(vacancy));
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
            (TRAVEL, "te voet"),
            (SEATS, "0"),
        ]);
        let errors = read_row(&bad).unwrap_err();
        let columns: Vec<&str> = errors.iter().map(|error| error.column).collect();
        assert_eq!(columns, [TITLE, KIND, LEVELS, PLACE, HOURS, STARTS, PAY, TRAVEL, SEATS]);
        assert_eq!(errors[3].expected, Expected::Place(Some("Ulft".into())));
    }

    #[test]
    fn a_vacancy_closes_before_it_starts_and_after_it_opens() {
        let late = read_row(&cells(&[(CLOSES, "02-02-2027")])).unwrap_err();
        assert_eq!(late[0].expected, Expected::NotAfterStart);
        let early = read_row(&cells(&[(PUBLISHED, "16-01-2027")])).unwrap_err();
        assert_eq!(early[0].expected, Expected::NotBeforeOpening);
    }

    #[test]
    fn control_characters_are_refused() {
        let errors = read_row(&cells(&[(TITLE, "a\0b"), (TEXT, "a\0b")])).unwrap_err();
        assert_eq!(errors.len(), 2);
        assert!(errors.iter().all(|error| error.expected == Expected::PlainText));
    }

    #[test]
    fn a_vacancy_may_close_on_the_day_it_starts_or_opens() {
        let reads = |changes: &[(&str, &str)]| read_row(&cells(changes)).is_ok();
        assert!(reads(&[(CLOSES, "01-02-2027")]) && reads(&[(PUBLISHED, "15-01-2027")]));
        assert!(reads(&[(STARTS, "")]) && reads(&[(PUBLISHED, "01-01-2027")]));
        let errors = read_row(&cells(&[(CLOSES, "ooit"), (PUBLISHED, "01-01-2027")]));
        assert_eq!(errors.unwrap_err().len(), 1, "a day that cannot be read is not compared");
    }

    #[test]
    fn a_row_reads_every_cell_and_says_its_reference() {
        let changes =
            [(REMOTE, "volledig"), (CROSS_BORDER, "ja"), (LANGUAGE, "de"), (PUBLISHED, "02-01-2027")];
        let vacancy = read_row(&cells(&changes)).unwrap();
        assert_eq!(
            (vacancy.reference(), vacancy.language, vacancy.remote),
            ("V-1", Language::German, Remote::Fully)
        );
        assert_eq!(vacancy.travel_allowance, TravelAllowance::PublicTransport);
        assert!(vacancy.is_cross_border);
        assert_eq!((vacancy.hours_per_week, vacancy.weeks, vacancy.seats), (Some(36), Some(20), 1));
        let defaults = [(REMOTE, ""), (TRAVEL, ""), (LANGUAGE, ""), (SEATS, "")];
        let vacancy = read_row(&cells(&defaults)).unwrap();
        assert_eq!((vacancy.language, vacancy.remote, vacancy.seats), (Language::Dutch, Remote::No, 1));
        assert_eq!(vacancy.travel_allowance, TravelAllowance::Unknown);
    }

    #[test]
    fn a_row_says_the_state_of_a_vacancy_and_its_first_day() {
        for &state in VacancyState::ALL {
            let vacancy = read_row(&cells(&[(STATE, state.word()), (PUBLISHED, "02-01-2027")])).unwrap();
            let first_day = chrono::NaiveDate::from_ymd_opt(2027, 1, 2);
            assert_eq!((vacancy.state, vacancy.published_on), (state, first_day));
        }
        assert_eq!(read_row(&cells(&[(PUBLISHED, "")])).unwrap().published_on, None);
    }

    #[test]
    fn a_vacancy_has_at_least_one_level_and_each_once() {
        let read = |levels| read_row(&cells(&[(LEVELS, levels)]));
        assert_eq!(read("").unwrap_err()[0].expected, Expected::Filled);
        assert_eq!(read("havo").unwrap_err().len(), 1);
        assert_eq!(read("hbo|mbo 2|HBO").unwrap().levels, [Level::Mbo2, Level::Hbo]);
    }

    #[test]
    fn one_bad_text_alone_refuses_a_row() {
        let errors = read_row(&cells(&[(TITLE, "")])).unwrap_err();
        assert_eq!((errors.len(), errors[0].column), (1, TITLE));
    }

    #[test]
    fn a_row_names_an_organisation_that_the_hub_knows() {
        assert_eq!(read_row(&cells(&[])).unwrap().organisation_id, 7);
        let of = |name| read_row(&cells(&[(ORGANISATION, name)])).unwrap_err().remove(0).expected;
        assert_eq!((of("Onbekend"), of("")), (Expected::Organisation, Expected::Filled));
    }
}
