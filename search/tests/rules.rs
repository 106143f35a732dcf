//! The rules of the search, one by one.

use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::region::{Municipality, Place, Region};
use domain::talents::{Fitting, Profile};
use domain::vacancies::{Facet, Radius, Remote, VacancyCard, VacancyFilter, VacancyKind};
use search::{
    Choice, Document, Dropped, Elsewhere, ElsewhereEntry, ElsewhereKind, Index, Knowledge, PAGE_SIZE,
    PlaceMatch, SearchResults, SuggestionKind,
};

static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(|| Arc::new(Knowledge::of(region())));

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

fn region() -> Region {
    let place = |name: &str, municipality: &str, latitude, longitude| Place {
        name: name.into(),
        municipality: municipality.into(),
        latitude,
        longitude,
    };
    let municipality = |name: &str| Municipality { name: name.into(), country: "NL".into(), province: None };
    Region {
        municipalities: vec![municipality("Oude IJsselstreek"), municipality("Doetinchem")],
        places: vec![
            place("Ulft", "Oude IJsselstreek", 51.8917, 6.3792),
            place("Doetinchem", "Doetinchem", 51.96, 6.2886),
            place("Winterswijk", "Winterswijk", 51.9717, 6.7194),
        ],
    }
}

fn vacancy(id: i64, title: &str) -> Document {
    let card = VacancyCard {
        id,
        title: title.into(),
        organisation: "IJssel Metaal".into(),
        organisation_slug: "ijssel-metaal".into(),
        organisation_logo: None,
        kind: VacancyKind::StarterJob,
        levels: vec![],
        place: "Doetinchem".into(),
        hours_per_week: None,
        weeks: None,
        starts_on: None,
        closes_on: today() + Days::new(30),
        published_on: Some(today()),
        pay: None,
        language: Language::Dutch,
        is_cross_border: false,
        remote: Remote::No,
    };
    Document { card, sector: "Industrie".into(), study_fields: vec![], skills: vec![], text: String::new() }
}

/// A vacancy that differs from the plain one.
fn with(id: i64, title: &str, change: impl FnOnce(&mut Document)) -> Document {
    let mut document = vacancy(id, title);
    change(&mut document);
    document
}

fn index(documents: Vec<Document>) -> Index {
    Index::build(Arc::clone(&KNOWLEDGE), &documents, today())
}

fn search(documents: Vec<Document>, query_string: &str) -> SearchResults {
    index(documents).search(&VacancyFilter::parse(query_string))
}

fn ids(answer: &SearchResults) -> Vec<i64> {
    answer.hits.iter().map(|hit| hit.card.id).collect()
}

fn finds(title: &str, language: Language, query: &str) -> bool {
    let document = with(1, title, |document| document.card.language = language);
    index(vec![document]).search(&VacancyFilter::default().with_query(query)).total == 1
}

fn counts(answer: &SearchResults, facet: Facet) -> Vec<(&str, u32)> {
    let counts = answer.facets.iter().filter(|counts| counts.facet == facet);
    counts.flat_map(|counts| &counts.values).map(|value| (value.label.as_str(), value.count)).collect()
}

#[test]
fn a_closed_vacancy_is_left_out_and_the_closing_day_still_counts() {
    let closes = |id, day| with(id, "Lasser", |document| document.card.closes_on = day);
    let answer = search(vec![closes(1, today()), closes(2, today() - Days::new(1))], "");
    assert_eq!(ids(&answer), [1]);
}

#[test]
fn every_word_must_match() {
    let documents = || vec![vacancy(1, "Lasser robot"), vacancy(2, "Lasser")];
    assert_eq!(ids(&search(documents(), "q=lasser+robot")), [1]);
    assert_eq!(search(documents(), "q=lasser+zorg").total, 0);
}

#[test]
fn to_the_letter_no_slip_and_no_part_of_a_compound_is_found() {
    let index = index(vec![
        vacancy(1, "Stage bouwkunde"),
        vacancy(2, "Stage werktuigbouwkunde"),
        vacancy(3, "Internship construction"),
    ]);
    let exact = |query: &str| {
        let filter = VacancyFilter::parse(query);
        index.find_exact(&filter, |_| true).iter().map(|card| card.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(&index.search(&VacancyFilter::parse("q=bouwkunde"))), [1, 2]);
    assert_eq!(exact("q=bouwkunde"), [1]);
    assert_eq!(exact("q=bouwk"), [1], "the beginning of a word");
    assert_eq!(index.search(&VacancyFilter::parse("q=bouwkumde")).total, 1);
    assert_eq!(exact("q=bouwkumde"), []);
    assert_eq!(exact("q=stageplek"), [3, 2, 1], "another word for the same");
    assert_eq!(exact("q=stage+bouwkunde&plaats=Winterswijk"), [], "too far away");
    assert_eq!(exact(""), [3, 2, 1]);
    let of_two = index.find_exact(&VacancyFilter::default(), |id| id != 2);
    assert_eq!(of_two.iter().map(|card| card.id).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn the_last_word_may_be_unfinished_from_its_first_letter() {
    assert!(finds("Lasrobot", Language::Dutch, "l"));
    assert!(!finds("Kantoor bouwen", Language::Dutch, "kan bouwen"), "a short word before the last is whole");
    assert!(finds("Kantoor bouwen", Language::Dutch, "kant bouwen"));
}

#[test]
fn accents_and_umlauts_do_not_matter() {
    assert!(finds("Coördinator", Language::Dutch, "COORDINATOR"));
    for query in ["führung", "fuhrung", "fuehrung", "Fuehrungen"] {
        assert!(finds("Führung", Language::German, query), "{query}");
        assert!(finds("Fuehrung", Language::German, query), "{query}");
    }
}

#[test]
fn a_form_of_the_word_matches_in_the_language_of_the_vacancy() {
    assert!(finds("Technische bedrijven", Language::Dutch, "techniek bedrijf "));
    assert!(finds("Zwei Abschlussarbeiten", Language::German, "abschlussarbeit"));
    assert!(finds("Welding robots", Language::English, "weld robot"));
}

#[test]
fn a_kind_is_found_in_three_languages() {
    let kind = |kind| with(1, "Cobot", |document| document.card.kind = kind);
    for (wanted, query) in [
        (VacancyKind::Internship, "stages"),
        (VacancyKind::Internship, "Praktikum"),
        (VacancyKind::Internship, "internships"),
        (VacancyKind::GraduationProject, "graduation project"),
        (VacancyKind::GraduationProject, "afstudeeropdrachten"),
        (VacancyKind::StarterJob, "startersfuncties"),
        (VacancyKind::SideJob, "nebenjobs"),
    ] {
        let answer = index(vec![kind(wanted)]).search(&VacancyFilter::default().with_query(query));
        assert_eq!(answer.total, 1, "{query}");
    }
}

#[test]
fn the_whole_word_comes_before_its_start_and_its_start_before_its_stem() {
    let answer = search(
        vec![vacancy(3, "Opdrachtgever"), vacancy(2, "Opdracht"), vacancy(1, "Opdrachten")],
        "q=opdracht",
    );
    assert_eq!(ids(&answer), [2, 3, 1]);
    let answer = search(vec![vacancy(2, "Robot"), vacancy(1, "Robots")], "q=robots");
    assert_eq!(ids(&answer), [1, 2]);
}

#[test]
fn the_title_outweighs_skills_and_skills_outweigh_names_and_text() {
    let documents = vec![
        with(4, "Vier", |document| document.text = "lasser".into()),
        with(3, "Drie", |document| document.study_fields = vec!["Lasser".into()]),
        with(2, "Twee", |document| document.skills = vec!["lasser".into()]),
        vacancy(1, "Lassers"),
    ];
    assert_eq!(ids(&search(documents, "q=lasser")), [1, 2, 3, 4]);
}

#[test]
fn of_equals_the_newest_comes_first_and_an_unknown_day_last() {
    let published = |id, day| with(id, "Lasser", |document| document.card.published_on = day);
    let documents = || {
        let yesterday = Some(today() - Days::new(1));
        vec![
            published(1, yesterday),
            published(2, yesterday),
            published(3, None),
            published(4, Some(today())),
        ]
    };
    for query in ["", "q=lasser", "sorteer=nieuwste", "sorteer=afstand"] {
        assert_eq!(ids(&search(documents(), query)), [4, 2, 1, 3], "{query}");
    }
}

#[test]
fn what_closes_soon_comes_first_when_asked() {
    let closes =
        |id, days| with(id, "Lasser", |document| document.card.closes_on = today() + Days::new(days));
    assert_eq!(ids(&search(vec![closes(1, 9), closes(2, 0), closes(3, 5)], "sorteer=sluit")), [2, 3, 1]);
}

#[test]
fn a_place_keeps_what_is_near_and_tells_how_far() {
    let at = |id, place: &str| with(id, "Lasser", |document| document.card.place = place.into());
    let documents = || vec![at(1, "Doetinchem"), at(2, "Ulft"), at(3, "Winterswijk"), at(4, "Elders")];
    let answer = search(documents(), "plaats=ULFT&straal=10&sorteer=afstand");
    assert_eq!(ids(&answer), [2, 1]);
    assert_eq!(answer.hits.iter().map(|hit| hit.distance_km).collect::<Vec<_>>(), [Some(0), Some(10)]);
    assert_eq!(answer.place, PlaceMatch::Known { name: "Ulft".into() });
    assert_eq!(ids(&search(documents(), "plaats=Ulft&straal=50&sorteer=afstand")), [2, 1, 3]);
}

#[test]
fn an_unknown_place_is_ignored_and_the_nearest_name_offered() {
    let answer = search(vec![vacancy(1, "Lasser")], "plaats=Wintersvijk&sorteer=afstand");
    assert_eq!((answer.total, answer.hits[0].distance_km), (1, None));
    assert_eq!(answer.place, PlaceMatch::Unknown { near: Some("Winterswijk".into()) });
    let answer = search(vec![], "plaats=Amsterdam");
    assert_eq!(answer.place, PlaceMatch::Unknown { near: None });
}

#[test]
fn a_facet_is_counted_without_its_own_choice() {
    let kind = |id, kind| with(id, "Lasser", |document| document.card.kind = kind);
    let documents =
        vec![kind(1, VacancyKind::Internship), kind(2, VacancyKind::SideJob), kind(3, VacancyKind::SideJob)];
    let answer = search(documents, "soort=stage");
    assert_eq!(answer.total, 1);
    let kinds =
        [("stage", 1), ("afstudeeropdracht", 0), ("traineeship", 0), ("startersfunctie", 0), ("bijbaan", 2)];
    assert_eq!(counts(&answer, Facet::Kind), kinds);
    assert_eq!(counts(&answer, Facet::Sector), [("Industrie", 1)]);
}

#[test]
fn values_of_a_facet_widen_and_facets_narrow() {
    let documents = || {
        vec![
            with(3, "Lasser", |document| document.card.kind = VacancyKind::Internship),
            with(2, "Lasser", |document| document.card.is_cross_border = true),
            vacancy(1, "Lasser"),
        ]
    };
    assert_eq!(ids(&search(documents(), "soort=stage&soort=startersfunctie")), [3, 2, 1]);
    assert_eq!(ids(&search(documents(), "soort=startersfunctie&grens=ja")), [2]);
}

#[test]
fn a_chosen_value_is_listed_even_when_nobody_has_it() {
    let answer = search(vec![vacancy(1, "Lasser")], "sector=visserij&start=2029-1");
    assert_eq!(counts(&answer, Facet::Sector), [("Industrie", 0), ("visserij", 0)]);
    assert_eq!(counts(&answer, Facet::Start), [("2029-1", 0), ("overleg", 0)]);
    assert_eq!(counts(&answer, Facet::Remote), [("deels", 0), ("volledig", 0)]);
    assert_eq!(counts(&answer, Facet::PayKnown), [("ja", 0)]);
}

#[test]
fn a_municipality_is_that_of_the_place() {
    let documents = vec![with(1, "Lasser", |document| document.card.place = "ulft".into())];
    let answer = search(documents, "gemeente=oude-ijsselstreek");
    assert_eq!(counts(&answer, Facet::Municipality), [("Oude IJsselstreek", 1)]);
}

#[test]
fn when_nothing_fits_every_way_out_is_told_the_best_first() {
    let at = |id, place: &str| with(id, "Lasser", |document| document.card.place = place.into());
    let documents =
        vec![at(1, "Winterswijk"), at(2, "Winterswijk"), vacancy(3, "Bakker"), vacancy(4, "Bakker")];
    let answer = search([documents, vec![vacancy(5, "Bakker")]].concat(), "q=lasser&plaats=Ulft&straal=10");
    assert_eq!(answer.total, 0);
    let found: Vec<_> = answer.relaxations.iter().map(|way| (way.dropped.clone(), way.total)).collect();
    assert_eq!(found, [(Dropped::Query, 3), (Dropped::Place, 2), (Dropped::Radius(Radius::Km25), 2)]);
    assert_eq!(answer.relaxations[2].filter, VacancyFilter::parse("q=lasser&plaats=Ulft"));

    let answer = search(vec![vacancy(1, "Lasser")], "q=lasser&soort=stage");
    assert_eq!(answer.relaxations[0].dropped, Dropped::Choice(Facet::Kind, "stage".into()));
    assert_eq!(answer.relaxations.len(), 1);
}

#[test]
fn a_page_has_fifteen_hits_and_one_beyond_the_last_has_none() {
    let documents = || (1..=20).map(|id| vacancy(id, "Lasser")).collect();
    let answer = search(documents(), "q=lasser&pagina=2");
    assert_eq!((answer.total, answer.page, answer.pages, ids(&answer)), (20, 2, 2, vec![5, 4, 3, 2, 1]));
    assert_eq!(search(documents(), "").hits.len(), PAGE_SIZE);
    assert!(search(documents(), "pagina=9").hits.is_empty());
    let feed = index(documents()).search_limited(&VacancyFilter::default(), 18, 6);
    assert_eq!((ids(&feed), feed.page, feed.pages), (vec![2, 1], 4, 4));
}

#[test]
fn similar_vacancies_share_a_subject_and_the_closest_comes_first() {
    let about =
        |id, title: &str, field: &str| with(id, title, |document| document.study_fields = vec![field.into()]);
    let mut documents = vec![
        about(1, "Lasrobot programmeren", "Werktuigbouwkunde"),
        about(2, "Lasrobots afstellen", "Werktuigbouwkunde"),
        about(3, "Tekenaar", "Werktuigbouwkunde"),
        about(4, "Verpleegkundige", "Zorg"),
    ];
    let similar: Vec<i64> = index(documents.clone()).similar(1, 9).iter().map(|card| card.id).collect();
    assert_eq!(similar, [2, 3]);
    documents[0].card.closes_on = today() - Days::new(1);
    let closed = documents[0].clone();
    let index = index(documents);
    assert!(index.similar(1, 9).is_empty());
    assert_eq!(index.similar_to(&closed, 1)[0].id, 2);
}

#[test]
fn lists_are_newest_first() {
    let other = with(9, "Kok", |document| document.card.organisation_slug = "hotel".into());
    let index = index(vec![vacancy(1, "Lasser"), vacancy(2, "Lasser"), other]);
    assert_eq!(index.newest(2).iter().map(|card| card.id).collect::<Vec<_>>(), [9, 2]);
    assert_eq!(index.of_organisation("ijssel-metaal").iter().map(|card| card.id).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((index.len(), Index::default().is_empty()), (3, true));
    assert_eq!(Index::default().search(&VacancyFilter::default()).facets[0].values.len(), 5);
}

/// The vacancies with these titles (numbered from 1) that a query finds, the best first.
fn found(titles: &[&str], query: &str) -> Vec<i64> {
    let documents = (1..).zip(titles).map(|(id, title)| vacancy(id, title)).collect();
    let filter = VacancyFilter::default().with_query(query);
    index(documents).search(&filter).hits.iter().map(|hit| hit.card.id).collect()
}

#[test]
fn a_word_is_found_within_compounds_and_below_itself() {
    assert_eq!(found(&["Werktuigbouwkunde", "Bouwkunde"], "bouwkunde"), [2, 1]);
    assert_eq!(found(&["Werktuigbouwkunde", "Verpleegkunde"], "werktuig"), [1]);
    assert_eq!(found(&["Werktuigbouwkunde"], "bouwk"), [1], "the start of a part");
    assert!(found(&["Werktuigbouwkunde"], "bou").is_empty(), "three letters are too few for that");
}

#[test]
fn two_words_are_found_written_as_one_and_one_as_two() {
    assert_eq!(found(&["Procesverbeteraar"], "proces verbeteraar"), [1]);
    assert_eq!(found(&["Onderhoudsmonteur"], "onderhoud monteur"), [1]);
    assert_eq!(found(&["Monteur robotica"], "roboticamonteur"), [1]);
    assert!(found(&["Monteur"], "roboticamonteur").is_empty(), "every part must be there");
}

#[test]
fn synonyms_are_found_in_every_language_and_below_the_word_itself() {
    assert_eq!(found(&["Werktuigbouwkunde", "Mechanical engineering"], "mechanical engineering"), [2, 1]);
    assert_eq!(found(&["Werktuigbouwkunde", "Verpleegkunde"], "Maschinenbau"), [1]);
    assert_eq!(found(&["Medewerker personeelszaken"], "hrm"), [1]);
}

#[test]
fn a_slip_is_forgiven_where_nothing_else_is_found() {
    assert_eq!(found(&["Lasrobot", "Bakker"], "lasrobto"), [1]);
    assert_eq!(found(&["Verpleegkundige"], "berpleegkundige"), [1], "the first letter of a long word");
    assert!(found(&["Bakker"], "wakker").is_empty(), "the first letter of a short word");
    assert_eq!(found(&["Bakker", "Bakkel"], "bakkel"), [2], "what is found is no slip");
    assert_eq!(found(&["Lasrobotprogrammeur"], "lasrobotprp"), [1], "somebody may still be typing");
}

#[test]
fn a_wish_for_a_phrase_is_kept() {
    let titles = ["Robot met een las", "Las een robot", "Een robot"];
    assert_eq!(found(&titles, "\"een robot\""), [3, 2]);
    assert_eq!(found(&titles, "„een robot“ las"), [2]);
    assert_eq!(found(&titles, "\"een robot"), [3, 2, 1], "a mark that is not closed says nothing");
    let text = with(1, "Kok", |document| document.text = "Werken bij een boer.".into());
    assert_eq!(search(vec![text], "q=%22bij+een+boer%22").total, 1);
}

#[test]
fn the_first_letters_of_a_word_are_not_looked_for_in_texts() {
    let documents = || vec![with(1, "Kok", |document| document.text = "lassen".into())];
    assert_eq!(search(documents(), "q=la").total, 0);
    assert_eq!(search(documents(), "q=las").total, 1);
}

#[test]
fn words_that_name_a_choice_are_offered_and_not_forced() {
    let stage = with(1, "Lasser", |document| {
        document.card.kind = VacancyKind::Internship;
        document.card.place = "Ulft".into();
    });
    let answer = search(vec![stage, vacancy(2, "Stage lopen in Ulft")], "q=stage+ulft");
    assert_eq!(answer.total, 2);
    let offered: Vec<_> = answer.understood.iter().map(|offer| (offer.choice.clone(), offer.total)).collect();
    let kind = Choice::Value(Facet::Kind, "stage".into(), "stage".into());
    assert_eq!(offered, [(kind, 1), (Choice::Place("Ulft".into()), 2)]);
    assert_eq!(answer.understood[0].filter, VacancyFilter::parse("q=ulft&soort=stage"));
}

#[test]
fn what_is_typed_is_completed_from_what_there_is() {
    let documents = || {
        vec![
            with(1, "Kok", |document| document.skills = vec!["Lassen".into(), "Ulfts dialect".into()]),
            with(2, "Kok", |document| {
                document.study_fields = vec!["Lastechniek".into()];
                document.card.organisation = "Las BV".into();
                document.card.organisation_slug = "las-bv-2".into();
            }),
        ]
    };
    let suggested = |query: &str| {
        let suggestions =
            index(documents()).suggest(&VacancyFilter::default().with_query(query), Language::Dutch);
        suggestions
            .into_iter()
            .map(|it| (it.kind, it.label, it.count, it.filter.to_query_string()))
            .collect::<Vec<_>>()
    };
    let is = |kind, label: &str, filter: &str| (kind, label.to_owned(), 1, filter.to_owned());
    let expected = [
        is(SuggestionKind::StudyField, "Lastechniek", "q=robot&richting=lastechniek"),
        is(SuggestionKind::Skill, "Lassen", "q=robot%20Lassen"),
        is(SuggestionKind::Organisation, "Las BV", "q=robot&organisatie=las-bv-2"),
    ];
    assert_eq!(suggested("robot las"), expected);
    assert_eq!(suggested("winter").len(), 0, "a place where nothing is, is not offered");
}

#[test]
fn organisations_and_events_that_have_the_words_are_counted() {
    let mut elsewhere = Elsewhere::default();
    let entry = |title: &str| ElsewhereEntry { title: title.into(), slug: "x".into() };
    elsewhere.add(ElsewhereKind::Organisation, entry("IJssel Metaal"), "Industrie Ulft");
    elsewhere.add(ElsewhereKind::Event, entry("Metaaldag"), "Ulft");
    let knowledge = Knowledge { elsewhere, ..Knowledge::of(region()) };
    let index = Index::build(Arc::new(knowledge), &[], today());
    let found = |query: &str| {
        let answer = index.search(&VacancyFilter::default().with_query(query));
        answer.elsewhere.iter().map(|found| (found.kind, found.total)).collect::<Vec<_>>()
    };
    assert_eq!(found("metaal ulft"), [(ElsewhereKind::Organisation, 1), (ElsewhereKind::Event, 1)]);
    assert_eq!(found("metaaldag"), [(ElsewhereKind::Event, 1)]);
    assert_eq!(found("m"), []);
}

#[test]
fn the_words_that_were_looked_for_are_marked_in_the_title_and_otherwise_in_the_text() {
    let text = "Je leert bij ons alles over lasrobots en meer.";
    let documents = vec![vacancy(1, "Één lasrobot"), with(2, "Kok", |document| document.text = text.into())];
    let index = index(documents);
    let filter = VacancyFilter::default().with_query("lasrobot");
    let answer = index.search(&filter);
    assert_eq!(answer.hits[0].marks, [(6, 14)]);
    let excerpts = index.excerpts(&filter, &answer.hits);
    assert_eq!(excerpts[0], None);
    let excerpt = excerpts[1].clone().unwrap();
    let (from, to) = excerpt.marks[0];
    assert_eq!(&excerpt.text[from as usize..to as usize], "lasrobots");
}

#[test]
fn what_fits_a_talent_is_marked_and_comes_first_when_asked() {
    let place = |name: &str| name.to_owned();
    let index = index(vec![
        with(1, "Lasser", |document| {
            document.skills = vec!["welding".into(), "CNC".into()];
            document.card.place = place("Ulft");
        }),
        with(2, "Frezer", |document| document.skills = vec!["CNC".into()]),
        with(3, "Schweißer", |document| document.skills = vec!["Schweißtechnik".into()]),
        with(4, "Kok", |_| ()),
    ]);
    let profile =
        Profile { skills: vec!["lastechniek".into()], home_place: place("Ulft"), ..Profile::default() };
    let talent = Fitting::from(&profile);
    let answer = |query: &str, talent| index.search_in(&VacancyFilter::parse(query), Language::Dutch, talent);
    let found = answer("sorteer=past", Some(&talent));
    assert_eq!(ids(&found), [3, 1, 4, 2]);
    let scores: Vec<Option<u8>> =
        found.hits.iter().map(|hit| hit.fit.as_ref().map(|fit| fit.score)).collect();
    assert_eq!(scores[2..], [None, None], "{scores:?}");
    assert!(scores[0] > scores[1] && scores[1] > Some(0), "{scores:?}");
    assert_eq!(found.hits[1].fit, index.fit(1, &talent), "one vacancy alone fits the same");
    assert_eq!(ids(&answer("sorteer=past", None)), [4, 3, 2, 1], "nobody asks: the newest first");
    assert!(answer("", None).hits.iter().all(|hit| hit.fit.is_none()));
    assert_eq!(ids(&answer("q=frezer&sorteer=past", Some(&talent))), [2]);
    assert_eq!(index.fit(9, &talent), None);
}
