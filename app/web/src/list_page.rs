//! What the page of a list does: views that are kept, and rows that are chosen together.

use domain::list::{ListQuery, ListSpec, MOST_VIEWS, SavedView};
use domain::{FieldError, FieldErrors, Language};
use serde::Deserialize;
use store::{ChosenRows, Talent};
use words::paths::Page;
use words::texts as t;

use crate::error::PageError;
use crate::request_context::RequestContext;

/// The most rows that are chosen one by one: as many as a page of a list has.
const MOST_CHOSEN: usize = 100;

/// What an address says is to be done with which rows of a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkQuery {
    /// The value of the button that led here.
    #[serde(rename = "do")]
    pub command: String,
    /// The numbers of the rows that were ticked.
    #[serde(rename = "id")]
    pub chosen: Vec<String>,
    /// The number of all that match, as it was seen; empty when some were ticked.
    #[serde(rename = "alles")]
    pub all: String,
}

/// The rows of a list that are meant: those that were ticked, or all that match `query` when `all` is a number.
pub fn chosen_rows(spec: &'static ListSpec, chosen: &[String], all: &str, query: &str) -> ChosenRows {
    if let Ok(count) = all.parse() {
        return ChosenRows::All { query: ListQuery::parse(spec, query).filters_alone(), count };
    }
    let ids = chosen.iter().filter_map(|id| id.parse().ok());
    ChosenRows::Some(ids.take(MOST_CHOSEN).collect())
}

/// Keeps a view of a list under a name; gives its address on the page of the list.
///
/// # Errors
/// The name is wrong, or there are too many views.
pub async fn save_view(
    context: &RequestContext,
    person: &Talent,
    spec: &'static ListSpec,
    page: &Page,
    name: &str,
    query: &str,
) -> Result<String, PageError> {
    let view = SavedView::new(name, &ListQuery::parse(spec, query));
    let view = view.ok_or_else(|| PageError::field("name", FieldError::Missing))?;
    let address = view.address(&page.path(context.language));
    if !context.state.store().save_view(person, spec, view, context.now()).await? {
        return Err(PageError::field("name", FieldError::TooMany { most: MOST_VIEWS as usize }));
    }
    Ok(address)
}

/// Why a view is not kept, in words.
pub fn view_refusal(errors: &FieldErrors, language: Language) -> Option<String> {
    Some(match errors.get("name")? {
        FieldError::TooMany { most } => t::table_views_too_many(language, *most as u64),
        _ => t::table_view_wrong(language).to_owned(),
    })
}
