//! Nothing of what was never public reaches a visitor: no title, text, name or count, by no page, feed, file, mail or error.

use std::collections::BTreeSet;
use std::io::Read;
use std::num::NonZeroU32;

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::Language;
use domain::accounts::MemberRole;
use domain::events::{Audience, Event, EventState};
use domain::organisations::{KnownOrganisation, Organisation, OrganisationState};
use domain::vacancies::{TravelAllowance, Vacancy, VacancyContext, VacancyDraft, VacancyState};
use server::offer_snapshot;
use store::ContentEditor;

use crate::alerts::{cobot, publish};
use crate::hub::{TestHub, TestResponse, clock, today};

/// The beginning of every word that no visitor may read. Nobody types more than its first letters.
const CANARY: &str = "zwijgwoord";
const TYPED: &str = "zwijgw";
/// States in which a vacancy of a member was never public, whatever a sheet says of its publication.
const UNAPPROVED: [VacancyState; 4] =
    [VacancyState::Draft, VacancyState::Submitted, VacancyState::Returned, VacancyState::Scheduled];
const MOST_PAGES: usize = 600;

/// A hub where everything that was never public is full of canaries.
async fn hub() -> TestHub {
    let hub = TestHub::start_with(|config| {
        config.limits.requests_per_second = NonZeroU32::MAX;
        config.limits.burst = NonZeroU32::MAX;
    })
    .await;
    add_organisations(&hub).await;
    add_vacancies(&hub, clock()).await;
    add_events(&hub).await;
    change_a_public_vacancy(&hub).await;
    hub.server.state.refresh().await.unwrap();
    hub
}

async fn add_organisations(hub: &TestHub) {
    let rows = hub.server.state.store().existing::<Organisation>().await.unwrap();
    let like = rows["O-1"].1.clone();
    let states = [OrganisationState::Prospect, OrganisationState::Invited];
    let hidden = states.map(|state| Organisation {
        reference: format!("X-{}", state.code()),
        name: format!("{CANARY} {}", state.code()),
        website: Some(format!("https://{CANARY}.example")),
        contact_name: Some(format!("{CANARY} contact")),
        email: Some(format!("{CANARY}@hidden.example")),
        text: domain::hub::LocalText { nl: format!("{CANARY} tekst"), de: None, en: None },
        logo: Some(format!("{CANARY}.svg")),
        state,
        ..like.clone()
    });
    hub.add(hidden.to_vec()).await;
    let ended = Organisation {
        reference: "X-ended".into(),
        name: "Oud Lid".into(),
        state: OrganisationState::Ended,
        ..like
    };
    hub.add(vec![ended]).await;
}

/// Vacancies of every state at a member, and public ones at who never was a member.
async fn add_vacancies(hub: &TestHub, at: DateTime<Utc>) {
    let store = hub.server.state.store();
    let like = store.existing::<Vacancy>().await.unwrap()["V-1"].1.clone();
    let organisations = store.existing::<Organisation>().await.unwrap();
    let canary = |reference: String, state: VacancyState| Vacancy {
        title: format!("{CANARY} {reference}"),
        text: format!("{CANARY} tekst"),
        skills: vec![format!("{CANARY}kunde")],
        study_fields: vec![format!("{CANARY}leer")],
        published_on: None,
        reference,
        state,
        ..like.clone()
    };
    let mut rows = Vec::new();
    for state in UNAPPROVED {
        rows.push(canary(format!("X-{}", state.code()), state));
        let planned = canary(format!("X-{}-planned", state.code()), state);
        rows.push(Vacancy { published_on: Some(today()), ..planned });
    }
    for &state in VacancyState::ALL {
        for reference in ["X-prospect", "X-invited"] {
            let (id, organisation) = &organisations[reference];
            let hidden = canary(format!("{reference}-{}", state.code()), state);
            let published_on = Some(today() - Days::new(30));
            let (organisation_id, organisation) = (*id, organisation.name.clone());
            rows.push(Vacancy { organisation_id, organisation, published_on, ..hidden });
        }
        // It closed, or ended, before anybody saw it.
        let closed = canary(format!("X-closed-{}", state.code()), state);
        rows.push(Vacancy { closes_on: today() - Days::new(1), ..closed });
    }
    hub.add_at(at, rows).await;
}

async fn add_events(hub: &TestHub) {
    let like = hub.server.state.store().existing::<Event>().await.unwrap()["E-1"].1.clone();
    let states = EventState::ALL.iter().filter(|state| **state != EventState::Published);
    let hidden = states.map(|&state| Event {
        reference: format!("X-{}", state.code()),
        title: format!("{CANARY} {}", state.code()),
        text: format!("{CANARY} tekst"),
        state,
        ..like.clone()
    });
    let for_members = Event {
        reference: "X-members".into(),
        title: format!("{CANARY} leden"),
        text: format!("{CANARY} tekst"),
        audience: Audience::Members,
        ..like.clone()
    };
    hub.add(hidden.chain([for_members]).collect()).await;
    let organisations = hub.server.state.store().existing::<Organisation>().await.unwrap();
    let (id, host) = &organisations["X-prospect"];
    let of_prospect =
        Event { reference: "X-hosted".into(), host_id: Some(*id), host: Some(host.name.clone()), ..like };
    hub.add(vec![of_prospect]).await;
}

/// A member's change of a public vacancy, which the programme office did not see yet.
async fn change_a_public_vacancy(hub: &TestHub) {
    change_as_member(hub, |draft| draft.title = format!("{CANARY} wacht")).await;
}

/// A member changes the first public vacancy; gives what waits for the office.
async fn change_as_member(hub: &TestHub, change: impl FnOnce(&mut VacancyDraft)) -> VacancyDraft {
    let (store, region) = (hub.server.state.store(), hub.server.config.hub.region.clone());
    let email = domain::accounts::EmailAddress::parse("ann@ijsselmetaal.example").unwrap();
    store
        .add_member(email, "ijsselmetaal".into(), MemberRole::Editor, Language::Dutch, clock())
        .await
        .unwrap();
    let member = hub.signed_in("ann@ijsselmetaal.example").await.member("ijsselmetaal").unwrap();
    let found = store.list_open_vacancies(today()).await.unwrap().remove(0);
    let organisation = KnownOrganisation {
        id: found.vacancy.organisation_id,
        name: found.vacancy.organisation.clone(),
        state: OrganisationState::Member,
    };
    let mut draft = VacancyDraft::of(&found.vacancy);
    change(&mut draft);
    let context =
        VacancyContext { region: &region, organisation: Some(&organisation), earliest_closing: None };
    let (editor, new) = (ContentEditor::from(&member), draft.check(&context).unwrap());
    let moment = hub.server.state.moment();
    store.change_vacancy(&editor, found.id, found.version, new, moment).await.unwrap();
    store.find_waiting_change(&editor, found.id).await.unwrap().unwrap().draft
}

/// Whether an answer holds the canary: in its head, or in its body, packed or not.
fn sings(answer: &TestResponse) -> bool {
    let head = answer.headers.iter().any(|(_, value)| holds(value.as_bytes()));
    let mut unpacked = Vec::new();
    let is_packed = brotli::Decompressor::new(answer.body.as_ref(), 4096).read_to_end(&mut unpacked).is_ok();
    head || holds(&answer.body) || (is_packed && holds(&unpacked))
}

fn holds(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    text.contains(CANARY)
}

/// The addresses within the site that an answer names.
fn addresses(answer: &TestResponse) -> Vec<String> {
    let text = String::from_utf8_lossy(&answer.body).replace("https://hub.example", "");
    let marks = ["href=\"", "src=\"", "action=\"", "<loc>", "data-core=\"", "data-texts=\"", "\"url\":\""];
    let mut found = Vec::new();
    for mark in marks {
        for rest in text.split(mark).skip(1) {
            let address = rest.split(['"', '<']).next().unwrap_or_default();
            if address.starts_with('/') && !address.starts_with("//") {
                let address = address.replace("&amp;", "&");
                found.push(address.split('#').next().unwrap_or_default().to_owned());
            }
        }
    }
    found
}

/// Addresses that nobody is told, where something hidden could answer.
async fn guessed(hub: &TestHub) -> Vec<String> {
    let store = hub.server.state.store();
    let mut addresses = vec!["/sitemap.xml".to_owned(), "/robots.txt".to_owned(), "/readyz".to_owned()];
    for (_, (id, _)) in store.existing::<Vacancy>().await.unwrap() {
        for folder in ["vacatures", "de/stellen", "en/vacancies", "solliciteren", "de/bewerben", "en/apply"] {
            addresses.push(format!("/{folder}/x-{id}"));
        }
    }
    for (_, (id, _)) in store.existing::<Event>().await.unwrap() {
        for folder in ["agenda", "de/termine", "en/events"] {
            addresses.push(format!("/{folder}/x-{id}"));
        }
        addresses.push(format!("/ics/x-{id}.ics"));
    }
    for query in [TYPED, "tekst", "contact", "prospect", "kunde", "leer", "wacht", ""] {
        for path in ["/vacatures", "/de/stellen", "/en/vacancies", "/vacatures.atom", "/vacatures.json"] {
            addresses.push(format!("{path}?q={query}"));
        }
        for function in ["search_vacancies", "suggest_vacancies", "map_vacancies"] {
            addresses.push(format!("/api/{function}?filter=q%3D{query}&language=nl"));
        }
        addresses.push(format!("/organisaties?q={query}"));
        addresses.push(format!("/meldingen/nieuw?q={query}"));
    }
    addresses
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_never_public_reaches_a_visitor() {
    let hub = hub().await;
    offer_snapshot(&hub.server).await;
    let mut waiting: Vec<String> = vec!["/".into(), "/de".into(), "/en".into()];
    waiting.extend(guessed(&hub).await);
    let mut seen = BTreeSet::new();
    let mut snapshots = 0;
    while let Some(address) = waiting.pop() {
        if seen.len() == MOST_PAGES || !seen.insert(address.clone()) {
            continue;
        }
        let answer = hub.get(&address).await;
        assert!(!sings(&answer), "{address}: {}", answer.status);
        let is_answered = !answer.status.is_server_error() && answer.status != 429;
        assert!(is_answered, "{address}: {}", answer.status);
        snapshots += usize::from(address.starts_with("/zoek/") && answer.status == 200);
        waiting.extend(addresses(&answer).into_iter().filter(|found| !seen.contains(found)));
    }
    assert!(seen.len() > 100, "only {} addresses were walked", seen.len());
    assert!(snapshots > 0, "browsers are given the index");
}

#[tokio::test]
async fn who_never_was_a_member_has_no_address() {
    let hub = hub().await;
    let status = async |slug: &str| {
        let mut found = BTreeSet::new();
        for folder in ["organisaties", "de/organisationen", "en/organisations"] {
            found.insert(hub.get(&format!("/{folder}/{slug}")).await.status.as_u16());
        }
        found.insert(hub.get(&format!("/og/{slug}.png")).await.status.as_u16());
        found
    };
    assert_eq!(status("ijsselmetaal").await, BTreeSet::from([200]));
    for state in [OrganisationState::Prospect, OrganisationState::Invited] {
        let slug = format!("{CANARY}-{}", state.code());
        assert_eq!(status(&slug).await, BTreeSet::from([404]), "{slug}");
    }
}

#[tokio::test]
async fn what_was_never_public_is_not_counted() {
    let plain = TestHub::start().await;
    let hub = hub().await;
    let counts = |hub: &TestHub| {
        let catalogue = hub.server.state.catalogue();
        let events = catalogue.coming_events().count();
        (catalogue.index.len(), catalogue.organisations.len(), events)
    };
    let (vacancies, organisations, events) = counts(&plain);
    assert_eq!(counts(&hub), (vacancies, organisations, events + 1), "an event of a prospect is public");
}

#[tokio::test]
async fn nobody_applies_for_keeps_or_is_mailed_what_was_never_public() {
    let hub = hub().await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    let talent = hub.signed_in("tim@talent.example").await.talent();
    let rows = hub.server.state.store().existing::<Vacancy>().await.unwrap();
    for (_, (id, _)) in rows.into_iter().filter(|(_, (_, row))| row.title.contains(CANARY)) {
        for address in [format!("/solliciteren/x-{id}"), format!("/mijn/bewaard?vacature=x-{id}")] {
            let fields = format!("name=Tim&email=tim%40talent.example&motivation=Ja&vacancy=x-{id}&do=send");
            for cookie in ["", cookie.as_str()] {
                let posted = hub.post(&address, cookie, &fields).await;
                let shown = hub.get_with(&address, &[("cookie", cookie)]).await;
                assert!(!sings(&posted) && !sings(&shown), "{address}: {}", posted.status);
            }
        }
        let kept = hub.server.state.store().save_vacancy(&talent, id, String::new(), clock()).await;
        assert!(matches!(kept, Err(store::Error::NotFound)), "{id}: {kept:?}");
    }
    let moment = hub.server.state.moment();
    let letters = hub.server.state.letter_context();
    for days in [0, 14, 60] {
        let later = domain::Moment { today: moment.today + Days::new(days), ..moment };
        hub.server.state.store().ask_outcomes(&letters, later).await.unwrap();
    }
    for mail in hub.mail().await {
        assert!(!holds(format!("{mail:?}").as_bytes()), "{mail:?}");
    }
}

#[tokio::test]
async fn an_alert_tells_of_what_became_public_and_of_nothing_else() {
    let hub = TestHub::start().await;
    add_organisations(&hub).await;
    let cookie = hub.sign_in("sanne@talent.example").await;
    for search in ["soort%3Dstage", "q%3Dzwijgwoord", "organisatie%3Dzwijgwoord-prospect"] {
        let form = format!("zoek={search}&frequency=meteen");
        assert_eq!(hub.post("/meldingen/nieuw", &cookie, &form).await.status, 303, "{search}");
    }
    let at = clock() + TimeDelta::minutes(1);
    add_vacancies(&hub, at).await;
    publish(&hub, cobot(&hub).await, "NIEUW".to_owned(), at).await;
    let later = at + TimeDelta::minutes(1);
    assert_eq!(hub.server.state.send_alerts(later).await.unwrap(), 1, "of the first search");
    let mails: Vec<String> = hub.mail_at(later).await.iter().map(|mail| format!("{mail:?}")).collect();
    assert!(mails.iter().any(|mail| mail.contains("Cobot voor de lascel")), "{mails:?}");
    assert!(mails.iter().all(|mail| !holds(mail.as_bytes())), "{mails:?}");
}

#[tokio::test]
async fn what_is_paid_for_travelling_is_shown_once_it_is_known_and_a_change_of_it_waits_for_the_office() {
    let hub = TestHub::start().await;
    let (store, page) = (hub.server.state.store(), "/vacatures/cobot-voor-de-lascel-1");
    assert!(!hub.get(page).await.text().contains("Reiskosten"), "nobody said it");
    let revision = store.revision().await.unwrap();
    let pays = TravelAllowance::PublicTransport;
    hub.change("V-1", |vacancy: &mut Vacancy| vacancy.travel_allowance = pays).await;
    assert_eq!(store.revision().await.unwrap(), revision + 1, "visitors see it");
    hub.server.state.refresh().await.unwrap();
    for (page, name, value) in [
        (page, "Reiskosten", "openbaar vervoer"),
        ("/de/stellen/cobot-voor-de-lascel-1", "Fahrtkosten", "Bus und Bahn"),
        ("/en/vacancies/cobot-voor-de-lascel-1", "Travel allowance", "public transport"),
    ] {
        let shown = hub.get(page).await;
        assert!(shown.text().contains(name) && shown.text().contains(value), "{page}");
        let told = r#""jobBenefits":"Reiskosten: openbaar vervoer""#;
        assert!(shown.text().contains(told), "search engines read it in the language of the vacancy: {page}");
    }
    let typed = |draft: &mut VacancyDraft| draft.travel_allowance = "per kilometer".to_owned();
    let waiting = change_as_member(&hub, typed).await;
    assert_eq!(waiting.travel_allowance, TravelAllowance::PerKilometre.code());
    assert_eq!(store.revision().await.unwrap(), revision + 1, "what waits is not seen");
    assert!(hub.get(page).await.text().contains("openbaar vervoer"));
}
