//! Every route of the hub, and what stands around them.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get};
use domain::Language;
use words::paths::Page;

use crate::feeds::{atom, calendar, json, manifest, robots, sitemap};
use crate::pages::page_routes;
use crate::state::ServerState;
use crate::{compress, file_server, guard, headers, health, logos, mail, observe, pictures, snapshots};

/// All routes with everything around them.
pub fn router(server: ServerState) -> Router {
    let (pages, _) = page_routes().register(&server.state.hub().languages);
    let routes = answers(&server).router.with_state(server.clone()).merge(pages.with_state(server.web()));
    surrounded(&server, routes).merge(watched().router.with_state(server))
}

/// Routes with all that stands around ours: numbers, headers, files, limits, packing.
pub fn surrounded(server: &ServerState, routes: Router) -> Router {
    // The last layer is the first that a request meets.
    routes
        .layer(from_fn_with_state(server.clone(), compress::compress))
        .layer(from_fn_with_state(server.clone(), guard::time_out))
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn_with_state(server.clone(), file_server::serve_file))
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
