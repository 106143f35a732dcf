//! How many of something each client has at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts by client; a client without any takes no memory.
#[derive(Default)]
pub(crate) struct ClientCounts(Mutex<HashMap<IpAddr, usize>>);

/// One of a client; it is gone when this is dropped.
pub(crate) struct ClientPlace {
    counts: Arc<ClientCounts>,
    client: IpAddr,
}

impl ClientCounts {
    /// One more of a client; nothing when it has `most` already.
    pub(crate) fn enter(counts: &Arc<Self>, client: IpAddr, most: usize) -> Option<ClientPlace> {
        let mut by_client = counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = by_client.entry(client).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(ClientPlace { counts: Arc::clone(counts), client })
    }

    fn leave(&self, client: IpAddr) {
        let mut by_client = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = by_client.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                by_client.remove(&client);
            }
        }
    }
}

impl Drop for ClientPlace {
    fn drop(&mut self) {
        self.counts.leave(self.client);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_it_is_left() {
        let counts = Arc::new(ClientCounts::default());
        let client = IpAddr::from([192, 0, 2, 1]);
        let place = ClientCounts::enter(&counts, client, 1);
        assert!(place.is_some());
        assert!(ClientCounts::enter(&counts, client, 1).is_none());
        assert!(ClientCounts::enter(&counts, IpAddr::from([192, 0, 2, 2]), 1).is_some());
        drop(place);
        assert!(ClientCounts::enter(&counts, client, 1).is_some());
        assert!(counts.0.lock().unwrap().is_empty());
    }
}
