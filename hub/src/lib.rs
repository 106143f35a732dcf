//! The running hub without requests and pages: what is public now, the search index, what is new for alerts.

mod alerts;
mod catalogue;
pub mod formula;
pub mod jobs;
mod letters;
pub mod list_file;
mod markdown;
mod state;
mod zone;

pub use catalogue::{Catalogue, ReadVacancy};
pub use letters::{Letter, LetterPart, mail_kind_label};
pub use markdown::{excerpt, to_html};
pub use state::{Clock, HubState, RandomSource, Settings, SnapshotAddress, World};
pub use zone::{beginning_of, local, moment_at, with_offset};
