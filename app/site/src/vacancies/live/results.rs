//! The list of results. Those that one sees while typing follow every letter; those further down, which cost as much to
//! paint although nobody looks, follow when typing rests.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::Element;

use super::state::{BOX, Live, SearchState};

impl Live {
    /// Lists the results that can be seen; below them stay those that were there.
    pub(super) fn list_in_sight(&self, new: &SearchState) {
        let in_sight = self.in_sight.get();
        let mut new = new.clone();
        if new.found.answer.hits.len() > in_sight {
            self.results.with_untracked(|earlier| {
                let Some(earlier) = earlier else { return };
                let found = Arc::make_mut(&mut new.found);
                found.answer.hits.truncate(in_sight);
                found.excerpts.truncate(in_sight);
                found.answer.hits.extend(earlier.found.answer.hits.iter().skip(in_sight).cloned());
                found.excerpts.extend(earlier.found.excerpts.iter().skip(in_sight).cloned());
            });
        }
        self.results.set(Some(new));
    }

    /// Lets the whole list follow what is shown.
    pub(super) fn settle(&self) {
        let Some(shown) = self.shown.get_untracked() else { return };
        let is_settled = self.results.with_untracked(|results| {
            results.as_ref().is_some_and(|results| Arc::ptr_eq(&results.found, &shown.found))
        });
        if !is_settled {
            self.results.set(Some(shown));
        }
        self.count_results_in_sight();
    }

    /// Counts the results above the lower edge of the window when the box stands at its upper edge: nobody who types
    /// sees more. One more counts, as others may be lower; and the number only grows, so that it seldom changes.
    pub(super) fn count_results_in_sight(&self) {
        let window_height = window().inner_height().ok().and_then(|height| height.as_f64());
        let (Some(input), Some(window_height)) = (self.element::<Element>(BOX), window_height) else {
            return;
        };
        let lower_edge = input.get_bounding_client_rect().top() + window_height;
        let cards = self.all("#results .card");
        let above =
            cards.iter().take_while(|card| card.get_bounding_client_rect().top() < lower_edge).count();
        let known = Some(self.in_sight.get()).filter(|known| *known != usize::MAX);
        if above < cards.len() {
            self.in_sight.set((above + 1).max(known.unwrap_or_default()));
        }
    }
}
