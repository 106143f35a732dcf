//! The pages of a noun as rows: each says its addresses, for whom it is, what it shows and which commands its forms send.
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
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode, Uri};
use axum::routing::{MethodFilter, MethodRouter, get, on};
use domain::Language;
use ui::shell::{MenuGroup, MenuItem};
use words::paths::{Page, language_of};

use crate::access::{Access, Anyone, Audience};
use crate::bounded_body::BodyError;
use crate::command::{CommandRow, Commands, FormError, Rejection};
use crate::error::{PageError, PageResult};
use crate::fields::Fields;
use crate::pages::{not_found, refused, status_page};
use crate::request_context::RequestContext;
use crate::responses::moved;
use crate::run::Next;
use crate::slug::slug_of;
use crate::state::WebState;
use domain::command::door_path;

/// A row: one page, or one file that is no page.
#[derive(Clone, Debug)]
pub struct Route {
    /// The page; nothing for a file.
    pub page: Option<Page>,
    /// The patterns of its paths, each with its language where it has one.
    pub patterns: Vec<String>,
    /// For whom it is.
    pub audience: Audience,
    /// The commands that its forms send.
    pub commands: Vec<CommandRow>,
    /// Whether the sitemap names it as a page that stands there whatever the hub has.
    pub is_in_sitemap: bool,
    /// Its place in the menus.
    pub menu: Option<MenuItem>,
}

impl Route {
    /// Whether it takes a form.
    pub fn takes_form(&self) -> bool {
        !self.commands.is_empty()
    }

    /// The largest file that its forms take, in bytes; nothing when they take none.
    pub fn largest_file(&self) -> Option<usize> {
        self.commands.iter().filter_map(|command| command.largest_file).max()
    }
}

/// Somebody who asks for a page.
pub struct PageRequest<A> {
    /// The request: who asks, and when.
    pub context: Arc<RequestContext>,
    /// The thing that the address names; empty where it names none.
    pub slug: String,
    /// The right that was granted.
    pub access: A,
    /// The command of a form that this page shows again, because it was rejected.
    pub rejection: Rejection,
}

/// The rows of a noun, with what answers them.
#[derive(Default)]
pub struct Routes {
    rows: Vec<(Route, MethodRouter<WebState>)>,
    doors: Vec<(String, MethodRouter<WebState>)>,
}

impl Routes {
    /// Adds a page that only shows something.
    #[must_use]
    pub fn page<A, F, Shown>(self, page: Page, show: F) -> Self
    where
        A: Access,
        F: Fn(PageRequest<A>) -> Shown + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
    {
        self.add(row_of::<A>(page), shows(show))
    }

    /// Adds a page for everybody that search engines list, and the sitemap names.
    #[must_use]
    pub fn listed<F, Shown>(self, page: Page, show: F) -> Self
    where
        F: Fn(PageRequest<Anyone>) -> Shown + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
    {
        let row = Route { is_in_sitemap: true, ..row_of::<Anyone>(page) };
        self.add(row, shows(show))
    }

    /// The page that was added last stands in the menus, under this name.
    #[must_use]
    pub fn in_menu(
        mut self,
        label: fn(Language) -> &'static str,
        group: MenuGroup,
        is_in_header: bool,
    ) -> Self {
        if let Some((row, _)) = self.rows.last_mut() {
            row.menu = row.page.clone().map(|page| MenuItem { page, label, group, is_in_header });
        }
        self
    }

    /// Adds a page with forms, which send commands. A body is read only once the right of `Gate` is granted.
    #[must_use]
    pub fn form<A, Gate, F, Shown>(mut self, page: Page, show: F, commands: Commands<Gate>) -> Self
    where
        A: Access,
        Gate: Access + 'static,
        F: Fn(PageRequest<A>) -> Shown + Clone + Send + Sync + 'static,
        Shown: Future<Output = PageResult> + Send,
    {
        let rows = commands.entries.iter().map(|entry| entry.row.clone());
        let row = Route { commands: rows.collect(), ..row_of::<A>(page.clone()) };
        for entry in &commands.entries {
            let path = door_path(entry.row.noun, entry.row.verb);
            let path = if page.names_thing() { format!("{path}/{{slug}}") } else { path };
            self.doors.push((path, entry.door.clone()));
        }
        let answers = shows(show.clone()).merge(submits(show, commands, row.largest_file()));
        self.add(row, answers)
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
            commands: Vec::new(),
            is_in_sitemap: false,
            menu: None,
        };
        self.add(row, get(give))
    }

    /// These rows and those of another noun.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self.doors.extend(other.doors);
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
        for (path, door) in self.doors {
            router = router.route(&path, door);
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
        commands: Vec::new(),
        is_in_sitemap: false,
        menu: None,
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

    /// The pages of the menus, in the order of their rows.
    pub fn menu(&self) -> Arc<[MenuItem]> {
        self.rows.iter().filter_map(|row| row.menu.clone()).collect()
    }

    /// The beginnings of paths that search engines leave alone: of pages with forms, and of those that are not for everybody.
    pub fn private_prefixes(&self) -> Vec<&str> {
        let is_private =
            |row: &&Route| row.page.is_some() && (row.takes_form() || row.audience != Audience::Everyone);
        let patterns = self.rows.iter().filter(is_private).flat_map(|row| &row.patterns);
        let mut prefixes: Vec<&str> =
            patterns.map(|pattern| pattern.split('{').next().unwrap_or(pattern)).collect();
        prefixes.sort_unstable();
        // In order, one that begins with another comes right after it.
        prefixes.dedup_by(|longer, shorter| longer.starts_with(*shorter));
        prefixes
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
    F: Fn(PageRequest<A>) -> Shown + Clone + Send + Sync + 'static,
    Shown: Future<Output = PageResult> + Send,
{
    get(move |State(web): State<WebState>, pattern: MatchedPath, request: Request| async move {
        let (parts, _) = request.into_parts();
        let slug = slug_of(pattern.as_str(), parts.uri.path());
        let context = match context_of(&web, &parts).await {
            Ok(context) => context,
            Err(response) => return response,
        };
        answer(&context, shown(&show, &context, slug, Rejection::default()).await)
    })
}

/// Shows a page to somebody who has the right to see it.
async fn shown<A, F, Shown>(
    show: &F,
    context: &Arc<RequestContext>,
    slug: String,
    rejection: Rejection,
) -> PageResult
where
    A: Access,
    F: Fn(PageRequest<A>) -> Shown,
    Shown: Future<Output = PageResult>,
{
    let access = A::grant(context, &slug).await?;
    show(PageRequest { context: Arc::clone(context), slug, access, rejection }).await
}

fn submits<A, Gate, F, Shown>(
    show: F,
    commands: Commands<Gate>,
    largest_file: Option<usize>,
) -> MethodRouter<WebState>
where
    A: Access,
    Gate: Access + 'static,
    F: Fn(PageRequest<A>) -> Shown + Clone + Send + Sync + 'static,
    Shown: Future<Output = PageResult> + Send,
{
    let commands = Arc::new(commands);
    let handler = move |State(web): State<WebState>, pattern: MatchedPath, request: Request| async move {
        let (parts, body) = request.into_parts();
        let slug = slug_of(pattern.as_str(), parts.uri.path());
        let context = match context_of(&web, &parts).await {
            Ok(context) => context,
            Err(response) => return response,
        };
        let submitted = async {
            Gate::grant(&context, &slug).await?;
            let fields = Fields::read(&parts, body, largest_file).await?;
            let command = commands.asked_for(&fields).ok_or(BodyError::Broken)?;
            match (command.run_form)(Arc::clone(&context), slug.clone(), fields).await {
                Ok(next) => Ok(follow(&context, next)),
                Err(FormError::Refused(error)) => Err(error),
                Err(FormError::Again(rejection)) => show_again(&show, &context, slug, rejection).await,
            }
        };
        answer(&context, submitted.await)
    };
    on(MethodFilter::POST, handler)
}

/// Shows the page of a form again: it says itself why the command was rejected.
async fn show_again<A, F, Shown>(
    show: &F,
    context: &Arc<RequestContext>,
    slug: String,
    rejection: Rejection,
) -> PageResult
where
    A: Access,
    F: Fn(PageRequest<A>) -> Shown,
    Shown: Future<Output = PageResult>,
{
    let (status, wait) = (rejection.status(), rejection.seconds_to_wait(context.now()));
    let mut response = shown(show, context, slug, rejection).await?;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    if let Some(wait) = wait {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    Ok(response)
}

/// The answer to a form whose command was run.
fn follow(context: &RequestContext, next: Next) -> Response<Body> {
    let Next { address, flash, page, .. } = next;
    page.unwrap_or_else(|| {
        let address = address.unwrap_or_else(|| context.uri.path().to_owned());
        context.see_other(&address, flash.as_ref())
    })
}

fn answer(context: &RequestContext, result: PageResult) -> Response<Body> {
    let mut response = result.unwrap_or_else(|error| refused(context, error));
    context.write_cookies(&mut response);
    response
}

/// The request context, or the page that says that the database did not answer.
async fn context_of(web: &WebState, parts: &Parts) -> Result<Arc<RequestContext>, Response<Body>> {
    match RequestContext::of(web, parts, language_of(parts.uri.path())).await {
        Ok(context) => Ok(Arc::new(context)),
        Err((context, error)) => Err(refused(&context, PageError::Store(error))),
    }
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
