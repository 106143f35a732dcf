//! Signing in: by a link or a code in a mail, or by a password.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::mail::AccountMail;
use domain::accounts::{CODE_TRIES, EmailAddress, SIGN_IN_LASTS};
use domain::mail::Message;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{rows, sessions};
use crate::access::SignedIn;
use crate::audit::{self, Action, Stamp};
use crate::entity::{accounts, sign_ins};
use crate::throttle::{self, ThrottleKey};
use crate::tokens::{Code, Token};
use crate::{Error, Store, alerts, applications, outbox};

/// What somebody typed who wants to sign in.
#[derive(Clone, Debug)]
pub struct SignInRequest {
    /// The address; nobody says whether there is an account.
    pub email: EmailAddress,
    /// The language of the page.
    pub language: Language,
    /// The path of the page where the person wanted to go.
    pub wanted: String,
    /// The network from which the person asks.
    pub network: String,
}

/// The tokens of one way to sign in.
#[derive(Clone, Debug)]
pub struct SignInTokens {
    /// In the link of the mail.
    pub link: Token,
    /// With the browser that asked.
    pub browser: Token,
    /// To be copied from the mail.
    pub code: Code,
}

/// The browser that gets a session.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The token of its new session.
    pub token: Token,
    /// The name that it gives itself.
    pub device: String,
    /// The network that it is in.
    pub network: String,
}

/// What a link leads to, before anybody presses the button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignIn {
    /// Whose address it is.
    pub email: EmailAddress,
    /// Whether it makes an account.
    pub is_new: bool,
    /// Whether it gives an account this address, instead of signing in.
    pub changes_address: bool,
    /// Where the person wanted to go.
    pub wanted: String,
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// There is no such link.
    Unknown,
    /// It worked already.
    Used,
    /// Its time is over.
    Expired,
    /// The account changed since: the address is another's now.
    Overtaken,
}

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The link leads nowhere.
    Link(LinkError),
    /// The code, or address and password, are not right.
    Wrong,
    /// It was tried too often; the next try may come then.
    TooOften(DateTime<Utc>),
}

/// Somebody who was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetIn {
    /// The person.
    pub who: SignedIn,
    /// Where the person wanted to go.
    pub wanted: String,
    /// Whether the account has another address since.
    pub changed_address: bool,
}

impl Store {
    /// Sends a mail with a link and a code. What happens is the same whether there is an account or not.
    pub async fn ask_sign_in(
        &self,
        asked: SignInRequest,
        tokens: SignInTokens,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let keys = [
                    ThrottleKey::address("mail", asked.email.as_str()),
                    ThrottleKey::network("mail", &asked.network),
                ];
                if let Err(next) = throttle::take(transaction, &keys, now).await? {
                    return Ok(Err(Refused::TooOften(next)));
                }
                let message = Message::Account(AccountMail::SignIn {
                    link: tokens.link.to_text(),
                    code: tokens.code.digits().to_owned(),
                });
                add(transaction, None, &asked, &tokens, now).await?;
                outbox::add(transaction, &asked.email, asked.language, &message, now).await?;
                Ok(Ok(()))
            })
        });
        write.await
    }

    /// Sends a mail to another address for the account of somebody who is signed in.
    pub async fn ask_address_change(
        &self,
        who: &SignedIn,
        asked: SignInRequest,
        tokens: SignInTokens,
        now: DateTime<Utc>,
    ) -> Result<Result<(), Refused>, Error> {
        let account_id = who.account_id;
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let account = account_id.to_string();
                let keys = [
                    ThrottleKey::address("mail", asked.email.as_str()),
                    ThrottleKey::address("change", account),
                ];
                if let Err(next) = throttle::take(transaction, &keys, now).await? {
                    return Ok(Err(Refused::TooOften(next)));
                }
                let message = Message::Account(AccountMail::ConfirmAddress {
                    link: tokens.link.to_text(),
                    code: tokens.code.digits().to_owned(),
                });
                add(transaction, Some(account_id), &asked, &tokens, now).await?;
                outbox::add(transaction, &asked.email, asked.language, &message, now).await?;
                Ok(Ok(()))
            })
        });
        write.await
    }

    /// What a link leads to. Looking changes nothing: programs that guard mailboxes open links too.
    pub async fn find_sign_in(
        &self,
        link: &Token,
        now: DateTime<Utc>,
    ) -> Result<Result<PendingSignIn, LinkError>, Error> {
        let by_link = sign_ins::Entity::find().filter(sign_ins::Column::LinkHash.eq(link.hash()));
        let row = match usable(by_link.one(&self.reader).await?, now) {
            Ok(row) => row,
            Err(error) => return Ok(Err(error)),
        };
        let email = address_of(&row)?;
        let known = rows::find(&self.reader, &email).await?;
        if row.account_id.is_some() && known.is_some() {
            return Ok(Err(LinkError::Overtaken));
        }
        Ok(Ok(PendingSignIn {
            is_new: known.is_none() && row.account_id.is_none(),
            changes_address: row.account_id.is_some(),
            wanted: row.wanted,
            email,
        }))
    }

    /// Where the mail went that a browser asked for, while its code works.
    pub async fn find_asked(
        &self,
        browser: &Token,
        now: DateTime<Utc>,
    ) -> Result<Option<EmailAddress>, Error> {
        let by_browser = sign_ins::Entity::find().filter(sign_ins::Column::BrowserHash.eq(browser.hash()));
        match usable(by_browser.one(&self.reader).await?, now) {
            Ok(row) => Ok(Some(address_of(&row)?)),
            Err(_) => Ok(None),
        }
    }

    /// Lets in who pressed the button behind a link.
    pub async fn sign_in_by_link(
        &self,
        link: Token,
        browser: Browser,
        now: DateTime<Utc>,
    ) -> Result<Result<LetIn, Refused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let by_link = sign_ins::Entity::find().filter(sign_ins::Column::LinkHash.eq(link.hash()));
                match usable(by_link.one(transaction).await?, now) {
                    Ok(row) => let_in(transaction, row, &browser, now).await,
                    Err(error) => Ok(Err(Refused::Link(error))),
                }
            })
        });
        write.await
    }

    /// Lets in who typed the code in the browser that asked for it. Five wrong codes end it.
    pub async fn sign_in_by_code(
        &self,
        asked_by: Token,
        code: Option<Code>,
        browser: Browser,
        now: DateTime<Utc>,
    ) -> Result<Result<LetIn, Refused>, Error> {
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                let by_browser =
                    sign_ins::Entity::find().filter(sign_ins::Column::BrowserHash.eq(asked_by.hash()));
                let row = match usable(by_browser.one(transaction).await?, now) {
                    Ok(row) => row,
                    Err(error) => return Ok(Err(Refused::Link(error))),
                };
                // Counted before it is compared, and by the database, so that many tries at once count too.
                let counted = sign_ins::Entity::update_many()
                    .col_expr(sign_ins::Column::CodeTries, Expr::col(sign_ins::Column::CodeTries).add(1))
                    .filter(sign_ins::Column::Id.eq(row.id))
                    .filter(sign_ins::Column::CodeTries.lt(CODE_TRIES as i32))
                    .exec(transaction)
                    .await?;
                if counted.rows_affected == 0 {
                    return Ok(Err(Refused::Link(LinkError::Expired)));
                }
                let is_right = code.is_some_and(|code| code.hash(&row.browser_hash) == row.code_hash);
                if is_right { let_in(transaction, row, &browser, now).await } else { Ok(Err(Refused::Wrong)) }
            })
        });
        write.await
    }

    /// Lets in who knows the password. An unknown address, and an account without a password, take as long.
    pub async fn sign_in_by_password(
        &self,
        asked: SignInRequest,
        password: String,
        browser: Browser,
        now: DateTime<Utc>,
    ) -> Result<Result<LetIn, Refused>, Error> {
        let address = ThrottleKey::address("password", asked.email.as_str());
        let keys = [address.clone(), ThrottleKey::network("password", &browser.network)];
        let count = self
            .writer
            .write(move |transaction| Box::pin(async move { throttle::take(transaction, &keys, now).await }));
        if let Err(next) = count.await? {
            return Ok(Err(Refused::TooOften(next)));
        }
        let account = rows::find(&self.reader, &asked.email).await?;
        let hash = account.as_ref().and_then(|account| account.password_hash.clone());
        let is_right = self.hasher.is_right(password, hash).await?;
        let Some(account) = account.filter(|_| is_right) else { return Ok(Err(Refused::Wrong)) };
        let write = self.writer.write(move |transaction| {
            Box::pin(async move {
                throttle::forget(transaction, &address).await?;
                sessions::begin(transaction, account, &browser.token, browser.device, now).await
            })
        });
        Ok(Ok(LetIn { who: write.await?, wanted: asked.wanted, changed_address: false }))
    }
}

async fn add(
    transaction: &DatabaseTransaction,
    account_id: Option<i64>,
    asked: &SignInRequest,
    tokens: &SignInTokens,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let browser_hash = tokens.browser.hash();
    let row = sign_ins::ActiveModel {
        email: Set(asked.email.to_string()),
        account_id: Set(account_id),
        language: Set(asked.language.code().to_owned()),
        wanted: Set(asked.wanted.clone()),
        link_hash: Set(tokens.link.hash()),
        code_hash: Set(tokens.code.hash(&browser_hash)),
        browser_hash: Set(browser_hash),
        code_tries: Set(0),
        created_at: Set(now),
        ..Default::default()
    };
    sign_ins::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

fn usable(row: Option<sign_ins::Model>, now: DateTime<Utc>) -> Result<sign_ins::Model, LinkError> {
    let row = row.ok_or(LinkError::Unknown)?;
    if row.used_at.is_some() {
        Err(LinkError::Used)
    } else if now - row.created_at >= SIGN_IN_LASTS {
        Err(LinkError::Expired)
    } else {
        Ok(row)
    }
}

fn address_of(row: &sign_ins::Model) -> Result<EmailAddress, Error> {
    EmailAddress::parse(&row.email).ok_or_else(|| Error::Unreadable(format!("email of sign-in {}", row.id)))
}

/// Uses a link or code up, and begins a session.
async fn let_in(
    transaction: &DatabaseTransaction,
    row: sign_ins::Model,
    browser: &Browser,
    now: DateTime<Utc>,
) -> Result<Result<LetIn, Refused>, Error> {
    // Two who press at once: one of them is first.
    let used = sign_ins::Entity::update_many()
        .col_expr(sign_ins::Column::UsedAt, Expr::value(now))
        .filter(sign_ins::Column::Id.eq(row.id))
        .filter(sign_ins::Column::UsedAt.is_null())
        .exec(transaction)
        .await?;
    if used.rows_affected == 0 {
        return Ok(Err(Refused::Link(LinkError::Used)));
    }
    let email = address_of(&row)?;
    let changed_address = row.account_id.is_some();
    let account = if let Some(account_id) = row.account_id {
        change_address(transaction, account_id, &email, now).await?
    } else {
        let language = Language::from_code(&row.language).unwrap_or(Language::Dutch);
        Some(rows::find_or_add(transaction, &email, language, None, now).await?)
    };
    let Some(account) = account else { return Ok(Err(Refused::Link(LinkError::Overtaken))) };
    // The mailbox is this person's: what others tried with the address is over.
    throttle::forget(transaction, &ThrottleKey::address("mail", email.as_str())).await?;
    throttle::forget(transaction, &ThrottleKey::address("password", email.as_str())).await?;
    let who = sessions::begin(transaction, account, &browser.token, browser.device.clone(), now).await?;
    Ok(Ok(LetIn { who, wanted: row.wanted, changed_address }))
}

/// Gives an account another address, tells the old one, and ends what began with the old one. Nothing when another account
/// has the address by now.
async fn change_address(
    transaction: &DatabaseTransaction,
    account_id: i64,
    email: &EmailAddress,
    now: DateTime<Utc>,
) -> Result<Option<accounts::Model>, Error> {
    if rows::find(transaction, email).await?.is_some() {
        return Ok(None);
    }
    let Some(account) = accounts::Entity::find_by_id(account_id).one(transaction).await? else {
        return Ok(None);
    };
    let language = Language::from_code(&account.language).unwrap_or(Language::Dutch);
    if let Some(old) = EmailAddress::parse(&account.email) {
        let message = Message::Account(AccountMail::AddressChanged { address: email.to_string() });
        outbox::add(transaction, &old, language, &message, now).await?;
        // Links that were sent to the old address would make a new account of it; they were not meant so.
        sign_ins::Entity::update_many()
            .col_expr(sign_ins::Column::UsedAt, Expr::value(now))
            .filter(sign_ins::Column::Email.eq(old.as_str()))
            .filter(sign_ins::Column::UsedAt.is_null())
            .exec(transaction)
            .await?;
    }
    let stamp = Stamp::of_account(account_id, now);
    stamp.note(transaction, Action::AddressChanged, audit::Subject::Account, account_id).await?;
    applications::follow_account(transaction, account_id, &account.email, email.as_str()).await?;
    alerts::follow_account(transaction, &account.email, email.as_str()).await?;
    let changed = accounts::Entity::update_many()
        .col_expr(accounts::Column::Email, Expr::value(email.as_str()))
        .filter(accounts::Column::Id.eq(account_id))
        .exec_with_returning(transaction)
        .await?;
    Ok(changed.into_iter().next())
}
