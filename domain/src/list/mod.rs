//! Lists that people filter, sort, page through and export: one query from the address to the database.
//!
//! A list is declared once, as a [`ListSpec`]. What somebody asks of it is a [`ListQuery`], which an address carries: malformed
//! parts are dropped, and defaults are not written, so that equal questions have equal addresses.

mod cursor;
mod query;
mod saved_view;
mod spec;

pub use cursor::{Cursor, Position};
pub use query::{DayRange, ListQuery};
pub use saved_view::{MOST_VIEWS, SavedView};
pub use spec::{
    COLUMN_FIELD, Column, Direction, FilterKind, LAYOUT_FIELD, Layout, ListSpec, PAGE_SIZE_FIELD, PAGE_SIZES,
    SEARCH_FIELD, SORT_FIELD, Sort,
};
