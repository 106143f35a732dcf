//! An event as a row of a spreadsheet.

use super::draft::{EventContext, EventDraft};
use super::event::{Audience, Event, EventKind};
use super::state::EventState;
use crate::Language;
use crate::check::Checker;
use crate::field_errors::FieldError;
use crate::sheet::{
    CellError, Cells, Column, LONGEST_REFERENCE, REFERENCE, Row, SheetContext, optional, required,
};
use crate::text::write_date_time;

const TITLE: &str = "Titel";
const KIND: &str = "Soort";
const HOST: &str = "Gastheer";
const PLACE: &str = "Plaats";
const MUNICIPALITY: &str = "Gemeente";
const BEGIN: &str = "Begin";
const END: &str = "Einde";
const CAPACITY: &str = "Capaciteit";
const AUDIENCE: &str = "Doelgroep";
const LANGUAGE: &str = "Taal";
const TEXT: &str = "Tekst";
const STATE: &str = "Status";

impl Row for Event {
    const SHEET: &'static str = "bijeenkomsten";
    const COLUMNS: &'static [Column] = &[
        required(REFERENCE, "reference"),
        required(TITLE, "title"),
        required(KIND, "kind").of(EventKind::words),
        optional(HOST, "host"),
        required(PLACE, "place"),
        optional(MUNICIPALITY, "municipality"),
        required(BEGIN, "starts_at"),
        required(END, "ends_at"),
        optional(CAPACITY, "capacity"),
        required(AUDIENCE, "audience").of(Audience::words),
        optional(LANGUAGE, "language").of(Language::words),
        optional(TEXT, "text"),
        optional(STATE, "state").of(EventState::words),
    ];

    fn from_cells(cells: &[String], context: &SheetContext<'_>) -> Result<Self, Vec<CellError>> {
        let cells = Cells::new(Self::COLUMNS, cells);
        let mut check = Checker::default();
        let reference = check.filled_line("reference", &cells.text(REFERENCE), LONGEST_REFERENCE);
        let state = check.parsed("state", &cells.text(STATE), EventState::parse, FieldError::UnknownChoice);
        check.municipality("municipality", &cells.text(MUNICIPALITY), &cells.text(PLACE), context.region);
        let host = context.find_organisation(&cells.text(HOST));
        let checked = draft_of(&cells).check(&EventContext { region: context.region, host: host.as_ref() });
        let new = check.take(checked);
        let (Some(new), true) = (new, check.errors.is_empty()) else {
            return Err(cells.errors(&check.errors));
        };
        Ok(Self { reference, state: state.unwrap_or(EventState::Published), ..new.into_event() })
    }

    fn to_cells(&self) -> Vec<String> {
        vec![
            self.reference.clone(),
            self.title.clone(),
            self.kind.word().to_owned(),
            self.host.clone().unwrap_or_default(),
            self.place.clone(),
            String::new(),
            write_date_time(self.starts_at),
            write_date_time(self.ends_at),
            self.capacity.map(|number| number.to_string()).unwrap_or_default(),
            self.audience.word().to_owned(),
            self.language.word().to_owned(),
            self.text.clone(),
            self.state.word().to_owned(),
        ]
    }

    fn reference(&self) -> &str {
        &self.reference
    }
}

fn draft_of(cells: &Cells<'_>) -> EventDraft {
    EventDraft {
        title: cells.text(TITLE),
        kind: cells.text(KIND),
        host: cells.text(HOST),
        place: cells.text(PLACE),
        starts_at: cells.text(BEGIN),
        ends_at: cells.text(END),
        capacity: cells.text(CAPACITY),
        audience: cells.text(AUDIENCE),
        language: cells.text(LANGUAGE),
        text: cells.text(TEXT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::{KnownOrganisation, OrganisationState};
    use crate::region::{Place, Region};
    use crate::sheet::Expected;

    fn region() -> Region {
        let ulft = Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        Region { municipalities: vec![], places: vec![ulft] }
    }

    fn read(changes: &[(&str, &str)]) -> Result<Event, Vec<CellError>> {
        let good = [
            "B-1",
            "Stagemarkt",
            "bedrijvendag",
            "IJsselmetaal",
            "ulft",
            "",
            "01-02-2027 13:00",
            "01-02-2027 17:30",
            "80",
            "iedereen",
            "de",
            "Kom langs.",
            "concept",
        ];
        let mut cells: Vec<String> = good.iter().map(|cell| (*cell).to_owned()).collect();
        for (column, value) in changes {
            let at = Event::COLUMNS.iter().position(|known| known.name == *column).unwrap();
            cells[at] = (*value).to_owned();
        }
        read_row(&cells)
    }

    fn read_row(cells: &[String]) -> Result<Event, Vec<CellError>> {
        let find = |name: &str| {
            let state = OrganisationState::Member;
            (name == "IJsselmetaal").then(|| KnownOrganisation { id: 7, name: name.to_owned(), state })
        };
        let region = region();
        Event::from_cells(cells, &SheetContext::of(&region).with_organisations(&find))
    }

    #[test]
    fn a_good_row_reads_back_from_what_it_writes() {
        let event = read(&[]).unwrap();
        assert_eq!((event.reference(), event.place.as_str()), ("B-1", "Ulft"));
        assert_eq!((event.host.as_deref(), event.capacity), (Some("IJsselmetaal"), Some(80)));
        assert_eq!(write_date_time(event.ends_at), "01-02-2027 17:30");
        assert_eq!(read_row(&event.to_cells()), Ok(event));
    }

    #[test]
    fn an_event_without_a_host_a_number_and_a_language_is_dutch_and_open_ended() {
        let event = read(&[(HOST, " "), (CAPACITY, ""), (LANGUAGE, ""), (STATE, "")]).unwrap();
        assert_eq!(event.state, EventState::Published, "sheets without a state list what takes place");
        assert_eq!((event.host, event.capacity, event.language), (None, None, Language::Dutch));
    }

    #[test]
    fn an_event_ends_after_it_begins_and_within_31_days() {
        let errors = |end| read(&[(END, end)]).map(|_| ()).map_err(|errors| errors[0].expected.clone());
        assert_eq!(errors("01-02-2027 13:01"), Ok(()));
        assert_eq!(errors("01-02-2027 13:00"), Err(Expected::AfterBegin));
        assert_eq!(errors("31-01-2027 17:30"), Err(Expected::AfterBegin));
        assert_eq!(errors("05-03-2027 12:59"), Ok(()), "31 days, and not yet another");
        assert_eq!(errors("05-03-2027 13:00"), Err(Expected::AfterBegin));
        let unreadable = read(&[(END, "straks")]).unwrap_err();
        assert_eq!(unreadable.len(), 1, "an end that cannot be read is not compared");
    }

    #[test]
    fn a_row_reports_every_bad_cell_at_once() {
        let bad = [(TITLE, ""), (KIND, "feest"), (PLACE, "Ulfd"), (CAPACITY, "0"), (AUDIENCE, "niemand")];
        let columns: Vec<&str> = read(&bad).unwrap_err().iter().map(|error| error.column).collect();
        assert_eq!(columns, [TITLE, KIND, PLACE, CAPACITY, AUDIENCE]);
        let only_title = read(&[(TITLE, "")]).unwrap_err();
        assert_eq!(only_title[0].expected, Expected::Filled);
    }
}
