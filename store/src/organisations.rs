//! Organisations in the database.

pub(crate) mod data;

use std::collections::{HashMap, HashSet};

use domain::hub::LocalText;
use domain::organisations::{BrandGrade, Organisation, OrganisationKind, StoredOrganisation};
use domain::text::{fold, short_slug};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, PaginatorTrait, QuerySelect,
};

use crate::Error;
use crate::audit::Subject;
use crate::entity::organisations::{ActiveModel, Column, Entity, Model};
use crate::import::{ImportTarget, Importable};
use crate::store::Store;

impl Store {
    /// Whether the hub knows no organisation yet.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        are_none(&self.reader).await
    }

    /// All organisations, by name.
    pub async fn list_organisations(&self) -> Result<Vec<StoredOrganisation>, Error> {
        list(&self.reader).await
    }
}

const LONGEST_SLUG: usize = 60;

/// All organisations by name, as people order names: whatever their capitals and accents.
pub(crate) async fn list(connection: &impl ConnectionTrait) -> Result<Vec<StoredOrganisation>, Error> {
    let rows = Entity::find().all(connection).await?;
    let mut organisations = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    organisations.sort_by_cached_key(|stored| (fold(&stored.organisation.name), stored.id));
    Ok(organisations)
}

/// Whether there is no organisation at all.
pub(crate) async fn are_none(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    Ok(Entity::find().limit(1).count(connection).await? == 0)
}

/// The row's number of each organisation, by name.
pub(crate) async fn ids_by_name(connection: &impl ConnectionTrait) -> Result<HashMap<String, i64>, Error> {
    let pairs: Vec<(String, i64)> =
        Entity::find().select_only().columns([Column::Name, Column::Id]).into_tuple().all(connection).await?;
    Ok(pairs.into_iter().collect())
}

/// The number of the organisation of that name.
pub(crate) fn id_of(name: &str, ids: &HashMap<String, i64>) -> Result<i64, Error> {
    let id = ids.get(name).copied();
    id.ok_or_else(|| {
        Error::Conflict(format!("there is no organisation called {name}; import organisations first"))
    })
}

fn read(row: Model) -> Result<StoredOrganisation, Error> {
    let unreadable = |column| Error::Unreadable(format!("{column} of organisation {}", row.id));
    let organisation = Organisation {
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
    Ok(StoredOrganisation { id: row.id, slug: row.slug, organisation })
}

/// A slug for a new organisation that none of the others has.
fn free_slug(organisation: &Organisation, taken: &mut HashSet<String>) -> String {
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

impl Importable for Organisation {}

impl ImportTarget for Organisation {
    type Entity = Entity;
    type ActiveModel = ActiveModel;
    /// The slugs that are taken.
    type Known = HashSet<String>;

    const SUBJECT: Subject = Subject::Organisation;
    const ID: Column = Column::Id;
    const REFERENCE: Column = Column::Reference;
    const CREATED_AT: Column = Column::CreatedAt;
    const UPDATED_AT: Column = Column::UpdatedAt;

    async fn known(transaction: &DatabaseTransaction) -> Result<Self::Known, Error> {
        let slugs: Vec<String> =
            Entity::find().select_only().column(Column::Slug).into_tuple().all(transaction).await?;
        Ok(slugs.into_iter().collect())
    }

    fn columns(&self, _: &Self::Known) -> Result<ActiveModel, Error> {
        Ok(ActiveModel {
            id: NotSet,
            reference: Set(self.reference.clone()),
            name: Set(self.name.clone()),
            slug: NotSet,
            kind: Set(self.kind.code().to_owned()),
            sector: Set(self.sector.clone()),
            employees: Set(self.employees.map(|number| number as i32)),
            place: Set(self.place.clone()),
            website: Set(self.website.clone()),
            contact_name: Set(self.contact_name.clone()),
            email: Set(self.email.clone()),
            kvk_number: Set(self.kvk_number.clone()),
            brand_grade: Set(self.brand_grade.code().to_owned()),
            member_since: Set(self.member_since),
            logo: Set(self.logo.clone()),
            text_nl: Set(self.text.nl.clone()),
            text_de: Set(self.text.de.clone()),
            text_en: Set(self.text.en.clone()),
            created_at: NotSet,
            updated_at: NotSet,
        })
    }

    fn new_row(&self, slugs: &mut Self::Known) -> Result<ActiveModel, Error> {
        let mut row = self.columns(slugs)?;
        row.slug = Set(free_slug(self, slugs));
        Ok(row)
    }

    async fn existing(connection: &DatabaseConnection) -> Result<Vec<(i64, Self)>, Error> {
        Ok(list(connection).await?.into_iter().map(|stored| (stored.id, stored.organisation)).collect())
    }
}
