//! A search as an Atom feed (RFC 4287).

use atom_syndication as atom;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::vacancies::VacancyCard;

use super::catalogue_answer::from_catalogue;
use super::vacancies::Feed;
use crate::state::ServerState;

const KIND: &str = "application/atom+xml; charset=utf-8";

/// The feed of a search.
pub(crate) async fn atom(State(server): State<ServerState>, uri: Uri, headers: HeaderMap) -> Response {
    let feed = Feed::at(server, &uri);
    from_catalogue(&feed.server, &headers, &feed.catalogue, KIND, || document(&feed).to_string())
}

fn document(feed: &Feed) -> atom::Feed {
    let cards = feed.cards();
    let own = feed.own_address("atom");
    atom::Feed {
        title: feed.title().into(),
        id: own.clone(),
        updated: feed.updated(&cards),
        authors: vec![person(feed.hub_name())],
        links: vec![
            link("self", own, "application/atom+xml"),
            link("alternate", feed.page_address(), "text/html"),
        ],
        lang: Some(feed.language.code().to_owned()),
        entries: cards.iter().map(|card| entry(feed, card)).collect(),
        ..atom::Feed::default()
    }
}

fn entry(feed: &Feed, card: &VacancyCard) -> atom::Entry {
    let moment = feed.moment(card);
    let mut title = atom::Text::plain(card.title.clone());
    title.lang = Some(card.language.code().to_owned());
    atom::Entry {
        title,
        id: feed.vacancy_name(card),
        updated: moment,
        published: card.published_on.map(|_| moment),
        authors: vec![person(&card.organisation)],
        links: vec![link("alternate", feed.vacancy_address(card), "text/html")],
        summary: Some(feed.summary(card).into()),
        ..atom::Entry::default()
    }
}

fn person(name: &str) -> atom::Person {
    atom::Person { name: name.to_owned(), ..atom::Person::default() }
}

fn link(rel: &str, href: String, kind: &str) -> atom::Link {
    atom::Link { rel: rel.to_owned(), href, mime_type: Some(kind.to_owned()), ..atom::Link::default() }
}
