//! What a good file does.

use domain::events::Event;
use domain::organisations::Organisation;
use domain::vacancies::{Vacancy, VacancyState};
use server::spreadsheets::{ImportError, ImportOptions};

use crate::office::{DRY_RUN, EVENT, Office, SKIP, VACANCY, csv, today};

#[tokio::test]
async fn importing_a_file_again_changes_nothing() {
    let office = Office::new().await;
    let file =
        office.file("v.csv", csv(&VACANCY, &[&[], &[("Kenmerk", "V-2"), ("Sluitingsdatum", "01-11-2026")]]));
    let first = office.import::<Vacancy>(&file).await.unwrap();
    assert_eq!((first.added, first.is_written), (2, true));
    let rows = office.rows::<Vacancy>().await;
    let second = office.import::<Vacancy>(&file).await.unwrap();
    assert_eq!((second.added, second.changed, second.unchanged, second.is_written), (0, 0, 2, false));
    assert_eq!(office.rows::<Vacancy>().await, rows);
}

#[tokio::test]
async fn a_dry_run_shows_new_changed_unchanged_and_unused_and_writes_nothing() {
    let office = Office::new().await;
    let before = csv(&VACANCY, &[&[], &[("Kenmerk", "V-2")]]);
    office.import::<Vacancy>(&office.file("v.csv", before)).await.unwrap();
    let rows = office.rows::<Vacancy>().await;
    let after =
        csv(&VACANCY, &[&[], &[("Kenmerk", "V-2"), ("Titel", "Stage freesrobot")], &[("Kenmerk", "V-3")]]);
    let after = after.replace(";Tekst\r\n", ";Tekst;Kleur\r\n");
    let (outcome, report) = office.import_with::<Vacancy>(&office.file("v.csv", after), &DRY_RUN()).await;
    let outcome = outcome.unwrap();
    assert_eq!((outcome.added, outcome.changed, outcome.unchanged, outcome.is_written), (1, 1, 1, false));
    assert!(report.contains("Titel: \"Stage lasrobot\" → \"Stage freesrobot\""), "{report}");
    assert!(report.contains("Columns that are not used: Kleur"), "{report}");
    assert!(report.contains("Dry run: 2 would be written"), "{report}");
    assert_eq!(office.rows::<Vacancy>().await, rows);
}

#[tokio::test]
async fn a_column_that_the_file_lacks_keeps_what_the_hub_has() {
    let office = Office::new().await;
    office.import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, &[&[]]))).await.unwrap();
    let without_pay: Vec<_> =
        VACANCY.into_iter().filter(|(name, _)| !name.starts_with("Vergoeding")).collect();
    let file = office.file("v.csv", csv(&without_pay, &[&[("Titel", "Stage freesrobot")]]));
    office.import::<Vacancy>(&file).await.unwrap();
    let vacancy = &office.rows::<Vacancy>().await[0];
    assert_eq!(vacancy.pay.unwrap().word(), "€ 1.250,00");
    assert_eq!(vacancy.title, "Stage freesrobot");
}

#[tokio::test]
async fn wrong_rows_are_left_out_only_when_asked() {
    let office = Office::new().await;
    let file = office.file("v.csv", csv(&VACANCY, &[&[], &[("Kenmerk", "V-2"), ("Plaats", "Ulfd")]]));
    assert!(matches!(office.import::<Vacancy>(&file).await, Err(ImportError::Refused { wrong: 1 })));
    assert!(office.rows::<Vacancy>().await.is_empty());
    let (outcome, report) = office.import_with::<Vacancy>(&file, &SKIP()).await;
    assert_eq!(outcome.unwrap().skipped, 1);
    assert!(report.contains("line 3 (V-2), column Plaats: \"Ulfd\"; expected"), "{report}");
    assert!(report.contains("did you mean Ulft?"), "{report}");
    assert_eq!(office.rows::<Vacancy>().await.len(), 1);
}

#[tokio::test]
async fn an_organisation_is_found_whatever_its_spelling_and_keeps_its_own() {
    let office = Office::new().await;
    let rows: &[&[(&str, &str)]] = &[&[("Organisatie", "COOPERATIE  ZONNEVELD")]];
    office.import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, rows))).await.unwrap();
    assert_eq!(office.rows::<Vacancy>().await[0].organisation, "Coöperatie Zonneveld");
    let rows: &[&[(&str, &str)]] =
        &[&[("Gastheer", "ijsselmetaal")], &[("Kenmerk", "E-2"), ("Gastheer", "")]];
    office.import::<Event>(&office.file("e.csv", csv(&EVENT, rows))).await.unwrap();
    let hosts: Vec<_> = office.rows::<Event>().await.into_iter().map(|event| event.host).collect();
    assert_eq!(hosts, [Some("IJsselmetaal".to_owned()), None]);
}

#[tokio::test]
async fn an_organisation_can_be_renamed_and_its_vacancies_follow() {
    let office = Office::new().await;
    office.import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, &[&[]]))).await.unwrap();
    let renamed = "Kenmerk;Naam;Soort;Topsector;Plaats\nO-1;IJsselstaal;onderneming;High Tech;Ulft\n";
    office.import::<Organisation>(&office.file("o.csv", renamed)).await.unwrap();
    assert_eq!(office.rows::<Vacancy>().await[0].organisation, "IJsselstaal");
}

#[tokio::test]
async fn a_name_that_another_organisation_gives_up_is_taken_in_a_second_import() {
    let office = Office::new().await;
    let header = "Kenmerk;Naam;Soort;Topsector;Plaats\n";
    let file = format!("{header}O-1;IJsselstaal;onderneming;High Tech;Ulft\n");
    office.import::<Organisation>(&office.file("o.csv", file)).await.unwrap();
    let file = format!("{header}O-2;IJsselmetaal;onderneming;Energie;Ulft\n");
    assert_eq!(office.import::<Organisation>(&office.file("o.csv", file)).await.unwrap().changed, 1);
}

#[tokio::test]
async fn a_change_of_state_is_written() {
    let office = Office::new().await;
    office.import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, &[&[]]))).await.unwrap();
    let file = office.file("v.csv", csv(&VACANCY, &[&[("Status", "vervuld")]]));
    office.import::<Vacancy>(&file).await.unwrap();
    assert_eq!(office.rows::<Vacancy>().await[0].state, VacancyState::Filled);
}

#[tokio::test]
async fn the_day_of_publication_stays_when_its_cell_is_empty() {
    let office = Office::new().await;
    let columns: Vec<_> = VACANCY.into_iter().chain([("Geplaatst op", "")]).collect();
    let file = office.file("v.csv", csv(&columns, &[&[]]));
    office.import::<Vacancy>(&file).await.unwrap();
    let published = office.rows::<Vacancy>().await[0].published_on;
    assert_eq!(published, Some(today()));
    assert_eq!(office.import::<Vacancy>(&file).await.unwrap().unchanged, 1);
}

#[tokio::test]
async fn no_day_of_publication_is_invented() {
    let office = Office::new().await;
    let rows: &[&[(&str, &str)]] = &[
        &[("Sluitingsdatum", "20-11-2026")],
        &[("Kenmerk", "V-2"), ("Status", "vervuld")],
        &[("Kenmerk", "V-3"), ("Status", "verlopen")],
        &[("Kenmerk", "V-4"), ("Sluitingsdatum", "21-11-2026")],
    ];
    office.import::<Vacancy>(&office.file("v.csv", csv(&VACANCY, rows))).await.unwrap();
    let days: Vec<_> = office.rows::<Vacancy>().await.iter().map(|row| row.published_on).collect();
    assert_eq!(days, [None, None, None, Some(today())]);
}

#[tokio::test]
async fn a_closing_day_before_the_day_of_publication_that_the_hub_knows_is_refused() {
    let office = Office::new().await;
    let columns: Vec<_> = VACANCY.into_iter().chain([("Geplaatst op", "10-11-2026")]).collect();
    office.import::<Vacancy>(&office.file("v.csv", csv(&columns, &[&[]]))).await.unwrap();
    let earlier: &[(&str, &str)] = &[("Geplaatst op", ""), ("Sluitingsdatum", "01-11-2026")];
    let file = office.file("v.csv", csv(&columns, &[earlier]));
    let (outcome, report) = office.import_with::<Vacancy>(&file, &ImportOptions::default()).await;
    assert!(matches!(outcome, Err(ImportError::Refused { wrong: 1 })));
    assert!(report.contains("column Sluitingsdatum: \"01-11-2026\"; expected"), "{report}");
}
