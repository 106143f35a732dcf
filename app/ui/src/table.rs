//! A list as a table that is searched, filtered, sorted, paged and worked on, without a script.

use domain::Language;
use domain::list::{Column, Cursor, Direction, ListQuery};
use leptos::either::Either;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use words::texts as t;

use crate::empty_state::EmptyState;
use crate::icon::Icon;
use crate::link::Link;
use crate::list_view::ViewsMenu;
use crate::notice::{Notice, NoticeKind};
use crate::static_html::static_html;
use crate::table_tools::{TableColumn, Tools};

/// The id of the form to which the checkboxes of the rows belong.
const BULK_FORM: &str = "bulk";
/// The field in which that form sends the rows that are chosen.
pub const CHOSEN_FIELD: &str = "id[]";

/// A row of a [`Table`].
pub struct TableRow {
    /// The value that the form sends when the row is chosen.
    pub id: String,
    /// The row's subject, for who hears the page: "Fenna te Riele".
    pub name: String,
    /// One cell for each column that is shown, in the order of the list; the first is the row's heading.
    pub cells: Vec<InertElement>,
}

/// What can be done with rows together: the page to which the chosen ones are brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkBar {
    /// The address of that page; it reads [`CHOSEN_FIELD`] and `do`.
    pub action: String,
    /// The commands: the value of `do`, and what the button says.
    pub commands: Vec<(String, String)>,
    /// The same page for all rows that match, where this page of the list does not hold them all.
    pub all: Option<Link>,
}

/// A table over a list.
#[component]
pub fn Table(
    /// The address of the page, without a query.
    #[prop(into)]
    page: String,
    /// What the table lists: "Sollicitaties".
    #[prop(into)]
    caption: String,
    /// The label of the search field: "Zoek op naam".
    #[prop(optional, into)]
    search_label: String,
    /// The question that is answered.
    query: ListQuery,
    /// What is said of each column of the list, shown or not.
    columns: Vec<TableColumn>,
    /// The rows of this page of the list.
    rows: Vec<TableRow>,
    /// How many rows match, in words: "312 sollicitaties".
    #[prop(into)]
    count: String,
    /// The page before.
    #[prop(optional_no_strip)]
    previous: Option<Cursor>,
    /// The page after.
    #[prop(optional_no_strip)]
    next: Option<Cursor>,
    /// The views that are kept; without this none can be.
    #[prop(optional_no_strip)]
    views: Option<ViewsMenu>,
    /// What can be done with rows together.
    #[prop(optional_no_strip)]
    bulk: Option<BulkBar>,
    /// The same rows as files.
    #[prop(optional)]
    exports: Vec<Link>,
    /// The same list as a board, where that is asked for; `rows` are empty then.
    #[prop(optional_no_strip)]
    board: Option<InertElement>,
    /// What is shown where the list has no rows at all: what to do next.
    empty: InertElement,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let is_empty = rows.is_empty() && board.is_none();
    let part = if board.is_some() { "board" } else { "table" };
    if is_empty && !query.is_filtered() && query.cursor().is_none() {
        return empty;
    }
    let tools = Tools { page: &page, query: &query, columns: &columns, language };
    let (saved, report) = views.map(|views| (views.saved, views_report(views.done, views.refused))).unzip();
    let bar = tools.view(search_label, saved, exports);
    let body = match board {
        Some(board) => board,
        None if is_empty => nothing_matches(tools, &caption),
        None => filled(tools, &caption, rows, bulk),
    };
    let pager = pager(tools, &caption, previous, next);
    static_html(view! {
        <div class="table-page" data-part=part>
            {report} {bar} {tools.chips()} <p class="table-count">{count}</p> {body} {pager}
        </div>
    })
}

fn views_report(done: Option<String>, refused: Option<String>) -> InertElement {
    let done = done.map(|text| view! { <Notice><p>{text}</p></Notice> });
    let refused = refused.map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> });
    static_html(view! { {done} {refused} })
}

/// What is shown where rows are, but none of those that are asked for.
fn nothing_matches(tools: Tools<'_>, caption: &str) -> InertElement {
    let language = tools.language;
    let (hint, href, way_out) = if tools.query.is_filtered() {
        let href = tools.address(&tools.query.without_filters());
        (t::table_no_match_hint(language), href, t::table_clear(language))
    } else {
        let href = tools.address(&tools.query.from_first_page());
        (t::table_no_page_hint(language), href, t::table_first_page(language))
    };
    static_html(view! {
        <EmptyState name=caption.to_owned() title=t::table_no_match(language)>
            <p>{hint}</p>
            <p><a class="button" href=href>{way_out}</a></p>
        </EmptyState>
    })
}

fn filled(tools: Tools<'_>, caption: &str, rows: Vec<TableRow>, bulk: Option<BulkBar>) -> InertElement {
    let has_bulk = bulk.is_some();
    let labels: Vec<&str> = tools.shown().map(|(_, named)| named.label.as_str()).collect();
    let rows: Vec<InertElement> =
        rows.into_iter().map(|row| row_view(row, &labels, has_bulk, tools.language)).collect();
    static_html(view! {
        <table class="table">
            <caption class="hidden">{caption.to_owned()}</caption>
            {head(tools, has_bulk)}
            <tbody>{rows}</tbody>
        </table>
        {bulk.map(|bulk| bulk_view(bulk, tools.language))}
    })
}

fn head(tools: Tools<'_>, has_bulk: bool) -> InertElement {
    let headings: Vec<InertElement> =
        tools.shown().map(|(column, named)| heading(tools, column, named)).collect();
    let select = has_bulk.then(|| {
        view! { <th scope="col"><span class="hidden">{t::table_select(tools.language)}</span></th> }
    });
    static_html(view! {
        <thead>
            <tr>{select} {headings}</tr>
        </thead>
    })
}

/// The heading of a column, by which one sorts where the list can.
fn heading(tools: Tools<'_>, column: &'static Column, named: &TableColumn) -> InertElement {
    let label = named.label.clone();
    if !column.is_sortable {
        return static_html(view! { <th scope="col">{label}</th> });
    }
    let sort = tools.query.sort();
    let order = (sort.column == column.key).then_some(match sort.direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    });
    let href = tools.address(&tools.query.with_header_chosen(column.key));
    static_html(view! {
        <th scope="col" aria-sort=order>
            <a href=href>{label} {order.map(|_| Icon::Chevron.view())}</a>
        </th>
    })
}

fn row_view(row: TableRow, labels: &[&str], has_bulk: bool, language: Language) -> InertElement {
    let TableRow { id, name, cells } = row;
    let select = has_bulk.then(|| {
        let label = t::table_select_row(language, name);
        view! {
            <td class="select">
                <label>
                    <input type="checkbox" name=CHOSEN_FIELD value=id form=BULK_FORM />
                    <span class="hidden">{label}</span>
                </label>
            </td>
        }
    });
    let cells = cells.into_iter().zip(labels).enumerate().map(|(place, (cell, label))| {
        if place == 0 {
            return Either::Left(view! { <th scope="row">{cell}</th> });
        }
        let (label, html) = (format!("{label}: "), cell.to_html());
        // Where there is nothing to show, a mark stands for it.
        let is_empty = html.is_empty() || html == "<!>";
        let cell = InertElement::new(html);
        Either::Right(view! {
            <td class:empty=is_empty><span class="label" aria-hidden="true">{label}</span> {cell}</td>
        })
    });
    let cells = cells.collect_view();
    static_html(view! { <tr>{select} {cells}</tr> })
}

/// The bar at the bottom. How many are chosen is counted by the style sheet, which needs no script for it.
fn bulk_view(bulk: BulkBar, language: Language) -> InertElement {
    let commands = bulk.commands.into_iter().map(|(value, label)| {
        view! { <button class="button" name="do" value=value>{label}</button> }
    });
    let commands = commands.collect_view();
    let all = bulk.all.map(|link| view! { <a href=link.href>{link.label}</a> });
    static_html(view! {
        <form action=bulk.action id=BULK_FORM class="bulk" aria-label=t::table_bulk(language)>
            <p><b class="chosen">{t::table_selected(language)}</b> {all}</p>
            <div>{commands}</div>
        </form>
    })
}

fn pager(
    tools: Tools<'_>,
    caption: &str,
    previous: Option<Cursor>,
    next: Option<Cursor>,
) -> Option<InertElement> {
    let language = tools.language;
    let href = |cursor: Cursor| tools.address(&tools.query.with_cursor(Some(cursor)));
    (previous.is_some() || next.is_some()).then(|| {
        let previous = previous.map(|cursor| {
            view! { <a rel="prev" href=href(cursor)>{Icon::Arrow.view()} {t::pager_previous(language)}</a> }
        });
        let next = next.map(|cursor| {
            view! { <a rel="next" href=href(cursor)>{t::pager_next(language)} {Icon::Arrow.view()}</a> }
        });
        static_html(view! { <nav class="pager" aria-label=format!("{caption}: {}", t::pager_label(language))>{previous} {next}</nav> })
    })
}
