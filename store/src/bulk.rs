//! Rows of a list that are changed together.

use domain::list::ListQuery;

/// Rows that are changed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChosenRows {
    /// Those with these numbers.
    Some(Vec<i64>),
    /// All that match a query, when they are still as many as somebody saw.
    All {
        /// The query, one of the list.
        query: ListQuery,
        /// The number of rows that somebody confirmed.
        count: u64,
    },
}
