//! What talent and organisation do with an application: steps, messages, consent.

use chrono::{DateTime, Utc};
use domain::applications::mail::ApplicationMail;
use domain::applications::{ApplicationState, CONSENT_VERSION, Side, Step};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::letters::{tell_organisation, tell_talent};
use super::rows::{self, LoadedApplication, NewEntry, Transition};
use crate::access::Participant;
use crate::actor::Actor;
use crate::audit::{self, Action, Stamp};
use crate::entity::accounts;
use crate::entity::applications::{Column, Entity, Model};
use crate::letter_context::LetterContext;
use crate::throttle::{self, ThrottleKey};
use crate::{Error, Store};

/// Messages a day beyond the free tries.
const MESSAGES_FREE: u32 = 15;

impl Store {
    /// Takes a step, with words to the other side when there are any. Says no when the application no longer stands where
    /// the step begins: somebody else was faster, or a link is old.
    pub async fn take_step(
        &self,
        who: &Participant,
        step: Step,
        text: Option<String>,
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let mut loaded =
                    LoadedApplication::find(transaction, who.application_id).await?.ok_or(Error::NotFound)?;
                take(transaction, &mut loaded, &who, step, text, &letter_context, now).await
            })
        });
        write.await
    }

    /// Withdraws all other applications of the same talent that still run; returns how many those were.
    pub async fn withdraw_others(
        &self,
        who: &Participant,
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<u32, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let mut count = 0;
                for row in others(transaction, &who).await? {
                    let other = Participant { application_id: row.id, ..who.clone() };
                    let mut loaded = LoadedApplication::of(transaction, row).await?;
                    if take(transaction, &mut loaded, &other, Step::Withdraw, None, &letter_context, now)
                        .await?
                    {
                        count += 1;
                    }
                }
                Ok(count)
            })
        });
        write.await
    }

    /// How many other applications of the same talent still run; nothing for anybody else.
    pub async fn count_others(&self, who: &Participant) -> Result<u32, Error> {
        Ok(others(&self.reader, who).await?.len() as u32)
    }

    /// Writes a message to the other side; or says when the next may come, when there were many.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an application that the organisation does not have.
    pub async fn write_message(
        &self,
        who: &Participant,
        text: String,
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<Result<(), DateTime<Utc>>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let loaded = LoadedApplication::find(transaction, who.application_id).await?;
                let loaded =
                    loaded.filter(|loaded| loaded.row.submitted_at.is_some()).ok_or(Error::NotFound)?;
                let subject = format!("{} {}", who.application_id, who.side.code());
                let subject = ThrottleKey::address("message", subject).and_free(MESSAGES_FREE);
                if let Err(next) = throttle::take(transaction, &[subject], now).await? {
                    return Ok(Err(next));
                }
                let entry = NewEntry {
                    side: who.side,
                    actor: &who.actor,
                    state: None,
                    reason: None,
                    text: Some(text.clone()),
                };
                rows::add_entry(transaction, loaded.row.id, entry, now).await?;
                let by = who.side;
                let message = |about| ApplicationMail::ApplicationMessage { about, by, text: text.clone() };
                let told = match who.side {
                    Side::Talent => {
                        tell_organisation(transaction, &loaded, message, &letter_context, now).await
                    }
                    Side::Organisation | Side::Hub => {
                        tell_talent(transaction, &loaded, message, &letter_context, now).await
                    }
                };
                told.map(Ok)
            })
        });
        write.await
    }

    /// Gives or takes back the talent's consent that the application is kept for a year.
    pub async fn change_consent(
        &self,
        who: &Participant,
        may_be_kept: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if who.side != Side::Talent {
            return Err(Error::NotFound);
        }
        let (id, version) = (who.application_id, may_be_kept.then_some(CONSENT_VERSION));
        let action = if may_be_kept { Action::ConsentGiven } else { Action::ConsentWithdrawn };
        // The name stays with the application; this record outlives that.
        let actor = Actor { label: who.side.code().to_owned(), ..who.actor.clone() };
        let stamp = Stamp::new(actor, now);
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let changed = Entity::update_many()
                    .col_expr(Column::ConsentVersion, Expr::value(version))
                    .col_expr(Column::ConsentedAt, Expr::value(may_be_kept.then_some(now)))
                    .filter(Column::Id.eq(id))
                    .exec(transaction)
                    .await?;
                if changed.rows_affected == 0 {
                    return Err(Error::NotFound);
                }
                stamp.note(transaction, action, audit::Subject::Application, id).await
            })
        });
        write.await
    }
}

pub(super) async fn take(
    transaction: &DatabaseTransaction,
    loaded: &mut LoadedApplication,
    who: &Participant,
    step: Step,
    text: Option<String>,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    if matches!(step, Step::See)
        && who.side == Side::Organisation
        && loaded.state()? == ApplicationState::Expired
    {
        return open_late(transaction, loaded, who, now).await;
    }
    let state = step.leads_to();
    let mut change = Transition::to(state, who.side, &who.actor);
    change.text.clone_from(&text);
    match step {
        Step::Decline(reason) => change.reason = Some(reason),
        Step::Place(day) => change.placed_from = Some(day),
        Step::See | Step::Talk | Step::Offer | Step::Accept | Step::Withdraw => {}
    }
    let (reason, placed_from) = (change.reason, change.placed_from);
    if !rows::move_on(transaction, loaded, change, now).await? {
        return Ok(false);
    }
    let message =
        |about| ApplicationMail::ApplicationMoved { about, state, reason, text: text.clone(), placed_from };
    match who.side {
        Side::Talent => tell_organisation(transaction, loaded, message, letter_context, now).await?,
        // That somebody looked stands in the timeline; it is no news that fills a mailbox.
        Side::Organisation | Side::Hub if state == ApplicationState::Seen => {}
        Side::Organisation | Side::Hub => {
            tell_talent(transaction, loaded, message, letter_context, now).await?;
        }
    }
    Ok(true)
}

/// Notes that an application was opened whose time had passed: it may still be answered. Where it stands does not change.
async fn open_late(
    transaction: &DatabaseTransaction,
    loaded: &LoadedApplication,
    who: &Participant,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    if loaded.clone().read(transaction).await?.is_opened() {
        return Ok(true);
    }
    let entry = NewEntry {
        side: who.side,
        actor: &who.actor,
        state: Some(ApplicationState::Seen),
        reason: None,
        text: None,
    };
    rows::add_entry(transaction, loaded.row.id, entry, now).await?;
    Ok(true)
}

/// The other applications of the talent that still run.
async fn others(connection: &impl ConnectionTrait, who: &Participant) -> Result<Vec<Model>, Error> {
    let Some(this) = Entity::find_by_id(who.application_id).one(connection).await? else {
        return Ok(Vec::new());
    };
    if who.side != Side::Talent {
        return Ok(Vec::new());
    }
    let account = match this.account_id {
        Some(id) => accounts::Entity::find_by_id(id).one(connection).await?,
        None => {
            accounts::Entity::find().filter(accounts::Column::Email.eq(&this.email)).one(connection).await?
        }
    };
    // What was sent before there was an account, or without signing in, is the same person's.
    let own = match account {
        Some(account) => rows::is_of_person(Some(account.id), &account.email),
        None => rows::is_of_person(None, &this.email),
    };
    let running = ApplicationState::ALL.iter().filter(|state| state.is_running()).map(|state| state.code());
    let rows = Entity::find()
        .filter(own)
        .filter(Column::Id.ne(this.id))
        .filter(Column::State.is_in(running))
        .all(connection)
        .await?;
    Ok(rows)
}
