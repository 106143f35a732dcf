//! The state that all requests share.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::hub::Hub;
use store::Store;

use super::catalogue::Wording;
use super::{Assets, Catalogue};

/// Tells the time; tests give one that stands still.
pub type Clock = fn() -> DateTime<Utc>;

/// Fills bytes with what nobody can guess; tests give one that counts.
pub type Chance = fn(&mut [u8]);

/// What comes from outside the program: the time, and chance.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Tells the time.
    pub clock: Clock,
    /// Gives what nobody can guess.
    pub chance: Chance,
}

/// What the operator sets and pages need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the world finds the hub, without a slash at the end: `https://smarthub.example`.
    pub public_url: String,
    /// Whether this is a development build, which shows the components.
    pub is_development: bool,
    /// Where pages find style sheet, script and wasm.
    pub assets: Assets,
    /// Whether the hub shows the mail that it would send, as a demo does.
    pub has_mailbox: bool,
    /// Lines of synonyms that the hub adds to the engine's own; see `search/synonyms.txt`.
    pub synonyms: String,
}

/// Where browsers find the index of the vacancies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotAddress {
    /// The revision and the day that it shows.
    pub of: (i64, NaiveDate),
    /// The path of what cards show.
    pub core: String,
    /// The path of the words of the texts, when they are few enough for a browser.
    pub texts: Option<String>,
}

/// The state that all requests share; cheap to clone.
#[derive(Clone)]
pub struct HubState(Arc<Shared>);

struct Shared {
    hub: Arc<Hub>,
    store: Store,
    settings: Settings,
    world: World,
    wording: Wording,
    catalogue: ArcSwap<Catalogue>,
    snapshot: ArcSwapOption<SnapshotAddress>,
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
        world: World,
    ) -> Result<Self, store::Error> {
        let today = local((world.clock)()).date();
        let wording = Wording::with(&settings.synonyms);
        let catalogue = ArcSwap::from_pointee(Catalogue::load(&store, &hub, &wording, today).await?);
        let snapshot = ArcSwapOption::empty();
        Ok(Self(Arc::new(Shared {
            hub: Arc::new(hub),
            store,
            settings,
            world,
            wording,
            catalogue,
            snapshot,
        })))
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
        let changed = if current.today == today { current.changed(self.store()).await? } else { None };
        let catalogue = match changed {
            Some(catalogue) => catalogue,
            None => Catalogue::load(self.store(), self.hub(), &self.0.wording, today).await?,
        };
        self.0.catalogue.store(Arc::new(catalogue));
        Ok(true)
    }

    /// Where browsers find the index that the pages show now; nothing while there is none.
    pub fn snapshot(&self) -> Option<Arc<SnapshotAddress>> {
        let catalogue = self.catalogue();
        self.0.snapshot.load_full().filter(|snapshot| snapshot.of == (catalogue.revision, catalogue.today))
    }

    /// Tells where browsers find the index.
    pub fn offer_snapshot(&self, address: Option<SnapshotAddress>) {
        self.0.snapshot.store(address.map(Arc::new));
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

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0.world.clock)()
    }

    /// The time of the hub's own clock (Europe/Amsterdam).
    pub fn now_local(&self) -> NaiveDateTime {
        local(self.now())
    }

    /// Bytes that nobody can guess.
    pub fn chance<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0.world.chance)(&mut bytes);
        bytes
    }
}

pub(crate) fn local(now: DateTime<Utc>) -> NaiveDateTime {
    now.with_timezone(&Amsterdam).naive_local()
}
