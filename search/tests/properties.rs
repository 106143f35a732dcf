//! Properties of every index and every filter.

mod model;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::region::{Place, Region};
use domain::talents::{Fitting, Profile};
use domain::text::{Cents, slug};
use domain::vacancies::{
    Facet, Level, Near, Pay, Radius, Remote, Sort, VacancyCard, VacancyFilter, VacancyKind,
};
use model::Model;
use proptest::prelude::*;
use search::{
    BadSnapshot, Document, Elsewhere, ElsewhereEntry, ElsewhereKind, Index, Knowledge, Name, Opening,
    PAGE_SIZE, Suggestion, SuggestionKind,
};

/// Words of which something is a form, a part, a start, a slip, a synonym or another spelling of another.
const WORDS: [&str; 40] = [
    "stage",
    "stages",
    "stagebegeleider",
    "Führung",
    "fuehrung",
    "las",
    "laser",
    "lasrobot",
    "lasrobto",
    "robotlassen",
    "bedrijven",
    "metaalbedrijf",
    "technische",
    "elektrotechniek",
    "werktuigbouwkunde",
    "bouwkunde",
    "werktuigbuwkunde",
    "Maschinenbau",
    "mechanical",
    "engineering",
    "computer",
    "science",
    "ict",
    "proces",
    "verbeteraar",
    "procesverbeteraar",
    "begeleider",
    "bakkerij",
    "bakkery",
    "C++",
    "c#",
    "de",
    "in",
    "Praktikum",
    "internships",
    "coördinator",
    "Ulft",
    "kok",
    "kook",
    "verpleegkundige",
];
const PLACES: [&str; 5] = ["Ulft", "Vorden", "Doetinchem", "'s-Heerenberg", "Nergens"];

/// Two share a name, one is called like a place, one has an address that its name doesn't give.
const ORGANISATIONS: [(&str, &str); 5] = [
    ("Metaal", "metaal"),
    ("Metaal", "metaal-2"),
    ("Ulft", "ulft"),
    ("Bakkerij de Kok", "kok"),
    ("Führung & Zn.", "fuhrung-zn"),
];

static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(|| {
    let mut elsewhere = Elsewhere::default();
    let entry = |title: &str| ElsewhereEntry { title: title.to_owned(), slug: slug(title) };
    elsewhere.add(ElsewhereKind::Organisation, entry("Metaal"), "Ulft");
    elsewhere.add(ElsewhereKind::Event, entry("Stagemarkt"), "Ulft");
    let name = |facet, value: &str, german: &str, english: &str| Name {
        facet,
        value: value.to_owned(),
        german: german.to_owned(),
        english: english.to_owned(),
    };
    let names = vec![
        name(Facet::StudyField, "techniek", "Technik", "Engineering"),
        name(Facet::StudyField, "ict", "Informatik", "Stage design"),
        name(Facet::Sector, "bouw", "Bau", "Construction"),
    ];
    Arc::new(Knowledge { elsewhere, names, ..Knowledge::of(region()) })
});

/// Somebody whom some of the vacancies fit.
static TALENT: LazyLock<Fitting> = LazyLock::new(|| {
    Fitting::from(&Profile {
        level: Some(Level::Hbo),
        study_fields: vec!["techniek".into()],
        skills: vec!["kok".into(), "lassen".into(), "ict".into()],
        home_place: "Vorden".into(),
        hours: Some(32),
        ..Profile::default()
    })
});

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

fn region() -> Region {
    let place = |(number, name): (u8, &&str)| Place {
        name: (*name).to_owned(),
        municipality: format!("Gemeente {}", number % 2),
        latitude: 51.8 + f64::from(number) * 0.083,
        longitude: 6.3 + f64::from(number) * 0.031,
    };
    Region { municipalities: vec![], places: (0..).zip(&PLACES[..4]).map(place).collect() }
}

fn build(documents: &[Document]) -> Index {
    Index::build(Arc::clone(&KNOWLEDGE), documents, today())
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "))
}

fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![text(3), "Lassen|lassen|Techniek|Zorg en Welzijn|ICT|ict|\\?"], 0..most)
}

fn date(days: i64) -> NaiveDate {
    if days < 0 { today() - Days::new(days.unsigned_abs()) } else { today() + Days::new(days.unsigned_abs()) }
}

prop_compose! {
    fn any_card()(
        (title, place, kind) in (text(4), prop::sample::select(&PLACES[..]), prop::sample::select(VacancyKind::ALL)),
        (organisation, logo) in (prop::sample::select(&ORGANISATIONS[..]), prop::option::of("a|b")),
        levels in prop::collection::btree_set(prop::sample::select(Level::ALL), 0..3),
        (hours, weeks) in (prop::option::of(0u8..60), prop::option::of(any::<u16>())),
        (starts, closes) in (prop::option::of(-9i64..900), -3i64..9),
        (published, pay) in (prop::option::of(-9i64..0), prop::option::of((any::<i64>(), any::<i64>()))),
        (language, remote) in (prop::sample::select(Language::ALL), prop::sample::select(Remote::ALL)),
        is_cross_border in any::<bool>(),
    ) -> VacancyCard {
        VacancyCard {
            id: 0, title, organisation: organisation.0.into(), organisation_slug: organisation.1.into(),
            organisation_logo: logo, kind, levels: levels.into_iter().collect(), place: place.into(),
            hours_per_week: hours, weeks, starts_on: starts.map(date), closes_on: date(closes),
            published_on: published.map(date), language, is_cross_border, remote,
            pay: pay.map(|(from, to)| Pay { from: Cents(from), to: Cents(to) }),
        }
    }
}

prop_compose! {
    fn any_document()(
        card in any_card(),
        sector in "Zorg|Bouw|bouw|\\?",
        (study_fields, skills) in (names(3), names(3)),
        text in text(6),
    ) -> Document {
        Document { card, sector, study_fields, skills, text }
    }
}

fn any_documents() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec(any_document(), 0..90).prop_map(|mut documents| {
        (1..).zip(&mut documents).for_each(|(id, document)| document.card.id = id);
        documents
    })
}

fn few_documents() -> impl Strategy<Value = Vec<Document>> {
    any_documents().prop_map(|mut documents| {
        documents.truncate(12);
        documents
    })
}

fn any_choice() -> impl Strategy<Value = (Facet, String)> {
    let values = "stage|bijbaan|hbo|mbo-4|techniek|ict|zorg|bouw|visserij|gemeente-0|metaal|metaal-2|kok|nl|de|nu|\
                  2027-1|overleg|t-m-16|vanaf-32|deels|ja";
    (prop::sample::select(Facet::ALL), values)
}

/// Typed queries: words, the start of one, a slip, a phrase.
fn any_query() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => text(4),
        1 => "[a-zü ]{0,3}",
        1 => (text(3), text(3)).prop_map(|(before, phrase)| format!("{before} \"{phrase}\"")),
        2 => (text(3), any::<prop::sample::Index>()).prop_map(|(text, end)| text.chars().take(end.index(text.len() + 1)).collect()),
        2 => (text(3), any::<prop::sample::Index>(), "[a-z]?").prop_map(|(text, at, letter)| {
            let at = at.index(text.chars().count() + 1);
            let before: String = text.chars().take(at).collect();
            before + &letter + &text.chars().skip(at + 1).collect::<String>()
        }),
        1 => (text(2), text(2)).prop_map(|(a, b)| a.replace(' ', "") + &b),
    ]
}

fn any_filter() -> impl Strategy<Value = VacancyFilter> {
    (
        any_query(),
        prop_oneof![Just(vec![]), prop::collection::vec(any_choice(), 0..4)],
        prop::option::of((prop::sample::select(&PLACES[..]), prop::sample::select(Radius::ALL))),
        prop::sample::select(Sort::ALL),
        1u32..3,
    )
        .prop_map(|(query, choices, near, sort, page)| {
            let near = near.map(|(place, radius)| Near { place: place.to_owned(), radius });
            let filter = VacancyFilter::default().with_query(&query).with_near(near).with_sort(sort);
            choices.iter().fold(filter, |filter, (facet, value)| filter.with(*facet, value)).with_page(page)
        })
}

fn plain_filters() -> impl Strategy<Value = Vec<VacancyFilter>> {
    prop::collection::vec(any_filter(), 1..6)
}

/// Whether two indexes answer everything alike.
fn assert_alike(one: &Index, other: &Index, filters: &[VacancyFilter]) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.len(), other.len());
    prop_assert_eq!(one.newest(usize::MAX), other.newest(usize::MAX));
    for (_, slug) in ORGANISATIONS {
        prop_assert_eq!(one.of_organisation(slug), other.of_organisation(slug));
    }
    for card in one.newest(3) {
        prop_assert_eq!(one.similar(card.id, 9), other.similar(card.id, 9));
    }
    for filter in filters {
        let (all, of_other) =
            (one.search_limited(filter, 0, usize::MAX), other.search_limited(filter, 0, usize::MAX));
        prop_assert_eq!(all.total, of_other.total);
        prop_assert_eq!(&all.understood, &of_other.understood);
        prop_assert_eq!(&all.relaxations, &of_other.relaxations);
        prop_assert_eq!(&all.facets, &of_other.facets);
        prop_assert_eq!(all, of_other);
        for language in Language::ALL {
            for talent in [None, Some(&*TALENT)] {
                prop_assert_eq!(
                    one.search_in(filter, *language, talent),
                    other.search_in(filter, *language, talent)
                );
            }
        }
        prop_assert_eq!(suggest(one, filter), suggest(other, filter));
        let any = |_| true;
        let exact = one.find_exact(filter, any);
        prop_assert_eq!(one.count_exact(filter) as usize, exact.len());
        prop_assert_eq!(exact, other.find_exact(filter, any));
    }
    Ok(())
}

/// Opens a snapshot as a browser does.
fn in_steps(opening: Result<Opening, BadSnapshot>) -> Result<Index, BadSnapshot> {
    let mut opening = opening?;
    loop {
        if let Some(index) = opening.step()? {
            return Ok(index);
        }
    }
}

fn without_texts(documents: &[Document]) -> Vec<Document> {
    documents.iter().map(|document| Document { text: String::new(), ..document.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_index_finds_what_the_rules_say_in_their_order(
        documents in prop_oneof![any_documents(), few_documents()], filters in plain_filters(),
    ) {
        let model = Model::of(&KNOWLEDGE, &documents, today());
        let index = build(&documents);
        for filter in filters {
            let expected = model.search(&filter);
            let answer = index.search_limited(&filter, 0, usize::MAX);
            let found: Vec<i64> = answer.hits.iter().map(|hit| hit.card.id).collect();
            prop_assert_eq!(&found, &expected, "{:?}", filter);
            prop_assert_eq!(answer.total as usize, expected.len());

            let page = index.search(&filter);
            let hits: Vec<i64> = page.hits.iter().map(|hit| hit.card.id).collect();
            let first = (filter.page() as usize - 1) * PAGE_SIZE;
            prop_assert_eq!(hits, expected.into_iter().skip(first).take(PAGE_SIZE).collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_count_equals_a_recount(documents in few_documents(), filter in any_filter()) {
        let model = Model::of(&KNOWLEDGE, &documents, today());
        let answer = build(&documents).search(&filter);
        prop_assert_eq!(answer.facets.iter().map(|counts| counts.facet).collect::<Vec<_>>(), Facet::ALL);
        for counts in &answer.facets {
            for value in &counts.values {
                prop_assert_eq!(value.count as usize, model.count(&filter, counts.facet, &value.value), "{:?}", value);
            }
            for chosen in filter.values(counts.facet) {
                prop_assert!(counts.values.iter().any(|value| value.value == chosen));
            }
            // Organisations are too many to list those that are not chosen.
            for document in model.documents.iter().filter(|_| counts.facet != Facet::Organisation) {
                for own in model.values(counts.facet, document) {
                    prop_assert_eq!(counts.values.iter().filter(|value| value.value == own).count(), 1);
                }
            }
        }
        let places: Vec<(String, u32)> = answer.places.into_iter().map(|place| (place.name, place.count)).collect();
        prop_assert_eq!(places, model.places(&filter));
    }

    #[test]
    fn every_relaxation_and_everything_understood_gives_what_it_promises(
        documents in any_documents(), filters in plain_filters(),
    ) {
        let index = build(&documents);
        for filter in filters {
            let answer = index.search(&filter);
            prop_assert!(answer.total == 0 || answer.relaxations.is_empty());
            prop_assert!(answer.relaxations.is_sorted_by(|a, b| a.total >= b.total));
            let relaxed = answer.relaxations.into_iter().map(|offer| (offer.filter, offer.total));
            let understood = answer.understood.into_iter().map(|offer| (offer.filter, offer.total));
            for (filter, total) in relaxed.chain(understood) {
                prop_assert!(total > 0);
                prop_assert_eq!(index.search(&filter).total, total);
            }
        }
    }

    #[test]
    fn every_suggestion_has_as_many_vacancies_as_it_says(documents in any_documents(), filters in plain_filters()) {
        let index = build(&documents);
        let open: Vec<&Document> = documents.iter().filter(|document| document.card.closes_on >= today()).collect();
        for (filter, suggestion) in filters.iter().flat_map(|filter| suggest(&index, filter).into_iter().map(move |one| (filter, one))) {
            let own = slug(&suggestion.label);
            let chosen = |facet: Facet| -> Vec<&str> { suggestion.filter.values(facet).collect() };
            let named = KNOWLEDGE.names.iter().find(|name| [&name.german, &name.english].contains(&&suggestion.label));
            let field = named.map_or(own.as_str(), |name| &name.value);
            // Two organisations may have one name: the suggestion is about the one that it adds to those already chosen,
            // or about one of these.
            let (mut added, known): (Vec<&str>, Vec<&str>) = chosen(Facet::Organisation)
                .into_iter()
                .filter(|slug| ORGANISATIONS.contains(&(suggestion.label.as_str(), slug)))
                .partition(|slug| !filter.has(Facet::Organisation, slug));
            if added.is_empty() {
                added = known;
            }
            let vacancies_of = |organisation: &str| {
                open.iter().filter(|document| document.card.organisation_slug == organisation).count() as u32
            };
            if suggestion.kind == SuggestionKind::Organisation {
                prop_assert!(added.iter().any(|slug| vacancies_of(slug) == suggestion.count), "{:?}", suggestion);
                prop_assert!(suggestion.count > 0);
                continue;
            }
            let has = |document: &&&Document| match suggestion.kind {
                SuggestionKind::StudyField => document.study_fields.iter().any(|other| slug(other) == field),
                SuggestionKind::Skill => document.skills.iter().any(|skill| slug(skill) == own),
                SuggestionKind::Organisation => false,
                SuggestionKind::Place => slug(&document.card.place) == own,
            };
            prop_assert_eq!(open.iter().filter(has).count() as u32, suggestion.count, "{:?}", suggestion);
            prop_assert!(suggestion.count > 0);
            match suggestion.kind {
                SuggestionKind::StudyField => prop_assert!(chosen(Facet::StudyField).contains(&field)),
                SuggestionKind::Skill => prop_assert!(suggestion.filter.query().ends_with(suggestion.label.trim())),
                SuggestionKind::Organisation => {}
                SuggestionKind::Place => {
                    prop_assert_eq!(suggestion.filter.near().map(|near| &near.place), Some(&suggestion.label));
                }
            }
        }
    }

    #[test]
    fn a_choice_of_another_facet_never_adds_results(
        documents in any_documents(), filter in any_filter(), (facet, value) in any_choice(),
    ) {
        let index = build(&documents);
        let ids = |filter: &VacancyFilter| {
            let hits = index.search_limited(filter, 0, usize::MAX).hits;
            hits.iter().map(|hit| hit.card.id).collect::<Vec<_>>()
        };
        let before = ids(&filter);
        if filter.values(facet).next().is_none() {
            prop_assert!(ids(&filter.with(facet, &value)).iter().all(|id| before.contains(id)));
        }
        if filter.near().is_none() {
            let near = Near { place: "Vorden".to_owned(), radius: Radius::Km10 };
            prop_assert!(ids(&filter.with_near(Some(near))).iter().all(|id| before.contains(id)));
        }
    }

    #[test]
    fn the_order_in_which_documents_come_changes_nothing(documents in any_documents(), filters in plain_filters()) {
        let mut reversed = documents.clone();
        reversed.reverse();
        assert_alike(&build(&documents), &build(&reversed), &filters)?;
        assert_alike(&build(&documents), &build(&documents), &filters)?;
    }

    #[test]
    fn marks_follow_each_other_within_the_title_and_the_excerpt(
        documents in few_documents(), filters in plain_filters(),
    ) {
        let index = build(&documents);
        for filter in filters {
            let hits = index.search(&filter).hits;
            let excerpts = index.excerpts(&filter, &hits);
            let titles = hits.iter().map(|hit| (&hit.card.title, &hit.marks));
            let texts = excerpts.iter().flatten().map(|excerpt| (&excerpt.text, &excerpt.marks));
            for (text, marks) in titles.chain(texts) {
                prop_assert!(marks.iter().all(|(from, to)| from < to));
                prop_assert!(marks.windows(2).all(|marks| marks[0].1 <= marks[1].0));
                prop_assert!(marks.iter().all(|(from, to)| text.get(*from as usize..*to as usize).is_some()));
            }
            prop_assert!(excerpts.iter().flatten().all(|excerpt| !excerpt.marks.is_empty()));
        }
    }

    #[test]
    fn what_is_similar_is_the_same_for_a_closed_vacancy(documents in any_documents()) {
        let index = build(&documents);
        for document in documents.iter().filter(|document| document.card.closes_on >= today()).take(3) {
            let similar = index.similar(document.card.id, 4);
            prop_assert!(similar.iter().all(|card| card.id != document.card.id));
            prop_assert_eq!(index.similar_to(document, 4), similar);
        }
    }

    #[test]
    fn any_text_can_be_searched_for(
        query in "\\PC*|[a-zA-Z0-9 +#'\"-]{0,300}", other in any::<String>(), place in any::<String>(),
    ) {
        let near = Near { place, radius: Radius::Km5 };
        let filter = VacancyFilter::default().with_query(&query);
        let document = Document {
            card: VacancyCard { title: other.clone(), organisation: other.clone(), ..sample() },
            sector: other.clone(), study_fields: vec![other.clone()], skills: vec![other, query.clone()], text: query,
        };
        let index = build(&[document]);
        for filter in [&filter, &filter.with_near(Some(near))] {
            let answer = index.search(filter);
            prop_assert!(answer.total <= 1);
            index.excerpts(filter, &answer.hits);
            suggest(&index, filter);
        }
        let snapshot = index.snapshot();
        let opened = Index::open(&snapshot.core, today()).and_then(|index| index.with_texts(&snapshot.core, &snapshot.texts));
        prop_assert_eq!(opened.unwrap().search(&filter), index.search(&filter));
    }

    #[test]
    fn a_snapshot_answers_as_the_index_that_made_it(
        documents in prop_oneof![few_documents(), any_documents()], filters in plain_filters(), days in 0u64..9,
    ) {
        let snapshot = build(&documents).snapshot();
        let later = today() + Days::new(days);
        let opened = in_steps(Opening::of(&snapshot.core, later)).unwrap();
        let bare = Index::build(Arc::clone(&KNOWLEDGE), &without_texts(&documents), later);
        assert_alike(&opened, &bare, &filters)?;

        // The texts themselves are not carried, so that a phrase within one can't be found.
        let unquoted: Vec<VacancyFilter> =
            filters.iter().map(|filter| filter.with_query(&filter.query().replace('"', " "))).collect();
        let with_texts = in_steps(Opening::of_texts(&opened, &snapshot.core, &snapshot.texts)).unwrap();
        assert_alike(&with_texts, &Index::build(Arc::clone(&KNOWLEDGE), &documents, later), &unquoted)?;
        prop_assert_eq!(opened.has_texts(), false);
    }

    #[test]
    fn a_damaged_snapshot_is_refused(
        documents in few_documents(), at in any::<prop::sample::Index>(), change in 1u8.., end in any::<prop::sample::Index>(),
    ) {
        let snapshot = build(&documents).snapshot();
        let index = Index::open(&snapshot.core, today()).unwrap();
        let damaged = |bytes: &[u8]| {
            let mut changed = bytes.to_vec();
            changed[at.index(bytes.len())] ^= change;
            [changed, bytes[..end.index(bytes.len())].to_vec(), [bytes, &[change]].concat()]
        };
        for core in damaged(&snapshot.core) {
            prop_assert_eq!(Index::open(&core, today()).err(), Some(BadSnapshot));
            prop_assert_eq!(index.with_texts(&core, &snapshot.texts).err(), Some(BadSnapshot));
        }
        for texts in damaged(&snapshot.texts) {
            prop_assert_eq!(index.with_texts(&snapshot.core, &texts).err(), Some(BadSnapshot));
        }
    }

    #[test]
    fn whatever_is_in_a_sound_envelope_is_opened_or_refused(
        documents in few_documents(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        bytes in any::<Vec<u8>>(),
        filter in any_filter(),
    ) {
        let snapshot = build(&documents).snapshot();
        let payload = |sealed: &[u8]| {
            let mut payload = sealed[Index::sealed(&[]).len()..].to_vec();
            for (at, byte) in &changes {
                let at = at.index(payload.len());
                payload[at] = *byte;
            }
            Index::sealed(&payload)
        };
        for core in [payload(&snapshot.core), Index::sealed(&bytes)] {
            let Ok(index) = Index::open(&core, today()) else { continue };
            use_all_of(&index, &filter);
        }
        let index = Index::open(&snapshot.core, today()).unwrap();
        for texts in [payload(&snapshot.texts), Index::sealed(&bytes)] {
            let Ok(index) = index.with_texts(&snapshot.core, &texts) else { continue };
            use_all_of(&index, &filter);
        }
    }

    #[test]
    fn a_changed_index_answers_as_one_built_anew(
        documents in few_documents(),
        changes in prop::collection::vec((prop::collection::vec((1i64..40, any_document()), 0..6), prop::collection::vec(1i64..40, 0..6)), 1..5),
        filters in plain_filters(),
    ) {
        let mut index = build(&documents);
        let mut expected: BTreeMap<i64, Document> =
            documents.into_iter().map(|document| (document.card.id, document)).collect();
        for (new, removed) in changes {
            let new: BTreeMap<i64, Document> = new
                .into_iter()
                .filter(|(id, _)| !removed.contains(id))
                .map(|(id, mut document)| {
                    document.card.id = id;
                    (id, document)
                })
                .collect();
            index = index.changed(new.values().cloned().collect(), &removed);
            expected.retain(|id, _| !removed.contains(id));
            expected.extend(new);
            let documents: Vec<Document> = expected.values().cloned().collect();
            let anew = build(&documents);
            assert_alike(&index, &anew, &filters)?;
            assert_alike(&index.compacted(), &anew, &filters)?;
            let opened = Index::open(&index.snapshot().core, today()).unwrap();
            assert_alike(&opened, &build(&without_texts(&documents)), &filters)?;
        }
    }
}

fn suggest(index: &Index, filter: &VacancyFilter) -> Vec<Suggestion> {
    Language::ALL.iter().flat_map(|language| index.suggest(filter, *language)).collect()
}

fn use_all_of(index: &Index, filter: &VacancyFilter) {
    for filter in [filter, &VacancyFilter::default().with_query("stage las")] {
        let answer = index.search(filter);
        suggest(index, filter);
        index.excerpts(filter, &answer.hits);
    }
    for card in index.newest(2) {
        index.similar(card.id, 3);
    }
    index.snapshot();
}

fn sample() -> VacancyCard {
    VacancyCard {
        id: 1,
        title: "Lasrobot".into(),
        organisation: "Metaal".into(),
        organisation_slug: "metaal".into(),
        organisation_logo: None,
        kind: VacancyKind::Internship,
        levels: vec![],
        place: "Ulft".into(),
        hours_per_week: None,
        weeks: None,
        starts_on: None,
        closes_on: today(),
        published_on: None,
        pay: None,
        language: Language::Dutch,
        is_cross_border: false,
        remote: Remote::No,
    }
}
