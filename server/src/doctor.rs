//! Looks whether everything that the server needs is there, and says in plain words what is not.

use std::path::Path;

use domain::organisations::is_logo_file;
use store::Store;

use crate::config::Config;

/// Everything that is wrong with the place where the server runs; the configuration itself was read before.
pub async fn examine(config: &Config) -> Vec<String> {
    let mut problems = Vec::new();
    check_data_folder(&config.data_folder, &mut problems);
    check_logo(config, &mut problems);
    check_site(&config.site_root, &mut problems);
    check_demo(config, &mut problems);
    check_database(config, &mut problems).await;
    problems
}

fn check_data_folder(folder: &Path, problems: &mut Vec<String>) {
    let probe = folder.join(".doctor");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, ""))
        .and_then(|()| std::fs::remove_file(&probe));
    if let Err(error) = written {
        problems.push(format!("data_folder: {} can't be written: {error}", folder.display()));
    }
}

fn check_logo(config: &Config, problems: &mut Vec<String>) {
    let Some(logo) = config.hub.logo.as_deref().filter(|logo| is_logo_file(logo)) else { return };
    let path = config.data_folder.join("logos").join(logo);
    if !path.is_file() {
        problems.push(format!("hub.logo: there is no file {}", path.display()));
    }
}

fn check_site(root: &Path, problems: &mut Vec<String>) {
    let has = |ending: &str| {
        let files = std::fs::read_dir(root.join("pkg")).into_iter().flatten().flatten();
        files.map(|file| file.file_name()).any(|name| name.to_string_lossy().ends_with(ending))
    };
    let missing: Vec<&str> = [".css", ".js", ".wasm"].into_iter().filter(|ending| !has(ending)).collect();
    if !missing.is_empty() {
        problems.push(format!(
            "site_root: {}/pkg holds no {} file; build the site first (make build), or set site_root",
            root.display(),
            missing.join(", ")
        ));
    }
}

fn check_demo(config: &Config, problems: &mut Vec<String>) {
    let Some(folder) = &config.demo else { return };
    for name in ["organisaties.csv", "vacatures.csv", "bijeenkomsten.csv"] {
        if !folder.join(name).is_file() {
            problems.push(format!("demo: there is no file {}", folder.join(name).display()));
        }
    }
}

async fn check_database(config: &Config, problems: &mut Vec<String>) {
    let store = match Store::connect(&config.database_url).await {
        Ok(store) => store,
        Err(error) => {
            problems.push(format!("database_url: the database can't be reached: {error}"));
            return;
        }
    };
    match store.pending_migrations().await {
        Ok(0) => check_data(config, &store, problems).await,
        Ok(pending) => problems.push(format!(
            "database: {pending} migrations are waiting; run `smarthub migrate`, or start the server, which does it"
        )),
        Err(error) => problems.push(format!("database: its migrations can't be read: {error}")),
    }
    store.close().await;
}

async fn check_data(config: &Config, store: &Store, problems: &mut Vec<String>) {
    match store.check().await {
        Ok(faults) => problems.extend(faults.into_iter().map(|fault| format!("database: {fault}"))),
        Err(error) => problems.push(format!("database: it can't be checked: {error}")),
    }
    let Ok(organisations) = store.list_organisations().await else { return };
    for stored in organisations {
        let organisation = stored.organisation;
        if config.hub.region.find_place(&organisation.place).is_none() {
            problems.push(format!(
                "hub.region.places: {} of {} is not among them",
                organisation.place, organisation.name
            ));
        }
        let logo = organisation.logo.map(|logo| config.data_folder.join("logos").join(logo));
        if let Some(path) = logo.filter(|path| !path.is_file()) {
            problems.push(format!("logo of {}: there is no file {}", organisation.name, path.display()));
        }
    }
}
