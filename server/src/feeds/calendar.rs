//! Events for people's own calendars (RFC 5545), all together or one by one.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::Language;
use domain::events::StoredEvent;
use domain::vacancies::id_in_slug;
use hub::{Catalogue, HubState, excerpt};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use words::paths::{Page, language_of};

use super::catalogue_answer::from_catalogue;
use super::host;
use crate::state::ServerState;

const KIND: &str = "text/calendar; charset=utf-8";
/// Letters of an event's text; its page has all of it.
const LONGEST_TEXT: usize = 1000;

/// All events to come, to subscribe to.
pub(crate) async fn all(State(server): State<ServerState>, uri: Uri, headers: HeaderMap) -> Response {
    let language = language_of(uri.path());
    let catalogue = server.state.catalogue();
    from_catalogue(&server, &headers, &catalogue, KIND, || {
        let events =
            catalogue.coming_events().map(|stored| entry(&server.state, &catalogue, stored, language));
        let mut calendar = empty(&server.state);
        let name = server.state.hub().name.clone();
        calendar.name(&name);
        calendar.append_property(Property::new("METHOD", "PUBLISH"));
        calendar.ttl(&Duration::hours(12));
        calendar.extend(events);
        calendar.to_string()
    })
}

/// One event, to put into one's own calendar.
pub(crate) async fn event(
    State(server): State<ServerState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let catalogue = server.state.catalogue();
    let id = file.strip_suffix(".ics").and_then(id_in_slug);
    let Some(stored) = id.and_then(|id| catalogue.find_event(id)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = from_catalogue(&server, &headers, &catalogue, KIND, || {
        let mut calendar = empty(&server.state);
        calendar.push(entry(&server.state, &catalogue, stored, stored.event.language));
        calendar.to_string()
    });
    let name = format!("attachment; filename=\"{}.ics\"", stored.slug());
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response
}

fn empty(state: &HubState) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", format!("-//SmartHub//{}//NL", state.hub().name)));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar
}

fn entry(state: &HubState, catalogue: &Catalogue, stored: &StoredEvent, language: Language) -> Event {
    let event = &stored.event;
    let public_url = &state.settings().public_url;
    let address = format!("{public_url}{}", Page::Event(stored.slug()).path(language));
    let place = match &event.host {
        Some(host) => format!("{host}, {}", event.place),
        None => event.place.clone(),
    };
    Event::new()
        .uid(&format!("event-{}@{}", stored.id, host(public_url)))
        // Nobody notes when an event changed; the day of the catalogue is not later than that for readers.
        .timestamp(catalogue.today.and_time(NaiveTime::MIN).and_utc())
        .summary(&event.title)
        .starts(moment(event.starts_at))
        .ends(moment(event.ends_at))
        .location(&place)
        .url(&address)
        .description(format!("{}\n\n{address}", excerpt(&event.text, LONGEST_TEXT)).trim())
        .done()
}

/// A moment of the hub's own clock; in the hour that summer time skips, the hour after it.
fn moment(local: NaiveDateTime) -> DateTime<Utc> {
    let found = Amsterdam.from_local_datetime(&local).earliest();
    let found = found.or_else(|| Amsterdam.from_local_datetime(&(local + Duration::hours(1))).earliest());
    found.map_or_else(|| local.and_utc(), |moment| moment.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn moments_follow_summer_time() {
        let at = |month, day, hour| {
            moment(NaiveDate::from_ymd_opt(2027, month, day).unwrap().and_hms_opt(hour, 30, 0).unwrap())
                .to_rfc3339()
        };
        assert_eq!(at(1, 15, 13), "2027-01-15T12:30:00+00:00");
        assert_eq!(at(7, 15, 13), "2027-07-15T11:30:00+00:00");
        assert_eq!(at(3, 28, 2), "2027-03-28T01:30:00+00:00");
    }
}
