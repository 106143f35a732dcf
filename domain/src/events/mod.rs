//! Events: meetings that the hub and its members hold.

mod draft;
mod event;
mod row;
mod state;

pub use draft::{EventContext, EventDraft, NewEvent};
pub use event::{Audience, Event, EventKind, StoredEvent};
pub use state::EventState;
