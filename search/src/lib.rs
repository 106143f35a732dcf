//! The vacancy search engine: words, facets and distance over one index in memory.
//!
//! The engine is pure: no input or output, no clock, no chance, so that the server and the browser give the
//! same answer to the same filter. Documents are numbered from the newest to the oldest, so every set of
//! documents is already in the order "newest first".
//!
//! - [`analyse`] makes words of texts; index and query use the same ones.
//! - `index` builds the dictionaries, postings, sets and orders.
//! - `query` finds and weighs the documents with the words that were typed.
//! - `facets` counts, `distance` measures, `conditions` combines, `order` sorts, `similar` compares.

pub mod analyse;
mod answer;
mod bits;
mod conditions;
mod distance;
mod facets;
mod index;
mod order;
mod query;
mod relax;
mod search;
mod similar;

pub use answer::{Answer, Dropped, FacetCounts, FacetValue, Hit, PlaceMatch, Relaxation};
pub use index::{Document, Index};
pub use search::PAGE_SIZE;
