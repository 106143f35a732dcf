//! What a search gives the page.

use chrono::NaiveDate;
use search::Answer;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// What a search gives the page: results and counts with names in the reader's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The results.
    pub answer: Answer,
    /// The day on which they hold.
    #[serde(with = "domain::text::day")]
    pub today: NaiveDate,
}

/// Why a search gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SearchError {
    /// What was asked can't be read.
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
