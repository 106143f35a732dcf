//! What a search finds beside vacancies.

use std::sync::Arc;

use domain::Language;
use leptos::prelude::*;
use search::{ElsewhereKind, FoundElsewhere};

use super::SearchResponse;
use words::paths::Page;
use words::texts as t;

/// The organisations and events that a search finds: how many, and links to the first.
#[component]
pub(crate) fn ElsewhereLine(found: Arc<SearchResponse>, language: Language) -> impl IntoView {
    let kinds = found
        .answer
        .elsewhere
        .iter()
        .map(|FoundElsewhere { kind, total, first }| {
            let (count, page): (_, fn(String) -> Page) = match kind {
                ElsewhereKind::Organisation => (t::organisations_count(language, *total), Page::Organisation),
                ElsewhereKind::Event => (t::agenda_count(language, *total), Page::Event),
            };
            let links = first
                .iter()
                .map(|entry| view! { <a href=page(entry.slug.clone()).path(language)>{entry.title.clone()}</a> })
                .collect::<Vec<_>>();
            view! { <li><b>{count}</b> {links}</li> }
        })
        .collect::<Vec<_>>();
    (!kinds.is_empty())
        .then(|| view! { <ul class="elsewhere" aria-label=t::search_elsewhere(language)>{kinds}</ul> })
}
