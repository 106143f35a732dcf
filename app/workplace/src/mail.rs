//! Mail of the hub for the programme office: what waits, what was sent, what was given up and can be sent again.

use chrono::NaiveDateTime;
use domain::list::ListQuery;
use domain::mail::{MAIL, MailState};
use domain::{FieldErrors, Language, command};
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use serde::{Deserialize, Serialize};
use ui::{
    ALL_FIELD, Badge, BulkBar, Button, ButtonKind, ChosenView, EmptyState, ListView, Notice, NoticeKind,
    Table, TableColumn, TableRow, all_link, file_links, static_html,
};
use words::paths::Page;
use words::{format, texts as t};

/// The value of the button that leads to sending again.
const SEND_AGAIN: &str = "send-again";

/// A mail, without what it says.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Its number.
    pub id: i64,
    /// Where it goes; empty when the hub may not know it any more.
    pub to: String,
    /// What it is about, as lists of mail say it.
    pub kind: String,
    /// How it stands with it.
    pub state: MailState,
    /// Why the last attempt failed, in the words of the mail server.
    pub failure: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was written, on the hub's own clock.
    pub written: NaiveDateTime,
    /// When it was sent.
    pub sent: Option<NaiveDateTime>,
    /// When it is tried next.
    pub next: Option<NaiveDateTime>,
}

command! {
    /// Sends mail again that was given up: the chosen ones, or all that match.
    "mail" "send-again" => pub struct SendAgain {
        /// The numbers of the chosen mails.
        #[serde(rename = "id")]
        pub chosen: Vec<String>,
        /// The number of all that match, as it was seen; empty when some were chosen.
        #[serde(rename = "alles")]
        pub all: String,
        /// The filters that all of these match, as the address of the list has them.
        pub query: String,
    }
}

/// The result of a change, as the page of mail says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailFlash {
    /// Mails are sent again.
    Again {
        /// The number of those that are.
        again: u32,
        /// The number of those that stayed as they were.
        passed_over: u32,
    },
}

impl MailFlash {
    fn text(self, language: Language) -> String {
        match self {
            Self::Again { again, passed_over: 0 } => t::outbox_again(language, again),
            Self::Again { again, passed_over } => {
                let told = t::outbox_again(language, again);
                format!("{told} {}", t::outbox_passed_over(language, passed_over))
            }
        }
    }
}

/// The mail of the hub.
#[component]
pub fn MailPage(
    /// The mails.
    list: ListView<MailRow>,
    /// The kinds of mail that there are: as an address says them, and as people read them.
    kinds: Vec<(String, String)>,
    /// The result of the last change.
    done: Option<MailFlash>,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let done = done.map(|done| view! { <Notice><p>{done.text(language)}</p></Notice> });
    static_html(view! {
        <div class="wrap page-top">
            <h1>{t::outbox_title(language)}</h1>
            <p class="lead">{t::outbox_lead(language)}</p>
            {done}
            {table(list, kinds, language)}
        </div>
    })
}

fn table(list: ListView<MailRow>, kinds: Vec<(String, String)>, language: Language) -> InertElement {
    let (all, shown_count) = (list.has_more(), list.shown_count());
    let ListView { query, rows, count, previous, next, views } = list;
    let page = Page::OfficeMail.path(language);
    let bulk = BulkBar {
        action: page.clone(),
        commands: vec![(SEND_AGAIN.to_owned(), t::outbox_send_again(language).to_owned())],
        all: all.then(|| all_link(&page, &query, count, language)),
    };
    let exports = file_links(&page, &query, language);
    let rows = rows.into_iter().map(|row| row_view(row, &query, language)).collect();
    let empty = static_html(view! {
        <EmptyState name="mail".to_owned() title=t::outbox_empty(language)>
            <p>{t::outbox_empty_hint(language)}</p>
        </EmptyState>
    });
    static_html(view! {
        <Table
            page=page
            caption=t::outbox_title(language)
            search_label=t::outbox_search(language)
            columns=columns(&kinds, language)
            count=t::outbox_count(language, shown_count)
            query=query
            rows=rows
            previous=previous
            next=next
            views=Some(views)
            bulk=Some(bulk)
            exports=exports
            empty=empty
            language=language
        />
    })
}

/// The page on which sending again is confirmed.
#[component]
pub fn SendAgainPage(
    /// The list from which one came.
    list: String,
    /// The mails that are sent again.
    chosen: ChosenView,
    /// Why it was not done.
    errors: FieldErrors,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let count = chosen.count();
    if count == 0 {
        return static_html(view! {
            <div class="wrap narrow page-top">
                <EmptyState name="mail".to_owned() title=t::outbox_none(language) is_page=true>
                    <p>{t::outbox_none_hint(language)}</p>
                    <p><a class="button" href=list>{t::received_answer_back(language)}</a></p>
                </EmptyState>
            </div>
        });
    }
    // Others were written or given up since it was seen how many these are.
    let refusal = errors.get(ALL_FIELD).map(|_| {
        view! { <Notice kind=NoticeKind::Error><p>{t::outbox_other_count(language, count)}</p></Notice> }
    });
    let told = chosen.view(|count| t::outbox_all(language, count));
    static_html(view! {
        <div class="wrap narrow page-top">
            <h1>{t::outbox_confirm(language, count)}</h1>
            {refusal}
            {told}
            <p class="hint">{t::outbox_skips(language)}</p>
            <form method="post" class="stack">
                {chosen.fields()}
                <Button kind=ButtonKind::Primary name="do" value=SEND_AGAIN>
                    {t::outbox_send_again(language)}
                </Button>
            </form>
            <p><a href=list>{t::received_answer_back(language)}</a></p>
        </div>
    })
}

/// The label of a column of the mail.
pub fn column_label(key: &str, language: Language) -> &'static str {
    match key {
        "aan" => t::outbox_to(language),
        "soort" => t::outbox_kind(language),
        "stand" => t::outbox_state(language),
        "fout" => t::outbox_failure(language),
        "pogingen" => t::outbox_attempts(language),
        "verstuurd" => t::outbox_sent_at(language),
        "opnieuw" => t::outbox_next(language),
        _ => t::outbox_written(language),
    }
}

fn columns(kinds: &[(String, String)], language: Language) -> Vec<TableColumn> {
    let column = |column: &domain::list::Column| {
        let choices = match column.key {
            "soort" => kinds.to_vec(),
            "stand" => {
                let states = MailState::ALL.iter();
                states
                    .map(|state| (state.word().to_owned(), state_label(*state, language).to_owned()))
                    .collect()
            }
            _ => Vec::new(),
        };
        TableColumn::new(column_label(column.key, language)).with_choices(choices)
    };
    MAIL.columns.iter().map(column).collect()
}

fn row_view(row: MailRow, query: &ListQuery, language: Language) -> TableRow {
    let cells = query.columns().map(|column| cell(&row, column.key, language)).collect();
    TableRow { id: row.id.to_string(), name: to_label(&row.to, language), cells }
}

fn cell(row: &MailRow, key: &str, language: Language) -> InertElement {
    match key {
        "aan" => static_html(view! { <span dir="auto">{to_label(&row.to, language)}</span> }),
        "soort" => static_html(row.kind.clone()),
        "stand" => {
            let (label, is_over) = (state_label(row.state, language), row.state != MailState::Waiting);
            static_html(view! { <Badge is_over=is_over>{label}</Badge> })
        }
        "fout" => static_html(row.failure.clone()),
        "pogingen" => static_html(row.attempts.to_string()),
        "verstuurd" => static_html(row.sent.map(|at| moment(at, language))),
        "opnieuw" => static_html(row.next.map(|at| moment(at, language))),
        _ => moment(row.written, language),
    }
}

fn moment(at: NaiveDateTime, language: Language) -> InertElement {
    let shown = format!("{}, {}", format::date(at.date(), language), format::time(at, language));
    static_html(view! { <time datetime=at.format("%Y-%m-%dT%H:%M").to_string()>{shown}</time> })
}

/// Where a mail went, or that this is not known any more.
pub fn to_label(to: &str, language: Language) -> String {
    if to.is_empty() { t::outbox_forgotten(language).to_owned() } else { to.to_owned() }
}

/// How it stands with a mail.
pub fn state_label(state: MailState, language: Language) -> &'static str {
    match state {
        MailState::Waiting => t::outbox_waiting(language),
        MailState::Sent => t::outbox_sent(language),
        MailState::GivenUp => t::outbox_given_up(language),
    }
}
