//! An event: its words and its values.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::state::EventState;
use crate::Language;
use crate::text::short_slug;
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
    /// The number of the organisation that is the host, when one is.
    pub host_id: Option<i64>,
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
    /// The state between draft and published.
    pub state: EventState,
    /// The language of its texts.
    pub language: Language,
    /// The description in Markdown.
    pub text: String,
}

impl Event {
    /// Whether visitors may see it.
    pub const fn is_public(&self) -> bool {
        matches!(self.state, EventState::Published) && self.audience.is_public()
    }
}

/// An event that is in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredEvent {
    /// The row's number.
    pub id: i64,
    /// The slug of the host's page, when the host is an organisation.
    pub host_slug: Option<String>,
    /// The number of its last change, which a save names.
    pub version: i64,
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

    fn stored(state: EventState, audience: Audience, title: &str) -> StoredEvent {
        let day = chrono::NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
        let event = Event {
            reference: "B-1".into(),
            title: title.into(),
            kind: EventKind::CompanyDay,
            host_id: None,
            host: None,
            place: "Ulft".into(),
            starts_at: day.and_hms_opt(13, 0, 0).unwrap(),
            ends_at: day.and_hms_opt(17, 0, 0).unwrap(),
            capacity: None,
            audience,
            state,
            language: Language::Dutch,
            text: String::new(),
        };
        StoredEvent { id: 7, host_slug: None, version: 1, event }
    }

    #[test]
    fn visitors_see_published_events_that_are_not_for_members() {
        for &state in EventState::ALL {
            for &audience in Audience::ALL {
                let is_shown = state == EventState::Published && audience != Audience::Members;
                let event = stored(state, audience, "Stagemarkt");
                assert_eq!(event.event.is_public(), is_shown, "{state:?} {audience:?}");
            }
        }
    }

    #[test]
    fn the_address_of_an_event_has_its_title_and_its_number() {
        let slug = |title| stored(EventState::Published, Audience::Everyone, title).slug();
        assert_eq!(slug("Stagemarkt 2027"), "stagemarkt-2027-7");
        assert_eq!(slug("???"), "7");
    }
}
