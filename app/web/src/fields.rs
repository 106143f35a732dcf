//! The fields of a sent form.

use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use domain::form;
use serde::de::DeserializeOwned;

use crate::bounded_body::BodyError;
use crate::part_heads::{boundary_of, with_short_heads};
use crate::query::pairs;

/// The fields of a form, in their order, and its file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pairs: Vec<(String, String)>,
    file: Option<SentFile>,
}

/// A file that came with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// The name on the sender's computer.
    pub name: String,
    /// Its bytes; nothing when it has more than allowed.
    pub bytes: Option<Vec<u8>>,
}

/// The text of a field beside a file.
const LARGEST_FIELD: usize = 64 * 1024;
/// The most fields of a form with a file.
const MOST_FIELDS: usize = 100;

/// The typed text without NUL, which no keyboard types and PostgreSQL keeps in no text.
fn readable(value: String) -> String {
    if value.contains('\0') { value.replace('\0', "") } else { value }
}

impl Fields {
    /// Reads the body of a request. Of a file at most `largest_file` bytes are kept, but all of it is read: a browser that may
    /// not finish shows nothing of our answer.
    ///
    /// # Errors
    /// Where the body breaks a limit of size or rate, or can't be read.
    pub(crate) async fn read(
        parts: &Parts,
        body: Body,
        largest_file: Option<usize>,
    ) -> Result<Self, BodyError> {
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let boundary = boundary_of(kind).ok_or(BodyError::Broken)?;
            return Self::read_parts(parts, with_short_heads(body, &boundary), largest_file.unwrap_or(0))
                .await;
        }
        // The guard before all pages has bounded it.
        let bytes = to_bytes(body, usize::MAX).await.map_err(|error| BodyError::of(&error))?;
        let fields = pairs(&bytes).into_iter().map(|(name, value)| (name, readable(value))).collect();
        Ok(Self { pairs: fields, file: None })
    }

    async fn read_parts(parts: &Parts, body: Body, largest_file: usize) -> Result<Self, BodyError> {
        let mut fields = Self::default();
        let mut request = Request::new(body);
        request.headers_mut().clone_from(&parts.headers);
        DefaultBodyLimit::disable().apply(&mut request);
        let mut sent = Multipart::from_request(request, &()).await.map_err(|_| BodyError::Broken)?;
        while let Some(part) = sent.next_field().await.map_err(|error| BodyError::of(&error))? {
            fields.add(part, largest_file).await.map_err(|error| BodyError::of(&error))?;
        }
        Ok(fields)
    }

    async fn add(&mut self, mut part: Field<'_>, largest_file: usize) -> Result<(), MultipartError> {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let largest = if file_name.is_some() { largest_file } else { LARGEST_FIELD };
        let mut bytes = Some(Vec::new());
        while let Some(chunk) = part.chunk().await? {
            bytes = bytes.filter(|bytes: &Vec<u8>| bytes.len() + chunk.len() <= largest).map(|mut bytes| {
                bytes.extend_from_slice(&chunk);
                bytes
            });
        }
        // A field for a file that was left empty comes without a name.
        if let Some(name) = file_name {
            self.file =
                Some(SentFile { name, bytes }).filter(|file| !file.name.is_empty()).or(self.file.take());
        } else if self.pairs.len() < MOST_FIELDS {
            let value = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
            self.pairs.push((name, readable(value)));
        }
        Ok(())
    }

    /// The first value of a field; empty where the form has no such field.
    pub(crate) fn first(&self, name: &str) -> &str {
        self.pairs.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// The file, when one was chosen.
    pub(crate) fn take_file(&mut self) -> Option<SentFile> {
        self.file.take()
    }

    /// The fields as a typed value of text and lists of text. Fields that it does not have are left out, and of a field that
    /// is no list the first value counts.
    ///
    /// # Errors
    /// [`BodyError::Broken`] where a list is sent as a text or a text as a list, which no form of ours does.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, BodyError> {
        form::decode(&self.pairs).map_err(|_| BodyError::Broken)
    }
}
