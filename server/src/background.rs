//! What happens without a request: a look at the database twice a second, tidying up, reminding, telling what is new and erasing.

use std::path::PathBuf;
use std::time::Duration;

use app::server::Clock;
use store::Unused;
use tokio_util::sync::CancellationToken;

use crate::demo;
use crate::mail;
use crate::metrics::show_catalogue;
use crate::router::Site;
use crate::snapshots;

const LOOK: Duration = Duration::from_millis(500);
const TIDY_EVERY: u32 = 60;
const TIDY_STORE: Duration = Duration::from_hours(1);
const LOOK_AT_ALERTS: Duration = Duration::from_secs(15);

/// Swaps in a new catalogue when the database or the day moved on, until the server stops.
pub async fn keep_fresh(site: Site, stop: CancellationToken) {
    let mut beat = tokio::time::interval(LOOK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut count, mut was_up) = (0_u32, true);
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        was_up = look(&site, was_up).await;
        if site.state.snapshot().is_none() {
            // Packing takes longer than a beat, and the next look must not wait for it.
            let site = site.clone();
            tokio::spawn(async move { snapshots::offer(&site).await });
        }
        count += 1;
        if count.is_multiple_of(TIDY_EVERY) {
            site.limiter.forget_idle();
            site.metrics.tidy();
        }
    }
}

/// Throws away every hour what nobody needs any more, until the server stops.
pub async fn keep_tidy(site: Site, stop: CancellationToken) {
    let mut beat = tokio::time::interval(TIDY_STORE);
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        match site.state.store().tidy(site.state.now()).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "threw away what nobody needs any more"),
            Err(error) => tracing::warn!(%error, "could not tidy the database; the next hour tries again"),
        }
        match mail::tidy(&site.config.mail_folder(), site.state.now().into()).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "threw away mail of more than a week ago"),
            Err(error) => tracing::warn!(%error, "could not tidy the mail; the next hour tries again"),
        }
    }
}

/// Reminds organisations, ends what nobody answered, and erases what may not be kept, accounts that nobody uses too: at the
/// start and every hour, until the server stops.
pub async fn keep_applications(site: Site, stop: CancellationToken) {
    let mut beat = tokio::time::interval(TIDY_STORE);
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        look_after_applications(&site).await;
        look_after_accounts(&site).await;
    }
}

/// Each by itself: what is wrong with one must not keep another from happening.
async fn look_after_applications(site: &Site) {
    let (state, store) = (&site.state, site.state.store());
    let (now, today, desk) = (state.now(), state.now_local().date(), state.desk());
    let counted = |what: &str, done: Result<u64, store::Error>| match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(error) => tracing::warn!(%error, "not done, the next hour tries again: {what}"),
    };
    counted("reminded organisations of applications", store.remind_organisations(&desk, now).await);
    counted("ended applications that nobody answered", store.expire_applications(&desk, now, today).await);
    counted("asked what became of vacancies", store.ask_outcomes(&desk, now, today).await);
    counted("asked where placed talents are", store.ask_placements(&desk, now, today).await);
    let erased = store.erase_applications(now, today).await;
    counted(
        "erased applications",
        erased.map(|erased| erased.applications + erased.drafts + erased.documents),
    );
    counted("counted how soon organisations answer", state.count_answers().await.map(|()| 0));
}

/// Mails what is new for alerts, until the server stops.
pub async fn keep_alerts(site: Site, stop: CancellationToken) {
    let mut beat = tokio::time::interval(LOOK_AT_ALERTS);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        match site.state.send_alerts(site.state.now()).await {
            Ok(0) => {}
            Ok(mails) => tracing::info!(mails, "told what is new"),
            Err(error) => tracing::warn!(%error, "alerts were not looked after; the next look tries again"),
        }
    }
}

/// After applications: an account goes only when none of its owner's is kept any more.
async fn look_after_accounts(site: &Site) {
    let state = &site.state;
    let (now, today) = (state.now(), state.now_local().date());
    match state.store().look_after_unused(&state.desk(), now, today).await {
        Ok(Unused { warned: 0, erased: 0 }) => {}
        Ok(Unused { warned, erased }) => tracing::info!(warned, erased, "looked after unused accounts"),
        Err(error) => tracing::warn!(%error, "unused accounts are left alone; the next hour tries again"),
    }
}

/// Moves a demo to the present week when the day changes, until the server stops.
pub async fn keep_demo(site: Site, folder: PathBuf, clock: Clock, stop: CancellationToken) {
    let mut day = site.state.now_local().date();
    let mut beat = tokio::time::interval(LOOK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(beat.tick()).await.is_some() {
        let today = site.state.now_local().date();
        if today == day {
            continue;
        }
        day = today;
        // What fails today is tried again tomorrow; the demo of last week is still a demo.
        if let Err(error) = demo::fill(site.state.store(), site.state.hub(), &folder, clock()).await {
            tracing::error!(%error, "demo: it can't be moved to the present week");
        }
    }
}

/// Looks once; says it only when the database goes or comes back.
async fn look(site: &Site, was_up: bool) -> bool {
    let result = site.state.refresh().await;
    match &result {
        Ok(true) => {
            let catalogue = site.state.catalogue();
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
    show_catalogue(&site.state, result.is_ok());
    result.is_ok()
}
