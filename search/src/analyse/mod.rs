//! From text to words: the same for what is indexed and for what is typed.

mod compounds;
mod spelling;
mod stem;
mod stop;
mod synonyms;
mod vocabulary;
mod words;

pub(crate) use compounds::cut_into;
pub use compounds::{Cuts, Lexicon};
pub use spelling::other_spelling;
pub use stem::{Stemmed, stem};
pub use stop::is_stop_word;
pub use synonyms::Synonyms;
pub(crate) use synonyms::{LONGEST_TERM, SynonymKeys, Term};
pub use vocabulary::{kind_words, level_words};
pub use words::{Word, words};
