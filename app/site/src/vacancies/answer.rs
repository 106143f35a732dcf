//! What a search gives the page.

use chrono::NaiveDate;
use search::{Excerpt, SearchResults};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// What a search gives the page: results and counts with names in the reader's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResponse {
    /// The results.
    pub answer: SearchResults,
    /// For every result the piece of its text that was found, when its title does not show why it is here.
    pub excerpts: Vec<Option<Excerpt>>,
    /// The day on which they hold.
    #[serde(with = "domain::text::day")]
    pub today: NaiveDate,
    /// Whether they say what fits the talent who asks.
    pub has_talent: bool,
}

/// Where a browser finds the index of the vacancies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFiles {
    /// The path of what cards show.
    pub core: String,
    /// The path of the words of the texts, when they are few enough for a browser.
    pub texts: Option<String>,
}

/// Why a search gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SearchError {
    /// The question can't be read.
    #[error("the question can't be read")]
    Malformed,
    /// Something broke on our side.
    #[error("the search failed")]
    Ours,
}

impl FromServerFnError for SearchError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Malformed,
            _ => Self::Ours,
        }
    }
}
