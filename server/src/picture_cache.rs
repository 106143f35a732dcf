//! The pictures for shared links that were made.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// Pictures that are kept; a hub has fewer organisations.
const MOST_KEPT: usize = 500;

/// The pictures that were made, by the address of the organisation.
#[derive(Default)]
pub(crate) struct Pictures(Mutex<HashMap<String, Bytes>>);

impl Pictures {
    pub(crate) fn find(&self, key: &str) -> Option<Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(crate) fn keep(&self, key: String, picture: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, picture);
    }
}
