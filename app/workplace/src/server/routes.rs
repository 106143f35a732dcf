//! The pages of the dashboards: their addresses, for whom they are, what they show and what their forms do.

use web::Routes;
use words::paths::{Page, slug};

use super::people::{OfficeAccess, TeamAccess, change_colleagues, change_staff, colleagues, staff};
use super::received::{MemberAccess, change_questions, received};

/// The rows of the dashboards.
pub fn routes() -> Routes {
    Routes::default()
        .form(
            Page::ReceivedApplications(slug()),
            |context, slug, access: MemberAccess| async move { received(&context, &slug, access).await },
            |context, slug, access: MemberAccess, form| async move { change_questions(&context, &slug, access, form).await },
        )
        .form(
            Page::Colleagues(slug()),
            |context, slug, access: TeamAccess| async move { colleagues(&context, &slug, access).await },
            |context, slug, access: TeamAccess, form| async move { change_colleagues(&context, &slug, access, form).await },
        )
        .form(
            Page::OfficePeople,
            |context, _, access: OfficeAccess| async move { staff(&context, access).await },
            |context, _, access: OfficeAccess, form| async move { change_staff(&context, access, form).await },
        )
}
