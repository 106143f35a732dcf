//! Whatever people write, in whatever order: nothing of what was never public reaches a visitor, and what is public does.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use domain::Language;
use domain::events::{Audience, EventState};
use domain::organisations::OrganisationState;
use domain::text::encode;
use domain::vacancies::{StoredVacancy, VacancyFilter};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use search::Index;
use server::offer_snapshot;
use words::paths::Page;

use crate::hub::{TestHub, TestResponse, today};
use crate::writers::{Deed, MARK, Step, Writers, is_shown, moment, words_in};

const CASES: u32 = 4;
/// Some deeds lead nowhere, as when nothing is there to change.
const STEPS: std::ops::Range<usize> = 30..80;
/// A failure is told in the fewest steps that these tries find.
const TRIES_TO_SHORTEN: u32 = 40;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (select(Deed::ALL.to_vec()), 0usize..60, 0usize..60);
    let step = step.prop_map(|(deed, which, how)| Step { deed, which, how });
    prop::collection::vec(step, STEPS)
}

#[test]
fn whatever_people_write_visitors_read_what_is_public_and_nothing_that_never_was() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases: CASES,
        max_shrink_iters: TRIES_TO_SHORTEN,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&steps(), |steps| {
            runtime.block_on(look_after(steps));
            Ok(())
        })
        .unwrap();
}

/// Lets people write, and looks at all that a visitor can ask for afterwards.
async fn look_after(steps: Vec<Step>) {
    let hub = TestHub::start_with(|config| {
        config.limits.requests_per_second = NonZeroU32::MAX;
        config.limits.burst = NonZeroU32::MAX;
    })
    .await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let asked = hub.post("/meldingen/nieuw", &cookie, "zoek=soort%3Dstage&frequency=meteen").await;
    assert_eq!(asked.status, 303);
    hub.mail().await;
    let mut writers = Writers::start(hub).await;
    for step in steps {
        writers.take(step).await;
        // Some changes are put into the index one by one, some together.
        if step.how.is_multiple_of(3) {
            writers.hub.server.state.refresh().await.unwrap();
        }
    }
    writers.hub.server.state.refresh().await.unwrap();
    offer_snapshot(&writers.hub.server).await;
    look_at_lists(&writers).await;
    look_at_vacancies(&writers).await;
    look_at_organisations(&writers).await;
    look_at_events(&writers).await;
    look_at_searches(&writers).await;
    look_at_the_index(&writers).await;
    look_at_mail(&writers).await;
}

/// Fails when an answer holds a word that never was public, other than those that were asked for.
fn assert_silent(writers: &Writers, address: &str, answer: &TestResponse) {
    let head = format!("{:?}", answer.headers);
    let told = words_in(&format!("{head} {}", String::from_utf8_lossy(&answer.body)));
    let (asked, hidden) = (words_in(address), writers.hidden());
    let told: Vec<&String> =
        told.iter().filter(|word| hidden.contains(*word) && !asked.contains(*word)).collect();
    assert!(told.is_empty(), "{address} ({}) tells {told:?}", answer.status);
    assert!(!answer.status.is_server_error(), "{address}: {}", answer.status);
}

/// What a visitor gets, which is silent.
async fn read(writers: &Writers, address: &str) -> TestResponse {
    let answer = writers.hub.get(address).await;
    assert_silent(writers, address, &answer);
    answer
}

async fn assert_status(writers: &Writers, address: &str, status: u16) -> TestResponse {
    let answer = read(writers, address).await;
    assert_eq!(answer.status, status, "{address}");
    answer
}

fn in_each_language(page: &Page) -> Vec<String> {
    Language::ALL.iter().map(|language| page.path(*language)).collect()
}

async fn look_at_lists(writers: &Writers) {
    for page in [Page::Home, Page::Vacancies, Page::Organisations, Page::Events, Page::About] {
        for address in in_each_language(&page) {
            assert_status(writers, &address, 200).await;
        }
    }
    for address in ["/robots.txt", "/manifest.webmanifest", "/agenda.ics", "/vacatures.json", "/readyz"] {
        assert_status(writers, address, 200).await;
    }
    let shown = |row: &StoredVacancy| is_shown(row).then(|| row.slug());
    let slugs: BTreeSet<String> = writers.vacancies().await.iter().filter_map(shown).collect();
    let feed = assert_status(writers, "/vacatures.atom", 200).await;
    assert_eq!(feed.text().matches("<entry>").count(), slugs.len());
    let mut listed = BTreeSet::new();
    let sitemap = assert_status(writers, "/sitemap.xml", 200).await;
    for file in locations(&sitemap) {
        let file = assert_status(writers, &file, 200).await;
        listed.extend(locations(&file));
    }
    let vacancies = listed.iter().filter_map(|address| address.strip_prefix("/vacatures/"));
    assert_eq!(vacancies.map(str::to_owned).collect::<BTreeSet<_>>(), slugs);
    for address in listed {
        assert_status(writers, &address, 200).await;
    }
}

/// The addresses that a list for search engines names.
fn locations(answer: &TestResponse) -> Vec<String> {
    let parts = answer.text().split("<loc>https://hub.example").skip(1);
    parts.map(|part| part.split('<').next().unwrap().to_owned()).map(or_home).collect()
}

fn or_home(address: String) -> String {
    if address.is_empty() { "/".to_owned() } else { address }
}

async fn look_at_vacancies(writers: &Writers) {
    for stored in writers.vacancies().await {
        let (was_public, is_shown) = (writers.was_public(&stored), is_shown(&stored));
        let slug = if was_public { stored.slug() } else { format!("x-{}", stored.id) };
        let status = if is_shown {
            200
        } else if was_public {
            410
        } else {
            404
        };
        for address in in_each_language(&Page::Vacancy(slug.clone())) {
            let page = assert_status(writers, &address, status).await;
            if is_shown {
                assert_tells(&page, &format!("{} {}", stored.vacancy.title, stored.vacancy.text));
            }
        }
        if is_shown {
            continue;
        }
        let address = Page::Apply(slug.clone()).path(Language::Dutch);
        let form = "do=send&name=Tim&email=tim%40talent.example&motivation=Ja";
        for answer in [writers.hub.get(&address).await, writers.hub.post(&address, "", form).await] {
            assert_silent(writers, &address, &answer);
            assert_ne!(answer.status, 200, "{address}");
        }
    }
}

/// Fails when a page lacks a word of a text that it should show.
fn assert_tells(page: &TestResponse, text: &str) {
    assert!(words_in(page.text()).is_superset(&words_in(text)), "{text} is not in {}", page.text());
}

async fn look_at_organisations(writers: &Writers) {
    let mut members = 0;
    for stored in writers.organisations().await {
        let is_shown = stored.organisation.state == OrganisationState::Member;
        members += usize::from(is_shown);
        let status = if is_shown { 200 } else { 404 };
        for address in in_each_language(&Page::Organisation(stored.slug.clone())) {
            let page = assert_status(writers, &address, status).await;
            if is_shown {
                assert_tells(&page, &stored.organisation.name);
            }
        }
        assert_status(writers, &format!("/og/{}.png", stored.slug), status).await;
        let offered = format!("/vacatures?organisatie={}", encode(&stored.slug));
        assert_status(writers, &offered, 200).await;
        let open = writers.vacancies().await;
        let open = open.iter().filter(|row| row.vacancy.organisation_id == stored.id && self::is_shown(row));
        let counted = writers.hub.server.state.catalogue().open_vacancies_of(&stored.slug);
        assert_eq!(counted as usize, open.count(), "{}", stored.slug);
    }
    assert_eq!(writers.hub.server.state.catalogue().organisations.len(), members);
}

async fn look_at_events(writers: &Writers) {
    let mut shown = 0;
    for stored in writers.events().await {
        let event = &stored.event;
        let is_shown = event.state == EventState::Published && event.audience != Audience::Members;
        shown += usize::from(is_shown);
        let slug = if is_shown { stored.slug() } else { format!("x-{}", stored.id) };
        let status = if is_shown { 200 } else { 404 };
        for address in in_each_language(&Page::Event(slug.clone())) {
            assert_status(writers, &address, status).await;
        }
        let entry = assert_status(writers, &format!("/ics/{slug}.ics"), status).await;
        if is_shown {
            assert_tells(&entry, &format!("{} {}", event.title, event.text));
        }
    }
    assert_eq!(writers.hub.server.state.catalogue().events.len(), shown);
}

/// All but the last letter of words that never were public, and a slip in it: what is shown beyond that was not typed.
async fn look_at_searches(writers: &Writers) {
    let mut typed: BTreeSet<String> =
        writers.hidden().iter().map(|word| word[..word.len() - 1].to_owned()).collect();
    typed.insert(MARK.to_owned());
    for typed in typed {
        for query in [typed.clone(), format!("{typed}a")] {
            for path in ["/vacatures", "/vacatures.atom", "/vacatures.json", "/meldingen/nieuw"] {
                assert_status(writers, &format!("{path}?q={query}"), 200).await;
            }
            assert_status(writers, &format!("/organisaties?naam={query}"), 200).await;
            for function in ["search_vacancies", "suggest_vacancies"] {
                assert_status(writers, &format!("/api/{function}?filter=q%3D{query}&language=nl"), 200).await;
            }
        }
    }
}

/// The index of the server, and the one that browsers are given.
async fn look_at_the_index(writers: &Writers) {
    let snapshot = writers.hub.server.state.snapshot().unwrap();
    let file = async |path: &str| writers.hub.get(path).await.body;
    let core = file(&snapshot.core).await;
    let mut opened = Index::open(&core, today()).unwrap();
    if let Some(texts) = &snapshot.texts {
        opened = opened.with_texts(&core, &file(texts).await).unwrap();
    }
    let catalogue = writers.hub.server.state.catalogue();
    let rows = writers.vacancies().await;
    let shown: Vec<&StoredVacancy> = rows.iter().filter(|row| is_shown(row)).collect();
    for index in [&catalogue.index, &opened] {
        assert_eq!(index.len(), shown.len());
        for word in writers.hidden() {
            let filter = asks_for(&word);
            assert!(index.find_exact(&filter, |_| true).is_empty(), "{word}");
            let told = words_in(&format!("{:?}", index.suggest(&filter, Language::Dutch)));
            assert!(told.is_disjoint(&writers.hidden()), "{word}: {told:?}");
        }
        for row in &shown {
            for word in words_in(&format!("{} {}", row.vacancy.title, row.vacancy.text)) {
                let found = index.find_exact(&asks_for(&word), |_| true);
                assert!(found.iter().any(|card| card.id == row.id), "{word} of {}", row.id);
            }
        }
    }
}

fn asks_for(words: &str) -> VacancyFilter {
    VacancyFilter::parse(&format!("q={words}"))
}

/// An alert for every internship tells of those that became public, and of nothing else.
async fn look_at_mail(writers: &Writers) {
    let later = moment().now + chrono::TimeDelta::minutes(1);
    writers.hub.server.state.send_alerts(later).await.unwrap();
    let letters = writers.hub.server.state.letter_context();
    writers.hub.server.state.store().ask_outcomes(&letters, moment()).await.unwrap();
    let mails = writers.hub.mail_at(later).await;
    let mut told = BTreeSet::new();
    for mail in mails.iter().filter(|mail| mail.to.to_string() == "sanne@talent.example") {
        told.extend(words_in(&format!("{:?}", mail.message)));
    }
    assert!(told.is_disjoint(&writers.hidden()), "{told:?}");
    // A mail names the vacancy and who offers it; either can hold words of the writers.
    let says_words = |row: &StoredVacancy| {
        !words_in(&format!("{} {}", row.vacancy.title, row.vacancy.organisation)).is_empty()
    };
    let is_told = |row: &StoredVacancy| is_shown(row) && writers.is_new(row) && says_words(row);
    assert_eq!(told.is_empty(), !writers.vacancies().await.iter().any(is_told), "{told:?}");
}
