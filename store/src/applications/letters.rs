//! Who is told of what happens to an application. Every mail has a link of its own, which lets in who reads it.

use chrono::{DateTime, Utc};
use domain::Language;
use domain::accounts::EmailAddress;
use domain::applications::Side;
use domain::mail::{AboutApplication, Message};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::rows::Case;
use crate::entity::{accounts, application_links, memberships, organisations};
use crate::secrets::Secret;
use crate::{Chance, Error, outbox};

/// What the programme office gives to every letter.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Gives the secrets of links.
    pub chance: Chance,
    /// Gets the mail of organisations that gave no address.
    pub office: EmailAddress,
    /// The language of mail to who never said which.
    pub language: Language,
}

impl Desk {
    /// The office of a hub.
    pub fn new(chance: Chance, office: EmailAddress, language: Language) -> Self {
        Self { chance, office, language }
    }

    /// A secret for a link.
    pub(crate) fn secret(&self) -> Secret {
        let mut bytes = [0; 32];
        (self.chance)(&mut bytes);
        Secret::of(bytes)
    }
}

/// Writes to the talent of an application.
pub(super) async fn tell_talent(
    transaction: &DatabaseTransaction,
    case: &Case,
    message: impl FnOnce(AboutApplication) -> Message,
    desk: &Desk,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (email, language) = case.talent(transaction).await?;
    let link = add_link(transaction, case.row.id, Side::Talent, &case.row.name, desk, now).await?;
    outbox::add(transaction, &email, language, &message(case.about(link)), now).await
}

/// Writes to all who answer for an organisation: its people here; without any, the address that it gave; else the office.
pub(super) async fn tell_organisation(
    transaction: &DatabaseTransaction,
    case: &Case,
    message: impl Fn(AboutApplication) -> Message,
    desk: &Desk,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for (email, language, actor) in recipients(transaction, &case.organisation, desk).await? {
        let link = add_link(transaction, case.row.id, Side::Organisation, &actor, desk, now).await?;
        outbox::add(transaction, &email, language, &message(case.about(link)), now).await?;
    }
    Ok(())
}

/// Who answers for an organisation: address, language, and the name by which others read who did something.
pub(crate) async fn recipients(
    transaction: &DatabaseTransaction,
    organisation: &organisations::Model,
    desk: &Desk,
) -> Result<Vec<(EmailAddress, Language, String)>, Error> {
    let people = memberships::Entity::find()
        .filter(memberships::Column::OrganisationId.eq(organisation.id))
        .find_also_related(accounts::Entity)
        .all(transaction)
        .await?;
    let mut recipients: Vec<_> = people
        .into_iter()
        .filter_map(|(_, account)| {
            let account = account?;
            let language = Language::from_code(&account.language)?;
            let actor = account.name.unwrap_or_else(|| account.email.clone());
            Some((EmailAddress::parse(&account.email)?, language, actor))
        })
        .collect();
    if recipients.is_empty() {
        let own = organisation.email.as_deref().and_then(EmailAddress::parse);
        let email = own.unwrap_or_else(|| desk.office.clone());
        let actor = organisation.contact_name.clone().unwrap_or_else(|| email.to_string());
        recipients.push((email, desk.language, actor));
    }
    Ok(recipients)
}

async fn add_link(
    transaction: &DatabaseTransaction,
    application_id: i64,
    side: Side,
    actor: &str,
    desk: &Desk,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let secret = desk.secret();
    let row = application_links::ActiveModel {
        application_id: Set(application_id),
        side: Set(side.code().to_owned()),
        actor: Set(actor.to_owned()),
        secret_hash: Set(secret.hash()),
        created_at: Set(now),
        ..Default::default()
    };
    application_links::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(secret.to_text())
}
