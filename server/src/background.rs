//! What happens without a request: a look at the database twice a second, tidying up, reminding, telling what is new and erasing.

use domain::Moment;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hub::Clock;
use store::Unused;
use tokio_util::sync::CancellationToken;

use crate::demo;
use crate::mail;
use crate::metrics::show_catalogue;
use crate::snapshots;
use crate::state::ServerState;
use crate::supervise::{ClockWatch, supervise};

const LOOK: Duration = Duration::from_millis(500);
const TIDY_EVERY: u32 = 60;
const TIDY_STORE: Duration = Duration::from_hours(1);
const PUBLISH_SCHEDULED: Duration = Duration::from_mins(1);
const LOOK_AT_ALERTS: Duration = Duration::from_secs(15);

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

/// Throws away every hour what nobody needs any more, until the server stops.
pub async fn keep_tidy(server: ServerState, stop: CancellationToken) {
    let watch = ClockWatch::default();
    supervise("tidying", TIDY_STORE, stop, || async {
        if has_jumped(&watch, &server) {
            return;
        }
        match server.state.store().tidy(server.state.now()).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "threw away what nobody needs any more"),
            Err(error) => tracing::warn!(%error, "could not tidy the database; the next hour tries again"),
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

/// Reminds organisations, ends what nobody answered, and erases what may not be kept, accounts that nobody uses too: at the
/// start and every hour, until the server stops.
pub async fn keep_applications(server: ServerState, stop: CancellationToken) {
    let watch = ClockWatch::default();
    supervise("applications", TIDY_STORE, stop, || async {
        if has_jumped(&watch, &server) {
            return;
        }
        look_after_applications(&server).await;
        look_after_accounts(&server).await;
    })
    .await;
}

/// Each by itself: what is wrong with one must not keep another from happening.
async fn look_after_applications(server: &ServerState) {
    let (state, store) = (&server.state, server.state.store());
    let (moment, letter_context) = (state.moment(), state.letter_context());
    let Moment { now, .. } = moment;
    let counted = |what: &str, done: Result<u64, store::Error>| match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(error) => tracing::warn!(%error, "not done, the next hour tries again: {what}"),
    };
    counted("reminded organisations of applications", store.remind_organisations(&letter_context, now).await);
    counted(
        "ended applications that nobody answered",
        store.expire_applications(&letter_context, moment).await,
    );
    counted("asked what became of vacancies", store.ask_outcomes(&letter_context, moment).await);
    counted("asked where placed talents are", store.ask_follow_ups(&letter_context, moment).await);
    let erased = store.erase_applications(moment).await;
    counted(
        "erased applications",
        erased.map(|erased| erased.applications + erased.drafts + erased.documents),
    );
    counted("counted how soon organisations answer", state.count_answers().await.map(|()| 0));
}

/// Publishes the vacancies whose day has come, until the server stops.
pub async fn keep_schedule(server: ServerState, stop: CancellationToken) {
    supervise("schedule", PUBLISH_SCHEDULED, stop, || async {
        match server.state.store().publish_scheduled_vacancies(server.state.moment()).await {
            Ok(0) => {}
            Ok(vacancies) => tracing::info!(vacancies, "published what was scheduled"),
            Err(error) => tracing::warn!(%error, "nothing scheduled is published; the next look tries again"),
        }
    })
    .await;
}

/// Mails what is new for alerts, until the server stops.
pub async fn keep_alerts(server: ServerState, stop: CancellationToken) {
    supervise("alerts", LOOK_AT_ALERTS, stop, || async {
        match server.state.send_alerts(server.state.now()).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "told what is new"),
            Err(error) => tracing::warn!(%error, "alerts were not looked after; the next look tries again"),
        }
    })
    .await;
}

/// After applications: an account goes only when none of its owner's is kept any more.
async fn look_after_accounts(server: &ServerState) {
    let state = &server.state;
    let moment = state.moment();
    match state.store().look_after_unused(&state.letter_context(), moment).await {
        Ok(Unused { warned: 0, erased: 0 }) => {}
        Ok(Unused { warned, erased }) => tracing::info!(warned, erased, "looked after unused accounts"),
        Err(error) => tracing::warn!(%error, "unused accounts are left alone; the next hour tries again"),
    }
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
