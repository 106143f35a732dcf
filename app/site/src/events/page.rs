//! The page of one event.

use std::sync::Arc;

use chrono::NaiveDateTime;
use domain::Language;
use domain::events::{Audience, StoredEvent};
use domain::hub::Hub;
use leptos::prelude::*;

use ui::{Breadcrumbs, ButtonKind, ButtonLink, Fact, FactList, Icon, Link, Notice, PageHeader, Prose};
use words::paths::Page;
use words::{format, labels, texts as t};

/// The content of an event's page.
#[derive(Clone, Debug)]
pub struct EventView {
    /// The event.
    pub stored: StoredEvent,
    /// Its text as sanitised HTML.
    pub html: String,
    /// The moment at which it is read.
    pub now: NaiveDateTime,
}

/// The page of one event.
#[component]
pub fn EventPage(
    /// The content.
    content: EventView,
    /// The hub.
    hub: Arc<Hub>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let EventView { stored, html, now } = content;
    let calendar = format!("/ics/{}.ics", stored.slug());
    let host_path = stored.host_slug.map(|slug| Page::Organisation(slug).path(language));
    let event = stored.event;
    let is_foreign = (event.language != language).then(|| event.language.code());
    let is_over = event.ends_at < now;
    let over = is_over.then(|| view! { <Notice><p>{t::event_over(language)}</p></Notice> });
    let day = event.starts_at.date();
    let facts = vec![
        Fact::new(t::fact_when(language), format::long_date(day, language)),
        Fact::new(t::fact_time(language), format::period(event.starts_at, event.ends_at, language)),
        Fact::new(t::fact_place(language), event.place.clone()),
        Fact::new(t::fact_audience(language), labels::audience(event.audience, language)),
    ];
    let seats = event
        .capacity
        .map(|capacity| Fact::new(t::fact_capacity(language), format::number(capacity, language)));
    let facts = facts.into_iter().chain(seats).collect();
    let subject = domain::text::encode(&event.title);
    let join = (!is_over).then(|| {
        let explained = match event.audience {
            Audience::TalentProgram => t::event_join_talent_program(language),
            _ => t::event_join(language),
        };
        view! {
            <h2>{t::event_join_title(language)}</h2>
            <p>{explained}</p>
            <ButtonLink href=format!("mailto:{}?subject={subject}", hub.contact.email) kind=ButtonKind::Primary icon=Icon::Mail>
                {t::event_mail(language)}
            </ButtonLink>
            <ButtonLink href=calendar icon=Icon::Calendar>{t::event_calendar(language)}</ButtonLink>
        }
    });
    let trail = vec![
        Link::new(Page::Home.path(language), t::nav_home(language)),
        Link::new(Page::Events.path(language), t::nav_events(language)),
    ];
    view! {
        <div class="wrap">
            <Breadcrumbs label=t::nav_trail(language) links=trail />
            <div class="page-with-aside">
                <PageHeader
                    owner=event.host.unwrap_or_else(|| hub.name.clone())
                    href=host_path
                    place=event.place
                    title=event.title
                    language=is_foreign
                    facts=[labels::event_kind(event.kind, language), labels::audience(event.audience, language)]
                        .map(str::to_owned)
                />
                <aside aria-label=t::vacancy_facts(language)>
                    <div class="panel">
                        <FactList facts />
                        <div class="reach">{join}</div>
                    </div>
                </aside>
                <article>
                    {over}
                    <Prose html language=is_foreign />
                </article>
            </div>
        </div>
    }
}
