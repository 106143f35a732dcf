//! Every route of the hub, and what stands around them.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get};
use domain::Language;
use hub::HubState;
use web::{Assets, PageTable, Routes as PageRoutes, WebState};
use words::paths::Page;

use crate::config::Config;
use crate::feeds::sitemap::{self, Sitemaps};
use crate::feeds::{atom, calendar, json, manifest, robots};
use crate::files::Files;
use crate::guard::{self, Limiter};
use crate::metrics::Metrics;
use crate::pictures::{self, Pictures};
use crate::precompressed::PrecompressedText;
use crate::responses::identity;
use crate::snapshots::Snapshots;
use crate::{compress, files, headers, health, logos, mail, observe, snapshots};

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct ServerState {
    /// The hub: its database and its catalogue.
    pub state: HubState,
    /// Where pages find style sheet, script and wasm.
    pub(crate) assets: Arc<Assets>,
    /// All pages.
    pub pages: Arc<PageTable>,
    /// What the operator set.
    pub config: Arc<Config>,
    /// The files of the built site.
    pub files: Arc<Files>,
    /// The pictures for shared links that were made.
    pub(crate) pictures: Arc<Pictures>,
    /// The sitemaps that were made.
    pub(crate) sitemaps: Arc<Sitemaps>,
    /// The index of the vacancies as files for browsers.
    pub(crate) snapshots: Arc<Snapshots>,
    /// The style sheet that pages carry, packed.
    pub(crate) style: Option<Arc<PrecompressedText>>,
    /// The mark of all that answers depend on besides the catalogue.
    pub(crate) identity: u64,
    /// Who asked how much.
    pub(crate) limiter: Arc<Limiter>,
    /// The counters.
    pub metrics: Metrics,
}

impl ServerState {
    /// Reads the files of the site and is ready for requests.
    ///
    /// # Errors
    /// When a file of the site can't be read. A folder that is missing is not an error: the site then has no files.
    pub fn open(state: HubState, assets: Assets, config: Config) -> std::io::Result<Self> {
        let files = Files::load(&config.site_root, config.is_development)?;
        let limiter = Limiter::new(&config);
        let style = assets.style.clone().map(PrecompressedText::pack).transpose()?;
        Ok(Self {
            style: style.map(Arc::new),
            identity: identity(&state, &assets),
            pages: Arc::new(page_routes().register(&state.hub().languages).1),
            assets: Arc::new(assets),
            state,
            files: Arc::new(files),
            pictures: Arc::default(),
            sitemaps: Arc::default(),
            snapshots: Arc::default(),
            limiter: Arc::new(limiter),
            config: Arc::new(config),
            metrics: Metrics::get(),
        })
    }

    /// What pages share.
    pub(crate) fn web(&self) -> WebState {
        WebState { hub: self.state.clone(), assets: Arc::clone(&self.assets) }
    }

    /// The folder in which the logos of organisations are.
    pub(crate) fn logo_folder(&self) -> impl AsRef<Path> + use<> {
        self.config.data_folder.join("logos")
    }
}

/// All routes with everything around them.
pub fn router(server: ServerState) -> Router {
    let (pages, _) = page_routes().register(&server.state.hub().languages);
    let routes = answers(&server).router.with_state(server.clone()).merge(pages.with_state(server.web()));
    surrounded(&server, routes).merge(watched().router.with_state(server))
}

/// The rows of every noun's pages.
pub fn page_routes() -> PageRoutes {
    site::server::routes().and(personal::server::routes()).and(workplace::server::routes())
}

/// Routes with all that stands around ours: numbers, headers, files, limits, packing.
pub fn surrounded(server: &ServerState, routes: Router) -> Router {
    // The last layer is the first that a request meets.
    routes
        .layer(from_fn_with_state(server.clone(), compress::compress))
        .layer(from_fn_with_state(server.clone(), guard::time_out))
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn_with_state(server.clone(), files::serve_file))
        .layer(from_fn_with_state(server.clone(), headers::secure))
        .layer(from_fn_with_state(server.clone(), observe::observe))
}

/// Routes, and the list of their paths: the test of who may see what knows every one.
struct Routes {
    router: Router<ServerState>,
    paths: Vec<String>,
}

impl Routes {
    fn add(mut self, path: &str, handler: MethodRouter<ServerState>) -> Self {
        self.paths.push(path.to_owned());
        Self { router: self.router.route(path, handler), paths: self.paths }
    }
}

/// The paths of everything that is not a page.
pub fn paths(server: &ServerState) -> Vec<String> {
    [answers(server).paths, watched().paths].concat()
}

/// For watchers and balancers; no limit and no line of the log belongs to them.
fn watched() -> Routes {
    let routes = Routes { router: Router::new(), paths: Vec::new() };
    routes.add("/healthz", get(health::health)).add("/readyz", get(health::ready))
}

/// Everything that is not a page.
fn answers(server: &ServerState) -> Routes {
    let mut routes = Routes { router: Router::new(), paths: Vec::new() }
        .add("/robots.txt", get(robots::robots))
        .add("/sitemap.xml", get(sitemap::index))
        .add("/sitemaps/{file}", get(sitemap::file))
        .add("/manifest.webmanifest", get(manifest::manifest))
        .add("/logo.svg", get(logos::hub_logo))
        .add("/logos/{file}", get(logos::logo))
        .add("/og/{file}", get(pictures::picture))
        .add("/ics/{file}", get(calendar::event))
        .add("/zoek/{file}", get(snapshots::file));
    for &language in Language::ALL {
        let (vacancies, events) = (Page::Vacancies.path(language), Page::Events.path(language));
        routes = routes
            .add(&format!("{vacancies}.atom"), get(atom::atom))
            .add(&format!("{vacancies}.json"), get(json::json))
            .add(&format!("{events}.ics"), get(calendar::all));
    }
    if server.config.has_mailbox() {
        // For a demo and for developers; a true hub shows nobody's mail.
        routes = routes
            .add(personal::server::MAILBOX, get(mail::list))
            .add(&format!("{}/{{id}}", personal::server::MAILBOX), get(mail::one));
    }
    routes
}
