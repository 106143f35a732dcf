//! A disk that is full: the test runs itself once more in a process whose files may not grow.

#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use domain::vacancies::Vacancy;
use server::spreadsheets::{ImportError, ImportOptions, import};

use crate::office::{Changes, Office, VACANCY, csv, now, open, region, today};

const FOLDER: &str = "SMARTHUB_TEST_FULL_DISK";
/// Blocks of 512 bytes beyond what is there already.
const ROOM: u64 = 400;

#[tokio::test]
async fn a_full_disk_leaves_the_hub_as_it_was() {
    let office = Office::new().await;
    office.import::<Vacancy>(&office.file("een.csv", csv(&VACANCY, &[&[]]))).await.unwrap();
    let references: Vec<String> = (0..2_000).map(|number| format!("V-{number}")).collect();
    let text = "tekst ".repeat(100);
    let rows: Vec<[(&str, &str); 2]> =
        references.iter().map(|reference| [("Kenmerk", reference.as_str()), ("Tekst", &text)]).collect();
    let rows: Vec<Changes<'_>> = rows.iter().map(<[_; 2]>::as_slice).collect();
    office.file("veel.csv", csv(&VACANCY, &rows));
    let before = office.rows::<Vacancy>().await;

    let files = fs::read_dir(office.folder()).unwrap().map(Result::unwrap);
    let database = files.filter(|file| file.file_name().to_string_lossy().starts_with("hub.db"));
    let blocks = database.map(|file| file.metadata().unwrap().len()).max().unwrap() / 512 + ROOM;
    let done = Command::new("sh")
        .arg("-c")
        .arg(format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --exact full_disk::on_a_full_disk --ignored"
        ))
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, office.folder())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));

    assert_eq!(office.rows::<Vacancy>().await, before);
    assert_eq!(open(office.folder()).await.check().await.unwrap(), Vec::<String>::new());
    assert_eq!(office.import::<Vacancy>(&office.path("veel.csv")).await.unwrap().added, 1_999);
}

#[tokio::test]
#[ignore = "runs inside the test above"]
async fn on_a_full_disk() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let (store, region) = (open(&folder).await, region());
    let (file, options) = (folder.join("veel.csv"), ImportOptions::default());
    let done = import::<Vacancy>(&store, &region, &file, &options, now(), today(), &mut Vec::new()).await;
    assert!(matches!(done, Err(ImportError::Store(_))), "{done:?}");
}
