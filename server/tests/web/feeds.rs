use std::io::Read;

use domain::vacancies::{VacancyFilter, VacancyState};
use flate2::read::GzDecoder;
use serde_json::Value;

use crate::hub::TestHub;

fn titles(feed: &str) -> Vec<String> {
    let feed: Value = serde_json::from_str(feed).unwrap();
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_sitemap_lists_what_is_public_and_nothing_else() {
    let hub = TestHub::start().await;
    let index = hub.get("/sitemap.xml").await;
    assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
    for name in ["pages", "organisations", "events", "vacancies-1"] {
        assert!(
            index.text().contains(&format!("<loc>https://hub.example/sitemaps/{name}.xml</loc>")),
            "{name}"
        );
    }
    let vacancies = hub.get("/sitemaps/vacancies-1.xml").await;
    let text = vacancies.text();
    assert!(text.contains("/vacatures/cobot-voor-de-lascel-") && text.contains("sluit-vandaag"), "{text}");
    for hidden in ["gesloten-stage", "nog-een-concept", "al-vervuld"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    let events = hub.get("/sitemaps/events.xml").await;
    assert!(events.text().contains("/agenda/lassen-meten"));
    assert!(!events.text().contains("ledenvergadering"));
    for missing in [
        "vacancies-2.xml",
        "vacancies-0.xml",
        "vacancies-x.xml",
        "vacancies-99999999999999999999.xml",
        "pages",
        "x.xml",
    ] {
        assert_eq!(hub.get(&format!("/sitemaps/{missing}")).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_page_of_the_sitemap_names_its_sisters_and_opens() {
    let hub = TestHub::start().await;
    for part in ["pages", "organisations", "events", "vacancies-1"] {
        let sitemap = hub.get(&format!("/sitemaps/{part}.xml")).await;
        let addresses: Vec<&str> =
            sitemap.text().split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(addresses.len() % 3, 0);
        for address in addresses {
            let path = address.strip_prefix("https://hub.example").unwrap();
            let page = hub.get(if path.is_empty() { "/" } else { path }).await;
            assert_eq!(page.status, 200, "{address}");
        }
        let first = sitemap.text().split("</url>").next().unwrap();
        for language in ["nl", "de", "en", "x-default"] {
            assert!(first.contains(&format!("hreflang=\"{language}\"")), "{part} {language}");
        }
    }
    let vacancies = hub.get("/sitemaps/vacancies-1.xml").await;
    assert!(vacancies.text().contains("<lastmod>2026-11-09</lastmod>"));
}

#[tokio::test]
async fn robots_are_shown_the_sitemap() {
    let hub = TestHub::start().await;
    let robots = hub.get("/robots.txt").await;
    assert!(robots.text().contains("Sitemap: https://hub.example/sitemap.xml"));
    for path in ["/api/", "/inloggen", "/mijn", "/de/anmelden", "/en/my"] {
        assert!(robots.text().contains(&format!("Disallow: {path}\n")), "{path}");
    }
    let listed = hub.server.pages.rows().iter().filter(|row| row.is_in_sitemap);
    for path in listed
        .flat_map(|row| &row.patterns)
        .map(String::as_str)
        .chain(["/vacatures/las-1", "/de/organisationen/x"])
    {
        let is_kept_out = hub.server.pages.private_prefixes().iter().any(|prefix| path.starts_with(prefix));
        assert!(!is_kept_out, "{path}");
    }
}

#[tokio::test]
async fn the_feed_of_a_search_holds_what_the_search_finds() {
    let hub = TestHub::start().await;
    for query in [
        "",
        "q=lasrobot",
        "soort=stage",
        "soort=startersfunctie&soort=bijbaan",
        "plaats=Ulft&straal=5",
        "q=xyzzy",
    ] {
        let filter = VacancyFilter::parse(query);
        let answer = hub.server.state.catalogue().index.search(&filter);
        let mut found: Vec<String> = answer.hits.into_iter().map(|hit| hit.card.title).collect();
        let feed = hub.get(&format!("/vacatures.json?{query}")).await;
        assert_eq!(feed.header("content-type"), "application/feed+json; charset=utf-8");
        let mut told = titles(feed.text());
        found.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, found, "{query}");
        let atom = hub.get(&format!("/vacatures.atom?{query}")).await;
        let parsed = atom_syndication::Feed::read_from(atom.text().as_bytes()).unwrap();
        let mut told: Vec<String> = parsed.entries.iter().map(|entry| entry.title.value.clone()).collect();
        told.sort_unstable();
        assert_eq!(told, found, "{query}");
    }
}

#[tokio::test]
async fn a_feed_is_whole_in_every_language() {
    let hub = TestHub::start().await;
    for (address, language) in
        [("/vacatures.atom", "nl"), ("/de/stellen.atom", "de"), ("/en/vacancies.atom", "en")]
    {
        let answer = hub.get(address).await;
        assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
        let feed = atom_syndication::Feed::read_from(answer.text().as_bytes()).unwrap();
        assert_eq!(feed.lang.as_deref(), Some(language));
        assert_eq!(feed.id, format!("https://hub.example{address}"));
        assert_eq!(feed.entries[0].title.value, "Junior <developer> & tester", "the newest comes first");
        assert!(feed.entries.iter().all(|entry| entry.id.starts_with("tag:hub.example,2026:vacancy/")));
        for link in feed.entries.iter().flat_map(|entry| &entry.links) {
            assert_eq!(hub.get(link.href.strip_prefix("https://hub.example").unwrap()).await.status, 200);
        }
    }
}

#[tokio::test]
async fn a_feed_that_did_not_change_is_not_sent_again() {
    let hub = TestHub::start().await;
    for address in
        ["/vacatures.atom?q=las", "/vacatures.json", "/agenda.ics", "/sitemap.xml", "/manifest.webmanifest"]
    {
        let etag = hub.get(address).await.header("etag").to_owned();
        let again = hub.get_with(address, &[("if-none-match", &etag)]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{address}");
        assert_eq!(hub.get_with(address, &[("if-none-match", "\"other\"")]).await.status, 200);
    }
}

#[tokio::test]
async fn what_the_operator_changes_is_sent_again() {
    let addresses = [
        "/vacatures.atom",
        "/vacatures.json",
        "/agenda.ics",
        "/sitemap.xml",
        "/sitemaps/pages.xml",
        "/manifest.webmanifest",
    ];
    let marks = async |hub: TestHub| {
        let mut marks = Vec::new();
        for address in addresses {
            marks.push(hub.get(address).await.header("etag").to_owned());
        }
        marks
    };
    let before = marks(TestHub::start().await).await;
    assert_eq!(before, marks(TestHub::start().await).await, "another start of the same hub is the same");
    let accent = TestHub::start_with(|config| config.hub.accent = "#222222".to_owned()).await;
    let moved = TestHub::start_with(|config| config.public_url = "https://other.example".to_owned()).await;
    for hub in [accent, moved] {
        let after = marks(hub).await;
        assert!(before.iter().zip(&after).all(|(before, after)| before != after), "{before:?} {after:?}");
    }
}

#[tokio::test]
async fn a_sitemap_is_kept_packed_and_follows_the_data() {
    let hub = TestHub::start().await;
    let address = "/sitemaps/vacancies-1.xml";
    let plain = hub.get(address).await;
    for _ in 0..2 {
        let packed = hub.get_with(address, &[("accept-encoding", "br, gzip")]).await;
        assert_eq!((packed.header("content-encoding"), packed.header("vary")), ("gzip", "accept-encoding"));
        assert_eq!(packed.header("content-type"), "application/xml; charset=utf-8");
        let mut text = String::new();
        GzDecoder::new(packed.body.as_ref()).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain.text());
    }
    let card = hub.server.state.catalogue().open_vacancies().remove(0);
    hub.bring(card.id, VacancyState::Filled).await;
    hub.server.state.refresh().await.unwrap();
    let after = hub.get(address).await;
    assert!(plain.text().contains(&card.slug()) && !after.text().contains(&card.slug()));
    assert_ne!(plain.header("etag"), after.header("etag"));
    let known = hub.get_with(address, &[("if-none-match", after.header("etag"))]).await;
    assert_eq!(known.status, 304);
}

#[tokio::test]
async fn the_agenda_is_a_calendar_that_programs_can_read() {
    let hub = TestHub::start().await;
    for address in ["/agenda.ics", "/de/termine.ics", "/en/events.ics"] {
        let answer = hub.get(address).await;
        assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
        check_calendar(answer.text());
        let lines = unfolded(answer.text());
        assert!(lines.contains("SUMMARY:Lassen\\, meten\\; en een lange titel"), "{lines}");
        assert!(
            lines.contains("DTSTART:20261203T123000Z") && lines.contains("DTEND:20261203T160000Z"),
            "{lines}"
        );
        assert!(lines.contains("DESCRIPTION:Kom kijken bij ons.\\n\\nhttps://hub.example"), "{lines}");
        assert!(!lines.contains("Ledenvergadering") && !lines.contains("borrel"), "{lines}");
    }
}

#[tokio::test]
async fn one_event_is_a_calendar_of_its_own() {
    let hub = TestHub::start().await;
    let catalogue = hub.server.state.catalogue();
    let stored = catalogue.events.iter().find(|stored| stored.event.reference == "E-1").unwrap();
    let answer = hub.get(&format!("/ics/{}.ics", stored.slug())).await;
    assert_eq!(answer.status, 200);
    check_calendar(answer.text());
    assert!(unfolded(answer.text()).contains(&format!("UID:event-{}@hub.example", stored.id)));
    assert!(answer.header("content-disposition").starts_with("attachment"));
    for missing in ["/ics/x.ics", "/ics/x-99999.ics", "/ics/1"] {
        assert_eq!(hub.get(missing).await.status, 404, "{missing}");
    }
}

/// What RFC 5545 asks of every calendar.
fn check_calendar(text: &str) {
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let lines = unfolded(text);
    for name in [
        "VERSION:2.0",
        "PRODID:",
        "UID:",
        "DTSTAMP:20",
        "DTSTART:",
        "DTEND:",
        "SUMMARY:",
        "URL:https://hub.example",
    ] {
        assert!(lines.contains(name), "{name} in {lines}");
    }
}

fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[tokio::test]
async fn the_manifest_names_the_hub() {
    let hub = TestHub::start().await;
    let answer = hub.get("/manifest.webmanifest").await;
    let manifest: Value = serde_json::from_str(answer.text()).unwrap();
    assert_eq!(manifest["name"], "SmartHub Achterhoek");
    assert_eq!(manifest["short_name"], "Achterhoek");
    assert_eq!(manifest["lang"], "nl");
    assert_eq!(answer.header("content-type"), "application/manifest+json");
}
