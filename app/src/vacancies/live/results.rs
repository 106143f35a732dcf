//! The results. The cards that one sees while typing follow every letter; the others, which cost as much to draw
//! although nobody looks, are drawn when typing rests.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::Element;

use super::combobox::BOX;
use super::{Live, Shown};
use crate::ui::CardList;
use crate::vacancies::elsewhere::ElsewhereLine;
use crate::vacancies::results::{NothingFound, Pages, cards};

impl Live {
    /// Takes the results over from the server's HTML.
    pub(super) fn draw_results(&self) {
        let (shown, settled, in_sight, language) = (self.shown, self.settled, self.in_sight, self.language);
        let has_results = Memo::new(move |_| {
            shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.found.answer.total > 0))
        });
        let first = move || shown.get().map(|Shown { found, .. }| cards(&found, 0..in_sight.get(), language));
        let further = move || {
            settled.get().map(|Shown { found, .. }| cards(&found, in_sight.get()..usize::MAX, language))
        };
        let pages = move || {
            settled.get().map(|Shown { filter, found, .. }| view! { <Pages filter found language /> })
        };
        let list = move || {
            has_results.get().then(|| {
                view! {
                    <CardList>{first} {further}</CardList>
                    {pages}
                }
            })
        };
        let nothing = move || {
            shown.get().filter(|_| !has_results.get()).map(|Shown { filter, found, .. }| {
                view! { <NothingFound filter found language /> }
            })
        };
        let elsewhere =
            move || shown.get().map(|Shown { found, .. }| view! { <ElsewhereLine found language /> });
        self.replace("results", move || view! { {elsewhere} {nothing} {list} });
    }

    /// Lets everything on the page follow what is shown.
    pub(super) fn settle(&self) {
        let is_settled = self.settled.with_untracked(|settled| {
            self.shown.with_untracked(|shown| match (settled, shown) {
                (Some(settled), Some(shown)) => Arc::ptr_eq(&settled.found, &shown.found),
                _ => false,
            })
        });
        if !is_settled {
            self.count_cards_in_sight();
            self.settled.set(self.shown.get_untracked());
        }
    }

    /// Counts the cards above the lower edge of the window when the box stands at its upper edge: nobody who types
    /// sees more. The number only grows, so that cards change their place in what follows at once seldom.
    fn count_cards_in_sight(&self) {
        let window_height = window().inner_height().ok().and_then(|height| height.as_f64());
        let (Some(input), Some(window_height)) = (self.element::<Element>(BOX), window_height) else {
            return;
        };
        let lower_edge = input.get_bounding_client_rect().top() + window_height;
        let cards = self.all("#results .card");
        let above =
            cards.iter().take_while(|card| card.get_bounding_client_rect().top() < lower_edge).count();
        let known = self.in_sight.get_untracked();
        // One more, as other cards may be lower.
        if above < cards.len() && (known == usize::MAX || known <= above) {
            self.in_sight.set(above + 1);
        }
    }
}
