//! Links in mails: each gives whoever has it a right over one thing, without signing in. Only a hash of its token is kept.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::EmailAddress;
use domain::alerts::ALERT_LINK_LASTS;
use domain::applications::Side;
use domain::mail::QUESTION_LINK_LASTS;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
};

use crate::Error;
use crate::actor::Actor;
use crate::entity::alerts;
use crate::entity::mail_links::{ActiveModel, Column, Entity, Model};
use crate::letter_context::LetterContext;
use crate::personal_data::{Departure, Erasing, Export, TableDeclaration, Turn, erased};
use crate::tokens::Token;

/// How long a link to alerts still says that nothing comes any more; then the address goes too.
const LINKS_OF_NOTHING_KEPT_FOR: TimeDelta = TimeDelta::days(1);

/// What the table of links holds of persons. Links to an application go with it.
pub(crate) const TABLES: &[TableDeclaration] = &[TableDeclaration::of_persons(
    "mail_links",
    Export::Nothing("it only recognises links that the person has"),
    Erasing::By(Turn::BeforeAccount, |transaction, departure| erased(erase(transaction, departure))),
)];

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// An application, with the right of a side.
    Application {
        /// Its number.
        id: i64,
        /// The side.
        side: Side,
    },
    /// An inquiry, with this number.
    Inquiry(i64),
    /// The alerts of an address.
    Alerts {
        /// The address.
        address: EmailAddress,
        /// The alert that the mail was about, as long as there is one.
        alert_id: Option<i64>,
    },
}

/// The person to whom the mail of a link went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkHolder {
    /// The account, of a recipient who has one.
    pub(crate) account_id: Option<i64>,
    /// The name by which others read who did something; empty where nobody does.
    pub(crate) label: String,
}

/// A link in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailLink {
    pub(crate) target: LinkTarget,
    pub(crate) holder: LinkHolder,
    pub(crate) created_at: DateTime<Utc>,
}

impl LinkHolder {
    /// Who acts by the link.
    pub(crate) fn actor(self) -> Actor {
        Actor::person(self.account_id, self.label)
    }
}

/// Makes a link; gives the text of its token, which is not kept.
pub(crate) async fn add(
    transaction: &DatabaseTransaction,
    target: LinkTarget,
    holder: LinkHolder,
    letter_context: &LetterContext,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let token = letter_context.token();
    let mut row = ActiveModel {
        id: NotSet,
        application_id: Set(None),
        side: Set(None),
        inquiry_id: Set(None),
        alerts_address: Set(None),
        alert_id: Set(None),
        account_id: Set(holder.account_id),
        actor_label: Set(holder.label),
        secret_hash: Set(token.hash()),
        created_at: Set(now),
    };
    match target {
        LinkTarget::Application { id, side } => {
            row.application_id = Set(Some(id));
            row.side = Set(Some(side.code().to_owned()));
        }
        LinkTarget::Inquiry(id) => row.inquiry_id = Set(Some(id)),
        LinkTarget::Alerts { address, alert_id } => {
            row.alerts_address = Set(Some(address.to_string()));
            row.alert_id = Set(alert_id);
        }
    }
    Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(token.to_text())
}

/// The link with a token, however old it is.
pub(crate) async fn find(
    connection: &impl ConnectionTrait,
    token: &Token,
) -> Result<Option<MailLink>, Error> {
    let row = Entity::find().filter(Column::SecretHash.eq(token.hash())).one(connection).await?;
    row.map(read).transpose()
}

fn read(row: Model) -> Result<MailLink, Error> {
    let unreadable = || Error::Unreadable(format!("target of link {}", row.id));
    let target = match (row.application_id, row.inquiry_id) {
        (Some(id), _) => {
            let side = row.side.as_deref().and_then(Side::from_code).ok_or_else(unreadable)?;
            LinkTarget::Application { id, side }
        }
        (None, Some(id)) => LinkTarget::Inquiry(id),
        (None, None) => {
            let address = row.alerts_address.as_deref().and_then(EmailAddress::parse);
            LinkTarget::Alerts { address: address.ok_or_else(unreadable)?, alert_id: row.alert_id }
        }
    };
    let holder = LinkHolder { account_id: row.account_id, label: row.actor_label };
    Ok(MailLink { target, holder, created_at: row.created_at })
}

/// Links of mail to an account lead nowhere any more.
pub(crate) async fn revoke_of_account(
    transaction: &DatabaseTransaction,
    account_id: i64,
) -> Result<(), Error> {
    revoke(transaction, Condition::all().add(Column::AccountId.eq(account_id))).await
}

/// Links by which talents reach these applications lead nowhere any more.
pub(crate) async fn revoke_of_talents(
    transaction: &DatabaseTransaction,
    application_ids: Vec<i64>,
) -> Result<(), Error> {
    let of_talents = Condition::all()
        .add(Column::ApplicationId.is_in(application_ids))
        .add(Column::Side.eq(Side::Talent.code()));
    revoke(transaction, of_talents).await
}

/// Links to the alerts of an address lead nowhere any more.
pub(crate) async fn revoke_of_alerts(transaction: &DatabaseTransaction, address: &str) -> Result<(), Error> {
    revoke(transaction, Condition::all().add(Column::AlertsAddress.eq(address))).await
}

async fn revoke(transaction: &DatabaseTransaction, links: Condition) -> Result<(), Error> {
    Entity::delete_many().filter(links).exec(transaction).await?;
    Ok(())
}

/// The links in the mailbox of somebody who leaves the hub lead nowhere any more.
async fn erase(transaction: &DatabaseTransaction, departure: &Departure<'_>) -> Result<(), Error> {
    revoke_of_alerts(transaction, departure.address).await?;
    match departure.account_id {
        Some(account_id) => revoke_of_account(transaction, account_id).await,
        None => Ok(()),
    }
}

/// Throws away links that work no longer, and those to alerts of an address that has none; returns how many. A link to an
/// application works as long as that is kept.
pub(crate) async fn tidy(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let with_alerts = alerts::Entity::find().select_only().column(alerts::Column::Email).into_query();
    let to_nothing = Condition::all()
        .add(Column::CreatedAt.lt(now - LINKS_OF_NOTHING_KEPT_FOR))
        .add(Column::AlertsAddress.not_in_subquery(with_alerts));
    let to_alerts = Condition::all()
        .add(Column::AlertsAddress.is_not_null())
        .add(Condition::any().add(Column::CreatedAt.lt(now - ALERT_LINK_LASTS)).add(to_nothing));
    let to_inquiries = Condition::all()
        .add(Column::InquiryId.is_not_null())
        .add(Column::CreatedAt.lte(now - QUESTION_LINK_LASTS));
    let old = Condition::any().add(to_alerts).add(to_inquiries);
    Ok(Entity::delete_many().filter(old).exec(transaction).await?.rows_affected)
}
