//! The end of an account: because its owner wants so, on the page or by a letter to the office, or because nobody came for two
//! years.
//!
//! What goes and what stays is declared by each noun beside its tables.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::mail::AccountMail;
use domain::accounts::{EmailAddress, MemberRole, StaffRole, UNUSED_AFTER_DAYS, WARNED_DAYS_BEFORE};
use domain::mail::Message;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::rows;
use crate::access::{SecondStep, SignedIn};
use crate::actor::Actor;
use crate::applications;
use crate::audit::{Action, Stamp, Subject};
use crate::entity::accounts::{Column, Entity, Model};
use crate::entity::{memberships, organisations};
use crate::error::or_skipped;
use crate::letter_context::LetterContext;
use crate::personal_data::Departure;
use crate::tokens::Token;
use crate::{Error, Store, alerts, database, outbox, personal_tables, talents};

/// What goes with a person, or went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaving {
    /// Whether there is an account; who applied without one has applications only.
    pub has_account: bool,
    /// Applications, wherever they stand.
    pub applications: u64,
    /// Those that still run: they are withdrawn, and their organisations are told.
    pub running: u64,
    /// CVs of applications, and that of the profile.
    pub documents: u64,
    /// Whether there is a profile.
    pub has_profile: bool,
    /// Vacancies that were saved.
    pub saved_vacancies: u64,
    /// Alerts of the address.
    pub alerts: u64,
    /// The organisations of which nobody else is a manager, by name.
    pub only_manager_of: Vec<String>,
    /// Whether nobody else is a manager of the programme office.
    pub is_last_manager: bool,
}

/// Why an account is not erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EraseRefused {
    /// The programme office would have no manager any more.
    LastManager,
    /// The second step must be taken first.
    SecondStep,
}

/// What is done to accounts that nobody uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// Accounts whose owners are told that they will go.
    pub warned: u64,
    /// Accounts that go.
    pub erased: u64,
}

/// The reason of the hub, as the audit trail keeps it.
const UNUSED: &str = "unused";

/// Somebody whose data is to go.
struct Leaver {
    account: Option<Model>,
    address: String,
    language: Language,
}

impl Store {
    /// The data that would go with the account of the signed-in person. Looking changes nothing.
    pub async fn look_at_leaving(&self, who: &SignedIn) -> Result<Leaving, Error> {
        let found = Entity::find_by_id(who.account_id).one(&self.reader).await?;
        let leaver = Leaver::of_account(found.ok_or(Error::NotFound)?);
        let leaving = leaver.leaving(&self.reader).await?;
        Ok(leaving)
    }

    /// Erases the account of somebody who is signed in, all that belongs to it, and what `browser` has of applications that were not
    /// sent. A mail to the address confirms it.
    pub async fn erase_own_account(
        &self,
        who: &SignedIn,
        browser: Option<Token>,
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<Result<Leaving, EraseRefused>, Error> {
        if matches!(who.second_step, SecondStep::NotSetUp | SecondStep::Waiting) {
            return Ok(Err(EraseRefused::SecondStep));
        }
        let account_id = who.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                // Of two managers who leave at once one is the last.
                database::take_turn(transaction).await?;
                let found = Entity::find_by_id(account_id).one(transaction).await?;
                let leaver = Leaver::of_account(found.ok_or(Error::NotFound)?);
                let stamp = Stamp::of_account(account_id, now);
                erase(transaction, leaver, browser.as_ref(), false, &stamp, &letter_context).await
            })
        });
        self.finish_erasing(write.await?).await
    }

    /// What would go with an address, for who keeps the server; nothing when the hub knows nobody by it.
    pub async fn find_leaving(&self, email: &EmailAddress) -> Result<Option<Leaving>, Error> {
        let Some(leaver) = Leaver::find(&self.reader, email).await? else { return Ok(None) };
        let leaving = leaver.leaving(&self.reader).await?;
        Ok(Some(leaving))
    }

    /// Erases all that belongs to an address, for who asked for it by letter. A mail to the address confirms it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the hub knows nobody by it.
    pub async fn erase_account_of(
        &self,
        email: EmailAddress,
        letter_context: LetterContext,
        now: DateTime<Utc>,
    ) -> Result<Result<Leaving, EraseRefused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                database::take_turn(transaction).await?;
                let leaver = Leaver::find(transaction, &email).await?.ok_or(Error::NotFound)?;
                let stamp = Stamp::new(Actor::command_line(), now);
                erase(transaction, leaver, None, false, &stamp, &letter_context).await
            })
        });
        self.finish_erasing(write.await?).await
    }

    async fn finish_erasing(
        &self,
        erased: Result<(Leaving, BTreeSet<String>), EraseRefused>,
    ) -> Result<Result<Leaving, EraseRefused>, Error> {
        match erased {
            Ok((leaving, files)) => {
                self.remove_cvs(files).await?;
                Ok(Ok(leaving))
            }
            Err(refused) => Ok(Err(refused)),
        }
    }

    /// What [`Store::look_after_unused`] would do now.
    pub async fn count_unused(&self, Moment { now, today }: Moment) -> Result<Unused, Error> {
        let count = async |due: Condition| Entity::find().filter(due).count(&self.reader).await;
        Ok(Unused {
            warned: count(to_warn(now)).await?,
            erased: count(to_erase(Moment { now, today })).await?,
        })
    }

    /// Warns owners of accounts who did not come for two years less thirty days, and erases the accounts of those who did not
    /// come in the thirty days after.
    ///
    /// Only signing in, or a page that is opened while signed in, is a visit. Staff and people of organisations are left to the
    /// office, which gave them their role; and an account stays as long as an application of its owner does, which has a time
    /// of its own.
    pub async fn look_after_unused(
        &self,
        letter_context: &LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<Unused, Error> {
        self.take_warnings_back().await?;
        let mut done = Unused::default();
        for account in self.list_accounts(to_erase(Moment { now, today })).await? {
            let (id, letter_context) = (account.id, letter_context.clone());
            let write = self.writer.write(move |transaction| {
                Box::pin(async move {
                    erase_unused(transaction, account, &letter_context, Moment { now, today }).await
                })
            });
            let files = or_skipped(write.await, "an account that nobody uses", id)?;
            if let Some(files) = files {
                self.remove_cvs(files).await?;
                done.erased += 1;
            }
        }
        for account in self.list_accounts(to_warn(now)).await? {
            let id = account.id;
            let write = self.writer.write(move |transaction| {
                Box::pin(async move { warn(transaction, account, Moment { now, today }).await })
            });
            done.warned += u64::from(or_skipped(write.await, "an account that nobody uses", id)?);
        }
        Ok(done)
    }

    async fn list_accounts(&self, wanted: Condition) -> Result<Vec<Model>, Error> {
        Ok(Entity::find().filter(wanted).order_by_asc(Column::Id).all(&self.reader).await?)
    }

    /// Whoever got a role or applied since the warning is warned anew when that is over.
    async fn take_warnings_back(&self) -> Result<(), Error> {
        let in_use = || Condition::all().add(Column::WarnedOn.is_not_null()).add(unused().not());
        if Entity::find().filter(in_use()).count(&self.reader).await? == 0 {
            return Ok(());
        }
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                Entity::update_many()
                    .col_expr(Column::WarnedOn, Expr::value(None::<NaiveDate>))
                    .filter(in_use())
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        });
        write.await
    }
}

impl Leaver {
    fn of_account(account: Model) -> Self {
        let language = Language::from_code(&account.language).unwrap_or(Language::Dutch);
        Self { address: account.email.clone(), language, account: Some(account) }
    }

    /// The person with this address, with an account or with an application or alert without one.
    async fn find(connection: &impl ConnectionTrait, email: &EmailAddress) -> Result<Option<Self>, Error> {
        if let Some(account) = rows::find(connection, email).await? {
            return Ok(Some(Self::of_account(account)));
        }
        let applied = applications::of_person(connection, None, email.as_str()).await?;
        let language = match applied.last() {
            Some(row) => Some(row.language.clone()),
            None => alerts::language_of(connection, email.as_str()).await?,
        };
        Ok(language.map(|code| Self {
            account: None,
            address: email.to_string(),
            language: Language::from_code(&code).unwrap_or(Language::Dutch),
        }))
    }

    fn account_id(&self) -> Option<i64> {
        self.account.as_ref().map(|account| account.id)
    }

    /// What goes.
    async fn leaving(&self, connection: &impl ConnectionTrait) -> Result<Leaving, Error> {
        let rows = applications::of_person(connection, self.account_id(), &self.address).await?;
        let told = match self.account_id() {
            Some(id) => talents::count(connection, id).await?,
            None => talents::Told::default(),
        };
        Ok(Leaving {
            has_profile: told.has_profile,
            saved_vacancies: told.saved_vacancies,
            alerts: alerts::count(connection, &self.address).await?,
            has_account: self.account.is_some(),
            applications: rows.len() as u64,
            running: rows.iter().filter(|row| applications::is_running(row)).count() as u64,
            documents: rows.iter().filter(|row| row.cv_document.is_some()).count() as u64
                + u64::from(told.has_cv),
            only_manager_of: match self.account_id() {
                Some(id) => only_manager_of(connection, id).await?,
                None => Vec::new(),
            },
            is_last_manager: match &self.account {
                Some(account) => is_last_manager(connection, account).await?,
                None => false,
            },
        })
    }
}

async fn only_manager_of(connection: &impl ConnectionTrait, account_id: i64) -> Result<Vec<String>, Error> {
    let managed =
        || memberships::Entity::find().filter(memberships::Column::Role.eq(MemberRole::Manager.code()));
    let by_others = managed()
        .select_only()
        .column(memberships::Column::OrganisationId)
        .filter(memberships::Column::AccountId.ne(account_id));
    let alone = managed()
        .filter(memberships::Column::AccountId.eq(account_id))
        .filter(memberships::Column::OrganisationId.not_in_subquery(by_others.into_query()))
        .find_also_related(organisations::Entity)
        .all(connection)
        .await?;
    let mut names: Vec<String> =
        alone.into_iter().filter_map(|(_, organisation)| Some(organisation?.name)).collect();
    names.sort();
    Ok(names)
}

/// Whether nobody else is a manager of the programme office.
pub(super) async fn is_last_manager(
    connection: &impl ConnectionTrait,
    account: &Model,
) -> Result<bool, Error> {
    let manager = StaffRole::Manager.code();
    if account.staff_role.as_deref() != Some(manager) {
        return Ok(false);
    }
    let others = Entity::find().filter(Column::StaffRole.eq(manager)).filter(Column::Id.ne(account.id));
    Ok(others.count(connection).await? == 0)
}

/// Erases a person; returns what went, and the files that it named.
async fn erase(
    transaction: &DatabaseTransaction,
    leaver: Leaver,
    browser: Option<&Token>,
    is_unused: bool,
    stamp: &Stamp,
    letter_context: &LetterContext,
) -> Result<Result<(Leaving, BTreeSet<String>), EraseRefused>, Error> {
    let leaving = leaver.leaving(transaction).await?;
    if leaving.is_last_manager {
        return Ok(Err(EraseRefused::LastManager));
    }
    let departure = Departure {
        account_id: leaver.account_id(),
        address: &leaver.address,
        browser,
        actor: &stamp.actor,
        reason: stamp.reason(),
        at: stamp.at,
        letter_context,
    };
    let files = personal_tables::erase(transaction, &departure).await?;
    if let Some(to) = EmailAddress::parse(&leaver.address) {
        let message = Message::Account(AccountMail::AccountErased { is_unused });
        outbox::add(transaction, &to, leaver.language, &message, stamp.at).await?;
    }
    Ok(Ok((leaving, files)))
}

/// Accounts of people who have neither a role nor an application.
fn unused() -> Condition {
    use crate::entity::applications;
    let members = memberships::Entity::find().select_only().column(memberships::Column::AccountId);
    let by_account = applications::Entity::find()
        .select_only()
        .column(applications::Column::AccountId)
        .filter(applications::Column::AccountId.is_not_null());
    let by_address = applications::Entity::find()
        .select_only()
        .column(applications::Column::Email)
        .filter(applications::Column::AccountId.is_null());
    Condition::all()
        .add(Column::StaffRole.is_null())
        .add(Column::Id.not_in_subquery(members.into_query()))
        .add(Column::Id.not_in_subquery(by_account.into_query()))
        .add(Column::Email.not_in_subquery(by_address.into_query()))
}

/// Unused accounts of who did not come for almost two years, and was not told yet.
fn to_warn(now: DateTime<Utc>) -> Condition {
    let unseen = TimeDelta::days(UNUSED_AFTER_DAYS - WARNED_DAYS_BEFORE);
    unused().add(Column::SeenAt.lte(now - unseen)).add(Column::WarnedOn.is_null())
}

/// Unused accounts of who did not come in the time that the warning gave. A visit takes the warning back.
fn to_erase(Moment { now, today }: Moment) -> Condition {
    let warned =
        today.checked_sub_days(Days::new(WARNED_DAYS_BEFORE.unsigned_abs())).unwrap_or(NaiveDate::MIN);
    unused()
        .add(Column::SeenAt.lte(now - TimeDelta::days(UNUSED_AFTER_DAYS)))
        .add(Column::WarnedOn.lte(warned))
}

/// Warns the owner of one account; says no when another server did, or when somebody came.
async fn warn(
    transaction: &DatabaseTransaction,
    account: Model,
    Moment { now, today }: Moment,
) -> Result<bool, Error> {
    let claimed = Entity::update_many()
        .col_expr(Column::WarnedOn, Expr::value(today))
        .filter(Column::Id.eq(account.id))
        .filter(to_warn(now))
        .exec(transaction)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(false);
    }
    let unreadable = |column: &str| Error::Unreadable(format!("{column} of account {}", account.id));
    let email = EmailAddress::parse(&account.email).ok_or_else(|| unreadable("email"))?;
    let language = Language::from_code(&account.language).ok_or_else(|| unreadable("language"))?;
    let erased_on = today + Days::new(WARNED_DAYS_BEFORE.unsigned_abs());
    outbox::add(
        transaction,
        &email,
        language,
        &Message::Account(AccountMail::AccountUnused { erased_on }),
        now,
    )
    .await?;
    let stamp = Stamp::new(Actor::hub(), now).because(UNUSED);
    stamp.note(transaction, Action::Warned, Subject::Account, account.id).await?;
    Ok(true)
}

/// Erases one account; returns its files, or nothing when another server was first, or when somebody came.
async fn erase_unused(
    transaction: &DatabaseTransaction,
    account: Model,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<Option<BTreeSet<String>>, Error> {
    // Holds the row, so that who comes at this very moment waits, or is first.
    let claimed = Entity::update_many()
        .col_expr(Column::WarnedOn, Expr::col(Column::WarnedOn))
        .filter(Column::Id.eq(account.id))
        .filter(to_erase(Moment { now, today }))
        .exec(transaction)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(None);
    }
    let stamp = Stamp::new(Actor::hub(), now).because(UNUSED);
    let erased = erase(transaction, Leaver::of_account(account), None, true, &stamp, letter_context).await?;
    Ok(erased.ok().map(|(_, files)| files))
}
