//! What a search finds beside vacancies.

use domain::Language;
use leptos::prelude::*;
use search::{ElsewhereKind, FoundElsewhere};

use crate::paths::Page;
use crate::texts as t;

/// The organisations and events that a search finds: how many, and links to the first.
#[component]
pub(crate) fn ElsewhereLine(found: Vec<FoundElsewhere>, language: Language) -> impl IntoView {
    let kinds = found
        .into_iter()
        .map(|FoundElsewhere { kind, total, first }| {
            let (count, page): (_, fn(String) -> Page) = match kind {
                ElsewhereKind::Organisation => (t::organisations_count(language, total), Page::Organisation),
                ElsewhereKind::Event => (t::agenda_count(language, total), Page::Event),
            };
            let links = first
                .into_iter()
                .map(|entry| view! { <a href=page(entry.slug).path(language)>{entry.title}</a> })
                .collect::<Vec<_>>();
            view! { <li><b>{count}</b> {links}</li> }
        })
        .collect::<Vec<_>>();
    (!kinds.is_empty())
        .then(|| view! { <ul class="elsewhere" aria-label=t::search_elsewhere(language)>{kinds}</ul> })
}
