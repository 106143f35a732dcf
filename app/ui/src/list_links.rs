//! The ways from a list: to its files, and to a command over all rows that match.

use domain::Language;
use domain::list::ListQuery;
use words::texts as t;

use crate::link::Link;

/// The field by which the page of a list is asked for the list as a file; its value is the extension.
pub const FILE_FIELD: &str = "bestand";
/// The field that says that all rows that match are meant, with the number that was seen.
pub const ALL_FIELD: &str = "alles";

/// The rows of a list as files, by the address of its page.
pub fn file_links(page: &str, query: &ListQuery, language: Language) -> Vec<Link> {
    let query = query.from_first_page();
    let address = |extension: &str| with_field(page, &query, FILE_FIELD, extension);
    vec![
        Link::new(address("csv"), t::table_export_csv(language)),
        Link::new(address("xlsx"), t::table_export_xlsx(language)),
    ]
}

/// The page on which something is done with all rows that match, with the number that was seen.
pub fn all_link(page: &str, query: &ListQuery, count: u64, language: Language) -> Link {
    let shown = u32::try_from(count).unwrap_or(u32::MAX);
    let address = with_field(page, &query.filters_alone(), ALL_FIELD, &count.to_string());
    Link::new(address, t::table_all(language, shown))
}

fn with_field(page: &str, query: &ListQuery, name: &str, value: &str) -> String {
    let query = query.to_query_string();
    let join = if query.is_empty() { "" } else { "&" };
    format!("{page}?{query}{join}{name}={value}")
}
