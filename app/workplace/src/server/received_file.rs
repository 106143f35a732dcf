//! What an organisation received, as a file: the columns and the rows of its list, in its order.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use domain::Language;
use domain::applications::RECEIVED;
use domain::list::ListQuery;
use futures::{Stream, TryStreamExt, stream};
use hub::list_file::{self, Cell};
use hub::local;
use store::ReceivedApplication;
use web::{Access, PageError, PageResult, RequestContext, WebState, refused, to_sign_in};
use words::paths::Page;
use words::{labels, texts as t};

use super::received::{MemberAccess, days_waited};
use crate::received::column_label;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Csv,
    Workbook,
}

impl FileKind {
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

/// Gives the list as text, while it is read.
pub(crate) async fn received_csv(
    web: State<WebState>,
    slug: Path<String>,
    request: Request,
) -> Response<Body> {
    answer(web, slug, request, FileKind::Csv).await
}

/// Gives the list as a workbook, once it is written.
pub(crate) async fn received_workbook(
    web: State<WebState>,
    slug: Path<String>,
    request: Request,
) -> Response<Body> {
    answer(web, slug, request, FileKind::Workbook).await
}

async fn answer(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    request: Request,
    kind: FileKind,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let context = match RequestContext::for_file(&web, &parts).await {
        Ok(context) => context,
        Err((context, error)) => return refused(&context, PageError::Store(error)),
    };
    if context.session.is_none() {
        // A file is no page to come back to; the page that leads to it is.
        return to_sign_in(&context, &Page::ReceivedApplications(slug).path(context.language));
    }
    file(&context, &slug, kind).await.unwrap_or_else(|refusal| refused(&context, refusal))
}

async fn file(context: &RequestContext, slug: &str, kind: FileKind) -> PageResult {
    let access = MemberAccess::grant(context, slug).await?;
    let query = ListQuery::parse(&RECEIVED, context.uri.query().unwrap_or_default());
    let (language, keys) = (context.language, query.columns().map(|column| column.key).collect::<Vec<_>>());
    let headings: Vec<String> = keys.iter().map(|key| column_label(key, language).to_owned()).collect();
    let rows = context.state.store().stream_received(&access.member, &query).await?;
    let today = context.moment.today;
    let rows = rows.map_ok(move |row| {
        let waited = days_waited(&row, today);
        keys.iter().map(|key| cell(&row, key, waited, language)).collect()
    });
    let mut response = Response::new(body(kind, t::received_file(language), headings, rows));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    let name = format!("{}-{}.{}", t::received_file(language), context.moment.today, kind.extension());
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
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

fn cell(row: &ReceivedApplication, key: &str, waited: Option<u32>, language: Language) -> Cell {
    match key {
        "naam" => Cell::Text(row.name.clone()),
        "vacature" => Cell::Text(row.vacancy.clone()),
        "stand" => Cell::Text(labels::application_state(row.state, language).to_owned()),
        "wacht" => waited.map_or(Cell::Empty, Cell::Number),
        "sinds" => Cell::Day(local(row.state_since).date()),
        _ => Cell::Day(local(row.submitted_at).date()),
    }
}
