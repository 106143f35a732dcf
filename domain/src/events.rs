//! Events: meetings that the hub and its members hold.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::Language;
use crate::region::Region;
use crate::sheet::{CellError, Column, Expected, Reader, Row, optional, required};
use crate::text::{parse_date_time, short_slug, write_date_time};
use crate::words::words;

words! {
    /// The kind of meeting.
    EventKind {
        /// Talents and members exchange what they know.
        KnowledgeExchange = "knowledge_exchange", "kennisuitwisseling";
        /// A training or workshop.
        PersonalGrowth = "personal_growth", "persoonlijke groei";
        /// A visit to a member.
        CompanyVisit = "company_visit", "bedrijfsbezoek";
        /// A drink, a dinner, a game.
        Social = "social", "sociaal";
        /// Members present themselves.
        CompanyDay = "company_day", "bedrijvendag";
        /// An information session, often at a school.
        Information = "information", "voorlichting";
        /// A group of members that meets around a subject.
        KnowledgeCircle = "knowledge_circle", "kenniskring";
        /// An evening where ideas are pitched.
        Pitch = "pitch", "pitch";
    }
}

words! {
    /// Whom an event is for.
    Audience {
        /// Anybody.
        Everyone = "everyone", "iedereen";
        /// Participants of the Talent Program.
        TalentProgram = "talent_program", "talent program";
        /// Member organisations.
        Members = "members", "leden";
    }
}

impl Audience {
    /// Whether visitors of the site may see the event.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Everyone | Self::TalentProgram)
    }
}

/// An event as the programme office plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The office's own reference (Kenmerk).
    pub reference: String,
    /// The title.
    pub title: String,
    /// The kind of meeting.
    pub kind: EventKind,
    /// The name of the organisation that is the host, when one is.
    pub host: Option<String>,
    /// The place, in the region's spelling.
    pub place: String,
    /// The start, on the hub's own clock.
    pub starts_at: NaiveDateTime,
    /// The end, on the hub's own clock.
    pub ends_at: NaiveDateTime,
    /// The number of people who can come; unknown when empty.
    pub capacity: Option<u32>,
    /// Whom it is for.
    pub audience: Audience,
    /// The language of its texts.
    pub language: Language,
    /// The description in Markdown.
    pub text: String,
}

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

impl Row for Event {
    const SHEET: &'static str = "bijeenkomsten";
    const COLUMNS: &'static [Column] = &[
        required(crate::sheet::REFERENCE),
        required(TITLE),
        required(KIND),
        optional(HOST),
        required(PLACE),
        optional(MUNICIPALITY),
        required(BEGIN),
        required(END),
        optional(CAPACITY),
        required(AUDIENCE),
        optional(LANGUAGE),
        optional(TEXT),
    ];

    fn from_cells(cells: &[String], region: &Region) -> Result<Self, Vec<CellError>> {
        let mut read = Reader::new(Self::COLUMNS, cells);
        let reference = read.filled_line(crate::sheet::REFERENCE, 60);
        let title = read.filled_line(TITLE, 160);
        let kind = read.required(KIND, EventKind::from_word, Expected::OneOf(EventKind::words()));
        let host = Some(read.line(HOST, 120)).filter(|text| !text.is_empty());
        let place = read.place(PLACE, MUNICIPALITY, region);
        let starts_at = read.required(BEGIN, parse_date_time, Expected::DateTime);
        let ends_at = read.required(END, parse_date_time, Expected::DateTime);
        if let (Some(begin), Some(end)) = (starts_at, ends_at)
            && (end <= begin || (end - begin).num_days() > 31)
        {
            read.error(END, Expected::AfterBegin);
        }
        let capacity = read.number(CAPACITY, 1, 100_000).map(|number| number as u32);
        let audience = read.required(AUDIENCE, Audience::from_word, Expected::OneOf(Audience::words()));
        let language = read.parsed(LANGUAGE, Language::from_word, Expected::OneOf(Language::words()));
        let text = read.lines(TEXT, 20_000);
        match (kind, starts_at, ends_at, audience) {
            (Some(kind), Some(starts_at), Some(ends_at), Some(audience)) if read.errors.is_empty() => {
                Ok(Self {
                    reference,
                    title,
                    kind,
                    host,
                    place,
                    starts_at,
                    ends_at,
                    capacity,
                    audience,
                    language: language.unwrap_or(Language::Dutch),
                    text,
                })
            }
            _ => Err(read.errors),
        }
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
        ]
    }

    fn reference(&self) -> &str {
        &self.reference
    }
}

/// An event that is in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// The row's number.
    pub id: i64,
    /// The slug of the host's page, when the host is an organisation.
    pub host_slug: Option<String>,
    /// All that is known.
    pub event: Event,
}

impl StoredEvent {
    /// The last part of the event's address: its title and its number.
    pub fn slug(&self) -> String {
        format!("{}-{}", short_slug(&self.event.title, 60), self.id).trim_start_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Place;

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
        ];
        let mut cells: Vec<String> = good.iter().map(|cell| (*cell).to_owned()).collect();
        for (column, value) in changes {
            let at = Event::COLUMNS.iter().position(|known| known.name == *column).unwrap();
            cells[at] = (*value).to_owned();
        }
        Event::from_cells(&cells, &region())
    }

    #[test]
    fn a_good_row_reads_back_from_what_it_writes() {
        let event = read(&[]).unwrap();
        assert_eq!((event.reference(), event.place.as_str()), ("B-1", "Ulft"));
        assert_eq!((event.host.as_deref(), event.capacity), (Some("IJsselmetaal"), Some(80)));
        assert_eq!(write_date_time(event.ends_at), "01-02-2027 17:30");
        assert_eq!(Event::from_cells(&event.to_cells(), &region()), Ok(event));
    }

    #[test]
    fn an_event_without_a_host_a_number_and_a_language_is_dutch_and_open_ended() {
        let event = read(&[(HOST, " "), (CAPACITY, ""), (LANGUAGE, "")]).unwrap();
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

    #[test]
    fn visitors_see_all_but_the_events_for_members() {
        let public = Audience::ALL.iter().filter(|audience| audience.is_public());
        assert!(public.eq(&[Audience::Everyone, Audience::TalentProgram]));
    }

    #[test]
    fn the_address_of_an_event_has_its_title_and_its_number() {
        let stored = |title: &str| StoredEvent {
            id: 7,
            host_slug: None,
            event: Event { title: title.into(), ..read(&[]).unwrap() },
        };
        assert_eq!(stored("Stagemarkt 2027").slug(), "stagemarkt-2027-7");
        assert_eq!(stored("???").slug(), "7");
    }
}
