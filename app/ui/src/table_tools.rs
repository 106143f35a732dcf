//! The tools above a table: search, filters, saved views, columns and order, files.

use domain::Language;
use domain::list::{
    COLUMN_FIELD, Column, DayRange, Direction, FilterKind, Layout, ListQuery, PAGE_SIZE_FIELD, PAGE_SIZES,
    SEARCH_FIELD, SORT_FIELD, SavedView, Sort,
};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use words::{format, texts as t};

use crate::chip::{Chip, ChipList};
use crate::icon::Icon;
use crate::link::Link;
use crate::static_html::static_html;

/// A column of a list, as a table says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableColumn {
    /// The heading.
    pub label: String,
    /// The values of its filter, where it has some: what an address says, and what people read.
    pub choices: Vec<(String, String)>,
}

impl TableColumn {
    /// A column without values to choose from.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), choices: Vec::new() }
    }

    /// The same column, with values to choose from.
    #[must_use]
    pub fn with_choices(self, choices: Vec<(String, String)>) -> Self {
        Self { choices, ..self }
    }

    /// What people read for a value.
    fn choice<'a>(&'a self, value: &'a str) -> &'a str {
        self.choices.iter().find(|(other, _)| other == value).map_or(value, |(_, label)| label)
    }
}

/// What the tools need to know of a table.
#[derive(Clone, Copy)]
pub(crate) struct Tools<'a> {
    pub(crate) page: &'a str,
    pub(crate) query: &'a ListQuery,
    pub(crate) columns: &'a [TableColumn],
    pub(crate) language: Language,
}

impl<'a> Tools<'a> {
    /// The address of another question to the same list.
    pub(crate) fn address(self, query: &ListQuery) -> String {
        let query = query.to_query_string();
        if query.is_empty() { self.page.to_owned() } else { format!("{}?{query}", self.page) }
    }

    /// Every column of the list with what the table says of it.
    fn named(self) -> impl Iterator<Item = (&'static Column, &'a TableColumn)> {
        self.query.spec().columns.iter().zip(self.columns)
    }

    /// The columns that are shown.
    pub(crate) fn shown(self) -> impl Iterator<Item = (&'static Column, &'a TableColumn)> {
        self.named().filter(move |(column, _)| self.query.shows(column))
    }

    /// All tools, in a row.
    pub(crate) fn view(
        self,
        search_label: String,
        views: Option<Vec<SavedView>>,
        exports: Vec<Link>,
    ) -> InertElement {
        let views = views.map(|views| self.views(views));
        let exports = (!exports.is_empty()).then(|| self.exports(exports));
        // A board has its own columns, each in one order.
        let rows_menu = (self.query.layout() == Layout::Table).then(|| self.rows_menu());
        static_html(view! {
            <div class="table-tools">
                {self.filters(search_label)} {self.layouts()} {views} {rows_menu} {exports}
            </div>
        })
    }

    /// Search and filters: one form, so that either keeps the other.
    fn filters(self, search_label: String) -> InertElement {
        let language = self.language;
        let search = self.query.spec().has_search.then(|| {
            let value = self.query.search().to_owned();
            view! {
                <label class="table-search">
                    {Icon::Search.view()}
                    <span class="hidden">{search_label.clone()}</span>
                    <input type="search" name=SEARCH_FIELD value=value placeholder=search_label />
                </label>
            }
        });
        let fields: Vec<InertElement> =
            self.named().filter_map(|(column, named)| self.filter(column, named)).collect();
        let menu = (!fields.is_empty()).then(|| {
            view! {
                <details class="table-menu" name="table-tools">
                    <summary class="button">{Icon::Filter.view()} {t::table_filters(language)}</summary>
                    <div>
                        {fields} <p><button class="button primary">{t::table_show(language)}</button></p>
                    </div>
                </details>
            }
        });
        static_html(view! {
            <form action=self.page.to_owned() class="table-filters">
                <search aria-label=t::table_filters(language)>
                    {search} {menu}
                    {hidden_fields(self.query.view_pairs())}
                </search>
            </form>
        })
    }

    /// The fields by which a list is filtered by a column.
    fn filter(self, column: &'static Column, named: &TableColumn) -> Option<InertElement> {
        match column.filter? {
            FilterKind::Text => {
                let value = self.query.text(column.key).to_owned();
                Some(static_html(view! {
                    <label class="field">{named.label.clone()} <input name=column.key value=value /></label>
                }))
            }
            FilterKind::Choice(_) | FilterKind::Reference => {
                (!named.choices.is_empty()).then(|| self.choices(column, named))
            }
            FilterKind::Days => Some(self.days(column, named)),
        }
    }

    fn choices(self, column: &'static Column, named: &TableColumn) -> InertElement {
        let choices = named.choices.iter().map(|(value, label)| {
            let is_chosen = self.query.has_choice(column.key, value);
            tick(column.key, value.clone(), label.clone(), is_chosen)
        });
        let choices = choices.collect_view();
        static_html(
            view! { <fieldset class="facet"><legend>{named.label.clone()}</legend> {choices}</fieldset> },
        )
    }

    fn days(self, column: &'static Column, named: &TableColumn) -> InertElement {
        let DayRange { from, until } = self.query.days(column.key);
        let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        static_html(view! {
            <fieldset class="facet">
                <legend>{named.label.clone()}</legend>
                <label>
                    {t::table_from(self.language)} <input type="date" name=column.first_day_field() value=text(from) />
                </label>
                <label>
                    {t::table_until(self.language)} <input type="date" name=column.last_day_field() value=text(until) />
                </label>
            </fieldset>
        })
    }

    /// The same list as a table and as a board, where it has both.
    fn layouts(self) -> Option<InertElement> {
        let language = self.language;
        self.query.spec().has_board.then(|| {
            let links = Layout::ALL.map(|layout| {
                let label = match layout {
                    Layout::Table => t::table_layout_table(language),
                    Layout::Board => t::table_layout_board(language),
                };
                let current = (self.query.layout() == layout).then_some("true");
                view! { <a href=self.address(&self.query.with_layout(layout)) aria-current=current>{label}</a> }
            });
            static_html(view! {
                <nav class="table-layouts" aria-label=t::table_layouts(language)>{links.collect_view()}</nav>
            })
        })
    }

    /// Columns, order and page size: order is here too, as a phone shows no headings.
    fn rows_menu(self) -> InertElement {
        let language = self.language;
        let columns = self.named().map(|(column, named)| {
            tick(COLUMN_FIELD, column.key.to_owned(), named.label.clone(), self.query.shows(column))
        });
        let columns = columns.collect_view();
        let sizes = PAGE_SIZES.map(|size| {
            view! { <option selected=size == self.query.page_size()>{size}</option> }
        });
        static_html(view! {
            <details class="table-menu" name="table-tools">
                <summary class="button">{t::table_layout(language)}</summary>
                <form action=self.page.to_owned()>
                    {hidden_fields(self.query.filter_pairs())} <fieldset class="facet">
                        <legend>{t::table_columns(language)}</legend>
                        {columns}
                    </fieldset> <label class="field">
                        {t::table_sort(language)} <select name=SORT_FIELD>{self.orders()}</select>
                    </label> <label class="field">
                        {t::table_page_size(language)} <select name=PAGE_SIZE_FIELD>{sizes.collect_view()}</select>
                    </label> <p><button class="button primary">{t::table_show(language)}</button></p>
                </form>
            </details>
        })
    }

    fn orders(self) -> impl IntoView {
        let sortable = self.named().filter(|(column, _)| column.is_sortable);
        let orders = sortable.flat_map(|(column, named)| {
            [Direction::Ascending, Direction::Descending].map(|direction| {
                let sort = Sort { column: column.key, direction };
                let label = match direction {
                    Direction::Ascending => t::table_ascending(self.language, &named.label),
                    Direction::Descending => t::table_descending(self.language, &named.label),
                };
                view! { <option value=sort.to_string() selected=sort == self.query.sort()>{label}</option> }
            })
        });
        orders.collect_view()
    }

    /// The views that somebody keeps, and a form that keeps this one.
    fn views(self, views: Vec<SavedView>) -> InertElement {
        let language = self.language;
        let here = self.query.from_first_page().to_query_string();
        let current =
            views.iter().find(|view| view.query_string() == here).map(|view| view.name().to_owned());
        let all = (here.is_empty() || current.is_none()).then(|| t::table_view_all(language).to_owned());
        let summary = match current.or(all.filter(|_| here.is_empty())) {
            Some(name) => t::table_view(language, name),
            None => t::table_views(language).to_owned(),
        };
        let kept: Vec<InertElement> = views.iter().map(|view| self.saved_view(view, &here)).collect();
        let everything = here.is_empty().then_some("page");
        static_html(view! {
            <details class="table-menu" name="table-tools">
                <summary class="button">{summary}</summary>
                <div>
                    <ul class="table-views">
                        <li><a href=self.page.to_owned() aria-current=everything>{t::table_view_all(language)}</a></li>
                        {kept}
                    </ul>
                    <form method="post" action=self.page.to_owned()>
                        <input type="hidden" name="do" value="save-view" />
                        <input type="hidden" name="query" value=here />
                        <label class="field">
                            {t::table_view_name(language)} <input name="name" required maxlength="60" autocomplete="off" />
                        </label>
                        <button class="button">{t::table_view_save(language)}</button>
                    </form>
                </div>
            </details>
        })
    }

    fn saved_view(self, view: &SavedView, here: &str) -> InertElement {
        let name = view.name().to_owned();
        let current = (view.query_string() == here).then_some("page");
        let remove = t::table_view_remove(self.language, &name);
        static_html(view! {
            <li>
                <a href=view.address(self.page) aria-current=current dir="auto">
                    {name.clone()}
                </a>
                <form method="post" action=self.page.to_owned()>
                    <input type="hidden" name="name" value=name />
                    <button class="bare" name="do" value="remove-view" aria-label=remove>
                        {Icon::Close.view()}
                    </button>
                </form>
            </li>
        })
    }

    fn exports(self, exports: Vec<Link>) -> InertElement {
        let links = exports.into_iter().map(|link| {
            view! { <li><a href=link.href download>{Icon::Download.view()} {link.label}</a></li> }
        });
        let links = links.collect_view();
        static_html(view! {
            <details class="table-menu" name="table-tools">
                <summary class="button">{t::table_export(self.language)}</summary>
                <div><ul class="table-views">{links}</ul></div>
            </details>
        })
    }

    /// A chip for every filter that is on, each a link to the same list without it.
    pub(crate) fn chips(self) -> Option<InertElement> {
        let on = self.filters_on();
        let clear = (on.len() > 1).then(|| {
            let href = self.address(&self.query.without_filters());
            view! { <li><a class="chip-clear" href=href>{t::table_clear(self.language)}</a></li> }
        });
        (!on.is_empty()).then(|| {
            let chips = on.into_iter().map(|(without, label)| {
                let action = t::table_remove(self.language, &label);
                view! { <Chip href=self.address(&without) label=label action=action /> }
            });
            let chips = chips.collect_view();
            static_html(view! {
                <ChipList label=t::table_chosen(self.language)>{chips} {clear}</ChipList>
            })
        })
    }

    /// Every filter that is on: the list without it, and what people read.
    fn filters_on(self) -> Vec<(ListQuery, String)> {
        let query = self.query;
        let mut on = Vec::new();
        if !query.search().is_empty() {
            on.push((query.with_search(""), format!("“{}”", query.search())));
        }
        for (column, named) in self.named() {
            let (key, label) = (column.key, &named.label);
            if !query.text(key).is_empty() {
                on.push((query.with_text(key, ""), format!("{label}: {}", query.text(key))));
            }
            for value in query.choices(key) {
                on.push((query.without_choice(key, value), named.choice(value).to_owned()));
            }
            let days = query.days(key);
            if days != DayRange::default() {
                let text = format!("{label}: {}", self.day_range(days));
                on.push((query.with_days(key, DayRange::default()), text));
            }
        }
        on
    }

    fn day_range(self, DayRange { from, until }: DayRange) -> String {
        let text = |day: Option<chrono::NaiveDate>| {
            day.map(|day| format::date(day, self.language)).unwrap_or_default()
        };
        format!("{} – {}", text(from), text(until)).trim().to_owned()
    }
}

/// Fields of a form that nobody sees.
pub(crate) fn hidden_fields(pairs: Vec<(String, String)>) -> impl IntoView {
    let field = |(name, value)| view! { <input type="hidden" name=name value=value /> };
    pairs.into_iter().map(field).collect_view()
}

fn tick(name: &'static str, value: String, label: String, is_chosen: bool) -> impl IntoView {
    view! {
        <label class="opt">
            <input type="checkbox" name=name value=value checked=is_chosen />
            <span>{label}</span>
        </label>
    }
}
