//! The vacancy search engine: words, typos, compounds, synonyms, facets and distance over one index in memory.
//!
//! The engine is pure: no input or output, no clock, no chance, so that the server and the browser give the
//! same answer to the same filter. Documents are numbered from the newest to the oldest, so every set of
//! documents is already in the order "newest first".
//!
//! - [`analyse`] makes words of texts; index and query use the same ones.
//! - `columns` holds the vacancies in few bytes, `index` arranges them, `snapshot` carries them to a browser, where
//!   `opening` arranges them again.
//! - `query` finds the documents with what was typed, `levels` weighs them.
//! - `facets` counts, `distance` measures, `conditions` combines, `relax`, `understand` and `suggest` help on.

pub mod analyse;
mod bits;
mod bytes;
mod columns;
mod conditions;
mod distance;
mod document;
mod documents;
mod elsewhere;
mod excerpt;
mod facets;
mod fitting;
mod hash;
mod index;
mod knowledge;
mod levels;
mod marks;
mod opening;
mod query;
mod relax;
mod results;
mod search;
mod similar;
mod snapshot;
mod sorting;
mod suggest;
mod understand;

pub use document::Document;
pub use elsewhere::{Elsewhere, ElsewhereEntry, ElsewhereKind, FoundElsewhere};
pub use excerpt::Excerpt;
pub use index::{Index, IndexBuilder};
pub use knowledge::{Knowledge, Name};
pub use opening::Opening;
pub use results::{
    Choice, Dropped, FacetCounts, FacetValue, Hit, PlaceCount, PlaceMatch, Relaxation, SearchResults,
    Understood,
};
pub use search::PAGE_SIZE;
pub use snapshot::{BadSnapshot, Snapshot};
pub use suggest::{Suggestion, SuggestionKind};
