//! What an organisation received, as a file: the columns and the rows of its list, in its order.

use domain::Language;
use domain::list::ListQuery;
use futures::TryStreamExt;
use hub::list_file::Cell;
use hub::local;
use store::ReceivedApplication;
use web::{FileKind, PageResult, RequestContext, list_answer};
use words::{labels, texts as t};

use super::member_access::{MemberAccess, days_waited};
use crate::received::column_label;

/// Gives the list as a file.
pub(crate) async fn received_file(
    context: &RequestContext,
    access: &MemberAccess,
    query: &ListQuery,
    kind: FileKind,
) -> PageResult {
    let (language, keys) = (context.language, query.columns().map(|column| column.key).collect::<Vec<_>>());
    let headings: Vec<String> = keys.iter().map(|key| column_label(key, language).to_owned()).collect();
    let rows = context.state.store().stream_received(&access.member, query).await?;
    let today = context.moment.today;
    let rows = rows.map_ok(move |row| {
        let waited = days_waited(&row, today);
        keys.iter().map(|key| cell(&row, key, waited, language)).collect()
    });
    Ok(list_answer(context, kind, t::received_file(language), headings, rows))
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
