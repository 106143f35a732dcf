//! The pages of the dashboards: their addresses, for whom they are, what they show and the commands of their forms.

use ui::shell::MenuGroup;
use web::{Access, Commands, Routes};
use words::paths::{Page, slug};
use words::texts as t;

use super::answer::answer;
use super::mail::{MailAccess, mail};
use super::member_access::MemberAccess;
use super::people::{OfficeAccess, TeamAccess, colleagues, staff};
use super::received::received;
use crate::answer::AnswerReceived;
use crate::mail::SendAgain;
use crate::people::{AddPerson, ChangePerson, RemovePerson};
use crate::received::{ChangeQuestions, MoveReceived};

/// The rows of the dashboards.
pub fn routes() -> Routes {
    let list = Commands::<MemberAccess>::default();
    let list = list.add::<ChangeQuestions>().add::<MoveReceived>().add_views();
    let answers = Commands::<MemberAccess>::default().add::<AnswerReceived>();
    let mails = Commands::<MailAccess>::default().add::<SendAgain>().add_views();
    Routes::default()
        .form(Page::ReceivedApplications(slug()), received, list)
        .form(Page::AnswerApplications(slug()), answer, answers)
        .form(Page::Colleagues(slug()), colleagues, people::<TeamAccess>())
        .form(Page::OfficePeople, staff, people::<OfficeAccess>())
        .in_menu(t::people_staff_title, MenuGroup::Office, false)
        .form(Page::OfficeMail, mail, mails)
        .in_menu(t::outbox_title, MenuGroup::Office, false)
}

fn people<Gate: Access>() -> Commands<Gate> {
    Commands::default().add::<AddPerson>().add::<ChangePerson>().add::<RemovePerson>()
}
