//! A vacancy as those see it whom an application concerns.

use domain::applications::AppliedVacancy;
use domain::vacancies::StoredVacancy;

/// The vacancy of an application.
pub(crate) fn applied(stored: &StoredVacancy) -> AppliedVacancy {
    AppliedVacancy {
        id: stored.id,
        title: stored.vacancy.title.clone(),
        slug: stored.slug(),
        organisation: stored.vacancy.organisation.clone(),
        organisation_slug: stored.organisation_slug.clone(),
        closes_on: stored.vacancy.closes_on,
    }
}
