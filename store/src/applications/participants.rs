//! The right over one application, and what it shows.

use domain::applications::{Application, Side};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::letters::still_answers;
use super::rows::LoadedApplication;
use crate::access::{Member, Participant, Talent};
use crate::actor::Actor;
use crate::entity::applications;
use crate::mail_links::{self, LinkTarget, MailLink};
use crate::tokens::Token;
use crate::{Error, Store};

impl Store {
    /// The right that a link in a mail gives; nothing when there is no such link, or its application was erased.
    pub async fn participant_by_link(&self, link: &Token) -> Result<Option<Participant>, Error> {
        let link = mail_links::find(&self.reader, link).await?;
        let Some(MailLink { target: LinkTarget::Application { id, side }, holder, .. }) = link else {
            return Ok(None);
        };
        if side == Side::Organisation {
            // Who left the organisation has no right over what it received.
            let loaded = LoadedApplication::find(&self.reader, id).await?.ok_or(Error::NotFound)?;
            if !still_answers(&self.reader, holder.account_id, loaded.organisation.id).await? {
                return Ok(None);
            }
        }
        Ok(Some(Participant { application_id: id, side, actor: holder.actor() }))
    }

    /// The right of a talent over an application of one's own.
    pub async fn own_participant(&self, talent: &Talent, id: i64) -> Result<Option<Participant>, Error> {
        let row = applications::Entity::find_by_id(id).one(&self.reader).await?;
        let own = row.filter(|row| {
            row.account_id == Some(talent.account_id)
                || (row.account_id.is_none() && row.email == talent.email.as_str())
        });
        Ok(own.map(|row| {
            let actor = Actor::person(Some(talent.account_id), row.name);
            Participant { application_id: id, side: Side::Talent, actor }
        }))
    }

    /// The right of a colleague over an application that the organisation received.
    pub async fn member_participant(&self, member: &Member, id: i64) -> Result<Option<Participant>, Error> {
        let Some(loaded) = LoadedApplication::find(&self.reader, id).await? else { return Ok(None) };
        let is_received =
            loaded.organisation.id == member.organisation_id && loaded.row.submitted_at.is_some();
        let actor = member.actor();
        Ok(is_received.then_some(Participant { application_id: id, side: Side::Organisation, actor }))
    }

    /// An application, for those whom it concerns.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was erased meanwhile.
    pub async fn find_application(&self, who: &Participant) -> Result<Application, Error> {
        let loaded =
            LoadedApplication::find(&self.reader, who.application_id).await?.ok_or(Error::NotFound)?;
        loaded.read(&self.reader).await
    }

    /// The name and the bytes of an application's CV, for those whom it concerns.
    pub async fn read_cv(&self, who: &Participant) -> Result<Option<(String, Vec<u8>)>, Error> {
        let loaded =
            LoadedApplication::find(&self.reader, who.application_id).await?.ok_or(Error::NotFound)?;
        match (loaded.row.cv_document, loaded.row.cv_name) {
            (Some(document), Some(name)) => {
                Ok(self.documents.read_cv(&document).await?.map(|bytes| (name, bytes)))
            }
            _ => Ok(None),
        }
    }
}

/// An account gets another address: what was sent under the old one goes along, and links in the old mailbox lead nowhere any
/// more.
pub(crate) async fn follow_account(
    transaction: &DatabaseTransaction,
    account_id: i64,
    old_address: &str,
    new_address: &str,
) -> Result<(), Error> {
    use applications::{Column, Entity};
    let vacancies_of = |address: &str| {
        Entity::find()
            .select_only()
            .column(Column::VacancyId)
            .filter(Column::Email.eq(address))
            .into_tuple::<i64>()
    };
    Entity::update_many()
        .col_expr(Column::AccountId, Expr::value(account_id))
        .filter(Column::Email.eq(old_address))
        .filter(Column::AccountId.is_null())
        .exec(transaction)
        .await?;
    // Of who applied under both addresses, the older stays under the old one.
    let taken = vacancies_of(new_address).all(transaction).await?;
    Entity::update_many()
        .col_expr(Column::Email, Expr::value(new_address))
        .filter(Column::Email.eq(old_address))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::VacancyId.is_not_in(taken))
        .exec(transaction)
        .await?;
    let own = Entity::find().select_only().column(Column::Id).filter(Column::AccountId.eq(account_id));
    let own: Vec<i64> = own.into_tuple().all(transaction).await?;
    mail_links::revoke_of_talents(transaction, own).await?;
    mail_links::revoke_of_account(transaction, account_id).await
}
