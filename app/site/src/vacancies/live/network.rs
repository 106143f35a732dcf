//! What the server is asked, and what happens when it can't be reached.

use std::sync::Arc;

use domain::Language;
use domain::text::encode;
use domain::vacancies::VacancyFilter;
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;

use super::state::{Live, SearchState, keep_room};
use crate::vacancies::{SearchResponse, SearchVacancies};
use words::paths::search_address;
use words::{format, texts as t};

/// Asks a server function by its address: its generated client would bring 60 kB of address parsing along. It
/// answers in bytes that only this program reads; a reader of JSON would be as large as half of the engine.
pub(super) async fn ask<T: DeserializeOwned>(
    path: &str,
    filter: &VacancyFilter,
    language: Language,
) -> Option<T> {
    let address = format!("{path}?filter={}&language={}", encode(&filter.to_query_string()), language.code());
    let answer = Request::get(&address).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    postcard::from_bytes(&answer.binary().await.ok()?).ok()
}

impl Live {
    /// Asks the server for an answer; an answer to an older question is dropped.
    pub(super) fn ask_server(&self, filter: VacancyFilter, is_only_way: bool) {
        let live = self.clone();
        spawn_local(async move {
            let answer: Option<SearchResponse> = ask(SearchVacancies::PATH, &filter, live.language).await;
            if *live.asked.borrow() != filter {
                return;
            }
            match answer {
                Some(mut found) => {
                    live.shown.with_untracked(|shown| keep_room(shown.as_ref(), &filter, &mut found));
                    live.show(SearchState { filter, found: Arc::new(found), is_whole: true });
                }
                // What the browser would show now is its own page of an error; the results are worth more.
                None if !is_online() => live.tell_connection(),
                // Without an answer the page itself is asked, which says what is wrong.
                None if is_only_way => {
                    let _ = window().location().assign(&search_address(&filter, live.language));
                }
                None => {}
            }
        });
    }

    /// Says when there is no network, and in what one searches then.
    pub(super) fn tell_connection(&self) {
        let text = match (is_online(), self.engine.is_ready()) {
            (true, _) => String::new(),
            (false, true) => {
                t::search_offline(self.language, format::date(self.engine.today(), self.language))
            }
            (false, false) => t::search_offline_waiting(self.language).to_owned(),
        };
        self.set_text("offline", &text);
    }

    /// The network came or went. What could not be answered meanwhile is asked now.
    pub(super) fn connection_changed(&self) {
        self.tell_connection();
        if !is_online() {
            return;
        }
        let filter = self.asked.borrow().clone();
        if self.is_shown(&filter) {
            self.complete(filter);
        } else {
            self.ask_server(filter, false);
        }
    }
}

/// Whether the browser has a network, as far as it knows.
pub(super) fn is_online() -> bool {
    window().navigator().on_line()
}
