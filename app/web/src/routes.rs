//! The pages of a noun as rows: each says its addresses, for whom it is, what it shows and what its form changes.
//!
//! Everything else that must know all pages reads the same rows: the router, the labels of the metrics, the limits of
//! uploads, the sitemap and the test of rights.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::{Response, StatusCode, Uri};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use domain::Language;
use words::paths::{Page, language_of};

use crate::access::{Access, Anyone, Audience};
use crate::error::{PageError, PageResult};
use crate::forms::Form;
use crate::pages::{not_found, refused, status_page};
use crate::request_context::RequestContext;
use crate::responses::moved;
use crate::state::WebState;

/// A row: one page, or one file that is no page.
#[derive(Clone, Debug)]
pub struct Route {
    /// The page; nothing for a file.
    pub page: Option<Page>,
    /// The patterns of its paths, each with its language where it has one.
    pub patterns: Vec<String>,
    /// For whom it is.
    pub audience: Audience,
    /// Whether it takes a form.
    pub takes_form: bool,
    /// The largest file that its form takes, in bytes; nothing when it takes none.
    pub largest_file: Option<usize>,
    /// Whether the sitemap names it as a page that stands there whatever the hub has.
    pub is_in_sitemap: bool,
}

/// The rows of a noun, with what answers them.
#[derive(Default)]
pub struct Routes {
    rows: Vec<(Route, MethodRouter<WebState>)>,
}

impl Routes {
    /// Adds a page that only shows something.
    #[must_use]
    pub fn page<A, F, Shown>(self, page: Page, show: F) -> Self
    where
        A: Access,
        F: Fn(Arc<RequestContext>, String, A) -> Shown + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
    {
        self.add(row_of::<A>(page), shows(show))
    }

    /// Adds a page for everybody that search engines list, and the sitemap names.
    #[must_use]
    pub fn listed<F, Shown>(self, page: Page, show: F) -> Self
    where
        F: Fn(Arc<RequestContext>, String, Anyone) -> Shown + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
    {
        let row = Route { is_in_sitemap: true, ..row_of::<Anyone>(page) };
        self.add(row, shows(show))
    }

    /// Adds a page with a form. Its body is read only once the right to change something is granted.
    #[must_use]
    pub fn form<A, B, F, G, Shown, Changed>(self, page: Page, show: F, change: G) -> Self
    where
        A: Access,
        B: Access,
        F: Fn(Arc<RequestContext>, String, A) -> Shown + Clone + Send + Sync + 'static,
        G: Fn(Arc<RequestContext>, String, B, Form) -> Changed + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
        Changed: Future<Output = PageResult> + Send,
    {
        let row = Route { takes_form: true, ..row_of::<A>(page) };
        self.add(row, shows(show).merge(changes(change, None)))
    }

    /// Adds a page whose form may bring a file of at most `largest_file` bytes.
    #[must_use]
    pub fn upload<A, B, F, G, Shown, Changed>(
        self,
        page: Page,
        largest_file: usize,
        show: F,
        change: G,
    ) -> Self
    where
        A: Access,
        B: Access,
        F: Fn(Arc<RequestContext>, String, A) -> Shown + Clone + Send + Sync + 'static,
        G: Fn(Arc<RequestContext>, String, B, Form) -> Changed + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
        Changed: Future<Output = PageResult> + Send,
    {
        let row = Route { takes_form: true, largest_file: Some(largest_file), ..row_of::<A>(page) };
        self.add(row, shows(show).merge(changes(change, Some(largest_file))))
    }

    /// Adds something that is given out under one path in every language and is no page.
    #[must_use]
    pub fn file<H, T>(self, pattern: &str, audience: Audience, give: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        let row = Route {
            page: None,
            patterns: vec![pattern.to_owned()],
            audience,
            takes_form: false,
            largest_file: None,
            is_in_sitemap: false,
        };
        self.add(row, get(give))
    }

    /// These rows and those of another noun.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self
    }

    /// The rows as a router in the hub's languages, and as a table. Addresses that no row has show that there is nothing.
    pub fn register(self, languages: &[Language]) -> (Router<WebState>, PageTable) {
        let mut router = Router::new();
        let mut table = PageTable::default();
        for (mut row, answers) in self.rows {
            if let Some(page) = &row.page {
                row.patterns = languages.iter().map(|language| page.path(*language)).collect();
            }
            for pattern in &row.patterns {
                router = router.route(pattern, answers.clone());
            }
            table.add(row);
        }
        (router.fallback(elsewhere).method_not_allowed_fallback(takes_no_form), table)
    }

    fn add(mut self, row: Route, answers: MethodRouter<WebState>) -> Self {
        self.rows.push((row, answers));
        self
    }
}

fn row_of<A: Access>(page: Page) -> Route {
    Route {
        patterns: Vec::new(),
        audience: A::AUDIENCE,
        takes_form: false,
        largest_file: None,
        is_in_sitemap: false,
        page: Some(page),
    }
}

/// All rows, found by the pattern that a request matched.
#[derive(Clone, Debug, Default)]
pub struct PageTable {
    rows: Vec<Route>,
    by_pattern: HashMap<String, usize>,
}

impl PageTable {
    fn add(&mut self, row: Route) {
        for pattern in &row.patterns {
            self.by_pattern.insert(pattern.clone(), self.rows.len());
        }
        self.rows.push(row);
    }

    /// All rows, in the order of their nouns.
    pub fn rows(&self) -> &[Route] {
        &self.rows
    }

    /// The row of a pattern.
    pub fn find(&self, pattern: &str) -> Option<&Route> {
        self.by_pattern.get(pattern).map(|at| &self.rows[*at])
    }

    /// One name for a page in whatever language: the first of its patterns. A pattern of no row is its own name.
    pub fn label<'a>(&'a self, pattern: &'a str) -> &'a str {
        self.find(pattern).and_then(|row| row.patterns.first()).map_or(pattern, String::as_str)
    }
}

fn shows<A, F, Shown>(show: F) -> MethodRouter<WebState>
where
    A: Access,
    F: Fn(Arc<RequestContext>, String, A) -> Shown + Clone + Send + Sync + 'static,
    Shown: Future<Output = PageResult> + Send,
{
    get(move |State(web): State<WebState>, pattern: MatchedPath, request: Request| async move {
        let (parts, _) = request.into_parts();
        let slug = slug_of(pattern.as_str(), parts.uri.path());
        let context = match context_of(&web, &parts).await {
            Ok(context) => context,
            Err(response) => return response,
        };
        let shown = async {
            let right = A::grant(&context, &slug).await?;
            show(Arc::clone(&context), slug, right).await
        };
        shown.await.unwrap_or_else(|error| refused(&context, error))
    })
}

fn changes<A, F, Changed>(change: F, largest_file: Option<usize>) -> MethodRouter<WebState>
where
    A: Access,
    F: Fn(Arc<RequestContext>, String, A, Form) -> Changed + Clone + Send + Sync + 'static,
    Changed: Future<Output = PageResult> + Send,
{
    let handler = move |State(web): State<WebState>, pattern: MatchedPath, request: Request| async move {
        let (parts, body) = request.into_parts();
        let slug = slug_of(pattern.as_str(), parts.uri.path());
        let context = match context_of(&web, &parts).await {
            Ok(context) => context,
            Err(response) => return response,
        };
        let changed = async {
            let right = A::grant(&context, &slug).await?;
            let form = Form::read(&parts, body, largest_file).await?;
            change(Arc::clone(&context), slug, right, form).await
        };
        changed.await.unwrap_or_else(|error| refused(&context, error))
    };
    on(MethodFilter::POST, handler)
}

/// The request context, or the page that says that the database did not answer.
async fn context_of(web: &WebState, parts: &Parts) -> Result<Arc<RequestContext>, Response<Body>> {
    match RequestContext::of(web, parts, language_of(parts.uri.path())).await {
        Ok(context) => Ok(Arc::new(context)),
        Err((context, error)) => Err(refused(&context, PageError::Store(error))),
    }
}

/// What the address names, as it stands there: the part of the path at which the pattern has a name.
fn slug_of(pattern: &str, path: &str) -> String {
    let at = pattern.split('/').position(|part| part.starts_with('{'));
    at.and_then(|at| path.split('/').nth(at)).unwrap_or_default().to_owned()
}

/// An address that no row has: one that is written otherwise than ours leads to ours.
async fn elsewhere(State(web): State<WebState>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path();
    let written =
        format!("/{}", path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"));
    if written != path && Page::is_at(&written) {
        return moved(&with_query(&written, &parts.uri));
    }
    match context_of(&web, &parts).await {
        Ok(context) => not_found(&context),
        Err(response) => response,
    }
}

fn with_query(path: &str, uri: &Uri) -> String {
    match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

async fn takes_no_form(State(web): State<WebState>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    match context_of(&web, &parts).await {
        Ok(context) => status_page(&context, StatusCode::METHOD_NOT_ALLOWED),
        Err(response) => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_thing_is_read_where_the_pattern_has_it() {
        assert_eq!(
            slug_of("/organisatie/{slug}/collegas", "/organisatie/bits-boeren/collegas"),
            "bits-boeren"
        );
        assert_eq!(slug_of("/de/stellen/{slug}", "/de/stellen/caf%C3%A9-1"), "caf%C3%A9-1");
        assert_eq!(slug_of("/vacatures", "/vacatures"), "");
    }
}
