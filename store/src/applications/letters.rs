//! Letters about what happens to an application. Every mail has a link of its own, which lets its reader in.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::applications::Side;
use domain::applications::mail::{AboutApplication, ApplicationMail};
use domain::mail::Message;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::rows::LoadedApplication;
use crate::Error;
use crate::entity::{accounts, memberships, organisations};
use crate::letter_context::LetterContext;
use crate::mail_links::{self, LinkHolder, LinkTarget};
use crate::outbox::{self, About};

/// Somebody who answers for an organisation.
pub(crate) struct Recipient {
    pub(crate) email: EmailAddress,
    pub(crate) language: Language,
    /// The name by which others read who did something.
    pub(crate) label: String,
    /// The account, of somebody who has one here.
    pub(crate) account_id: Option<i64>,
}

/// Writes to the talent of an application.
pub(super) async fn tell_talent(
    transaction: &DatabaseTransaction,
    loaded: &LoadedApplication,
    message: impl FnOnce(AboutApplication) -> ApplicationMail,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (email, language) = loaded.talent(transaction).await?;
    let (label, account_id) = (loaded.row.name.clone(), loaded.row.account_id);
    let talent = Recipient { email, language, label, account_id };
    let link = add_link(transaction, loaded.row.id, Side::Talent, &talent, letter_context, now).await?;
    let (to, message) = (&talent.email, message(loaded.about(link)).into());
    outbox::add_about(transaction, About::Application(loaded.row.id), to, talent.language, &message, now)
        .await
}

/// Writes to all who answer for an organisation.
pub(super) async fn tell_organisation(
    transaction: &DatabaseTransaction,
    loaded: &LoadedApplication,
    message: impl Fn(AboutApplication) -> ApplicationMail,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for person in recipients(transaction, &loaded.organisation, letter_context).await? {
        let link =
            add_link(transaction, loaded.row.id, Side::Organisation, &person, letter_context, now).await?;
        let (to, message) = (&person.email, message(loaded.about(link)).into());
        outbox::add_about(transaction, About::Application(loaded.row.id), to, person.language, &message, now)
            .await?;
    }
    Ok(())
}

/// Tells all who answer for an organisation that a talent withdrew and had all erased: there is nothing left to link to.
pub(super) async fn tell_erased(
    transaction: &DatabaseTransaction,
    loaded: &LoadedApplication,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let message = Message::Application(ApplicationMail::ApplicationErased {
        vacancy: loaded.vacancy.title.clone(),
        talent: loaded.row.name.clone(),
    });
    for person in recipients(transaction, &loaded.organisation, letter_context).await? {
        outbox::add(transaction, &person.email, person.language, &message, now).await?;
    }
    Ok(())
}

/// The recipients of an organisation's letters: its people here; without any, the address that it gave; else the office.
pub(crate) async fn recipients(
    transaction: &DatabaseTransaction,
    organisation: &organisations::Model,
    letter_context: &LetterContext,
) -> Result<Vec<Recipient>, Error> {
    let mut recipients = colleagues(transaction, organisation.id).await?;
    if recipients.is_empty() {
        let own = organisation.email.as_deref().and_then(EmailAddress::parse);
        // What the office answers is not said by the organisation's contact.
        let contact = organisation.contact_name.clone().filter(|_| own.is_some());
        let email = own.unwrap_or_else(|| letter_context.office.clone());
        let label = contact.unwrap_or_else(|| email.to_string());
        recipients.push(Recipient { email, language: letter_context.language, label, account_id: None });
    }
    Ok(recipients)
}

/// The people of an organisation who have an account here.
pub(crate) async fn colleagues(
    transaction: &DatabaseTransaction,
    organisation_id: i64,
) -> Result<Vec<Recipient>, Error> {
    let people = memberships::Entity::find()
        .filter(memberships::Column::OrganisationId.eq(organisation_id))
        .find_also_related(accounts::Entity)
        .all(transaction)
        .await?;
    let colleagues = people.into_iter().filter_map(|(_, account)| {
        let account = account?;
        Some(Recipient {
            email: EmailAddress::parse(&account.email)?,
            language: Language::from_code(&account.language)?,
            label: account.name.unwrap_or(account.email),
            account_id: Some(account.id),
        })
    });
    Ok(colleagues.collect())
}

/// Whether somebody to whom a link went still answers for the organisation: a colleague until he leaves, an address until
/// colleagues are known.
pub(crate) async fn still_answers(
    connection: &impl ConnectionTrait,
    account_id: Option<i64>,
    organisation_id: i64,
) -> Result<bool, Error> {
    let colleagues =
        memberships::Entity::find().filter(memberships::Column::OrganisationId.eq(organisation_id));
    let Some(account_id) = account_id else { return Ok(colleagues.one(connection).await?.is_none()) };
    let membership = colleagues.filter(memberships::Column::AccountId.eq(account_id));
    Ok(membership.one(connection).await?.is_some())
}

async fn add_link(
    transaction: &DatabaseTransaction,
    application_id: i64,
    side: Side,
    to: &Recipient,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let holder = LinkHolder { account_id: to.account_id, label: to.label.clone() };
    let target = LinkTarget::Application { id: application_id, side };
    mail_links::add(transaction, target, holder, letter_context, now).await
}
