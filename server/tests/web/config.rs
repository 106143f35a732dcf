use std::path::Path;

use server::config::{Flags, load};

use crate::hub::hub_file;

/// The error of the demo's `hub.toml` after some changes.
fn errors(changes: &[(&str, &str)]) -> Vec<String> {
    let mut text = std::fs::read_to_string(hub_file()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hub.toml");
    std::fs::write(&file, text).unwrap();
    load(&file, &Flags::default()).err().unwrap_or_default()
}

#[test]
fn the_example_is_right() {
    assert_eq!(errors(&[]), Vec::<String>::new());
    let config = load(&hub_file(), &Flags::default()).unwrap();
    assert_eq!(config.hub.region.places.len(), 28);
    assert_eq!(config.hub.languages.len(), 3);
}

#[test]
fn every_error_is_reported_at_once() {
    let errors = errors(&[
        ("accent = \"#0a6b4b\"", "accent = \"green\""),
        ("\"de\", \"en\"]", "\"fr\"]"),
        ("latitude = 51.9650", "latitude = \"north\""),
        ("name = \"SmartHub Achterhoek\"", "name = 7\ncolour = \"blue\""),
        ("# address = \"127.0.0.1:3000\"", "address = \"here\"\nadress = \"there\""),
        ("# trusted_proxies = 0", "trusted_proxies = -1"),
    ]);
    for (key, words) in [
        ("hub.accent", "#rrggbb"),
        ("hub.languages", "fr"),
        ("latitude", "north"),
        ("hub.name", "string"),
        ("hub.colour", "no such setting"),
        ("address", "here"),
        ("adress", "no such setting"),
        ("trusted_proxies", "-1"),
    ] {
        let found = errors.iter().any(|error| error.contains(key) && error.contains(words));
        assert!(found, "{key} {words} in {errors:#?}");
    }
    assert!(errors.iter().any(|error| error.contains("hub.toml")), "says where it stands: {errors:#?}");
}

#[test]
fn what_a_hub_says_of_itself_must_hold_together() {
    let errors = errors(&[
        ("accent = \"#0a6b4b\"", "accent = \"#5fc79b\""),
        ("accent_dark = \"#5fc79b\"", "accent_dark = \"rood\""),
        ("name = \"Wehl\", municipality = \"Doetinchem\"", "name = \"Wehl\", municipality = \"Doetinchm\""),
        ("name = \"Gaanderen\"", "name = \"Doetinchem\""),
        ("latitude = 51.8897, longitude = 6.3797", "latitude = 6.3797, longitude = 51.8897"),
        ("# public_url = \"http://127.0.0.1:3000\"", "public_url = \"hub.example\""),
        ("# database_url = \"sqlite:data/hub.db\"", "database_url = \"mysql://root:geheim@localhost\""),
        ("en = \"The future in the making\"", "en = \"\""),
    ]);
    for words in [
        "contrast",
        "expected a colour as #rrggbb",
        "Doetinchm",
        "stands there twice",
        "are they swapped?",
        "public_url: found `hub.example`",
        "database_url",
        "hub.tagline.en",
    ] {
        assert!(errors.iter().any(|error| error.contains(words)), "{words} in {errors:#?}");
    }
    assert!(!errors.iter().any(|error| error.contains("geheim")), "a password is not repeated: {errors:#?}");
    assert_eq!(errors.len(), 8, "{errors:#?}");
}

#[test]
fn a_file_that_is_missing_or_damaged_is_explained() {
    let errors = load(Path::new("/nowhere/hub.toml"), &Flags::default()).unwrap_err();
    assert!(errors[0].contains("/nowhere/hub.toml: there is no such file"), "{errors:?}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hub.toml");
    std::fs::write(&file, "[hub\nname = 1").unwrap();
    let errors = load(&file, &Flags::default()).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn a_hub_speaks_dutch_first() {
    for languages in ["[\"de\", \"en\"]", "[\"de\", \"nl\"]", "[]"] {
        let errors = errors(&[("[\"nl\", \"de\", \"en\"]", languages)]);
        assert_eq!(errors.len(), 1, "{errors:#?}");
        assert!(errors[0].contains("expected nl among them and first"), "{errors:#?}");
    }
    assert_eq!(errors(&[("[\"nl\", \"de\", \"en\"]", "[\"nl\"]")]), Vec::<String>::new());
}

#[test]
fn a_misspelled_word_of_the_region_is_an_error() {
    let errors = errors(&[("name = \"Wehl\", municipality", "name = \"Wehl\", height = 12, municipality")]);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].starts_with("hub.region.places.2.height: unknown field"), "{errors:#?}");
}

#[tokio::test]
async fn the_doctor_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = load(&hub_file(), &Flags::default()).unwrap();
    config.data_folder = folder.path().to_owned();
    config.database_url = format!("sqlite:{}", folder.path().join("wrong/hub.db").display());
    let problems = server::doctor::examine(&config).await;
    assert!(problems.iter().any(|problem| problem.contains("there is no database")), "{problems:#?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn flags_come_last() {
    let flags = Flags { address: Some("[::1]:9000".parse().unwrap()), demo: Some("there".into()) };
    let config = load(&hub_file(), &flags).unwrap();
    assert_eq!(config.address.to_string(), "[::1]:9000");
    assert_eq!(config.public_url, "http://[::1]:9000", "as nobody said otherwise");
    assert_eq!(config.demo.as_deref(), Some(Path::new("there")));
}
