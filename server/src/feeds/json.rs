//! A search as a JSON Feed (version 1.1).

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::vacancies::VacancyCard;
use serde_json::{Value, json};

use super::catalogue_answer::from_catalogue;
use super::vacancies::Feed;
use crate::state::ServerState;

/// The feed of a search.
pub(crate) async fn json(State(server): State<ServerState>, uri: Uri, headers: HeaderMap) -> Response {
    let feed = Feed::at(server, &uri);
    from_catalogue(&feed.server, &headers, &feed.catalogue, "application/feed+json; charset=utf-8", || {
        document(&feed)
    })
}

fn document(feed: &Feed) -> String {
    let items: Vec<Value> = feed.cards().iter().map(|card| item(feed, card)).collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title(),
        "home_page_url": feed.page_address(),
        "feed_url": feed.own_address("json"),
        "language": feed.language.code(),
        "authors": [{ "name": feed.hub_name() }],
        "items": items,
    })
    .to_string()
}

fn item(feed: &Feed, card: &VacancyCard) -> Value {
    let mut item = json!({
        "id": feed.vacancy_name(card),
        "url": feed.vacancy_address(card),
        "title": card.title,
        "content_text": feed.summary(card),
        "language": card.language.code(),
        "authors": [{ "name": card.organisation }],
        "tags": [card.kind.word()],
    });
    if card.published_on.is_some() {
        item["date_published"] = json!(feed.moment(card).to_rfc3339());
    }
    item
}
