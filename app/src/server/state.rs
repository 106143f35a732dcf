//! The state that all requests share.

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::hub::Hub;
use store::Store;

use super::{Assets, Catalogue};

/// Tells the time; tests give one that stands still.
pub type Clock = fn() -> DateTime<Utc>;

/// What the operator sets and pages need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the world finds the hub, without a slash at the end: `https://smarthub.example`.
    pub public_url: String,
    /// Whether this is a development build, which shows the components.
    pub is_development: bool,
    /// Where pages find style sheet, script and wasm.
    pub assets: Assets,
}

/// The state that all requests share; cheap to clone.
#[derive(Clone)]
pub struct HubState(Arc<Shared>);

struct Shared {
    hub: Arc<Hub>,
    store: Store,
    settings: Settings,
    clock: Clock,
    catalogue: ArcSwap<Catalogue>,
}

impl HubState {
    /// Loads the catalogue and starts with it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn start(
        hub: Hub,
        store: Store,
        settings: Settings,
        clock: Clock,
    ) -> Result<Self, store::Error> {
        let today = local(clock()).date();
        let catalogue = ArcSwap::from_pointee(Catalogue::load(&store, &hub, today).await?);
        Ok(Self(Arc::new(Shared { hub: Arc::new(hub), store, settings, clock, catalogue })))
    }

    /// Looks whether the database or the day moved on, and if so swaps a new catalogue in.
    ///
    /// # Errors
    /// When the database does not answer; the old catalogue then stays.
    pub async fn refresh(&self) -> Result<bool, store::Error> {
        let today = self.now_local().date();
        let current = self.catalogue();
        if current.today == today && current.revision == self.store().revision().await? {
            return Ok(false);
        }
        let catalogue = Catalogue::load(self.store(), self.hub(), today).await?;
        self.0.catalogue.store(Arc::new(catalogue));
        Ok(true)
    }

    /// All that is public now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.0.catalogue.load_full()
    }

    /// Who the hub is.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.0.hub
    }

    /// The hub's memory.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What the operator set.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The time of the hub's own clock (Europe/Amsterdam).
    pub fn now_local(&self) -> NaiveDateTime {
        local((self.0.clock)())
    }
}

fn local(now: DateTime<Utc>) -> NaiveDateTime {
    now.with_timezone(&Amsterdam).naive_local()
}
