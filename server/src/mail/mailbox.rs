//! Mail in files, and the page that shows it where nobody real gets any.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use askama::Template;
use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::state::ServerState;

/// Files of mail are for trying the hub out: names and links that let people in stay no longer than this.
const KEPT_FOR: Duration = Duration::from_hours(7 * 24);
/// Mails that the page shows, the newest first.
const SHOWN: usize = 100;
/// A mail may draw itself and nothing else; links open in a tab of their own.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A mail as its file holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredLetter {
    /// Its number in the outbox.
    pub(super) id: i64,
    /// Where it would go.
    pub(super) to: String,
    /// When it was written.
    pub(super) at: DateTime<Utc>,
    /// Its subject.
    pub(super) subject: String,
    /// As plain text.
    pub(super) text: String,
    /// As HTML.
    pub(super) html: String,
    /// As a mail server would get it.
    #[serde(skip)]
    pub(super) raw: String,
}

/// Writes a mail to files: whole, or not at all, and always the same ones.
pub(super) async fn keep(folder: &Path, mail: &StoredLetter) -> io::Result<()> {
    // Links in mail let people in: nobody else on this machine may read them.
    tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    write(folder, &format!("{}.eml", mail.id), mail.raw.as_bytes()).await?;
    write(folder, &format!("{}.json", mail.id), &serde_json::to_vec(mail)?).await
}

/// Throws away the files of mail from more than a week before `now`; returns how many.
///
/// # Errors
/// The folder can't be read, or a file not removed.
pub async fn tidy(folder: &Path, now: SystemTime) -> io::Result<u64> {
    let mut files = match tokio::fs::read_dir(folder).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        files => files?,
    };
    let mut gone = 0;
    while let Some(file) = files.next_entry().await? {
        gone += u64::from(throw_away(&file.path(), now).await?);
    }
    Ok(gone)
}

/// Throws a file away when it is old enough. One that is not there any more was the unfinished half of a mail, or another
/// server was faster.
async fn throw_away(file: &Path, now: SystemTime) -> io::Result<bool> {
    let result: io::Result<bool> = async {
        let written = tokio::fs::symlink_metadata(file).await?.modified()?;
        let is_old = now.duration_since(written).is_ok_and(|age| age > KEPT_FOR);
        if is_old {
            tokio::fs::remove_file(file).await?;
        }
        Ok(is_old)
    }
    .await;
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        result => result,
    }
}

async fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!("{name}.part"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(&unfinished, folder.join(name)).await
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct ListPage<'a> {
    hub: &'a str,
    mails: &'a [StoredLetter],
}

/// The newest mail.
pub(crate) async fn list(State(server): State<ServerState>) -> Response {
    let folder = server.config.mail_folder();
    let read = tokio::task::spawn_blocking(move || newest(&folder)).await;
    let mails = match read {
        Ok(Ok(mails)) => mails,
        Ok(Err(error)) => {
            tracing::error!(%error, "the mail can't be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    match (ListPage { hub: &server.config.hub.name, mails: &mails }).render() {
        Ok(html) => page(html, PAGE_POLICY),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn newest(folder: &Path) -> io::Result<Vec<StoredLetter>> {
    let mut numbers: Vec<i64> = match std::fs::read_dir(folder) {
        Ok(files) => files
            .flatten()
            .filter_map(|file| file.file_name().to_str()?.strip_suffix(".json")?.parse().ok())
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.truncate(SHOWN);
    let is_there = |mail: &io::Result<StoredLetter>| !matches!(mail, Err(error) if error.kind() == io::ErrorKind::NotFound);
    numbers.into_iter().map(|id| read(folder, id)).filter(is_there).collect()
}

fn read(folder: &Path, id: i64) -> io::Result<StoredLetter> {
    Ok(serde_json::from_slice(&std::fs::read(folder.join(format!("{id}.json")))?)?)
}

/// One mail, as its reader would see it.
pub(crate) async fn one(State(server): State<ServerState>, UrlPath(id): UrlPath<i64>) -> Response {
    let folder = server.config.mail_folder();
    match tokio::task::spawn_blocking(move || read(&folder, id)).await {
        Ok(Ok(mail)) => page(mail.html.replace("<a href=", "<a target=\"_blank\" href="), MAIL_POLICY),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(html: String, policy: &'static str) -> Response {
    let mut response = Response::new(Body::from(html));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_went_meanwhile_is_no_reason_to_leave_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("1.eml.part");
        assert!(!throw_away(&gone, SystemTime::UNIX_EPOCH).await.unwrap());
        let late = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 1000);
        assert!(throw_away(folder.path(), late).await.is_err(), "any other fault is told");
    }
}
