//! The state that all requests share.

use std::path::Path;
use std::sync::Arc;

use hub::HubState;
use web::{Assets, PageTable, WebState};

use crate::client_counts::ClientCounts;
use crate::config::Config;
use crate::feeds::sitemap_cache::Sitemaps;
use crate::files::Files;
use crate::identity::identity;
use crate::limiter::Limiter;
use crate::metrics::Metrics;
use crate::pages::page_routes;
use crate::picture_cache::Pictures;
use crate::precompressed::PrecompressedText;
use crate::snapshot_files::Snapshots;
use crate::uploads::Uploads;

/// The state that all requests share; cheap to clone.
#[derive(Clone)]
pub struct ServerState {
    /// The hub: its database and its catalogue.
    pub state: HubState,
    /// Where pages find style sheet, script and wasm.
    pub(crate) assets: Arc<Assets>,
    /// All pages.
    pub pages: Arc<PageTable>,
    /// The configuration.
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
    /// The counts of requests by client.
    pub(crate) limiter: Arc<Limiter>,
    /// The places for files that are taken in.
    pub(crate) uploads: Arc<Uploads>,
    /// The requests of each client that are being answered.
    pub(crate) requests: Arc<ClientCounts>,
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
            requests: Arc::default(),
            uploads: Arc::new(Uploads::new(config.limits.is_loopback_exempt)),
            config: Arc::new(config),
            metrics: Metrics::get(),
        })
    }

    /// The state that pages share.
    pub(crate) fn web(&self) -> WebState {
        WebState { hub: self.state.clone(), assets: Arc::clone(&self.assets), menu: self.pages.menu() }
    }

    /// The folder in which the logos of organisations are.
    pub(crate) fn logo_folder(&self) -> impl AsRef<Path> + use<> {
        self.config.data_folder.join("logos")
    }
}
