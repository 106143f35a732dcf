//! What the page of a list does: views that are kept, and rows that are chosen together.

use std::marker::PhantomData;

use domain::list::{ListQuery, ListSpec, MOST_VIEWS, SavedView};
use domain::{Command, FieldError, FieldErrors, Language};
use serde::{Deserialize, Serialize};
use store::{ChosenRows, Talent};
use ui::ViewsMenu;
use words::paths::Page;
use words::texts as t;

use crate::access::Access;
use crate::command::{Commands, Rejection};
use crate::error::PageError;
use crate::flash::Flash;
use crate::request_context::RequestContext;
use crate::run::{Call, Done, Run};

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

/// The right to a list whose readers keep views of it.
pub trait ListAccess: Access + 'static {
    /// The list.
    const LIST: &'static ListSpec;

    /// The page that shows it.
    fn page(slug: String) -> Page;

    /// The right of the person over the views.
    fn person(&self) -> &Talent;
}

/// Keeps a view of a list under a name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default, bound = "")]
pub struct SaveView<List> {
    /// The name.
    pub name: String,
    /// The view, as its address has it.
    pub query: String,
    #[serde(skip)]
    list: PhantomData<fn() -> List>,
}

/// Keeps a view of a list no longer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default, bound = "")]
pub struct RemoveView<List> {
    /// The name.
    pub name: String,
    #[serde(skip)]
    list: PhantomData<fn() -> List>,
}

impl<List> Clone for SaveView<List> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), query: self.query.clone(), list: PhantomData }
    }
}

impl<List> Default for SaveView<List> {
    fn default() -> Self {
        Self { name: String::new(), query: String::new(), list: PhantomData }
    }
}

impl<List> Clone for RemoveView<List> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), list: PhantomData }
    }
}

impl<List> Default for RemoveView<List> {
    fn default() -> Self {
        Self { name: String::new(), list: PhantomData }
    }
}

impl<List: ListAccess> Command for SaveView<List> {
    const NOUN: &'static str = List::LIST.name;
    const VERB: &'static str = "save-view";
    type Answer = ();
}

impl<List: ListAccess> Command for RemoveView<List> {
    const NOUN: &'static str = List::LIST.name;
    const VERB: &'static str = "remove-view";
    type Answer = ();
}

impl<List: ListAccess> Commands<List> {
    /// Adds the commands by which readers of a list keep views of it.
    #[must_use]
    pub fn add_views(self) -> Self {
        self.add::<SaveView<List>>().add::<RemoveView<List>>()
    }
}

/// The result of a change of somebody's views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum ViewsFlash {
    /// A view is kept.
    Saved,
    /// A view is kept no longer.
    Removed,
}

impl Flash for ViewsFlash {
    const NOUN: &'static str = "views";
}

impl<List: ListAccess> Run for SaveView<List> {
    type Access = List;

    async fn run(self, call: Call<List>) -> Result<Done<Self>, PageError> {
        let Call { context, slug, access, .. } = call;
        let view = SavedView::new(&self.name, &ListQuery::parse(List::LIST, &self.query));
        let view = view.ok_or_else(|| PageError::field("name", FieldError::Missing))?;
        let address = view.address(&List::page(slug).path(context.language));
        if !context.state.store().save_view(access.person(), List::LIST, view, context.now()).await? {
            return Err(PageError::field("name", FieldError::TooMany { most: MOST_VIEWS as usize }));
        }
        Ok(Done::here().to(address).saying(&ViewsFlash::Saved))
    }
}

impl<List: ListAccess> Run for RemoveView<List> {
    type Access = List;

    async fn run(self, call: Call<List>) -> Result<Done<Self>, PageError> {
        let Call { context, access, .. } = call;
        context.state.store().remove_view(access.person(), List::LIST, self.name).await?;
        Ok(Done::here().saying(&ViewsFlash::Removed))
    }
}

/// What is asked of a list. Where a view was not kept, that is what is shown.
pub fn list_query<List: ListAccess>(context: &RequestContext, rejection: &Rejection) -> ListQuery {
    let rejected = rejection.typed::<SaveView<List>>();
    let asked = context.uri.query().unwrap_or_default();
    ListQuery::parse(List::LIST, rejected.as_ref().map_or(asked, |(typed, _)| typed.query.as_str()))
}

/// The views that the reader keeps of a list, and what became of the last change of them.
///
/// # Errors
/// The database does not answer.
pub async fn views_menu<List: ListAccess>(
    context: &RequestContext,
    access: &List,
    rejection: &Rejection,
) -> Result<ViewsMenu, PageError> {
    let rejected = rejection.typed::<SaveView<List>>();
    Ok(ViewsMenu {
        saved: context.state.store().list_views(access.person(), List::LIST).await?,
        done: context.flash().map(|flash| views_text(flash, context.language).to_owned()),
        refused: rejected.and_then(|(_, errors)| view_refusal(&errors, context.language)),
    })
}

fn views_text(flash: ViewsFlash, language: Language) -> &'static str {
    match flash {
        ViewsFlash::Saved => t::table_view_saved(language),
        ViewsFlash::Removed => t::table_view_removed(language),
    }
}

fn view_refusal(errors: &FieldErrors, language: Language) -> Option<String> {
    Some(match errors.get("name")? {
        FieldError::TooMany { most } => t::table_views_too_many(language, *most as u64),
        _ => t::table_view_wrong(language).to_owned(),
    })
}
