//! A page of a list, as the server hands it to the page that shows it.

use domain::list::{Cursor, ListQuery, SavedView};

/// A page of a list.
#[derive(Clone, Debug)]
pub struct ListView<Row> {
    /// The question that is answered.
    pub query: ListQuery,
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// The number of rows that match.
    pub count: u64,
    /// The page before.
    pub previous: Option<Cursor>,
    /// The page after.
    pub next: Option<Cursor>,
    /// The views that the reader keeps.
    pub views: ViewsMenu,
}

impl<Row> ListView<Row> {
    /// The number of rows that match, as far as a text can say it.
    pub fn shown_count(&self) -> u32 {
        u32::try_from(self.count).unwrap_or(u32::MAX)
    }

    /// Whether more rows match than stand on this page.
    pub fn has_more(&self) -> bool {
        (self.rows.len() as u64) < self.count
    }
}

/// The views of a list that its reader keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewsMenu {
    /// The views.
    pub saved: Vec<SavedView>,
    /// The result of the last change of them, in words.
    pub done: Option<String>,
    /// Why a view is not kept, in words.
    pub refused: Option<String>,
}
