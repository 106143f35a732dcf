//! What somebody asks of a list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use percent_encoding::percent_decode_str;

use super::cursor::{Cursor, Position};
use super::spec::{
    COLUMN_FIELD, Column, Direction, FIRST_DAY, FilterKind, LAST_DAY, LAYOUT_FIELD, Layout, ListSpec,
    PAGE_SIZE_FIELD, PAGE_SIZES, SEARCH_FIELD, SORT_FIELD, Sort,
};
use crate::text::encode;

const AFTER: &str = "na";
const BEFORE: &str = "voor";

/// The longest text that is looked for, in characters; the rest is dropped.
const LONGEST_TEXT: usize = 200;
const LONGEST_REFERENCE: usize = 80;
const MOST_CHOICES: usize = 40;

/// Days from a first to a last one, both included; one of the two may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl DayRange {
    /// Whether a day lies in the range.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    fn is_open(self) -> bool {
        self == Self::default()
    }
}

/// What somebody asks of a list: filters, order, page and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    spec: &'static ListSpec,
    search: String,
    texts: BTreeMap<&'static str, String>,
    choices: BTreeMap<&'static str, BTreeSet<String>>,
    days: BTreeMap<&'static str, DayRange>,
    sort: Sort,
    layout: Layout,
    columns: BTreeSet<&'static str>,
    page_size: u16,
    cursor: Option<Cursor>,
}

impl ListQuery {
    /// Everything, in the order and with the columns of the list.
    pub fn new(spec: &'static ListSpec) -> Self {
        Self {
            spec,
            search: String::new(),
            texts: BTreeMap::new(),
            choices: BTreeMap::new(),
            days: BTreeMap::new(),
            sort: spec.sort,
            layout: Layout::default(),
            columns: BTreeSet::new(),
            page_size: spec.page_size,
            cursor: None,
        }
    }

    /// Reads the part of an address after the `?`. What is malformed or unknown to the list is dropped.
    pub fn parse(spec: &'static ListSpec, query_string: &str) -> Self {
        let mut query = Self::new(spec);
        for pair in query_string.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query.read(&decode(name), &decode(value));
        }
        query.forget_default_columns();
        query
    }

    fn read(&mut self, name: &str, value: &str) {
        match name {
            SEARCH_FIELD if self.spec.has_search => self.search = clean(value),
            SORT_FIELD => self.sort = self.read_sort(value).unwrap_or(self.spec.sort),
            LAYOUT_FIELD => self.layout = self.read_layout(value),
            COLUMN_FIELD => self.columns.extend(self.spec.column(value).map(|column| column.key)),
            PAGE_SIZE_FIELD => {
                let known = value.parse().ok().filter(|size| PAGE_SIZES.contains(size));
                self.page_size = known.unwrap_or(self.spec.page_size);
            }
            AFTER => self.cursor = Cursor::parse(Position::After, value),
            BEFORE => self.cursor = Cursor::parse(Position::Before, value),
            _ => self.read_filter(name, value),
        }
    }

    fn read_sort(&self, value: &str) -> Option<Sort> {
        match value.strip_prefix('-') {
            Some(key) => self.spec.sort_by(key, Direction::Descending),
            None => self.spec.sort_by(value, Direction::Ascending),
        }
    }

    fn read_layout(&self, value: &str) -> Layout {
        if self.spec.has_board && value == Layout::Board.word() { Layout::Board } else { Layout::Table }
    }

    fn read_filter(&mut self, name: &str, value: &str) {
        if let Some(column) = name.strip_suffix(FIRST_DAY).and_then(|key| self.spec.column(key)) {
            return self.set_days(column, DayRange { from: value.parse().ok(), ..self.days(column.key) });
        }
        if let Some(column) = name.strip_suffix(LAST_DAY).and_then(|key| self.spec.column(key)) {
            return self.set_days(column, DayRange { until: value.parse().ok(), ..self.days(column.key) });
        }
        let Some(column) = self.spec.column(name) else { return };
        match column.filter {
            Some(FilterKind::Text) => self.set_text(column, value),
            Some(FilterKind::Choice(_) | FilterKind::Reference) => self.add_choice(column, value),
            Some(FilterKind::Days) | None => (),
        }
    }

    /// The part of an address after the `?`; empty for everything.
    pub fn to_query_string(&self) -> String {
        let pairs: Vec<String> =
            self.pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        pairs.join("&")
    }

    /// The names and values of which an address is made, in its order.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.filter_pairs();
        pairs.extend(self.view_pairs());
        if let Some(cursor) = &self.cursor {
            let name = if cursor.position == Position::After { AFTER } else { BEFORE };
            pairs.push((name.to_owned(), cursor.to_string()));
        }
        pairs
    }

    /// The names and values of the filters alone: what a bulk command over all rows that match sends.
    pub fn filter_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |name: String, value: &str| pairs.push((name, value.to_owned()));
        if !self.search.is_empty() {
            add(SEARCH_FIELD.to_owned(), &self.search);
        }
        for (key, text) in &self.texts {
            add((*key).to_owned(), text);
        }
        for (key, values) in &self.choices {
            for value in values {
                add((*key).to_owned(), value);
            }
        }
        for (key, range) in &self.days {
            if let Some(from) = range.from {
                add(format!("{key}{FIRST_DAY}"), &from.to_string());
            }
            if let Some(until) = range.until {
                add(format!("{key}{LAST_DAY}"), &until.to_string());
            }
        }
        pairs
    }

    /// The names and values of layout, order, columns and page size: what the form of the filters carries along.
    pub fn view_pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if self.layout != Layout::default() {
            pairs.push((LAYOUT_FIELD.to_owned(), self.layout.word().to_owned()));
        }
        if self.sort != self.spec.sort {
            pairs.push((SORT_FIELD.to_owned(), self.sort.to_string()));
        }
        pairs.extend(self.columns.iter().map(|key| (COLUMN_FIELD.to_owned(), (*key).to_owned())));
        if self.page_size != self.spec.page_size {
            pairs.push((PAGE_SIZE_FIELD.to_owned(), self.page_size.to_string()));
        }
        pairs
    }

    /// The declaration of the list.
    pub fn spec(&self) -> &'static ListSpec {
        self.spec
    }

    /// The words that are searched for over the whole list; empty when there are none.
    pub fn search(&self) -> &str {
        &self.search
    }

    /// The words that are looked for in a column; empty when there are none.
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// The values of a column that are chosen.
    pub fn choices(&self, key: &str) -> impl Iterator<Item = &str> {
        self.choices.get(key).into_iter().flatten().map(String::as_str)
    }

    /// Whether a value of a column is chosen.
    pub fn has_choice(&self, key: &str, value: &str) -> bool {
        self.choices.get(key).is_some_and(|values| values.contains(value))
    }

    /// The days that are asked for in a column; open on both sides when there are none.
    pub fn days(&self, key: &str) -> DayRange {
        self.days.get(key).copied().unwrap_or_default()
    }

    /// The order.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The form in which the rows are shown.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The number of rows of a page.
    pub fn page_size(&self) -> u16 {
        self.page_size
    }

    /// The place where the page lies; nothing for the first one.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// The columns that are shown, in the order of the list.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.spec.columns.iter().filter(|column| self.shows(column))
    }

    /// Whether a column is shown.
    pub fn shows(&self, column: &Column) -> bool {
        if self.columns.is_empty() { column.is_shown } else { self.columns.contains(column.key) }
    }

    /// Whether only a part of the list is asked for.
    pub fn is_filtered(&self) -> bool {
        !self.filter_pairs().is_empty()
    }

    /// The same query from its first page.
    #[must_use]
    pub fn from_first_page(&self) -> Self {
        self.with_cursor(None)
    }

    /// The same query on the page at a cursor.
    #[must_use]
    pub fn with_cursor(&self, cursor: Option<Cursor>) -> Self {
        Self { cursor, ..self.clone() }
    }

    /// The same query with other words, from its first page.
    #[must_use]
    pub fn with_search(&self, search: &str) -> Self {
        let search = if self.spec.has_search { clean(search) } else { String::new() };
        Self { search, ..self.from_first_page() }
    }

    /// The same query with one more choice, from its first page.
    #[must_use]
    pub fn with_choice(&self, key: &str, value: &str) -> Self {
        let mut query = self.from_first_page();
        if let Some(column) = self.spec.column(key) {
            query.add_choice(column, value);
        }
        query
    }

    /// The same query without a choice, from its first page.
    #[must_use]
    pub fn without_choice(&self, key: &str, value: &str) -> Self {
        let mut query = self.from_first_page();
        if let Some(values) = query.choices.get_mut(key) {
            values.remove(value);
        }
        query.choices.retain(|_, values| !values.is_empty());
        query
    }

    /// The same query with other words in a column, from its first page.
    #[must_use]
    pub fn with_text(&self, key: &str, text: &str) -> Self {
        let mut query = self.from_first_page();
        if let Some(column) = self.spec.column(key) {
            query.set_text(column, text);
        }
        query
    }

    /// The same query with other days in a column, from its first page.
    #[must_use]
    pub fn with_days(&self, key: &str, range: DayRange) -> Self {
        let mut query = self.from_first_page();
        if let Some(column) = self.spec.column(key) {
            query.set_days(column, range);
        }
        query
    }

    /// The filters alone, in the order and with the columns of the list.
    #[must_use]
    pub fn filters_alone(&self) -> Self {
        let plain = Self::new(self.spec);
        Self {
            sort: plain.sort,
            layout: plain.layout,
            columns: plain.columns,
            page_size: plain.page_size,
            cursor: None,
            ..self.clone()
        }
    }

    /// The same query without any filter, from its first page.
    #[must_use]
    pub fn without_filters(&self) -> Self {
        Self {
            sort: self.sort,
            layout: self.layout,
            columns: self.columns.clone(),
            page_size: self.page_size,
            ..Self::new(self.spec)
        }
    }

    /// The same query in another layout, from its first page; as a table when the list has no board.
    #[must_use]
    pub fn with_layout(&self, layout: Layout) -> Self {
        Self { layout: self.read_layout(layout.word()), ..self.from_first_page() }
    }

    /// The same query with these choices alone in a column, from its first page.
    #[must_use]
    pub fn with_only_choices<'a>(&self, key: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut query = self.from_first_page();
        query.choices.retain(|other, _| *other != key);
        if let Some(column) = self.spec.column(key) {
            values.into_iter().for_each(|value| query.add_choice(column, value));
        }
        query
    }

    /// The same query in another order, from its first page; the same order when the list has none by that column.
    #[must_use]
    pub fn with_sort(&self, key: &str, direction: Direction) -> Self {
        Self { sort: self.spec.sort_by(key, direction).unwrap_or(self.sort), ..self.from_first_page() }
    }

    /// The query to which the header of a column leads: sorted by it, or the other way round when it is already.
    #[must_use]
    pub fn with_header_chosen(&self, key: &str) -> Self {
        let is_sorted = self.sort.column == key;
        let direction = if is_sorted { self.sort.direction.reversed() } else { Direction::Ascending };
        self.with_sort(key, direction)
    }

    /// The same query with these columns; those of the list when none of them is known.
    #[must_use]
    pub fn with_columns<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Self {
        let known = keys.into_iter().filter_map(|key| self.spec.column(key));
        let mut query = Self { columns: known.map(|column| column.key).collect(), ..self.clone() };
        query.forget_default_columns();
        query
    }

    /// The same query with pages of another size, from its first page; the size of the list when it is not in [`PAGE_SIZES`].
    #[must_use]
    pub fn with_page_size(&self, size: u16) -> Self {
        let page_size = if PAGE_SIZES.contains(&size) { size } else { self.spec.page_size };
        Self { page_size, ..self.from_first_page() }
    }

    fn set_text(&mut self, column: &'static Column, text: &str) {
        let text = clean(text);
        self.texts.remove(column.key);
        if column.filter == Some(FilterKind::Text) && !text.is_empty() {
            self.texts.insert(column.key, text);
        }
    }

    fn add_choice(&mut self, column: &'static Column, value: &str) {
        let is_known = match column.filter {
            Some(FilterKind::Choice(words)) => words.contains(&value),
            Some(FilterKind::Reference) => is_reference(value),
            Some(FilterKind::Text | FilterKind::Days) | None => false,
        };
        let count: usize = self.choices.values().map(BTreeSet::len).sum();
        if is_known && count < MOST_CHOICES {
            self.choices.entry(column.key).or_default().insert(value.to_owned());
        }
    }

    fn set_days(&mut self, column: &'static Column, range: DayRange) {
        self.days.remove(column.key);
        if column.filter == Some(FilterKind::Days) && !range.is_open() {
            self.days.insert(column.key, range);
        }
    }

    /// Columns that are chosen as the list shows them anyway are not a choice.
    fn forget_default_columns(&mut self) {
        if self.columns.iter().copied().eq(self
            .spec
            .default_columns()
            .map(|column| column.key)
            .collect::<BTreeSet<_>>())
        {
            self.columns.clear();
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn is_reference(value: &str) -> bool {
    (1..=LONGEST_REFERENCE).contains(&value.len()) && !value.contains(char::is_control)
}

/// One line without control characters or blanks around it, not longer than [`LONGEST_TEXT`].
fn clean(text: &str) -> String {
    let plain: String = text
        .trim()
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(LONGEST_TEXT)
        .collect();
    plain.trim().to_owned()
}

#[cfg(test)]
pub(super) mod samples {
    use super::{Column, Direction, FilterKind, ListSpec, Sort};

    pub(crate) static SPEC: ListSpec = SPEC_VALUE;

    pub(crate) const SPEC_VALUE: ListSpec = ListSpec {
        name: "people",
        columns: &[
            column("name", true, true, Some(FilterKind::Text)),
            column("status", false, true, Some(FilterKind::Choice(&["new", "seen", "placed"]))),
            column("vacancy", false, true, Some(FilterKind::Reference)),
            column("received", true, true, Some(FilterKind::Days)),
            column("note", false, false, None),
        ],
        sort: Sort { column: "received", direction: Direction::Descending },
        page_size: 25,
        has_search: true,
        has_board: true,
    };

    const fn column(
        key: &'static str,
        is_sortable: bool,
        is_shown: bool,
        filter: Option<FilterKind>,
    ) -> Column {
        Column { key, is_sortable, is_shown, filter }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::samples::{SPEC, SPEC_VALUE};
    use super::*;

    fn parse(text: &str) -> ListQuery {
        ListQuery::parse(&SPEC, text)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn defaults_are_not_written() {
        let spelled_out = "q=&name=+&sorteer=-received&kolom=name&kolom=status&kolom=received&kolom=vacancy\
                           &aantal=25&received-van=&na=";
        assert_eq!(parse(spelled_out), ListQuery::new(&SPEC));
        assert_eq!(ListQuery::new(&SPEC).to_query_string(), "");
    }

    #[test]
    fn an_address_is_written_in_one_way() {
        let query = parse(
            "aantal=50&kolom=note&kolom=name&sorteer=name&received-tot=2026-12-01&received-van=2026-11-01&vacancy=12\
             &status=seen&status=new&name=Jan+de+Vries&q=a%26b",
        );
        assert_eq!(
            query.to_query_string(),
            "q=a%26b&name=Jan%20de%20Vries&status=new&status=seen&vacancy=12&received-van=2026-11-01\
             &received-tot=2026-12-01&sorteer=name&kolom=name&kolom=note&aantal=50"
        );
    }

    #[test]
    fn what_is_malformed_or_unknown_is_dropped() {
        for text in [
            "sorteer=status",
            "sorteer=--name",
            "sorteer=nothing",
            "kolom=nothing",
            "aantal=26",
            "aantal=-1",
            "status=gone",
            "status=NEW",
            "vacancy=",
            "vacancy=%00",
            "received-van=2026-13-01",
            "received-tot=yesterday",
            "name-van=2026-11-01",
            "received=2026-11-01",
            "note=x",
            "na=x",
            "voor=~",
            "nothing=1",
            "&&==&%ff",
        ] {
            assert_eq!(parse(text), ListQuery::new(&SPEC), "{text}");
        }
        assert_eq!(parse(&format!("vacancy={}", "1".repeat(81))), ListQuery::new(&SPEC));
        assert_eq!(parse(&format!("q={}", "é".repeat(201))).search(), "é".repeat(200));
        let many: Vec<String> = (0..50).map(|number| format!("vacancy={number}")).collect();
        assert_eq!(parse(&many.join("&")).choices("vacancy").count(), 40);
    }

    #[test]
    fn a_list_without_search_takes_no_words() {
        static MUTE: ListSpec = ListSpec { has_search: false, ..SPEC_PARTS };
        const SPEC_PARTS: ListSpec = ListSpec {
            name: "mute",
            columns: &[],
            sort: Sort { column: "id", direction: Direction::Ascending },
            page_size: 25,
            has_search: true,
            has_board: false,
        };
        assert_eq!(ListQuery::parse(&MUTE, "q=jan"), ListQuery::new(&MUTE));
        assert_eq!(ListQuery::new(&MUTE).with_search("jan"), ListQuery::new(&MUTE));
    }

    #[test]
    fn every_change_but_of_columns_begins_at_the_first_page() {
        let query = parse("status=new&received-van=2026-11-01&name=j&q=x&na=7~Jan");
        assert_eq!(query.cursor().map(|cursor| (cursor.position, cursor.id)), Some((Position::After, 7)));
        let changed = [
            query.with_search("y"),
            query.with_text("name", "k"),
            query.with_choice("status", "seen"),
            query.without_choice("status", "new"),
            query.with_days("received", DayRange::default()),
            query.without_filters(),
            query.with_sort("name", Direction::Ascending),
            query.with_page_size(100),
            query.with_layout(Layout::Board),
            query.with_only_choices("status", ["seen"]),
        ];
        for other in changed {
            assert_eq!(other.cursor(), None, "{}", other.to_query_string());
            assert_ne!(other, query.from_first_page());
        }
        assert_eq!(query.with_columns(["note"]).cursor(), query.cursor());
    }

    #[test]
    fn a_header_sorts_by_its_column_and_then_the_other_way_round() {
        let by_name = ListQuery::new(&SPEC).with_header_chosen("name");
        assert_eq!(by_name.sort(), Sort { column: "name", direction: Direction::Ascending });
        assert_eq!(by_name.with_header_chosen("name").sort().direction, Direction::Descending);
        assert_eq!(by_name.with_header_chosen("status").sort(), by_name.sort());
    }

    #[test]
    fn filters_go_one_by_one_and_all_at_once() {
        let query = parse("status=new&status=seen&name=j&sorteer=name&kolom=note");
        let fewer = query.without_choice("status", "new").with_text("name", "");
        assert_eq!(fewer.to_query_string(), "status=seen&sorteer=name&kolom=note");
        assert!(fewer.has_choice("status", "seen") && !fewer.has_choice("status", "new"));
        assert!(fewer.is_filtered());
        assert_eq!(query.filters_alone().to_query_string(), "name=j&status=new&status=seen");
        let none = query.with_page_size(50).without_filters();
        assert_eq!(none.page_size(), 50);
        let none = query.without_filters();
        assert_eq!((none.to_query_string().as_str(), none.is_filtered()), ("sorteer=name&kolom=note", false));
    }

    #[test]
    fn filters_alone_say_neither_how_many_rows_a_page_has_nor_where_it_lies() {
        let query = parse("status=new&aantal=50&na=7~Jan");
        assert_eq!((query.page_size(), query.text("name")), (50, ""));
        let alone = query.filters_alone();
        assert_eq!((alone.page_size(), alone.cursor()), (SPEC.page_size, None));
        assert_eq!(alone.to_query_string(), "status=new");
    }

    #[test]
    fn a_column_says_which_words_are_looked_for_in_it() {
        let query = parse("name=Jan+de+Vries&q=lassen");
        assert_eq!(
            (query.text("name"), query.text("status"), query.search()),
            ("Jan de Vries", "", "lassen")
        );
    }

    #[test]
    fn the_fields_of_the_filters_are_those_of_an_address() {
        let fields = SPEC.filter_fields();
        assert_eq!(fields, ["q", "name", "status", "vacancy", "received-van", "received-tot"]);
        let query = parse("q=x&name=j&status=new&vacancy=7&received-van=2026-11-01&received-tot=2026-11-02");
        assert!(query.filter_pairs().iter().map(|(name, _)| name).eq(&fields));
    }

    #[test]
    fn a_list_is_shown_as_a_board_where_it_has_one() {
        static FLAT: ListSpec = ListSpec { has_board: false, ..SPEC_VALUE };
        assert_eq!(parse("vorm=bord&status=new").to_query_string(), "status=new&vorm=bord");
        assert_eq!(parse("vorm=bord").without_filters().layout(), Layout::Board);
        assert_eq!(parse("vorm=bord").filters_alone().layout(), Layout::Table);
        assert_eq!(parse("vorm=kring").layout(), Layout::Table);
        assert_eq!(ListQuery::parse(&FLAT, "vorm=bord").layout(), Layout::Table);
        assert_eq!(ListQuery::new(&FLAT).with_layout(Layout::Board).layout(), Layout::Table);
    }

    #[test]
    fn choices_replace_those_of_their_column_alone() {
        let query = parse("status=new&vacancy=7&name=j").with_only_choices("status", ["seen", "placed", "x"]);
        assert_eq!(query.to_query_string(), "name=j&status=placed&status=seen&vacancy=7");
    }

    #[test]
    fn columns_are_shown_in_the_order_of_the_list() {
        let keys = |query: &ListQuery| query.columns().map(|column| column.key).collect::<Vec<_>>();
        assert_eq!(keys(&ListQuery::new(&SPEC)), ["name", "status", "vacancy", "received"]);
        assert_eq!(keys(&parse("kolom=note&kolom=name")), ["name", "note"]);
        assert_eq!(keys(&parse("").with_columns(["received", "note"])), ["received", "note"]);
        assert_eq!(keys(&parse("").with_columns(["nothing"])), ["name", "status", "vacancy", "received"]);
    }

    #[test]
    fn a_range_holds_its_first_and_its_last_day() {
        let range = DayRange { from: Some(day("2026-11-01")), until: Some(day("2026-11-30")) };
        for (text, holds) in
            [("2026-10-31", false), ("2026-11-01", true), ("2026-11-30", true), ("2026-12-01", false)]
        {
            assert_eq!(range.contains(day(text)), holds, "{text}");
        }
        assert!(DayRange::default().contains(day("1900-01-01")));
    }

    prop_compose! {
        fn any_query()(
            search in ".{0,12}",
            name in "\\PC{0,12}",
            status in prop::collection::vec(prop::sample::select(vec!["new", "seen", "placed", "x"]), 0..4),
            vacancies in prop::collection::vec("\\PC{0,8}", 0..4),
            from in prop::option::of(0..60_000_i32),
            until in prop::option::of(0..60_000_i32),
            (sort, is_down) in (prop::sample::select(vec!["name", "received", "status"]), any::<bool>()),
            columns in prop::collection::vec(prop::sample::select(vec!["name", "note", "received"]), 0..4),
            (size, layout) in (prop::sample::select(vec![25_u16, 50, 100, 7]), prop::sample::select(&Layout::ALL)),
            cursor in prop::option::of((any::<bool>(), any::<i64>(), prop::option::of("\\PC{0,12}"))),
        ) -> ListQuery {
            let day = |number: Option<i32>| number.and_then(NaiveDate::from_epoch_days);
            let direction = if is_down { Direction::Descending } else { Direction::Ascending };
            let mut query = ListQuery::new(&SPEC)
                .with_search(&search)
                .with_text("name", &name)
                .with_days("received", DayRange { from: day(from), until: day(until) })
                .with_sort(sort, direction)
                .with_page_size(size)
                .with_layout(layout)
                .with_columns(columns);
            for value in status {
                query = query.with_choice("status", value);
            }
            for value in &vacancies {
                query = query.with_choice("vacancy", value);
            }
            query.with_cursor(cursor.map(|(is_after, id, value)| {
                let position = if is_after { Position::After } else { Position::Before };
                Cursor { position, id, value }
            }))
        }
    }

    proptest! {
        #[test]
        fn an_address_holds_all_of_a_query(query in any_query()) {
            prop_assert_eq!(&parse(&query.to_query_string()), &query);
        }

        #[test]
        fn any_text_is_an_address(text in "\\PC{0,60}") {
            let query = parse(&text);
            prop_assert_eq!(&parse(&query.to_query_string()), &query);
        }
    }
}
