//! The agenda: what is coming, month by month, and what has been.

use chrono::{Datelike, NaiveDate};
use domain::Language;
use domain::events::StoredEvent;
use leptos::prelude::*;

use ui::{ButtonLink, DateBlock, Disclosure, EmptyState, Icon};
use words::paths::Page;
use words::{format, labels, texts as t};

/// The agenda: what is coming, month by month, and what has been.
#[component]
pub fn AgendaPage(
    /// The coming events, by beginning.
    coming: Vec<StoredEvent>,
    /// The past events, newest first.
    past: Vec<StoredEvent>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let calendar = format!("{}.ics", Page::Events.path(language));
    let nothing = coming.is_empty().then(|| {
        view! {
            <EmptyState name="agenda" title=t::agenda_none(language)>
                <p>{t::agenda_none_advice(language)}</p>
            </EmptyState>
        }
    });
    let months = by_month(coming)
        .into_iter()
        .map(|(month, events)| {
            let name = format!("{} {}", format::month(month, language), month.year());
            view! {
                <section class="section">
                    <h2 class="month">{name}</h2>
                    <EventList events language />
                </section>
            }
        })
        .collect_view();
    let before = (!past.is_empty()).then(|| {
        view! {
            <Disclosure summary=t::agenda_past(language)>
                <EventList events=past language />
            </Disclosure>
        }
    });
    view! {
        <div class="wrap page-top">
            <h1>{t::agenda_heading(language)}</h1>
            <p class="lead">{t::agenda_lead(language)}</p>
            <p>
                <ButtonLink href=calendar icon=Icon::Calendar>{t::agenda_subscribe(language)}</ButtonLink>
            </p>
            {nothing}
            {months}
            {before}
        </div>
    }
}

fn by_month(events: Vec<StoredEvent>) -> Vec<(NaiveDate, Vec<StoredEvent>)> {
    let mut months: Vec<(NaiveDate, Vec<StoredEvent>)> = Vec::new();
    for stored in events {
        let day = stored.event.starts_at.date();
        match months.last_mut() {
            Some((month, list)) if month.month() == day.month() && month.year() == day.year() => {
                list.push(stored);
            }
            _ => months.push((day, vec![stored])),
        }
    }
    months
}

/// Events under each other, each with the leaf of its day.
#[component]
pub fn EventList(
    /// The events.
    events: Vec<StoredEvent>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let items = events.into_iter().map(|stored| view! { <EventItem stored language /> }).collect_view();
    view! { <ol class="agenda">{items}</ol> }
}

#[component]
fn EventItem(stored: StoredEvent, language: Language) -> impl IntoView {
    let href = Page::Event(stored.slug()).path(language);
    let event = stored.event;
    let day = event.starts_at.date();
    let is_foreign = (event.language != language).then(|| event.language.code());
    let place = match &event.host {
        Some(host) => format!("{host}, {}", event.place),
        None => event.place.clone(),
    };
    view! {
        <li>
            <DateBlock datetime=day.to_string() day=day.day().to_string() month=format::short_month(day, language) />
            <div>
                <h3><a href=href lang=is_foreign>{event.title}</a></h3>
                <p>{format::period(event.starts_at, event.ends_at, language)} " · " {place}</p>
                <ul class="facts">
                    <li class="kind">{labels::event_kind(event.kind, language)}</li>
                    <li>{labels::audience(event.audience, language)}</li>
                </ul>
            </div>
        </li>
    }
}
