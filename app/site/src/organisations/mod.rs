//! Organisations: the list of them, and the page of one.

mod filter;
mod list;
mod page;

pub use filter::{OrganisationFilter, OrganisationQuery};
pub use list::{ListedOrganisation, OrganisationTile, OrganisationsPage, OrganisationsPageProps};
pub use page::{OrganisationPage, OrganisationPageProps, OrganisationView, page_query};
