//! The declaration of a list: its columns, and what one may ask of each.

use std::fmt;

/// The field of an address for the words that are searched for.
pub const SEARCH_FIELD: &str = "q";
/// The field of an address for the order.
pub const SORT_FIELD: &str = "sorteer";
/// The field of an address for a column that is shown.
pub const COLUMN_FIELD: &str = "kolom";
/// The field of an address for the form in which rows are shown.
pub const LAYOUT_FIELD: &str = "vorm";
/// The field of an address for the number of rows of a page.
pub const PAGE_SIZE_FIELD: &str = "aantal";
/// Follows the key of a column in an address, for the first day of a range.
pub(super) const FIRST_DAY: &str = "-van";
/// Follows the key of a column in an address, for the last day of a range.
pub(super) const LAST_DAY: &str = "-tot";

/// The numbers of rows that a page may have.
pub const PAGE_SIZES: [u16; 3] = [25, 50, 100];

/// A list: its columns, its order and the size of its pages when nobody asks otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct ListSpec {
    /// The name under which views of it are saved; never changed.
    pub name: &'static str,
    /// The columns, in the order in which they are shown.
    pub columns: &'static [Column],
    /// The order when nobody asks for another.
    pub sort: Sort,
    /// The number of rows of a page, one of [`PAGE_SIZES`].
    pub page_size: u16,
    /// Whether words can be searched for over the whole list.
    pub has_search: bool,
    /// Whether it can be shown as a board.
    pub has_board: bool,
}

impl ListSpec {
    /// The column with a key.
    pub fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// The columns that are shown when nobody chooses.
    pub fn default_columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| column.is_shown)
    }

    /// Every field of an address by which the list is filtered.
    pub fn filter_fields(&self) -> Vec<String> {
        let search = self.has_search.then(|| SEARCH_FIELD.to_owned());
        let of_columns = self.columns.iter().flat_map(|column| match column.filter {
            Some(FilterKind::Days) => vec![column.first_day_field(), column.last_day_field()],
            Some(_) => vec![column.key.to_owned()],
            None => Vec::new(),
        });
        search.into_iter().chain(of_columns).collect()
    }

    /// The order by a column; nothing when the list has no such column or can't be sorted by it.
    pub fn sort_by(&self, key: &str, direction: Direction) -> Option<Sort> {
        let column = self.column(key).filter(|column| column.is_sortable)?;
        Some(Sort { column: column.key, direction })
    }
}

/// A column of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in an address: lower case letters, digits and `_`, and none of the words that a query uses itself.
    pub key: &'static str,
    /// Whether the list can be sorted by it.
    pub is_sortable: bool,
    /// Whether it is shown when nobody chooses columns.
    pub is_shown: bool,
    /// How the list is filtered by it, if it is.
    pub filter: Option<FilterKind>,
}

impl Column {
    /// The field of an address for the first day of a range.
    pub fn first_day_field(&self) -> String {
        format!("{}{FIRST_DAY}", self.key)
    }

    /// The field of an address for the last day of a range.
    pub fn last_day_field(&self) -> String {
        format!("{}{LAST_DAY}", self.key)
    }
}

/// How a list is filtered by a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// By words in it.
    Text,
    /// By one or more of these words.
    Choice(&'static [&'static str]),
    /// By one or more values that the list's own data names, such as the numbers of vacancies.
    Reference,
    /// By a first and a last day, both included.
    Days,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The key of the column.
    pub column: &'static str,
    /// Upwards or downwards.
    pub direction: Direction,
}

impl fmt::Display for Sort {
    /// As an address says it: the key of the column, after a `-` when it goes downwards.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.direction == Direction::Descending { "-" } else { "" };
        write!(to, "{mark}{}", self.column)
    }
}

/// The form in which the rows of a list are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One below the other, with a column for each property.
    #[default]
    Table,
    /// As cards, with a column for each state.
    Board,
}

impl Layout {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Table, Self::Board];

    /// The word of an address for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Table => "tabel",
            Self::Board => "bord",
        }
    }
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From small to large, from old to new; rows without a value come last.
    Ascending,
    /// From large to small, from new to old; rows without a value come first.
    Descending,
}

impl Direction {
    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}
