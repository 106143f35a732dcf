//! The index: what is known of every open vacancy, arranged for quick answers.

mod dictionary;
mod lists;
mod part;
mod segment;
mod skills;
mod stems;
mod strong;
mod texts;
mod vacancy_index;
mod vocabulary;

pub(crate) use dictionary::Dictionary;
pub(crate) use lists::Lists;
pub(crate) use part::IndexPart;
pub(crate) use segment::Segment;
pub(crate) use texts::{TextList, TextWords};
pub(crate) use vacancy_index::Preparation;
pub use vacancy_index::{Index, IndexBuilder};
pub(crate) use vocabulary::{GatheredWords, SortedWords, Vocabulary};
