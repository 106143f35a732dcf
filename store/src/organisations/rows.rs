//! Rows of organisations: read, and written as columns.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::Moment;
use domain::hub::LocalText;
use domain::organisations::{BrandGrade, Organisation, OrganisationKind, StoredOrganisation};
use domain::text::{fold, short_slug};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, PaginatorTrait, QuerySelect,
};

use crate::audit::Subject;
use crate::entity::organisations::{ActiveModel, Column, Entity, Model};
use crate::import::{ImportTarget, Importable};
use crate::store::Store;
use crate::versions::Versioned;
use crate::{Error, organisation_states, vacancies};

impl Store {
    /// Whether the hub knows no organisation yet.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        are_none(&self.reader).await
    }

    /// The organisations that visitors may see, by name.
    pub async fn list_organisations(&self) -> Result<Vec<StoredOrganisation>, Error> {
        let mut organisations = list(&self.reader).await?;
        organisations.retain(|stored| stored.organisation.state.is_public());
        Ok(organisations)
    }
}

const LONGEST_SLUG: usize = 60;

/// All organisations by name, as people order names: whatever their capitals and accents.
pub(super) async fn list(connection: &impl ConnectionTrait) -> Result<Vec<StoredOrganisation>, Error> {
    let rows = Entity::find().all(connection).await?;
    let mut organisations = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    organisations.sort_by_cached_key(|stored| (fold(&stored.organisation.name), stored.id));
    Ok(organisations)
}

/// Whether there is no organisation at all.
pub(crate) async fn are_none(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    Ok(Entity::find().limit(1).count(connection).await? == 0)
}

/// The slugs that are taken.
pub(super) async fn slugs(connection: &impl ConnectionTrait) -> Result<HashSet<String>, Error> {
    let slugs: Vec<String> =
        Entity::find().select_only().column(Column::Slug).into_tuple().all(connection).await?;
    Ok(slugs.into_iter().collect())
}

pub(super) fn read(row: Model) -> Result<StoredOrganisation, Error> {
    let unreadable = |column| Error::Unreadable(format!("{column} of organisation {}", row.id));
    let organisation = Organisation {
        state: organisation_states::read(&row)?,
        kind: OrganisationKind::from_code(&row.kind).ok_or_else(|| unreadable("kind"))?,
        brand_grade: BrandGrade::from_code(&row.brand_grade).ok_or_else(|| unreadable("brand_grade"))?,
        employees: row.employees.map(|number| number as u32),
        reference: row.reference,
        name: row.name,
        sector: row.sector,
        place: row.place,
        website: row.website,
        contact_name: row.contact_name,
        email: row.email,
        kvk_number: row.kvk_number,
        member_since: row.member_since,
        logo: row.logo,
        text: LocalText { nl: row.text_nl, de: row.text_de, en: row.text_en },
    };
    Ok(StoredOrganisation { id: row.id, slug: row.slug, version: row.version, organisation })
}

/// A slug for a new organisation that none of the others has.
pub(super) fn free_slug(organisation: &Organisation, taken: &mut HashSet<String>) -> String {
    let names = [organisation.name.as_str(), organisation.reference.as_str(), "organisatie"];
    let wanted = names.map(|name| short_slug(name, LONGEST_SLUG)).into_iter().find(|slug| !slug.is_empty());
    let wanted = wanted.unwrap_or_default();
    let mut slug = wanted.clone();
    let mut number = 1;
    while !taken.insert(slug.clone()) {
        number += 1;
        slug = format!("{wanted}-{number}");
    }
    slug
}

/// The columns that a draft can change, with reference and state.
pub(super) fn columns(organisation: &Organisation) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        reference: Set(organisation.reference.clone()),
        name: Set(organisation.name.clone()),
        slug: NotSet,
        kind: Set(organisation.kind.code().to_owned()),
        sector: Set(organisation.sector.clone()),
        employees: Set(organisation.employees.map(|number| number as i32)),
        place: Set(organisation.place.clone()),
        website: Set(organisation.website.clone()),
        contact_name: Set(organisation.contact_name.clone()),
        email: Set(organisation.email.clone()),
        kvk_number: Set(organisation.kvk_number.clone()),
        brand_grade: Set(organisation.brand_grade.code().to_owned()),
        member_since: Set(organisation.member_since),
        logo: Set(organisation.logo.clone()),
        text_nl: Set(organisation.text.nl.clone()),
        text_de: Set(organisation.text.de.clone()),
        text_en: Set(organisation.text.en.clone()),
        state: Set(organisation.state.code().to_owned()),
        version: NotSet,
        created_at: NotSet,
        updated_at: NotSet,
    }
}

impl Versioned for Organisation {
    type Entity = Entity;
    type ActiveModel = ActiveModel;

    const SUBJECT: Subject = Subject::Organisation;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const VERSION: Column = Column::Version;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;
}

impl Importable for Organisation {}

impl ImportTarget for Organisation {
    /// The slugs that are taken.
    type Known = HashSet<String>;

    async fn known(transaction: &DatabaseTransaction) -> Result<Self::Known, Error> {
        slugs(transaction).await
    }

    fn columns(&self, _: &Self::Known) -> Result<ActiveModel, Error> {
        Ok(columns(self))
    }

    fn new_row(&self, slugs: &mut Self::Known) -> Result<ActiveModel, Error> {
        let mut row = columns(self);
        row.slug = Set(free_slug(self, slugs));
        Ok(row)
    }

    fn is_visible(&self, _: &Self::Known, _: NaiveDate) -> bool {
        self.state.is_public()
    }

    /// What an organisation offers comes and goes with it.
    async fn written(transaction: &DatabaseTransaction, moment: Moment) -> Result<(), Error> {
        vacancies::follow(transaction, moment).await
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        Ok(list(connection).await?.into_iter().map(|stored| (stored.id, stored.organisation)).collect())
    }
}
