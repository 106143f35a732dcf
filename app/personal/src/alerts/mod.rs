//! Alerts: what is new comes by mail. All of it is drawn by the server.

mod commands;
mod frequencies;
mod list;
mod new;

use domain::Language;
use domain::vacancies::VacancyFilter;
use search::{PlaceMatch, SearchResults};

use site::vacancies::label_of;

pub use commands::{AddAlert, AlertsFlash, ChangeAlert, ConfirmAlert, StopAlert, StopAllAlerts, Unsubscribe};
pub use list::{AlertsGonePage, AlertsGonePageProps, AlertsPage, AlertsPageProps, AlertsView};
pub use new::{AlertAskedPage, AlertAskedPageProps, NewAlertPage, NewAlertPageProps, NewAlertView};

/// A search in words: what was typed, every choice, and the place.
pub fn search_words(filter: &VacancyFilter, answer: &SearchResults, language: Language) -> String {
    let query = (!filter.query().is_empty()).then(|| format!("“{}”", filter.query()));
    let choices = filter.choices().map(|(facet, value)| label_of(answer, facet, value, language));
    let place = filter.near().map(|near| {
        let name = match &answer.place {
            PlaceMatch::Known { name } => name,
            _ => &near.place,
        };
        format!("{name} + {} km", near.radius.kilometres())
    });
    query.into_iter().chain(choices).chain(place).collect::<Vec<_>>().join(" · ")
}
