//! The pages of the dashboards: their addresses, for whom they are, what they show and what their forms do.

use web::{Person, Routes};
use words::paths::{Page, slug};

use super::people::{change_colleagues, change_staff, colleagues, staff};
use super::received::{change_questions, received};

/// The rows of the dashboards.
pub fn routes() -> Routes {
    Routes::default()
        .form(
            Page::ReceivedApplications(slug()),
            |context, slug, _: Person| async move { received(&context, &slug).await },
            |context, slug, _: Person, form| async move { change_questions(&context, &slug, form).await },
        )
        .form(
            Page::Colleagues(slug()),
            |context, slug, _: Person| async move { colleagues(&context, &slug).await },
            |context, slug, _: Person, form| async move { change_colleagues(&context, &slug, form).await },
        )
        .form(
            Page::OfficePeople,
            |context, _, _: Person| async move { staff(&context).await },
            |context, _, _: Person, form| async move { change_staff(&context, form).await },
        )
}
