//! The hub's server: configuration, routes, limits, files, feeds and background work.

mod background;
pub mod clock;
mod compress;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod documents;
mod errors;
mod feeds;
mod files;
mod guard;
mod headers;
mod health;
pub mod log;
mod logos;
pub mod mail;
mod metrics;
mod observe;
mod pictures;
mod precompressed;
pub mod random;
mod responses;
mod router;
mod serve;
mod snapshots;
pub mod spreadsheets;
mod stall;
mod visitor;

pub use background::{keep_alerts, keep_applications, keep_demo, keep_fresh, keep_tidy};
pub use files::Files;
pub use metrics::Metrics;
pub use router::{ServerState, page_routes, paths, router, surrounded};
pub use serve::{listen, serve, stop_signal};
pub use snapshots::offer as offer_snapshot;
