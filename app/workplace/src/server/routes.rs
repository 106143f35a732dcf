//! The pages of the dashboards: their addresses, for whom they are, what they show and what their forms do.

use axum::routing::get;
use web::{Audience, Routes};
use words::paths::{Page, received_file, slug};

use super::answer::{answer, send_answers};
use super::people::{OfficeAccess, TeamAccess, change_colleagues, change_staff, colleagues, staff};
use super::received::{MemberAccess, change_received, received};
use super::received_file::{received_csv, received_workbook};

/// The rows of the dashboards.
pub fn routes() -> Routes {
    Routes::default()
        .form(
            Page::ReceivedApplications(slug()),
            |context, slug, access: MemberAccess| async move { received(&context, &slug, access).await },
            |context, slug, access: MemberAccess, form| async move { change_received(&context, &slug, access, form).await },
        )
        .form(
            Page::AnswerApplications(slug()),
            |context, slug, access: MemberAccess| async move { answer(&context, &slug, access).await },
            |context, slug, access: MemberAccess, form| async move { send_answers(&context, &slug, access, form).await },
        )
        .file(&received_file(&slug(), "csv"), Audience::Organisation, get(received_csv))
        .file(&received_file(&slug(), "xlsx"), Audience::Organisation, get(received_workbook))
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
