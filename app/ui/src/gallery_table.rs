//! Tables in every state, for the gallery.

use domain::Language;
use domain::list::{Column, Cursor, Direction, FilterKind, ListQuery, ListSpec, Position, SavedView, Sort};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use crate::badge::Badge;
use crate::empty_state::EmptyState;
use crate::heading::SectionHeading;
use crate::link::Link;
use crate::list_view::ViewsMenu;
use crate::static_html::static_html;
use crate::table::{BulkBar, Table, TableRow};
use crate::table_tools::TableColumn;

static PEOPLE: ListSpec = ListSpec {
    name: "people",
    columns: &[
        Column { key: "name", is_sortable: true, is_shown: true, filter: Some(FilterKind::Text) },
        Column {
            key: "state",
            is_sortable: false,
            is_shown: true,
            filter: Some(FilterKind::Choice(&["new", "seen"])),
        },
        Column { key: "received", is_sortable: true, is_shown: true, filter: Some(FilterKind::Days) },
        Column { key: "note", is_sortable: false, is_shown: false, filter: None },
    ],
    sort: Sort { column: "received", direction: Direction::Descending },
    page_size: 25,
    has_search: true,
    has_board: false,
};

const PAGE: &str = "/stijl";

fn columns() -> Vec<TableColumn> {
    let states = [("new", "New"), ("seen", "Seen")].map(|(value, label)| (value.into(), label.into()));
    vec![
        TableColumn::new("Name"),
        TableColumn::new("State").with_choices(states.to_vec()),
        TableColumn::new("Received"),
        TableColumn::new("Note"),
    ]
}

fn rows() -> Vec<TableRow> {
    let row = |id: &str, name: &'static str, state: &'static str, received: Option<&'static str>| {
        let cells = vec![
            static_html(view! { <a href="#">{name}</a> <small>"Programming a welding robot"</small> }),
            static_html(view! { <Badge>{state}</Badge> }),
            static_html(received.map(|day| view! { {day} <small class="late">"waits for 9 days"</small> })),
        ];
        TableRow { id: id.to_owned(), name: name.to_owned(), cells }
    };
    vec![
        row("1", "Fenna te Riele", "Seen", Some("12 November 2026")),
        row("2", "Jonas Weber", "Seen", Some("21 November 2026")),
        row("3", "Merve Aydın", "Seen", None),
    ]
}

fn nobody() -> InertElement {
    static_html(view! {
        <EmptyState name="People" title="Nobody applied yet">
            <p>"Share your vacancy."</p>
        </EmptyState>
    })
}

/// A table with all its parts, one of which no row matches, and one without rows.
#[component]
pub(super) fn Tables() -> impl IntoView {
    let cursor = |position| Cursor { position, id: 1, value: None };
    let query = ListQuery::parse(&PEOPLE, "q=er&state=seen&received-van=2026-11-01&sorteer=name");
    let saved =
        ["state=new", "state=seen"].map(|asked| SavedView::stored(asked.to_owned(), asked.to_owned()));
    let views = ViewsMenu {
        saved: saved.to_vec(),
        done: Some("This view is kept.".into()),
        refused: Some("A view needs a name.".into()),
    };
    let bulk = BulkBar {
        action: PAGE.into(),
        commands: vec![("talk".into(), "Invite".into()), ("decline".into(), "Decline".into())],
        all: Some(Link::new("#", "All 312 that match")),
    };
    let full = view! {
        <Table
            page=PAGE
            caption="People"
            search_label="Search by name"
            query=query
            columns=columns()
            rows=rows()
            count="312 people"
            previous=Some(cursor(Position::Before))
            next=Some(cursor(Position::After))
            views=Some(views)
            bulk=Some(bulk)
            exports=vec![Link::new("#", "CSV"), Link::new("#", "Excel")]
            empty=nobody()
            language=Language::English
        />
    };
    let unmatched = view! {
        <Table
            page=PAGE
            caption="People"
            search_label="Search by name"
            query=ListQuery::parse(&PEOPLE, "state=new")
            columns=columns()
            rows=Vec::new()
            count="0 people"
            empty=nobody()
            language=Language::English
        />
    };
    let empty = view! {
        <Table
            page=PAGE
            caption="People"
            query=ListQuery::new(&PEOPLE)
            columns=columns()
            rows=Vec::new()
            count="0 people"
            empty=nobody()
            language=Language::English
        />
    };
    static_html(view! {
        <section class="section">
            <SectionHeading title="Tables" />
            {full}
            {unmatched}
            {empty}
        </section>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html() -> String {
        Owner::new().with(|| Tables().into_view().to_html())
    }

    #[test]
    fn a_table_works_by_links_and_forms_alone() {
        let html = html();
        for part in [
            // Sorted by its column; once more goes the other way, from the first page, with the same filters.
            r#"aria-sort="ascending""#,
            r#"href="/stijl?q=er&amp;state=seen&amp;received-van=2026-11-01&amp;sorteer=-name""#,
            // Each filter can go alone, and all at once.
            r#"href="/stijl?q=er&amp;received-van=2026-11-01&amp;sorteer=name""#,
            r#"href="/stijl?state=seen&amp;received-van=2026-11-01&amp;sorteer=name""#,
            r#"href="/stijl?q=er&amp;state=seen&amp;sorteer=name""#,
            r#"href="/stijl?sorteer=name""#,
            // Another page keeps the question.
            r#"sorteer=name&amp;na=1""#,
            r#"sorteer=name&amp;voor=1""#,
            // A row belongs to the form of the bar.
            r#"name="id[]" value="2" form="bulk""#,
            // The filters carry the order along, and the order the filters.
            r#"<input type="hidden" name="sorteer" value="name">"#,
            r#"<input type="hidden" name="received-van" value="2026-11-01">"#,
            r#"<input type="hidden" name="query" value="q=er&amp;state=seen&amp;received-van=2026-11-01&amp;sorteer=name">"#,
            "Nobody applied yet",
            "No row matches what you look for",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("<table").count(), 1, "none without rows");
        assert_eq!(html.matches(r#"<td class="empty">"#).count(), 1, "a card of a phone names no empty cell");
        assert_eq!(
            html.matches(r#"class="table-tools""#).count(),
            2,
            "nothing to filter where there is nothing"
        );
    }
}
