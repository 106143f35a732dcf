//! What must be true of every index and every filter.

mod model;

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::region::{Place, Region};
use domain::text::Cents;
use domain::vacancies::{
    Facet, Level, Near, Pay, Radius, Remote, Sort, VacancyCard, VacancyFilter, VacancyKind,
};
use model::Model;
use proptest::prelude::*;
use search::{Document, Index, PAGE_SIZE};

const WORDS: [&str; 16] = [
    "stage",
    "stages",
    "Führung",
    "fuehrung",
    "las",
    "laser",
    "lasrobot",
    "bedrijven",
    "technische",
    "C++",
    "de",
    "in",
    "Praktikum",
    "internships",
    "coördinator",
    "Ulft",
];
const PLACES: [&str; 5] = ["Ulft", "Vorden", "Doetinchem", "'s-Heerenberg", "Nergens"];

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

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "))
}

fn date(days: i64) -> NaiveDate {
    if days < 0 { today() - Days::new(days.unsigned_abs()) } else { today() + Days::new(days.unsigned_abs()) }
}

prop_compose! {
    fn any_card()(
        (title, place, kind) in (text(3), prop::sample::select(&PLACES[..]), prop::sample::select(VacancyKind::ALL)),
        levels in prop::collection::vec(prop::sample::select(Level::ALL), 0..3),
        (hours, starts, closes) in (prop::option::of(0u8..60), prop::option::of(-9i64..900), -3i64..9),
        (published, pay) in (prop::option::of(-9i64..0), prop::option::of(0i64..9)),
        (language, remote) in (prop::sample::select(Language::ALL), prop::sample::select(Remote::ALL)),
        is_cross_border in any::<bool>(),
    ) -> VacancyCard {
        VacancyCard {
            id: 0, title, organisation: "Metaal".into(), organisation_slug: "metaal".into(), organisation_logo: None,
            kind, levels, place: place.into(), hours_per_week: hours, weeks: None, starts_on: starts.map(date),
            closes_on: date(closes), published_on: published.map(date), language, is_cross_border, remote,
            pay: pay.map(|amount| Pay { from: Cents(amount), to: Cents(amount) }),
        }
    }
}

prop_compose! {
    fn any_document()(
        card in any_card(),
        sector in "Zorg|Bouw|bouw|\\?",
        study_fields in prop::collection::vec("Techniek|Zorg en Welzijn|ICT", 0..3),
        skills in prop::collection::vec(prop::sample::select(&WORDS[..]).prop_map(str::to_owned), 0..2),
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

fn any_filter() -> impl Strategy<Value = VacancyFilter> {
    let values = "stage|bijbaan|hbo|mbo-4|techniek|ict|zorg|bouw|visserij|gemeente-0|nl|de|nu|2027-1|overleg|t-m-16|\
                  vanaf-32|deels|ja";
    (
        prop_oneof![text(4), "[a-zü ]{0,3}"],
        prop::collection::vec((prop::sample::select(Facet::ALL), values), 0..4),
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_index_finds_what_the_rules_say_in_their_order(documents in any_documents(), filter in any_filter()) {
        let region = region();
        let expected = Model::of(&region, &documents, today()).search(&filter);
        let index = Index::build(&region, documents.clone(), today());
        let answer = index.search_limited(&filter, 0, usize::MAX);
        let found: Vec<i64> = answer.hits.iter().map(|hit| hit.card.id).collect();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(answer.total as usize, expected.len());

        let page = index.search(&filter);
        let hits: Vec<i64> = page.hits.iter().map(|hit| hit.card.id).collect();
        let first = (filter.page() as usize - 1) * PAGE_SIZE;
        prop_assert_eq!(hits, expected.into_iter().skip(first).take(PAGE_SIZE).collect::<Vec<_>>());
    }

    #[test]
    fn every_count_equals_a_recount(documents in any_documents(), filter in any_filter()) {
        let region = region();
        let model = Model::of(&region, &documents, today());
        let answer = Index::build(&region, documents.clone(), today()).search(&filter);
        prop_assert_eq!(answer.facets.iter().map(|counts| counts.facet).collect::<Vec<_>>(), Facet::ALL);
        for counts in &answer.facets {
            for value in &counts.values {
                prop_assert_eq!(value.count as usize, model.count(&filter, counts.facet, &value.value), "{:?}", value);
            }
            for chosen in filter.values(counts.facet) {
                prop_assert!(counts.values.iter().any(|value| value.value == chosen));
            }
            for document in &model.documents {
                for own in model.values(counts.facet, document) {
                    prop_assert_eq!(counts.values.iter().filter(|value| value.value == own).count(), 1);
                }
            }
        }
    }

    #[test]
    fn every_relaxation_gives_what_it_promises(documents in any_documents(), filter in any_filter()) {
        let index = Index::build(&region(), documents, today());
        let answer = index.search(&filter);
        prop_assert!(answer.total == 0 || answer.relaxations.is_empty());
        prop_assert!(answer.relaxations.is_sorted_by(|a, b| a.total >= b.total));
        for relaxation in answer.relaxations {
            prop_assert!(relaxation.total > 0);
            prop_assert_eq!(index.search(&relaxation.filter).total, relaxation.total);
        }
    }

    #[test]
    fn the_order_in_which_documents_come_changes_nothing(documents in any_documents(), filter in any_filter()) {
        let mut reversed = documents.clone();
        reversed.reverse();
        let answer = Index::build(&region(), documents, today()).search(&filter);
        prop_assert_eq!(Index::build(&region(), reversed, today()).search(&filter), answer);
    }

    #[test]
    fn what_is_similar_is_the_same_for_a_closed_vacancy(documents in any_documents()) {
        let index = Index::build(&region(), documents.clone(), today());
        for document in documents.iter().filter(|document| document.card.closes_on >= today()).take(3) {
            let similar = index.similar(document.card.id, 4);
            prop_assert!(similar.iter().all(|card| card.id != document.card.id));
            prop_assert_eq!(index.similar_to(document, 4), similar);
        }
    }

    #[test]
    fn any_text_can_be_searched_for(query in "\\PC*|[a-zA-Z0-9 +#'-]{0,300}", place in any::<String>()) {
        let near = Near { place, radius: Radius::Km5 };
        let filter = VacancyFilter::default().with_query(&query).with_near(Some(near));
        let document = Document {
            text: query, sector: String::new(), study_fields: vec![], skills: vec![],
            card: VacancyCard { closes_on: today(), ..sample() },
        };
        let index = Index::build(&region(), vec![document], today());
        let answer = index.search(&filter);
        prop_assert!(answer.total <= 1);
    }
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
