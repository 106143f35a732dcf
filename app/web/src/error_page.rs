//! Pages for what is not there and for what went wrong.

use std::sync::Arc;

use domain::Language;
use domain::hub::Hub;
use leptos::prelude::*;

use ui::{ButtonKind, ButtonLink, EmptyState, SearchBox};
use words::paths::Page;
use words::texts as t;

/// There is nothing at this address: search instead.
#[component]
pub fn NotFoundPage(
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    view! {
        <div class="wrap section">
            <EmptyState is_page=true name="404" title=t::not_found_title(language)>
                <p>{t::not_found_text(language)}</p>
            </EmptyState>
            <SearchBox hub language />
        </div>
    }
}

/// Something went wrong, with a number to ask about it where there is one.
#[component]
pub fn ErrorPage(
    /// What happened.
    title: &'static str,
    /// The way on for the reader.
    text: &'static str,
    /// The number of the request.
    request_id: Option<String>,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let number = request_id.map(|id| {
        view! {
            <p>{t::fault_number(language)} " " <code>{id}</code></p>
            <p>{t::fault_tell(language)} " " <a href=format!("mailto:{}", hub.contact.email)>{hub.contact.email.clone()}</a></p>
        }
    });
    view! {
        <div class="wrap section">
            <EmptyState is_page=true name="500" title>
                <p>{text}</p>
                {number}
                <ButtonLink href=Page::Home.path(language) kind=ButtonKind::Primary>{t::nav_home(language)}</ButtonLink>
            </EmptyState>
        </div>
    }
}
