//! An event as somebody types it, and the check that makes an event of it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::event::{Audience, Event, EventKind};
use super::state::EventState;
use crate::Language;
use crate::check::Checker;
use crate::field_errors::{FieldError, FieldErrors};
use crate::organisations::KnownOrganisation;
use crate::region::Region;
use crate::text::{moment_text, parse_date_time};

const LONGEST_TITLE: usize = 160;
const LONGEST_TEXT: usize = 20_000;
const MOST_PEOPLE: i64 = 100_000;
/// The greatest number of whole days from beginning to end.
const MOST_DAYS: u16 = 31;

/// What was typed of an event: each field as it was, so that nothing is lost while it is wrong.
///
/// A choice is its code or its Dutch word, a moment is written as forms or as Dutch spreadsheets write it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventDraft {
    /// The title.
    pub title: String,
    /// The kind of meeting.
    pub kind: String,
    /// The organisation that is the host, as the form or the sheet names it.
    pub host: String,
    /// The place.
    pub place: String,
    /// The start, on the hub's own clock.
    pub starts_at: String,
    /// The end, on the hub's own clock.
    pub ends_at: String,
    /// The number of people who can come.
    pub capacity: String,
    /// Whom it is for.
    pub audience: String,
    /// The language of its texts.
    pub language: String,
    /// The description in Markdown.
    pub text: String,
}

/// What a check must know beside the draft.
#[derive(Clone, Copy, Debug)]
pub struct EventContext<'a> {
    /// The places of the hub.
    pub region: &'a Region,
    /// The organisation that the draft names as its host, when the hub knows it.
    pub host: Option<&'a KnownOrganisation>,
}

/// The contents of an event that are right; only [`EventDraft::check`] makes one.
///
/// It is a draft without a reference: the store gives it one, and the state that it keeps or gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent(Event);

impl NewEvent {
    /// The contents.
    pub const fn event(&self) -> &Event {
        &self.0
    }

    /// The contents, to be given a reference and a state.
    pub fn into_event(self) -> Event {
        self.0
    }
}

impl EventDraft {
    /// What is typed of an event that is there: to change or to copy it.
    pub fn of(event: &Event) -> Self {
        Self {
            title: event.title.clone(),
            kind: event.kind.code().to_owned(),
            host: event.host.clone().unwrap_or_default(),
            place: event.place.clone(),
            starts_at: moment_text(event.starts_at),
            ends_at: moment_text(event.ends_at),
            capacity: event.capacity.map(|number| number.to_string()).unwrap_or_default(),
            audience: event.audience.code().to_owned(),
            language: event.language.code().to_owned(),
            text: event.text.clone(),
        }
    }

    /// Checks what was typed.
    ///
    /// # Errors
    /// Every field that is wrong, at once.
    pub fn check(&self, context: &EventContext<'_>) -> Result<NewEvent, FieldErrors> {
        let mut check = Checker::default();
        let title = check.filled_line("title", &self.title, LONGEST_TITLE);
        let kind = check.required("kind", &self.kind, EventKind::parse, FieldError::UnknownChoice);
        if context.host.is_none() && !self.host.trim().is_empty() {
            check.errors.insert("host", FieldError::UnknownChoice);
        }
        let place = check.place("place", &self.place, context.region);
        let starts_at = check.required("starts_at", &self.starts_at, parse_date_time, FieldError::NoDateTime);
        let ends_at = self.check_end(&mut check, starts_at);
        let capacity = check.number("capacity", &self.capacity, 1, MOST_PEOPLE);
        let audience = check.required("audience", &self.audience, Audience::parse, FieldError::UnknownChoice);
        let language = check.parsed("language", &self.language, Language::parse, FieldError::UnknownChoice);
        let text = check.lines("text", &self.text, LONGEST_TEXT);
        let (Some(kind), Some(starts_at), Some(ends_at), Some(audience), true) =
            (kind, starts_at, ends_at, audience, check.errors.is_empty())
        else {
            return Err(check.errors);
        };
        Ok(NewEvent(Event {
            reference: String::new(),
            title,
            kind,
            host_id: context.host.map(|host| host.id),
            host: context.host.map(|host| host.name.clone()),
            place,
            starts_at,
            ends_at,
            capacity,
            audience,
            state: EventState::Draft,
            language: language.unwrap_or(Language::Dutch),
            text,
        }))
    }

    fn check_end(&self, check: &mut Checker, starts_at: Option<NaiveDateTime>) -> Option<NaiveDateTime> {
        let ends_at = check.required("ends_at", &self.ends_at, parse_date_time, FieldError::NoDateTime)?;
        let length = starts_at.map(|starts_at| ends_at - starts_at);
        if length.is_some_and(|length| length <= chrono::TimeDelta::zero()) {
            check.errors.insert("ends_at", FieldError::EndsBeforeStart);
        }
        if length.is_some_and(|length| length.num_days() > i64::from(MOST_DAYS)) {
            check.errors.insert("ends_at", FieldError::LastsTooLong { days: MOST_DAYS });
        }
        Some(ends_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::OrganisationState;
    use crate::region::Place;

    fn check(draft: &EventDraft, host: Option<&KnownOrganisation>) -> Result<Event, FieldErrors> {
        let ulft = Place {
            name: "Ulft".into(),
            municipality: "Oude IJsselstreek".into(),
            latitude: 51.8897,
            longitude: 6.3797,
        };
        let region = Region { municipalities: vec![], places: vec![ulft] };
        draft.check(&EventContext { region: &region, host }).map(NewEvent::into_event)
    }

    fn host() -> KnownOrganisation {
        KnownOrganisation { id: 7, name: "IJsselmetaal".into(), state: OrganisationState::Member }
    }

    fn draft() -> EventDraft {
        EventDraft {
            title: " Stagemarkt ".into(),
            kind: "company_day".into(),
            host: "ijsselmetaal".into(),
            place: "ulft".into(),
            starts_at: "2027-02-01T13:00".into(),
            ends_at: "2027-02-01T17:30".into(),
            capacity: "80".into(),
            audience: "everyone".into(),
            language: "de".into(),
            text: "Kom langs.".into(),
        }
    }

    #[test]
    fn a_draft_that_is_right_becomes_an_event_that_nobody_sees_yet() {
        let event = check(&draft(), Some(&host())).unwrap();
        assert_eq!((event.title.as_str(), event.place.as_str()), ("Stagemarkt", "Ulft"));
        assert_eq!((event.host_id, event.host.as_deref()), (Some(7), Some("IJsselmetaal")));
        assert_eq!((event.capacity, event.language), (Some(80), Language::German));
        assert_eq!((event.state, event.reference.as_str()), (EventState::Draft, ""));
    }

    #[test]
    fn an_event_that_is_typed_again_is_the_same() {
        let event = check(&draft(), Some(&host())).unwrap();
        assert_eq!(check(&EventDraft::of(&event), Some(&host())), Ok(event));
        let open = EventDraft { host: " ".into(), capacity: String::new(), ..draft() };
        let event = check(&open, None).unwrap();
        assert_eq!((event.host_id, event.capacity), (None, None));
        assert_eq!(check(&EventDraft::of(&event), None), Ok(event));
    }

    #[test]
    fn a_draft_reports_every_bad_field_at_once() {
        let bad = EventDraft {
            title: "x".repeat(161),
            kind: "feest".into(),
            host: "Onbekend".into(),
            place: "Amsterdam".into(),
            starts_at: "2027-02-30T13:00".into(),
            ends_at: "straks".into(),
            capacity: "0".into(),
            audience: "niemand".into(),
            language: "fr".into(),
            text: "x".repeat(20_001),
        };
        let expected = [
            ("title", FieldError::TooLong { longest: 160 }),
            ("kind", FieldError::UnknownChoice),
            ("host", FieldError::UnknownChoice),
            ("place", FieldError::UnknownPlace { nearest: None }),
            ("starts_at", FieldError::NoDateTime),
            ("ends_at", FieldError::NoDateTime),
            ("capacity", FieldError::NoNumber { least: 1, most: 100_000 }),
            ("audience", FieldError::UnknownChoice),
            ("language", FieldError::UnknownChoice),
            ("text", FieldError::TooLong { longest: 20_000 }),
        ];
        let expected = expected.into_iter().map(|(field, error)| (field.to_owned(), error));
        assert_eq!(check(&bad, None).unwrap_err(), expected.collect());
    }

    #[test]
    fn an_empty_draft_lacks_what_an_event_needs() {
        let errors = check(&serde_json::from_str("{}").unwrap(), None).unwrap_err();
        let needed = ["audience", "ends_at", "kind", "place", "starts_at", "title"];
        assert!(errors.iter().map(|(field, _)| field).eq(needed));
    }

    #[test]
    fn an_event_ends_after_it_begins_and_within_31_days() {
        let error = |ends_at: &str| {
            let draft = EventDraft { ends_at: ends_at.into(), ..draft() };
            check(&draft, Some(&host())).err().and_then(|errors| errors.get("ends_at").cloned())
        };
        assert_eq!(error("2027-02-01T13:01"), None);
        assert_eq!(error("2027-02-01T13:00"), Some(FieldError::EndsBeforeStart));
        assert_eq!(error("2027-03-05T12:59"), None, "31 days, and not yet another");
        assert_eq!(error("2027-03-05T13:00"), Some(FieldError::LastsTooLong { days: 31 }));
    }
}
