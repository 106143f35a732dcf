use std::fmt::Write;

use crate::hub::TestHub;

/// A hub in which `IJsselmetaal` has 32 open vacancies: three pages.
async fn hub() -> TestHub {
    let hub = TestHub::start().await;
    let mut rows = String::from(
        "Kenmerk;Titel;Organisatie;Soort;Niveau;Studierichting;Plaats;Sluitingsdatum;Taal;Status;Geplaatst op;Tekst\n",
    );
    for number in 1..=30 {
        writeln!(
            rows,
            "P-{number};Plek {number};IJsselmetaal;stage;hbo;mechatronica;Ulft;15-01-2027;nl;gepubliceerd;02-11-2026;Kom."
        )
        .unwrap();
    }
    hub.add_vacancies(&rows).await;
    hub
}

/// The addresses of the vacancies on a page.
fn vacancies(text: &str) -> Vec<&str> {
    let start = "href=\"/de/stellen/";
    text.split(start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_vacancies_of_an_organisation_have_pages() {
    let hub = hub().await;
    let mut seen = Vec::new();
    for (page, count) in [("", 15), ("?pagina=2", 15), ("?pagina=3", 2)] {
        let answer = hub.get(&format!("/de/organisationen/ijsselmetaal{page}")).await;
        assert_eq!(answer.status, 200);
        let text = answer.text();
        let found = vacancies(text);
        assert_eq!(found.len(), count, "{page}");
        seen.extend(found.into_iter().map(str::to_owned));
        let address = format!("https://hub.example/de/organisationen/ijsselmetaal{page}");
        assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{page}");
        assert!(
            text.contains(&format!("href=\"/organisaties/ijsselmetaal{page}\"")),
            "the same page in Dutch"
        );
        let is_last = page == "?pagina=3";
        assert_eq!(text.contains("rel=\"next\""), !is_last, "{page}");
        assert_eq!(text.contains("rel=\"prev\""), !page.is_empty(), "{page}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 32, "each vacancy is on one page");
    let first = hub.get("/de/organisationen/ijsselmetaal").await;
    assert!(first.text().contains("href=\"/de/organisationen/ijsselmetaal?pagina=2#vacancies\""));
}

#[tokio::test]
async fn a_page_that_an_organisation_does_not_have_is_its_nearest() {
    let hub = hub().await;
    for (asked, shown) in
        [("4", "?pagina=3"), ("99999999999", ""), ("0", ""), ("-1", ""), ("x", ""), ("1", "")]
    {
        let answer = hub.get(&format!("/organisaties/ijsselmetaal?pagina={asked}")).await;
        assert_eq!(answer.status, 200);
        let address = format!("https://hub.example/organisaties/ijsselmetaal{shown}");
        assert!(answer.text().contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{asked}");
    }
    let few = hub.get("/organisaties/bits-boeren").await;
    assert_eq!(few.status, 200);
    assert!(!few.text().contains("class=\"pager\""), "one page needs no way through");
}
