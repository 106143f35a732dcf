//! The state that all requests share.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::accounts::EmailAddress;
use domain::hub::Hub;
use domain::{Language, Moment};
use store::{LetterContext, Store};

pub use store::RandomSource;

use crate::catalogue::{Catalogue, Wording};
use crate::zone::{local, moment_at};

/// Tells the time; tests give one that stands still.
pub type Clock = fn() -> DateTime<Utc>;

/// What comes from outside the program: the time, and chance.
#[derive(Clone, Copy, Debug)]
pub struct World {
    /// Tells the time.
    pub clock: Clock,
    /// Gives what nobody can guess.
    pub random: RandomSource,
}

/// The settings of the operator that pages need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the world finds the hub, without a slash at the end: `https://smarthub.example`.
    pub public_url: String,
    /// Whether this is a development build, which shows the components.
    pub is_development: bool,
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
pub struct HubState(Arc<Inner>);

struct Inner {
    hub: Arc<Hub>,
    office: EmailAddress,
    store: Store,
    settings: Settings,
    world: World,
    wording: Wording,
    catalogue: ArcSwap<Catalogue>,
    snapshot: ArcSwapOption<SnapshotAddress>,
    answer_days: ArcSwap<HashMap<i64, u32>>,
}

impl HubState {
    /// Loads the catalogue and starts with it.
    ///
    /// # Errors
    /// When the database does not answer, or the office has no address.
    pub async fn start(
        hub: Hub,
        store: Store,
        settings: Settings,
        world: World,
    ) -> Result<Self, store::Error> {
        let today = local((world.clock)()).date();
        let unreadable = || store::Error::Unreadable("the address of the office".to_owned());
        let office = EmailAddress::parse(&hub.contact.email).ok_or_else(unreadable)?;
        let wording = Wording::with(&settings.synonyms);
        let catalogue = ArcSwap::from_pointee(Catalogue::load(&store, &hub, &wording, today).await?);
        let snapshot = ArcSwapOption::empty();
        let answer_days = ArcSwap::from_pointee(store.usual_answer_days((world.clock)()).await?);
        Ok(Self(Arc::new(Inner {
            hub: Arc::new(hub),
            office,
            store,
            settings,
            world,
            wording,
            catalogue,
            snapshot,
            answer_days,
        })))
    }

    /// Looks whether the database or the day moved on, and if so swaps a new catalogue in.
    ///
    /// # Errors
    /// When the database does not answer; the old catalogue then stays.
    pub async fn refresh(&self) -> Result<bool, store::Error> {
        let today = self.moment().today;
        let current = self.catalogue();
        if current.today == today && current.revision == self.store().revision().await? {
            return Ok(false);
        }
        let changed =
            if current.today == today { current.changed(self.store(), self.hub()).await? } else { None };
        let catalogue = match changed {
            Some(catalogue) => catalogue,
            None => Catalogue::load(self.store(), self.hub(), &self.0.wording, today).await?,
        };
        self.0.catalogue.store(Arc::new(catalogue));
        Ok(true)
    }

    /// Counts anew how soon organisations answer.
    ///
    /// # Errors
    /// When the database does not answer; the old figures then stay.
    pub async fn count_answers(&self) -> Result<(), store::Error> {
        self.0.answer_days.store(Arc::new(self.store().usual_answer_days(self.now()).await?));
        Ok(())
    }

    /// Within how many days an organisation usually answers, as of the last count.
    pub fn usual_answer_days(&self, organisation_id: i64) -> Option<u32> {
        self.0.answer_days.load().get(&organisation_id).copied()
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

    /// The hub.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.0.hub
    }

    /// The hub's memory.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The configuration.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0.world.clock)()
    }

    /// The present moment with its day; made once for a request or a job.
    pub fn moment(&self) -> Moment {
        moment_at(self.now())
    }

    /// The time of the hub's own clock (Europe/Amsterdam).
    pub fn now_local(&self) -> NaiveDateTime {
        local(self.now())
    }

    /// The context of letters about applications.
    pub fn letter_context(&self) -> LetterContext {
        let hub = self.hub();
        let language = hub.languages.first().copied().unwrap_or(Language::Dutch);
        LetterContext { random: self.0.world.random, office: self.0.office.clone(), language }
    }

    /// Bytes that nobody can guess.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0.world.random)(&mut bytes);
        bytes
    }
}
