//! What the words of a search could mean: choices that are offered, never forced.

use std::sync::Arc;

use domain::Language;
use leptos::prelude::*;
use search::{Choice, Understood};

use super::SearchResponse;
use words::paths::search_address;
use words::{format, labels, texts as t};

/// The choices that words of the query name, each with what it gives; nothing when they name none.
#[component]
pub(crate) fn Offers(found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    let offers = found
        .answer
        .understood
        .iter()
        .map(|offer| {
            let href = search_address(&offer.filter, language);
            view! { <li><a class="chip" href=href>{offer_text(offer, language)}</a></li> }
        })
        .collect::<Vec<_>>();
    (!offers.is_empty()).then(|| {
        view! {
            <ul class="chips offers" aria-labelledby="meant">
                <li id="meant">{t::search_meant(language)}</li>
                {offers}
            </ul>
        }
    })
}

fn offer_text(offer: &Understood, language: Language) -> String {
    let (what, label) = match &offer.choice {
        Choice::Value(facet, value, text) => {
            (labels::facet(*facet, language), labels::facet_value(*facet, value, text, language))
        }
        Choice::Place(place) => (t::search_place_label(language), place.clone()),
    };
    t::search_offer(language, label, format::number(offer.total, language), what)
}
