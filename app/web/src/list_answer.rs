//! A list as a file, given by the page that shows it: the columns and the rows that it asks for, in its order.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use futures::{Stream, TryStreamExt, stream};
use hub::list_file::{self, Cell};
use serde::Deserialize;

use crate::request_context::RequestContext;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Text, while it is read.
    Csv,
    /// A workbook, once it is written.
    Workbook,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FileQuery {
    #[serde(rename = "bestand")]
    extension: String,
}

impl FileKind {
    /// The kind of file as which a list is asked for; nothing when it is to be a page.
    pub fn asked(context: &RequestContext) -> Option<Self> {
        let FileQuery { extension } = context.query();
        [Self::Csv, Self::Workbook].into_iter().find(|kind| kind.extension() == extension)
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Workbook => "xlsx",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Gives rows as a file, named after the list and the day.
pub fn list_answer(
    context: &RequestContext,
    kind: FileKind,
    name: &str,
    headings: Vec<String>,
    rows: impl Stream<Item = Result<Vec<Cell>, store::Error>> + Send + 'static,
) -> Response<Body> {
    let mut response = Response::new(body(kind, name, headings, rows));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let file = format!("{name}-{}.{}", context.moment.today, kind.extension());
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The bytes of the file. The headers are sent before it is made: a long list takes its time, and what breaks off is no file.
fn body(
    kind: FileKind,
    sheet: &str,
    headings: Vec<String>,
    rows: impl Stream<Item = Result<Vec<Cell>, store::Error>> + Send + 'static,
) -> Body {
    match kind {
        FileKind::Csv => Body::from_stream(list_file::csv(headings, rows)),
        FileKind::Workbook => {
            let file = stream::once(list_file::workbook(sheet.to_owned(), headings, rows));
            let pieces = file.map_ok(|file| list_file::read_out(file).map_err(store::Error::from));
            Body::from_stream(pieces.try_flatten())
        }
    }
}
