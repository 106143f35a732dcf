//! Organisations: members and prospects of the hub.

mod draft;
mod organisation;
mod row;
mod state;

pub use draft::{NewOrganisation, OrganisationContext, OrganisationDraft};
pub use organisation::{
    BrandGrade, KnownOrganisation, Organisation, OrganisationKind, StoredOrganisation, is_logo_file,
};
pub use state::OrganisationState;
