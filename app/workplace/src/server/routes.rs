//! The pages of the dashboards: their addresses, for whom they are, what they show and the commands of their forms.

use axum::routing::get;
use ui::shell::MenuGroup;
use web::{Access, Audience, Commands, Routes};
use words::paths::{Page, received_file, slug};
use words::texts as t;

use super::answer::answer;
use super::people::{OfficeAccess, TeamAccess, colleagues, staff};
use super::received::{MemberAccess, received};
use super::received_file::{received_csv, received_workbook};
use crate::answer::AnswerReceived;
use crate::people::{AddPerson, ChangePerson, RemovePerson};
use crate::received::{ChangeQuestions, MoveReceived, RemoveView, SaveView};

/// The rows of the dashboards.
pub fn routes() -> Routes {
    let list = Commands::<MemberAccess>::default();
    let list = list.add::<ChangeQuestions>().add::<MoveReceived>().add::<SaveView>().add::<RemoveView>();
    let answers = Commands::<MemberAccess>::default().add::<AnswerReceived>();
    Routes::default()
        .form(Page::ReceivedApplications(slug()), received, list)
        .form(Page::AnswerApplications(slug()), answer, answers)
        .file(&received_file(&slug(), "csv"), Audience::Organisation, get(received_csv))
        .file(&received_file(&slug(), "xlsx"), Audience::Organisation, get(received_workbook))
        .form(Page::Colleagues(slug()), colleagues, people::<TeamAccess>())
        .form(Page::OfficePeople, staff, people::<OfficeAccess>())
        .in_menu(t::people_staff_title, MenuGroup::Office, false)
}

fn people<Gate: Access>() -> Commands<Gate> {
    Commands::default().add::<AddPerson>().add::<ChangePerson>().add::<RemovePerson>()
}
