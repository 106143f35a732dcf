//! Events: the agenda, and the page of one.

mod agenda;
mod page;

pub use agenda::{AgendaPage, AgendaPageProps, EventList};
pub use page::{EventPage, EventPageProps, EventView};
