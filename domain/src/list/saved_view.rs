//! Questions to a list that somebody keeps under a name.

use super::query::ListQuery;
use super::spec::ListSpec;

/// The most views that one account keeps of one list.
pub const MOST_VIEWS: u64 = 50;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A query that somebody keeps under a name, from its first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    name: String,
    query: String,
}

impl SavedView {
    /// A view of a list under a name; nothing when the name is empty or longer than 60 characters.
    pub fn new(name: &str, query: &ListQuery) -> Option<Self> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_good = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
        is_good.then(|| Self { name, query: query.from_first_page().to_query_string() })
    }

    /// A view as it was stored.
    pub fn stored(name: String, query: String) -> Self {
        Self { name, query }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The part of an address after the `?`.
    pub fn query_string(&self) -> &str {
        &self.query
    }

    /// The query, as far as the list still knows its parts.
    pub fn query(&self, spec: &'static ListSpec) -> ListQuery {
        ListQuery::parse(spec, &self.query)
    }

    /// The address of the view on the page of its list.
    pub fn address(&self, page: &str) -> String {
        if self.query.is_empty() { page.to_owned() } else { format!("{page}?{}", self.query) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cursor::{Cursor, Position};
    use super::super::query::samples::SPEC;
    use super::*;

    #[test]
    fn a_view_is_found_again_at_its_address_from_the_first_page() {
        let query = ListQuery::parse(&SPEC, "q=jan&status=new&sorteer=-name");
        let cursor = Cursor { position: Position::After, id: 3, value: Some("Jan".to_owned()) };
        let view = SavedView::new("  Wacht  op ons ", &query.with_cursor(Some(cursor))).unwrap();
        assert_eq!(view.name(), "Wacht op ons");
        let address = view.address("/lijst");
        let (page, rest) = address.split_once('?').unwrap();
        assert_eq!((page, ListQuery::parse(&SPEC, rest)), ("/lijst", query.clone()));
        assert_eq!(view.query_string(), rest);
        assert_eq!(view.query(&SPEC), query);
    }

    #[test]
    fn a_view_of_everything_has_the_address_of_the_page() {
        assert_eq!(SavedView::new("Alles", &ListQuery::new(&SPEC)).unwrap().address("/lijst"), "/lijst");
    }

    #[test]
    fn a_name_has_one_to_sixty_characters() {
        let query = ListQuery::new(&SPEC);
        assert!(SavedView::new(&"é".repeat(60), &query).is_some());
        for name in ["", " \t", &"a".repeat(61)] {
            assert_eq!(SavedView::new(name, &query), None, "{name:?}");
        }
    }
}
