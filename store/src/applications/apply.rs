//! Applying: with an account at once, without one once the address is confirmed.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::Moment;
use domain::accounts::EmailAddress;
use domain::applications::mail::ApplicationMail;
use domain::applications::{
    ApplicationState, CONSENT_VERSION, Cv, CvError, NewApplication, Side, kept_until,
};
use domain::text::fold;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::drafts;
use super::letters::{tell_organisation, tell_talent};

use super::rows::{self, LoadedApplication, Transition};
use super::stored_cv::StoredCv;
use crate::access::{Participant, Talent};
use crate::actor::Actor;
use crate::documents::check_cv;
use crate::entity::{accounts, applications};
use crate::letter_context::LetterContext;
use crate::mail_links;
use crate::throttle::{self, ThrottleKey};
use crate::tokens::Token;
use crate::vacancies::{ends_on, is_public};
use crate::{Error, Store};

/// Files a day from one network, such as a school's, beyond the free tries.
const UPLOADS_FREE: u32 = 450;
/// Files that somebody with an account may send in a day before pauses begin.
const UPLOADS_FREE_WITH_ACCOUNT: u32 = 50;

/// An application that somebody sends.
#[derive(Clone, Debug)]
pub struct Applying {
    /// The number of the vacancy.
    pub vacancy_id: i64,
    /// The values of the form.
    pub application: NewApplication,
    /// The CV.
    pub cv: Option<StoredCv>,
    /// The language of the page.
    pub language: Language,
    /// The network from which it comes.
    pub network: String,
    /// The browser whose draft it was.
    pub browser: Option<Token>,
}

/// What became of an application that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// The organisation has it; its number.
    Sent(i64),
    /// A mail went to this address, with what to do next.
    Mailed(EmailAddress),
    /// The talent applied before; the number of that application.
    Known(i64),
}

/// Why an application was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyRefused {
    /// The vacancy is not open any more.
    Closed,
    /// Somebody tries too often; the next may come then.
    TooOften(DateTime<Utc>),
}

impl Store {
    /// Keeps a CV, when its bytes are those of one.
    ///
    /// # Errors
    /// Its error.
    pub async fn keep_cv(
        &self,
        file_name: &str,
        bytes: Vec<u8>,
        name: [u8; 32],
    ) -> Result<Result<StoredCv, CvError>, Error> {
        // Unpacking takes a processor for a while, and pages must be answered too.
        let _place = self.cv_places.acquire().await.map_err(|_| Error::Closed)?;
        let looked = tokio::task::spawn_blocking(move || (check_cv(&bytes), bytes)).await;
        let (checked, bytes) = looked.map_err(|_| Error::BrokenOff)?;
        if let Err(error) = checked {
            return Ok(Err(error));
        }
        let cv = Cv { name: file_name.to_owned(), bytes: bytes.len() as u64 };
        Ok(Ok(StoredCv { document: self.documents.add_cv(name, bytes).await?, cv }))
    }

    /// Counts a file that somebody sends; or says when the next may come. Without an account the network counts, from which
    /// many come.
    pub async fn count_upload(
        &self,
        network: &str,
        by: Option<&Talent>,
        now: DateTime<Utc>,
    ) -> Result<Result<(), DateTime<Utc>>, Error> {
        let subject = match by {
            Some(talent) => {
                ThrottleKey::account("upload", talent.account_id).and_free(UPLOADS_FREE_WITH_ACCOUNT)
            }
            None => ThrottleKey::network("upload", network).and_free(UPLOADS_FREE),
        };
        let write = self.writer.write(move |transaction| {
            Box::pin(async move { throttle::take(transaction, &[subject], now).await })
        });
        write.await
    }

    /// Takes an application. Who is signed in sends it at once; who is not gets a mail first, and learns nothing here of
    /// what else is known of the address.
    pub async fn apply(
        &self,
        applying: Applying,
        by: Option<&Talent>,
        letter_context: LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<Result<Applied, ApplyRefused>, Error> {
        let by = by.cloned();
        let write = self.writer.write(move |transaction| {
            Box::pin(
                async move { apply(transaction, applying, by, &letter_context, Moment { now, today }).await },
            )
        });
        write.await
    }

    /// Sends an application that waits for its talent: whose address was to be confirmed, or that was withdrawn. What is
    /// sent already stays as it is.
    pub async fn confirm_application(
        &self,
        who: &Participant,
        letter_context: LetterContext,
        Moment { now, today }: Moment,
    ) -> Result<Result<(), ApplyRefused>, Error> {
        let who = who.clone();
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let mut loaded =
                    LoadedApplication::find(transaction, who.application_id).await?.ok_or(Error::NotFound)?;
                let waits =
                    matches!(loaded.state()?, ApplicationState::Unconfirmed | ApplicationState::Withdrawn);
                if who.side != Side::Talent || !waits {
                    return Ok(Ok(()));
                }
                if !is_public(&loaded.vacancy, &loaded.organisation, today) {
                    return Ok(Err(ApplyRefused::Closed));
                }
                // The mailbox is this person's: what others tried with the address is over.
                throttle::forget(transaction, &subject(&loaded.row.email)).await?;
                submit(transaction, &mut loaded, &letter_context, now).await?;
                Ok(Ok(()))
            })
        });
        write.await
    }
}

fn subject(email: &str) -> ThrottleKey {
    ThrottleKey::address("apply", email)
}

async fn apply(
    transaction: &DatabaseTransaction,
    applying: Applying,
    by: Option<Talent>,
    letter_context: &LetterContext,
    Moment { now, today }: Moment,
) -> Result<Result<Applied, ApplyRefused>, Error> {
    let Some((vacancy, organisation)) = rows::offered(transaction, applying.vacancy_id).await? else {
        return Ok(Err(ApplyRefused::Closed));
    };
    if !is_public(&vacancy, &organisation, today) {
        return Ok(Err(ApplyRefused::Closed));
    }
    // Who is signed in applies under the address of the account: that one is known to be right.
    let email = by.as_ref().map_or(&applying.application.email, |talent| &talent.email).clone();
    if by.is_none() {
        let keys = [subject(email.as_str()), ThrottleKey::network("apply", &applying.network)];
        if let Err(next) = throttle::take(transaction, &keys, now).await? {
            return Ok(Err(ApplyRefused::TooOften(next)));
        }
    }
    let browser = applying.browser.clone();
    let (row, is_new) = find_or_add(transaction, applying.clone(), &email, now).await?;
    let mut loaded = LoadedApplication { row, vacancy, organisation };
    let state = loaded.state()?;
    let is_replaced = match state {
        ApplicationState::Unconfirmed => true,
        // Only who is known to be the same may write over what was withdrawn.
        ApplicationState::Withdrawn => by.is_some(),
        _ => is_new,
    };
    // The row of an account is no other account's, whatever the address.
    let is_replaced = is_replaced
        && by.as_ref().is_none_or(|talent| loaded.row.account_id.is_none_or(|id| id == talent.account_id));
    if !is_replaced {
        if by.is_some() {
            return Ok(Ok(Applied::Known(loaded.row.id)));
        }
        tell_talent(transaction, &loaded, ApplicationMail::ApplicationKnown, letter_context, now).await?;
        return Ok(Ok(Applied::Mailed(email)));
    }
    if state == ApplicationState::Withdrawn {
        let again = ThrottleKey::address("apply again", loaded.row.id.to_string());
        if let Err(next) = throttle::take(transaction, &[again], now).await? {
            return Ok(Err(ApplyRefused::TooOften(next)));
        }
    }
    let is_own = by.as_ref().is_none_or(|talent| loaded.row.account_id == Some(talent.account_id));
    let is_same = !is_new && is_own && says_the_same(&loaded.row, &applying);
    if !is_new && !is_same {
        // Who has an older page open must not send what was filled in since.
        mail_links::revoke_of_talents(transaction, vec![loaded.row.id]).await?;
    }
    if is_same {
        begin_week(transaction, loaded.row.id, now).await?;
    } else {
        let Some(row) = fill_in(transaction, &loaded.row, applying, by.as_ref(), now).await? else {
            // It was sent at this very moment.
            return Ok(Ok(if by.is_some() { Applied::Known(loaded.row.id) } else { Applied::Mailed(email) }));
        };
        loaded.row = row;
    }
    if let Some(browser) = browser {
        drafts::forget(transaction, &browser, loaded.vacancy.id).await?;
    }
    if by.is_some() {
        submit(transaction, &mut loaded, letter_context, now).await?;
        return Ok(Ok(Applied::Sent(loaded.row.id)));
    }
    tell_talent(transaction, &loaded, ApplicationMail::ConfirmApplication, letter_context, now).await?;
    Ok(Ok(Applied::Mailed(email)))
}

/// The application of an address to a vacancy, and whether it was made just now.
async fn find_or_add(
    transaction: &DatabaseTransaction,
    applying: Applying,
    email: &EmailAddress,
    now: DateTime<Utc>,
) -> Result<(applications::Model, bool), Error> {
    use applications::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        vacancy_id: Set(applying.vacancy_id),
        name: Set(applying.application.name),
        email: Set(email.to_string()),
        language: Set(applying.language.code().to_owned()),
        motivation: Set(applying.application.motivation),
        answers: Set("[]".to_owned()),
        state: Set(ApplicationState::Unconfirmed.code().to_owned()),
        state_since: Set(now),
        reminders: Set(0),
        created_at: Set(now),
        ..Default::default()
    };
    // The same application twice at the same moment: the second finds what the first made.
    let taken = OnConflict::columns([Column::VacancyId, Column::Email]).do_nothing().to_owned();
    let added = Entity::insert(row).on_conflict(taken).exec_without_returning(transaction).await?;
    let found = Entity::find()
        .filter(Column::VacancyId.eq(applying.vacancy_id))
        .filter(Column::Email.eq(email.as_str()))
        .one(transaction)
        .await?;
    Ok((found.ok_or(Error::NotFound)?, added > 0))
}

/// The week in which an application must be confirmed begins anew.
async fn begin_week(transaction: &DatabaseTransaction, id: i64, now: DateTime<Utc>) -> Result<(), Error> {
    applications::Entity::update_many()
        .col_expr(applications::Column::CreatedAt, Expr::value(now))
        .filter(applications::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Whether somebody sent the same twice, as by pressing twice: then the link in either mail is good.
fn says_the_same(row: &applications::Model, applying: &Applying) -> bool {
    let (new, cv) = (&applying.application, applying.cv.as_ref().map(|cv| &cv.cv));
    row.name == new.name
        && row.motivation == new.motivation
        && serde_json::to_string(&new.answers).is_ok_and(|answers| answers == row.answers)
        && row.consented_at.is_some() == new.may_be_kept
        && rows::cv_of(row.cv_name.clone(), row.cv_bytes).as_ref() == cv
}

/// Fills in what was sent last, as long as nobody moved the application on.
async fn fill_in(
    transaction: &DatabaseTransaction,
    row: &applications::Model,
    applying: Applying,
    by: Option<&Talent>,
    now: DateTime<Utc>,
) -> Result<Option<applications::Model>, Error> {
    use applications::{ActiveModel, Column, Entity};
    let new = applying.application;
    let answers =
        serde_json::to_string(&new.answers).map_err(|error| Error::Unreadable(error.to_string()))?;
    let (document, cv) = applying.cv.map(|cv| (cv.document, cv.cv)).unzip();
    let account_id = match by {
        Some(talent) => Some(talent.account_id),
        None => account_of(transaction, &row.email).await?,
    };
    let filled = ActiveModel {
        account_id: Set(account_id),
        name: Set(new.name),
        language: Set(applying.language.code().to_owned()),
        motivation: Set(new.motivation),
        answers: Set(answers),
        cv_document: Set(document),
        cv_bytes: Set(cv.as_ref().map(|cv| cv.bytes as i64)),
        cv_name: Set(cv.map(|cv| cv.name)),
        consent_version: Set(new.may_be_kept.then(|| CONSENT_VERSION.to_owned())),
        consented_at: Set(new.may_be_kept.then_some(now)),
        // The week in which it must be confirmed begins anew.
        created_at: Set(now),
        ..Default::default()
    };
    let filled = Entity::update_many()
        .set(filled)
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(row.state.as_str()))
        .exec_with_returning(transaction)
        .await?;
    Ok(filled.into_iter().next())
}

async fn account_of(transaction: &DatabaseTransaction, email: &str) -> Result<Option<i64>, Error> {
    let found = accounts::Entity::find().filter(accounts::Column::Email.eq(email)).one(transaction).await?;
    Ok(found.map(|account| account.id))
}

/// Brings an application to the organisation, and tells both.
async fn submit(
    transaction: &DatabaseTransaction,
    loaded: &mut LoadedApplication,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sent = applications::ActiveModel {
        id: Set(loaded.row.id),
        organisation_id: Set(Some(loaded.organisation.id)),
        folded_name: Set(fold(&loaded.row.name)),
        submitted_at: Set(Some(now)),
        reminders: Set(0),
        ..Default::default()
    };
    loaded.row = sent.update(transaction).await?;
    let actor = Actor::person(loaded.row.account_id, loaded.row.name.clone());
    let change = Transition::to(ApplicationState::Submitted, Side::Talent, &actor);
    if !rows::move_on(transaction, loaded, change, now).await? {
        return Ok(());
    }
    let kept_until = kept_until(ends_on(&loaded.vacancy), loaded.row.consented_at.is_some());
    tell_talent(
        transaction,
        loaded,
        |about| ApplicationMail::ApplicationSent { about, kept_until },
        letter_context,
        now,
    )
    .await?;
    tell_organisation(transaction, loaded, ApplicationMail::ApplicationReceived, letter_context, now).await
}
