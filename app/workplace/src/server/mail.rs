//! Mail of the hub for the programme office: what its page and its files show, and its commands.

use domain::Language;
use domain::list::{ListQuery, ListSpec};
use domain::mail::{MAIL, MailKind};
use domain::{FieldError, FieldErrors};
use futures::TryStreamExt;
use hub::list_file::Cell;
use hub::{beginning_of, local, mail_kind_label};
use store::{Broker, ChosenRows, MailStatus, SentAgain, Talent};
use ui::{ALL_FIELD, ChosenView, ListView};
use web::{
    Access, Audience, BulkQuery, Call, Done, FileKind, Flash, ListAccess, PageError, PageRequest, PageResult,
    RequestContext, Run, chosen_rows, list_answer, list_query, private_page, views_menu,
};
use words::paths::Page;
use words::texts as t;

use crate::mail::{
    MailFlash, MailPage, MailPageProps, MailRow, SendAgain, SendAgainPage, SendAgainPageProps, column_label,
    state_label, to_label,
};

/// The right to see and to send mail: of staff who look after people.
pub struct MailAccess {
    broker: Broker,
    /// The right of the person over the views that he keeps.
    person: Talent,
}

impl Access for MailAccess {
    const AUDIENCE: Audience = Audience::Office;

    async fn grant(context: &RequestContext, _slug: &str) -> Result<Self, PageError> {
        let who = context.signed_in()?;
        Ok(Self { broker: who.broker().ok_or(PageError::NotFound)?, person: who.talent() })
    }
}

impl ListAccess for MailAccess {
    const LIST: &'static ListSpec = &MAIL;

    fn page(_slug: String) -> Page {
        Page::OfficeMail
    }

    fn person(&self) -> &Talent {
        &self.person
    }
}

impl Flash for MailFlash {
    const NOUN: &'static str = "mail";
}

/// Shows the mail as a list, as a file, or what of it is to be sent again.
pub(crate) async fn mail(request: PageRequest<MailAccess>) -> PageResult {
    let PageRequest { context, access, rejection, .. } = request;
    let (store, language) = (context.state.store(), context.language);
    let asked = context.uri.query().unwrap_or_default();
    if let Some((typed, errors)) = rejection.typed::<SendAgain>() {
        return confirm(&context, &access, &typed, errors).await;
    }
    let BulkQuery { command, chosen, all } = context.query();
    if !command.is_empty() || !all.is_empty() {
        let typed = SendAgain { chosen, all, query: asked.to_owned() };
        return confirm(&context, &access, &typed, FieldErrors::default()).await;
    }
    let query = list_query::<MailAccess>(&context, &rejection);
    if let Some(kind) = FileKind::asked(&context) {
        return Ok(file(&context, &access, &query, kind));
    }
    let page = store.page_mail(&access.broker, &query, beginning_of).await?;
    let kinds = store.list_mail_kinds(&access.broker).await?.into_iter();
    let kinds = kinds.map(|kind| (kind.clone(), kind_label(kind, language))).collect();
    let list = ListView {
        rows: page.rows.into_iter().map(|mail| row_of(mail, language)).collect(),
        previous: page.previous,
        next: page.next,
        count: store.count_mail(&access.broker, &query, beginning_of).await?,
        views: views_menu(&context, &access, &rejection).await?,
        query,
    };
    let shown = MailPageProps { list, kinds, done: context.flash(), language };
    Ok(private_page(&context, Page::OfficeMail, t::outbox_title(language), move || MailPage(shown)))
}

fn row_of(mail: MailStatus, language: Language) -> MailRow {
    MailRow {
        id: mail.id,
        state: mail.state(),
        to: mail.to,
        kind: kind_label(mail.kind, language),
        failure: mail.failure,
        attempts: mail.attempts,
        written: local(mail.created_at),
        sent: mail.sent_at.map(local),
        next: mail.due_at.map(local),
    }
}

/// What a mail of a kind is about; of a kind that this release does not know the database's own word.
fn kind_label(kind: String, language: Language) -> String {
    MailKind::from_code(&kind).map_or(kind, |kind| mail_kind_label(kind, language).to_owned())
}

/// Shows what is to be sent again.
async fn confirm(
    context: &RequestContext,
    access: &MailAccess,
    typed: &SendAgain,
    errors: FieldErrors,
) -> PageResult {
    let (store, language) = (context.state.store(), context.language);
    let page = Page::OfficeMail.path(language);
    let (list, chosen) = match typed.mails() {
        ChosenRows::Some(ids) => {
            let found = store.addresses_of_mail(&access.broker, ids).await?.into_iter();
            (page, ChosenView::Some(found.map(|(id, to)| (id, to_label(&to, language))).collect()))
        }
        ChosenRows::All { query, .. } => {
            let count = store.count_mail(&access.broker, &query, beginning_of).await?;
            let query = query.to_query_string();
            let list = if query.is_empty() { page } else { format!("{page}?{query}") };
            (list, ChosenView::All { query, count })
        }
    };
    let shown = SendAgainPageProps { list, chosen, errors, language };
    let title = t::outbox_send_again(language);
    Ok(private_page(context, Page::OfficeMail, title, move || SendAgainPage(shown)))
}

fn file(
    context: &RequestContext,
    access: &MailAccess,
    query: &ListQuery,
    kind: FileKind,
) -> axum::http::Response<axum::body::Body> {
    let (language, keys) = (context.language, query.columns().map(|column| column.key).collect::<Vec<_>>());
    let headings = keys.iter().map(|key| column_label(key, language).to_owned()).collect();
    let rows = context.state.store().stream_mail(&access.broker, query, beginning_of);
    let rows = rows.map_ok(move |mail| {
        let row = row_of(mail, language);
        keys.iter().map(|key| cell(&row, key, language)).collect()
    });
    list_answer(context, kind, t::outbox_file(language), headings, rows)
}

fn cell(row: &MailRow, key: &str, language: Language) -> Cell {
    let day = |at: Option<chrono::NaiveDateTime>| at.map_or(Cell::Empty, |at| Cell::Day(at.date()));
    match key {
        "aan" => Cell::Text(to_label(&row.to, language)),
        "soort" => Cell::Text(row.kind.clone()),
        "stand" => Cell::Text(state_label(row.state, language).to_owned()),
        "fout" => row.failure.clone().map_or(Cell::Empty, Cell::Text),
        "pogingen" => Cell::Number(row.attempts),
        "verstuurd" => day(row.sent),
        "opnieuw" => day(row.next),
        _ => day(Some(row.written)),
    }
}

impl SendAgain {
    /// The mails that are sent again.
    fn mails(&self) -> ChosenRows {
        chosen_rows(&MAIL, &self.chosen, &self.all, &self.query)
    }
}

impl Run for SendAgain {
    type Access = MailAccess;

    /// Sends again what was chosen, when it is still as many as was seen.
    async fn run(self, call: Call<MailAccess>) -> Result<Done<Self>, PageError> {
        let Call { context, access, .. } = call;
        let store = context.state.store();
        let done = store.send_mail_again(&access.broker, self.mails(), beginning_of, context.now()).await?;
        let SentAgain { again, passed_over } =
            done.map_err(|_| PageError::field(ALL_FIELD, FieldError::Wrong))?;
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let flash = MailFlash::Again { again: count(again), passed_over: count(passed_over) };
        Ok(Done::here().to(Page::OfficeMail.path(context.language)).saying(&flash))
    }
}
