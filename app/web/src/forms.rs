//! What a form sent.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;

use crate::query::pairs;

/// The fields of a form, in their order, and its file.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    file: Option<SentFile>,
}

/// A file that came with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// What the sender's computer calls it.
    pub name: String,
    /// Its bytes; nothing when it has more than allowed.
    pub bytes: Option<Vec<u8>>,
}

/// The guard before all pages lets no larger body in, except where a file is sent.
const LARGEST: usize = 16 * 1024 * 1024;
/// The text of a field beside a file.
const LARGEST_FIELD: usize = 64 * 1024;
/// The most fields of a form with a file.
const MOST_FIELDS: usize = 100;

/// What was typed, without what no keyboard types and PostgreSQL keeps in no text.
fn readable(value: String) -> String {
    if value.contains('\0') { value.replace('\0', "") } else { value }
}

impl Form {
    /// Reads the body of a request; what can't be read is as if it were not there. Of a file at most `largest_file` bytes are
    /// kept, but all of it is read: a browser that may not finish shows nothing of our answer.
    pub async fn read(parts: &Parts, body: Body, largest_file: usize) -> Self {
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Self::read_parts(parts, body, largest_file).await;
        }
        let bytes = axum::body::to_bytes(body, LARGEST).await.unwrap_or_default();
        let fields = pairs(&bytes).into_iter().map(|(name, value)| (name, readable(value))).collect();
        Self { fields, file: None }
    }

    async fn read_parts(parts: &Parts, body: Body, largest_file: usize) -> Self {
        let mut form = Self::default();
        let mut request = Request::new(body);
        request.headers_mut().clone_from(&parts.headers);
        axum::extract::DefaultBodyLimit::disable().apply(&mut request);
        let Ok(mut sent) = Multipart::from_request(request, &()).await else { return form };
        while let Ok(Some(mut part)) = sent.next_field().await {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let largest = if file_name.is_some() { largest_file } else { LARGEST_FIELD };
            let mut bytes = Some(Vec::new());
            while let Ok(Some(chunk)) = part.chunk().await {
                bytes =
                    bytes.filter(|bytes: &Vec<u8>| bytes.len() + chunk.len() <= largest).map(|mut bytes| {
                        bytes.extend_from_slice(&chunk);
                        bytes
                    });
            }
            // A field for a file that was left empty comes without a name.
            if let Some(name) = file_name {
                form.file =
                    Some(SentFile { name, bytes }).filter(|file| !file.name.is_empty()).or(form.file.take());
            } else if form.fields.len() < MOST_FIELDS {
                let value = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
                form.fields.push((name, readable(value)));
            }
        }
        form
    }

    /// What was filled in; nothing where the form has no such field.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// Everything that was filled in or ticked under a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }

    /// The file, when one was chosen.
    pub fn take_file(&mut self) -> Option<SentFile> {
        self.file.take()
    }
}
