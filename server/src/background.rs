//! What each server does for itself without a request: a look at the database twice a second, tidying up. What one does for
//! all is a job.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hub::Clock;
use tokio_util::sync::CancellationToken;

use crate::demo;
use crate::mail;
use crate::metrics::show_catalogue;
use crate::snapshots;
use crate::state::ServerState;
use crate::supervise::{ClockWatch, supervise};

const LOOK: Duration = Duration::from_millis(500);
const TIDY_EVERY: u32 = 60;
const TIDY_FOLDER: Duration = Duration::from_hours(1);

/// Swaps in a new catalogue when the database or the day moved on, until the server stops.
pub async fn keep_fresh(server: ServerState, stop: CancellationToken) {
    let (count, was_up) = (AtomicU32::new(0), AtomicBool::new(true));
    supervise("catalogue", LOOK, stop, || async {
        was_up.store(look(&server, was_up.load(Ordering::Relaxed)).await, Ordering::Relaxed);
        if server.state.snapshot().is_none() {
            // Packing takes longer than a beat, and the next look must not wait for it.
            let server = server.clone();
            tokio::spawn(async move { snapshots::offer(&server).await });
        }
        if count.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY) {
            server.limiter.forget_idle();
            server.metrics.tidy();
        }
    })
    .await;
}

/// Does every hour what each server does for itself, until the server stops: it counts how soon organisations answer, and
/// throws away the mail in its folder that nobody needs any more.
pub async fn keep_tidy(server: ServerState, stop: CancellationToken) {
    let watch = ClockWatch::default();
    supervise("tidying", TIDY_FOLDER, stop, || async {
        if let Err(error) = server.state.count_answers().await {
            tracing::warn!(%error, "could not count how soon organisations answer; the next hour tries again");
        }
        if has_jumped(&watch, &server) {
            return;
        }
        match mail::tidy(&server.config.mail_folder(), server.state.now().into()).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "threw away mail of more than a week ago"),
            Err(error) => tracing::warn!(%error, "could not tidy the mail; the next hour tries again"),
        }
    })
    .await;
}

/// Whether the clock jumped, so that nothing may be erased by it yet.
fn has_jumped(watch: &ClockWatch, server: &ServerState) -> bool {
    let has_jumped = watch.has_jumped(server.state.now());
    if has_jumped {
        tracing::warn!(
            "the clock of this machine jumped by more than a day; nothing is erased before the next hour"
        );
    }
    has_jumped
}

/// Moves a demo to the present week when the day changes, until the server stops.
pub async fn keep_demo(server: ServerState, folder: PathBuf, clock: Clock, stop: CancellationToken) {
    let day = Mutex::new(server.state.moment().today);
    supervise("demo", LOOK, stop, || async {
        let today = server.state.moment().today;
        if std::mem::replace(&mut *day.lock().unwrap_or_else(PoisonError::into_inner), today) == today {
            return;
        }
        // What fails today is tried again tomorrow; the demo of last week is still a demo.
        if let Err(error) = demo::fill(server.state.store(), server.state.hub(), &folder, clock()).await {
            tracing::error!(%error, "demo: it can't be moved to the present week");
        }
    })
    .await;
}

/// Looks once; says it only when the database goes or comes back.
async fn look(server: &ServerState, was_up: bool) -> bool {
    let result = server.state.refresh().await;
    match &result {
        Ok(true) => {
            let catalogue = server.state.catalogue();
            tracing::info!(revision = catalogue.revision, vacancies = catalogue.index.len(), "new catalogue");
        }
        Err(error) if was_up => {
            tracing::error!(%error, "the database does not answer; pages show the last catalogue");
        }
        Ok(false) | Err(_) => {}
    }
    if result.is_ok() && !was_up {
        tracing::info!("the database answers again");
    }
    show_catalogue(&server.state, result.is_ok());
    result.is_ok()
}
