//! Reads the spreadsheets of a hub, so that the engine is judged on real rows.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::hub::Hub;
use domain::organisations::{KnownOrganisation, Organisation, OrganisationState};
use domain::sheet::{Row, SheetContext};
use domain::text::short_slug;
use domain::vacancies::{StoredVacancy, Vacancy};
use search::{Document, Index, Knowledge};

/// The demo's spreadsheets are written for this day.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

/// The folder of the demo hub.
pub(crate) fn demo() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../demo"))
}

/// The knowledge of the demo hub: its region, the standard synonyms and lexicon.
pub(crate) fn knowledge() -> Arc<Knowledge> {
    #[derive(serde::Deserialize)]
    struct File {
        hub: Hub,
    }
    let text = std::fs::read_to_string(demo().join("hub.toml")).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    Arc::new(Knowledge::of(file.hub.region))
}

/// The rows of a spreadsheet.
pub(crate) fn rows<R: Row>(file: &Path, knowledge: &Knowledge) -> Vec<R> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let at: Vec<Option<usize>> =
        R::COLUMNS.iter().map(|column| headers.iter().position(|header| header == column.name)).collect();
    let find = |name: &str| {
        Some(KnownOrganisation { id: 1, name: name.to_owned(), state: OrganisationState::Member })
    };
    let context = SheetContext::of(&knowledge.region).with_organisations(&find);
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cell = |at: &Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
            let cells: Vec<String> = at.iter().map(cell).collect();
            R::from_cells(&cells, &context).unwrap()
        })
        .collect()
}

/// The open vacancies of a folder of spreadsheets, as documents; the ids count the rows from 1.
pub(crate) fn open_vacancies(folder: &Path, knowledge: &Knowledge) -> Vec<(Vacancy, Document)> {
    let organisations: Vec<Organisation> = rows(&folder.join("organisaties.csv"), knowledge);
    let vacancies: Vec<Vacancy> = rows(&folder.join("vacatures.csv"), knowledge);
    let documents = (1..).zip(vacancies).filter_map(|(id, vacancy)| {
        let organisation =
            organisations.iter().find(|organisation| organisation.name == vacancy.organisation);
        let stored = StoredVacancy {
            id,
            organisation_slug: short_slug(&vacancy.organisation, 60),
            organisation_logo: None,
            sector: organisation.map_or_else(String::new, |organisation| organisation.sector.clone()),
            organisation_state: OrganisationState::Member,
            was_published: true,
            version: 1,
            vacancy: vacancy.clone(),
        };
        let document = Document {
            card: stored.card(),
            sector: stored.sector.clone(),
            study_fields: vacancy.study_fields.clone(),
            skills: vacancy.skills.clone(),
            text: vacancy.text.replace(['#', '*'], ""),
        };
        stored.is_public(today()).then_some((vacancy, document))
    });
    documents.collect()
}

/// The index of a folder of spreadsheets.
pub(crate) fn index(folder: &Path, knowledge: &Arc<Knowledge>) -> (Vec<Vacancy>, Index) {
    let (vacancies, documents): (Vec<_>, Vec<_>) = open_vacancies(folder, knowledge).into_iter().unzip();
    (vacancies, Index::build(Arc::clone(knowledge), &documents, today()))
}
