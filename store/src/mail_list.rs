//! Mail as the programme office lists it: filtered, sorted, paged, counted and exported, and sent again.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::SIGN_IN_LASTS;
use domain::accounts::mail::AccountMailKind;
use domain::list::{DayRange, ListQuery};
use domain::mail::MailState;
use futures::{Stream, TryStreamExt};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::access::Broker;
use crate::audit::{self, Action, Changes, Stamp, Subject};
use crate::bulk::ChosenRows;
use crate::database;
use crate::entity::outbox::{Column, Entity, Model};
use crate::error::Error;
use crate::keyset::{Keyset, ListPage, holding};
use crate::outbox::{EMPTIED, MailStatus, status};
use crate::store::Store;
use crate::writer::AT_ONCE;

/// The number of rows that an export reads at once.
const CHUNK: u16 = 500;
/// Kinds of mail with a link that works for [`SIGN_IN_LASTS`] only.
const SHORT_LIVED: [&str; 2] = [AccountMailKind::SignIn.code(), AccountMailKind::ConfirmAddress.code()];

/// The moment at which a day begins on the hub's own clock.
pub type DayBegins = fn(NaiveDate) -> DateTime<Utc>;

/// What became of mails that were to be sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentAgain {
    /// The number of mails that are tried again.
    pub again: u64,
    /// The number of those that stayed as they were.
    pub passed_over: u64,
}

impl MailStatus {
    /// How it stands with the mail.
    pub fn state(&self) -> MailState {
        match (self.sent_at, self.due_at) {
            (Some(_), _) => MailState::Sent,
            (None, Some(_)) => MailState::Waiting,
            (None, None) => MailState::GivenUp,
        }
    }
}

impl Store {
    /// A page of mail; `query` is one of [`domain::mail::MAIL`].
    pub async fn page_mail(
        &self,
        _broker: &Broker,
        query: &ListQuery,
        begins: DayBegins,
    ) -> Result<ListPage<MailStatus>, Error> {
        let rows = matching(query, begins);
        let page = keyset(query).page(&self.reader, rows, query.cursor(), query.page_size()).await?;
        page.try_map(|row| Ok(status(row)))
    }

    /// How many mails match a query.
    pub async fn count_mail(
        &self,
        _broker: &Broker,
        query: &ListQuery,
        begins: DayBegins,
    ) -> Result<u64, Error> {
        Ok(matching(query, begins).count(&self.reader).await?)
    }

    /// All mails that match a query, in its order, for an export.
    pub fn stream_mail(
        &self,
        _broker: &Broker,
        query: &ListQuery,
        begins: DayBegins,
    ) -> impl Stream<Item = Result<MailStatus, Error>> + use<> {
        keyset(query).stream(self.reader.clone(), matching(query, begins), CHUNK).map_ok(status)
    }

    /// The kinds of mail that there are.
    pub async fn list_mail_kinds(&self, _broker: &Broker) -> Result<Vec<String>, Error> {
        let kinds = Entity::find().select_only().column(Column::Kind).distinct().order_by_asc(Column::Kind);
        Ok(kinds.into_tuple().all(&self.reader).await?)
    }

    /// The addresses of the mails with these numbers, by number; others are left out.
    pub async fn addresses_of_mail(
        &self,
        _broker: &Broker,
        ids: Vec<i64>,
    ) -> Result<Vec<(i64, String)>, Error> {
        let rows = Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Id);
        Ok(rows.all(&self.reader).await?.into_iter().map(|row| (row.id, row.to_address)).collect())
    }

    /// Sends mail again that was given up; or says how many match, when these are not as many as somebody confirmed. What was
    /// sent, is still tried, is forgotten or holds a link that works no longer stays as it is.
    pub async fn send_mail_again(
        &self,
        broker: &Broker,
        chosen: ChosenRows,
        begins: DayBegins,
        now: DateTime<Utc>,
    ) -> Result<Result<SentAgain, u64>, Error> {
        let ids = match chosen {
            ChosenRows::Some(ids) => ids,
            ChosenRows::All { query, count } => {
                let ids = ids_of(&self.reader, &query, begins).await?;
                if ids.len() as u64 != count {
                    return Ok(Err(ids.len() as u64));
                }
                ids
            }
        };
        let mut again = 0;
        for chunk in ids.chunks(AT_ONCE as usize) {
            let (chunk, stamp) = (chunk.to_vec(), Stamp::of_account(broker.staff().account_id, now));
            let write = self
                .writer
                .write(move |transaction| Box::pin(async move { retry(transaction, chunk, &stamp).await }));
            again += write.await?;
        }
        Ok(Ok(SentAgain { again, passed_over: ids.len() as u64 - again }))
    }
}

/// Lets those of some mails that can be sent again be due now; returns how many.
async fn retry(transaction: &DatabaseTransaction, ids: Vec<i64>, stamp: &Stamp) -> Result<u64, Error> {
    database::take_turn(transaction).await?;
    let rows = Entity::find().filter(Column::Id.is_in(ids)).filter(is_in(MailState::GivenUp));
    let rows = rows.all(transaction).await?.into_iter().filter(|row| can_be_sent(row, stamp.at));
    let ids: Vec<i64> = rows.map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(0);
    }
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(stamp.at))
        .col_expr(Column::Attempts, Expr::value(0))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(transaction)
        .await?;
    let records =
        ids.iter().map(|id| stamp.record(Action::SentAgain, Subject::Mail, *id, &Changes::new())).collect();
    audit::add(transaction, records).await?;
    Ok(ids.len() as u64)
}

/// Whether a mail that was given up still has what it takes to be sent.
fn can_be_sent(row: &Model, now: DateTime<Utc>) -> bool {
    let is_late = SHORT_LIVED.contains(&row.kind.as_str()) && row.created_at + SIGN_IN_LASTS <= now;
    row.message != EMPTIED && !row.to_address.is_empty() && !is_late
}

fn matching(query: &ListQuery, begins: DayBegins) -> Select<Entity> {
    let mut rows = Entity::find();
    if !query.search().is_empty() {
        rows = rows.filter(Column::ToAddress.like(holding(query.search())));
    }
    let kinds: Vec<&str> = query.choices("soort").collect();
    if !kinds.is_empty() {
        rows = rows.filter(Column::Kind.is_in(kinds));
    }
    let states: Vec<MailState> = query.choices("stand").filter_map(MailState::from_word).collect();
    if !states.is_empty() {
        rows = rows.filter(states.into_iter().fold(Condition::any(), |any, state| any.add(is_in(state))));
    }
    let DayRange { from, until } = query.days("geschreven");
    let after = until.and_then(|until| until.succ_opt()).map(begins);
    let written = Condition::all()
        .add_option(from.map(begins).map(|from| Column::CreatedAt.gte(from)))
        .add_option(after.map(|after| Column::CreatedAt.lt(after)));
    rows.filter(written)
}

fn is_in(state: MailState) -> Condition {
    match state {
        MailState::Waiting => Condition::all().add(Column::SentAt.is_null()).add(Column::DueAt.is_not_null()),
        MailState::Sent => Condition::all().add(Column::SentAt.is_not_null()),
        MailState::GivenUp => Condition::all().add(Column::SentAt.is_null()).add(Column::DueAt.is_null()),
    }
}

fn keyset(query: &ListQuery) -> Keyset<Entity> {
    let column = match query.sort().column {
        "aan" => Column::ToAddress,
        _ => Column::CreatedAt,
    };
    Keyset { column, id: Column::Id, direction: query.sort().direction, has_gaps: false }
}

async fn ids_of(
    connection: &impl ConnectionTrait,
    query: &ListQuery,
    begins: DayBegins,
) -> Result<Vec<i64>, Error> {
    let numbers = keyset(query).numbers(matching(query, begins), None, query.sort().direction);
    Ok(numbers.into_tuple().all(connection).await?)
}
