//! Vacancies such as a hub has, and everything that can be asked of an index.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::Language;
use domain::region::{Place, Region};
use domain::text::{Cents, slug};
use domain::vacancies::{Level, Pay, Remote, VacancyCard, VacancyFilter, VacancyKind};
use search::analyse::Synonyms;
use search::{Document, Elsewhere, ElsewhereEntry, ElsewhereKind, Index, Knowledge};

const TITLES: [(&str, Language); 12] = [
    ("Stage werktuigbouwkunde: lasrobot programmeren", Language::Dutch),
    ("Afstudeeropdracht procesverbetering (hbo/wo)", Language::Dutch),
    ("Praktikum Maschinenbau – Führung einer Prüfanlage", Language::German),
    ("Internship C++ and C# developer", Language::English),
    ("Bijbaan bakkerijmedewerker", Language::Dutch),
    ("Coördinator duurzaamheid & energietransitie", Language::Dutch),
    ("Startersfunctie verpleegkundige", Language::Dutch),
    ("Masterarbeit: Data Science in der Logistik", Language::German),
    ("Trainee HRM / personeelszaken", Language::Dutch),
    ("Monteur elektrotechniek mbo-4", Language::Dutch),
    ("Ĳsbereider, café 't Gruñ", Language::Dutch),
    ("…", Language::Dutch),
];
const PLACES: [(&str, f64, f64); 5] = [
    ("Ulft", 51.89, 6.38),
    ("Doetinchem", 51.96, 6.29),
    ("'s-Heerenberg", 51.88, 6.26),
    ("Bocholt", 51.84, 6.61),
    ("Nergens", 0.0, 0.0),
];
const ORGANISATIONS: [&str; 5] = ["IJssel Metaal", "Zorggroep Ulft", "Stage BV", "Köhler & Söhne", "?"];
const SKILLS: [&str; 6] = ["lassen", "Lassen", "C++", "Excel", "Deutsch in Wort und Schrift", ""];
const FIELDS: [&str; 5] = ["Werktuigbouwkunde", "ICT", "ict", "Zorg en Welzijn", "!"];

/// The day on which the vacancies are seen.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// The knowledge of an index of these vacancies.
pub fn knowledge() -> Arc<Knowledge> {
    let place = |(name, latitude, longitude): &(&str, f64, f64)| Place {
        name: (*name).to_owned(),
        municipality: "Oude IJsselstreek".to_owned(),
        latitude: *latitude,
        longitude: *longitude,
    };
    let region = Region { municipalities: vec![], places: PLACES[..4].iter().map(place).collect() };
    let mut elsewhere = Elsewhere::default();
    let entry = |title: &str| ElsewhereEntry { title: title.to_owned(), slug: slug(title) };
    elsewhere.add(ElsewhereKind::Organisation, entry("IJssel Metaal"), "Industrie Ulft");
    elsewhere.add(ElsewhereKind::Event, entry("Stagemarkt"), "Doetinchem");
    // A few synonyms are as good as many, and make a snapshot that is quicker to open.
    let lines =
        "stage = internship = Praktikum\nict = computer science\nhrm = personeelszaken\ntechniek > lassen";
    let synonyms = Synonyms::parse(lines);
    Arc::new(Knowledge { elsewhere, synonyms: Arc::new(synonyms), ..Knowledge::of(region) })
}

/// A number of vacancies, each of another mixture.
pub fn documents(count: usize) -> Vec<Document> {
    let document = |at: usize| {
        let (title, language) = TITLES[at % TITLES.len()];
        let organisation = ORGANISATIONS[at / 2 % ORGANISATIONS.len()];
        Document {
            card: VacancyCard {
                id: at as i64 + 1,
                title: title.to_owned(),
                organisation: organisation.to_owned(),
                organisation_slug: slug(organisation),
                organisation_logo: (at % 3 == 0).then(|| "logo.svg".to_owned()),
                kind: VacancyKind::ALL[at % VacancyKind::ALL.len()],
                levels: Level::ALL.iter().copied().skip(at % 7).take(at % 3).collect(),
                place: PLACES[at % PLACES.len()].0.to_owned(),
                hours_per_week: (at % 4 > 0).then_some((at % 50) as u8),
                weeks: (at % 5 > 0).then_some((at % 60) as u16),
                starts_on: (at % 3 > 0).then(|| today() + Days::new(at as u64 * 9)),
                closes_on: today() + Days::new(at as u64 % 30),
                published_on: (at % 6 > 0).then(|| today() - Days::new(at as u64 % 40)),
                pay: (at % 4 == 0).then_some(Pay { from: Cents(45_000), to: Cents(60_000 + at as i64) }),
                language,
                is_cross_border: at % 7 == 0,
                remote: Remote::ALL[at % Remote::ALL.len()],
            },
            sector: ["Industrie", "Zorg", "zorg", ""][at % 4].to_owned(),
            study_fields: FIELDS.iter().skip(at % 5).take(at % 3).map(|field| (*field).to_owned()).collect(),
            skills: SKILLS.iter().skip(at % 6).take(at % 4).map(|skill| (*skill).to_owned()).collect(),
            text: format!(
                "Bij ons werk je {} aan {title}. Wir suchen dich für Fuehrung und Überblick; you learn a lot.",
                "elke dag ".repeat(at % 20)
            ),
        }
    };
    (0..count).map(document).collect()
}

/// Asks everything; the marks must lie within their texts.
pub fn ask_everything(index: &Index, filter: &VacancyFilter) {
    let answer = index.search(filter);
    let excerpts = index.excerpts(filter, &answer.hits);
    let titles = answer.hits.iter().map(|hit| (&hit.card.title, &hit.marks));
    for (text, marks) in
        titles.chain(excerpts.iter().flatten().map(|excerpt| (&excerpt.text, &excerpt.marks)))
    {
        assert!(marks.iter().all(|(from, to)| text.get(*from as usize..*to as usize).is_some()));
    }
    for offer in &answer.understood {
        assert_eq!(index.search(&offer.filter).total, offer.total);
    }
    for offer in &answer.relaxations {
        assert_eq!(index.search(&offer.filter).total, offer.total);
    }
    for language in Language::ALL {
        index.suggest(filter, *language);
    }
    for hit in answer.hits.iter().take(1) {
        index.similar(hit.card.id, 3);
        index.of_organisation(&hit.card.organisation_slug);
    }
}
