//! How many files are taken in at once.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::client_counts::{ClientCounts, ClientPlace};
use crate::visitor;

/// Files that are taken in at once. Each is held in memory and looked at.
const AT_ONCE: usize = 6;
/// Of those, the ones of one client.
const AT_ONCE_PER_CLIENT: usize = 2;
/// Files of one client that wait for a place. Each holds a connection meanwhile, so a flood is answered at once.
const WAITING_PER_CLIENT: usize = 20;
/// How long a file waits for a place: what a class sends in one minute finds one.
const WAITS: Duration = Duration::from_secs(5);
/// How often a client with all its places taken looks for one.
const LOOK: Duration = Duration::from_millis(100);

/// The places for files that are taken in at once.
pub(crate) struct Uploads {
    all: Arc<Semaphore>,
    clients: Arc<ClientCounts>,
    waiting: Arc<ClientCounts>,
    is_loopback_exempt: bool,
    waits: Duration,
}

/// A place for one file; it is free again when this is dropped.
pub(crate) struct UploadPlace {
    _place: OwnedSemaphorePermit,
    _client: ClientPlace,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The client has taken all of its own.
    ForClient,
    /// Others have taken all.
    ForAnybody,
}

impl Uploads {
    /// No file is taken in yet. A loopback address that is exempt has only the limit of all.
    pub(crate) fn new(is_loopback_exempt: bool) -> Self {
        Self {
            all: Arc::new(Semaphore::new(AT_ONCE)),
            clients: Arc::default(),
            waiting: Arc::default(),
            is_loopback_exempt,
            waits: WAITS,
        }
    }

    /// A place for a file of a client; nothing of the file is read while it waits for one.
    pub(crate) async fn enter(&self, address: IpAddr) -> Result<UploadPlace, NoPlace> {
        let is_exempt = self.is_loopback_exempt && address.is_loopback();
        let (most_waiting, most) =
            if is_exempt { (usize::MAX, usize::MAX) } else { (WAITING_PER_CLIENT, AT_ONCE_PER_CLIENT) };
        let client = visitor::client_prefix(address);
        let waits = ClientCounts::enter(&self.waiting, client, most_waiting);
        let _waits = waits.ok_or(NoPlace::ForClient)?;
        let client = self.place_of(client, most).await?;
        let place = timeout(self.waits, Arc::clone(&self.all).acquire_owned()).await;
        let place = place.ok().and_then(Result::ok).ok_or(NoPlace::ForAnybody)?;
        Ok(UploadPlace { _place: place, _client: client })
    }

    async fn place_of(&self, client: IpAddr, most: usize) -> Result<ClientPlace, NoPlace> {
        let look = async {
            loop {
                if let Some(place) = ClientCounts::enter(&self.clients, client, most) {
                    return place;
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        timeout(self.waits, look).await.map_err(|_| NoPlace::ForClient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[tokio::test]
    async fn a_client_has_two_places_and_leaves_the_others_theirs() {
        let uploads = Uploads { waits: Duration::from_millis(150), ..Uploads::new(false) };
        let first = uploads.enter(client(1)).await.ok();
        let second = uploads.enter(client(1)).await.ok();
        assert!(first.is_some() && second.is_some());
        assert_eq!(uploads.enter(client(1)).await.err(), Some(NoPlace::ForClient));
        let mut others = Vec::new();
        for last in [2, 2, 3, 3] {
            others.push(uploads.enter(client(last)).await.ok().unwrap());
        }
        assert_eq!(uploads.enter(client(4)).await.err(), Some(NoPlace::ForAnybody));
        drop(first);
        assert!(uploads.enter(client(4)).await.is_ok());
    }

    #[tokio::test]
    async fn a_flood_of_one_client_does_not_wait() {
        let uploads = Uploads::new(false);
        let _taken =
            [uploads.enter(client(1)).await.ok().unwrap(), uploads.enter(client(1)).await.ok().unwrap()];
        let begin = std::time::Instant::now();
        let mut flood: futures::stream::FuturesUnordered<_> =
            (0..=WAITING_PER_CLIENT).map(|_| uploads.enter(client(1))).collect();
        let first = futures::StreamExt::next(&mut flood).await.unwrap();
        assert_eq!(first.err(), Some(NoPlace::ForClient));
        assert!(begin.elapsed() < WAITS / 2, "it was answered at once");
    }
}
