//! Looks whether everything that the server needs is there, and says in plain words what is not.

use std::path::Path;

use domain::organisations::{Organisation, is_logo_file};
use hub::jobs::JOBS;
use store::Store;

use crate::clock;
use crate::config::{Config, Limits};
use crate::documents;

/// Open files that the server needs besides those of visitors: database, metrics, files that are being read.
const OTHER_FILES: usize = 150;

/// Everything that is wrong with the place where the server runs; the configuration itself was read before.
pub async fn examine(config: &Config) -> Vec<String> {
    let mut problems = Vec::new();
    check_data_folder(&config.data_folder, &mut problems);
    check_logo(config, &mut problems);
    check_site(&config.site_root, &mut problems);
    check_demo(config, &mut problems);
    check_documents(config, &mut problems).await;
    problems.extend(open_files_problem(&config.limits));
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
            "site_root: {}/pkg holds no {} file; build the site first (`make run`, or scripts/build.sh), or set site_root",
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

/// Tries to keep and to read a document, where there is a place for it: the server makes the folder, not the doctor.
async fn check_documents(config: &Config, problems: &mut Vec<String>) {
    if config.documents.url.is_none() && !config.document_folder().is_dir() {
        return;
    }
    // What is wrong with the settings themselves was said when they were read.
    let Ok(documents) = documents::open(config) else { return };
    if let Err(error) = documents.check().await {
        let place =
            config.documents.url.clone().unwrap_or_else(|| config.document_folder().display().to_string());
        problems.push(format!("documents: {place} can't be written and read: {error}"));
    }
}

/// What is wrong when as many visitors come as the limits allow; nothing when the system can't be asked.
pub fn open_files_problem(limits: &Limits) -> Option<String> {
    let allowed = open_files(&std::fs::read_to_string("/proc/self/limits").ok()?)?;
    (limits.connections.saturating_add(OTHER_FILES) > allowed).then(|| {
        format!(
            "limits.connections: {} connections need {} open files, and the system allows {allowed} here; \
             lower it, or allow more (`ulimit -n`, or LimitNOFILE of the service)",
            limits.connections,
            limits.connections.saturating_add(OTHER_FILES)
        )
    })
}

/// How many open files Linux allows a process now (the soft limit); nothing for `unlimited`.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

async fn check_database(config: &Config, problems: &mut Vec<String>) {
    let store = match Store::open(&config.database_url).await {
        Ok(store) => store,
        Err(error @ store::Error::Missing(_)) => {
            problems.push(format!(
                "database_url: {error}; `server migrate` makes it, and so does the server's start"
            ));
            return;
        }
        Err(error) => {
            problems.push(format!("database_url: the database can't be reached: {error}"));
            return;
        }
    };
    match store.pending_migrations().await {
        Ok(0) => check_data(config, &store, problems).await,
        Ok(pending) => problems.push(format!(
            "database: {pending} migrations are waiting; run `server migrate`, or start the server, which does it"
        )),
        Err(error) => problems.push(format!("database: its migrations can't be read: {error}")),
    }
    store.close().await;
}

async fn check_data(config: &Config, store: &Store, problems: &mut Vec<String>) {
    match store.check().await {
        Ok(errors) => problems.extend(errors.into_iter().map(|error| format!("database: {error}"))),
        Err(error) => problems.push(format!("database: it can't be checked: {error}")),
    }
    check_jobs(store, problems).await;
    let Ok(organisations) = store.existing::<Organisation>().await else { return };
    for (_, organisation) in organisations.into_values() {
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

/// Names jobs that are given up or late; a row of another version is not a job of this one.
async fn check_jobs(store: &Store, problems: &mut Vec<String>) {
    let jobs = match store.read_jobs().await {
        Ok(jobs) => jobs,
        Err(error) => return problems.push(format!("jobs: they can't be read: {error}")),
    };
    for job in jobs.iter().filter(|job| JOBS.iter().any(|known| known.kind == job.kind)) {
        if let Some(since) = job.given_up_at {
            let error = job.last_error.as_deref().unwrap_or_default();
            problems.push(format!("jobs: {} is given up since {since}: {error}", job.kind));
        } else if job.is_late(clock::now()) {
            let due = job.due_at;
            problems.push(format!("jobs: {} should have run at {due}; does the server run?", job.kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_must_fit_in_the_open_files_that_the_system_allows() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max open files            1024                 524288               files\n";
        assert_eq!(open_files(limits), Some(1024));
        assert!(Limits::default().connections + OTHER_FILES < 1024);
        assert_eq!(
            open_files("Max open files            unlimited            unlimited            files"),
            None
        );
        let too_many = open_files_problem(&Limits { connections: usize::MAX, ..Limits::default() });
        assert!(too_many.is_some_and(|problem| problem.contains("limits.connections")));
    }
}
